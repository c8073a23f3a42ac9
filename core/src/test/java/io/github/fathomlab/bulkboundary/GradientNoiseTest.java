package io.github.fathomlab.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The covariance of per-sample gradients, by hand and by drawing every batch. */
class GradientNoiseTest {
  private static final Kernels KERNELS = Kernels.of(Precision.FLOAT64);
  private static final int SAMPLES = 5;
  private static final int BATCH = 2;

  private final Network network = network(false, 3, 4, 2);
  private final Loss loss = new Loss.SquaredError();
  private final Matrix inputs = random(3, 1);
  private final Matrix targets = random(2, 2);

  private static Network network(boolean batchNorm, Integer... widths) {
    return Network.create(
        new MlpSpec(
            List.of(widths),
            new Activation.Tanh(),
            false,
            batchNorm,
            0,
            true,
            new Initialisation.Pytorch()),
        KERNELS,
        4);
  }

  private static Matrix random(int rows, long key) {
    Matrix matrix = KERNELS.zeros(rows, SAMPLES);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < SAMPLES; c++) {
        matrix.set(r, c, CounterRandom.gaussian(key, (long) r * SAMPLES + c));
      }
    }
    return matrix;
  }

  private Matrix gradient(int... selected) {
    Trace trace = network.trace(selected.length);
    Matrix y = KERNELS.zeros(2, selected.length);
    trace.input().gather(inputs, selected);
    y.gather(targets, selected);
    network.forward(trace, Pass.evaluation());
    loss.evaluate(KERNELS, trace.output(), y, trace.outputGradient());
    network.backward(trace);
    return trace.gradient();
  }

  /** An affine fit: g_a = (z_a - y_a)(x_a, 1). */
  @Test
  void ofALinearFitByHand() {
    Network line = network(false, 1, 1);
    line.tensors().get(0).of(line.parameters()).fill(2);
    line.tensors().get(1).of(line.parameters()).fill(-1);
    Matrix x = KERNELS.zeros(1, 3);
    Matrix y = KERNELS.zeros(1, 3);
    for (int a = 0; a < 3; a++) {
      x.set(0, a, a);
      y.set(0, a, a * a);
    }
    // Errors 2a - 1 - a² = -1, 0, -1; gradients (0, -1), (0, 0), (-2, -1).
    assertEquals(5.0 / 3, new GradientNoise(line, loss).trace(x, y), 1e-14);
  }

  /**
   * Over all ordered pairs of disjoint batches, E|g₁|² - E g₁·g₂ = S²/B: what a switch injects per
   * unit of the rate, without a trace of the finite number of samples.
   */
  @Test
  void isWhatDisjointBatchesDifferBy() {
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < SAMPLES; a++) {
      for (int b = 0; b < a; b++) {
        Matrix first = gradient(a, b);
        for (int c = 0; c < SAMPLES; c++) {
          for (int d = 0; d < c; d++) {
            if (c != a && c != b && d != a && d != b) {
              sum += KERNELS.dot(first, first) - KERNELS.dot(first, gradient(c, d));
              pairs++;
            }
          }
        }
      }
    }
    double variance = new GradientNoise(network, loss).trace(inputs, targets);
    assertEquals(variance / BATCH, sum / pairs, 1e-13 * variance);
    assertTrue(variance > 0.1);
  }

  @Test
  void ofOneSampleRepeatedIsZero() {
    Matrix x = KERNELS.zeros(3, 4);
    Matrix y = KERNELS.zeros(2, 4);
    x.gather(inputs, new int[] {1, 1, 1, 1});
    y.gather(targets, new int[] {1, 1, 1, 1});
    assertEquals(0, new GradientNoise(network, loss).trace(x, y));
  }

  @Test
  void refusesOneSampleAndBatchNormalisation() {
    GradientNoise noise = new GradientNoise(network, loss);
    Matrix one = KERNELS.zeros(3, 1);
    assertThrows(IllegalArgumentException.class, () -> noise.trace(one, KERNELS.zeros(2, 1)));
    Network normalised = network(true, 3, 4, 2);
    assertThrows(IllegalArgumentException.class, () -> new GradientNoise(normalised, loss));
  }
}
