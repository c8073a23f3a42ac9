package io.github.fathomlab.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The largest eigenvalue of the Hessian, against closed forms and a Hessian of loss differences.
 */
class SharpnessTest {
  private static final Kernels KERNELS = Kernels.of(Precision.FLOAT64);

  private static Network network(boolean bias, long seed, Integer... widths) {
    return Network.create(
        new MlpSpec(
            List.of(widths),
            new Activation.Tanh(),
            false,
            false,
            0,
            bias,
            new Initialisation.Scaled(1)),
        KERNELS,
        seed);
  }

  private static Matrix random(int rows, int columns, long key) {
    Matrix matrix = KERNELS.zeros(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        matrix.set(r, c, CounterRandom.gaussian(key, (long) r * columns + c));
      }
    }
    return matrix;
  }

  /** One affine layer: the Hessian is the second moment of (x, 1), once per output. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void ofALinearFitIsTheSecondMomentOfItsInputs(long seed) {
    int n = 7;
    Matrix x = random(1, n, seed);
    double square = 0;
    double mean = 0;
    for (int j = 0; j < n; j++) {
      square += x.get(0, j) * x.get(0, j) / n;
      mean += x.get(0, j) / n;
    }
    double expected = (square + 1 + Math.hypot(square - 1, 2 * mean)) / 2;
    Sharpness sharpness =
        new Sharpness(network(true, seed, 1, 3), new Loss.SquaredError(), x, random(3, n, 9));
    Sharpness.Estimate found = sharpness.largest(1e-6, 1000);
    assertTrue(found.converged(), found.toString());
    assertEquals(expected, found.value(), 1e-8 * expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithTheDenseHessian(long seed) {
    Network network = network(true, seed, 2, 3, 2, 2);
    Loss loss = seed % 2 == 0 ? new Loss.SquaredError() : new Loss.CrossEntropy();
    Matrix x = random(2, 5, 10 + seed);
    Matrix y = KERNELS.zeros(2, 5);
    for (int j = 0; j < 5; j++) {
      y.set(j % 2, j, 1);
    }
    double[] before = network.parameters().toArray();
    Sharpness.Estimate found = new Sharpness(network, loss, x, y).largest(1e-5, 5000);
    assertArrayEquals(before, network.parameters().toArray());
    assertTrue(found.converged(), found.toString());
    double expected = largest(hessian(network, loss, x, y));
    assertEquals(expected, found.value(), 1e-4 * Math.abs(expected));
  }

  /** ½(w₂w₁x - y)² at its saddle w = 0 has the eigenvalues ±xy. */
  @Test
  void findsThePositiveOneOfAnOppositePair() {
    Network network = network(false, 1, 1, 1, 1);
    network.parameters().fill(0);
    Matrix x = KERNELS.zeros(1, 1);
    Matrix y = KERNELS.zeros(1, 1);
    x.set(0, 0, 2);
    y.set(0, 0, 1.5);
    Sharpness.Estimate found =
        new Sharpness(network, new Loss.SquaredError(), x, y).largest(1e-6, 200);
    assertTrue(found.converged());
    assertEquals(3, found.value(), 1e-6);
  }

  @Test
  void aFlatLossHasNone() {
    Network network = network(false, 1, 1, 1);
    Sharpness.Estimate found =
        new Sharpness(network, new Loss.SquaredError(), KERNELS.zeros(1, 3), KERNELS.zeros(1, 3))
            .largest(1e-3, 10);
    assertEquals(new Sharpness.Estimate(0, 0, true), found);
  }

  @Test
  void saysWhenItDidNotConverge() {
    Sharpness sharpness =
        new Sharpness(
            network(true, 1, 3, 4, 2), new Loss.SquaredError(), random(3, 9, 2), random(2, 9, 3));
    assertFalse(sharpness.largest(1e-9, 2).converged());
  }

  @Test
  void refusesSinglePrecision() {
    Kernels floats = Kernels.of(Precision.FLOAT32);
    MlpSpec spec =
        new MlpSpec(
            List.of(1, 1),
            new Activation.Tanh(),
            false,
            false,
            0,
            true,
            new Initialisation.Scaled(1));
    Network network = Network.create(spec, floats, 1);
    Matrix x = floats.zeros(1, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Sharpness(network, new Loss.SquaredError(), x, x));
  }

  /** From differences of the loss alone. */
  private static double[][] hessian(Network network, Loss loss, Matrix x, Matrix y) {
    int length = network.parameters().columns();
    double h = 1e-3;
    double[][] hessian = new double[length][length];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < length; j++) {
        double sum = 0;
        for (int corner = 0; corner < 4; corner++) {
          int a = corner % 2 == 0 ? 1 : -1;
          int b = corner / 2 == 0 ? 1 : -1;
          sum += a * b * lossAt(network, loss, x, y, i, a * h, j, b * h);
        }
        hessian[i][j] = sum / (4 * h * h);
      }
    }
    return hessian;
  }

  private static double lossAt(
      Network network, Loss loss, Matrix x, Matrix y, int i, double a, int j, double b) {
    Matrix theta = network.parameters();
    Matrix moved = KERNELS.vector(theta.columns());
    moved.copyFrom(theta);
    moved.set(0, i, moved.get(0, i) + a);
    moved.set(0, j, moved.get(0, j) + b);
    Trace trace = network.trace(x.columns());
    trace.input().copyFrom(x);
    network.forward(trace, Pass.evaluation(), moved);
    return loss.evaluate(KERNELS, trace.output(), y, trace.outputGradient());
  }

  /** The largest eigenvalue: powers of H + |H|, squared so often that only its vector is left. */
  private static double largest(double[][] h) {
    int n = h.length;
    double shift = 0;
    for (double[] row : h) {
      double sum = 0;
      for (double entry : row) {
        sum += Math.abs(entry);
      }
      shift = Math.max(shift, sum);
    }
    double[][] power = new double[n][n];
    for (int i = 0; i < n; i++) {
      power[i] = h[i].clone();
      power[i][i] += shift;
    }
    for (int k = 0; k < 25; k++) {
      power = normalisedSquare(power);
    }
    double trace = 0;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      trace += power[i][i];
      for (int j = 0; j < n; j++) {
        mean += power[i][j] * h[j][i];
      }
    }
    return mean / trace;
  }

  private static double[][] normalisedSquare(double[][] a) {
    int n = a.length;
    double[][] square = new double[n][n];
    double trace = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          square[i][j] += a[i][k] * a[k][j];
        }
      }
      trace += square[i][i];
    }
    for (double[] row : square) {
      for (int j = 0; j < n; j++) {
        row[j] /= trace;
      }
    }
    return square;
  }
}
