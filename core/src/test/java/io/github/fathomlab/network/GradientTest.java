package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backward and tangent against finite differences of the forward pass, and against each other. */
class GradientTest {
  private static final double STEP = 1e-5;
  private static final double DIFFERENCES = 2e-6;
  private static final int PER_TENSOR = 6;

  static List<NetworkCase> cases() {
    return NetworkCase.all();
  }

  /** Differences at two steps must agree with each other, or a kink lies between: few may. */
  @Test
  void backwardIsTheDerivativeOfTheLoss() {
    int compared = 0;
    int atKinks = 0;
    for (NetworkCase c : NetworkCase.all()) {
      c.evaluate();
      c.network().backward(c.trace());
      Matrix gradient = c.kernels().vector(c.theta().columns());
      gradient.copyFrom(c.trace().gradient());
      SplittableRandom random = new SplittableRandom(c.seed());
      for (ParameterTensor tensor : c.network().tensors()) {
        for (int i = 0; i < PER_TENSOR; i++) {
          int entry = tensor.start() + random.nextInt(tensor.rows() * tensor.columns());
          double coarse = difference(c, entry, STEP);
          double fine = difference(c, entry, STEP / 4);
          double tolerance = DIFFERENCES * Math.max(1, Math.abs(fine));
          compared++;
          if (Math.abs(coarse - fine) > tolerance) {
            atKinks++;
            assertTrue(!c.isSmooth(), () -> tensor + " of " + c);
          } else {
            assertEquals(fine, gradient.get(0, entry), tolerance, () -> tensor + " of " + c);
          }
        }
      }
    }
    assertTrue(compared > 5000 && atKinks < 0.01 * compared, atKinks + " of " + compared);
  }

  private static double difference(NetworkCase c, int entry, double h) {
    double start = c.theta().get(0, entry);
    c.theta().set(0, entry, start + h);
    double above = c.evaluate();
    c.theta().set(0, entry, start - h);
    double below = c.evaluate();
    c.theta().set(0, entry, start);
    return (above - below) / (2 * h);
  }

  @Test
  void aBiasBeforeANormalisationHasNoGradientAtAll() {
    for (NetworkCase c : NetworkCase.mlps()) {
      if (c.mlp().bias() && c.mlp().batchNorm()) {
        c.evaluate();
        c.network().backward(c.trace());
        for (Layer layer : c.network().layers()) {
          if (layer.tensors().stream().anyMatch(t -> t.name().startsWith("gamma"))) {
            for (ParameterTensor tensor : layer.tensors()) {
              if (tensor.name().startsWith("b_")) {
                for (double g : tensor.of(c.trace().gradient()).toArray()) {
                  assertEquals(0.0, g);
                }
              }
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tangentIsTheDerivativeOfEveryState(NetworkCase c) {
    Matrix direction = c.direction(c.seed());
    c.evaluate();
    c.network().tangent(c.trace(), direction);
    List<double[]> tangents = new ArrayList<>();
    for (int m = 0; m < c.network().layers().size(); m++) {
      tangents.add(c.trace().outTangent(m).toArray());
    }
    List<double[]> above = displaced(c, direction, STEP);
    List<double[]> below = displaced(c, direction, -STEP);
    List<double[]> farAbove = displaced(c, direction, 2 * STEP);
    List<double[]> farBelow = displaced(c, direction, -2 * STEP);
    int off = 0;
    int kinks = 0;
    for (int m = 0; m < tangents.size(); m++) {
      for (int i = 0; i < tangents.get(m).length; i++) {
        double found = tangents.get(m)[i];
        double near = above.get(m)[i] - below.get(m)[i];
        double far = farAbove.get(m)[i] - farBelow.get(m)[i];
        double expected = (8 * near - far) / (12 * STEP);
        if (Math.abs(far - 2 * near) > 1e-3 * STEP * Math.max(1, Math.abs(expected))) {
          kinks++; // the differences do not agree with each other
          continue;
        }
        boolean close = Math.abs(expected - found) <= 1e-5 * Math.max(1, Math.abs(expected));
        off += close ? 0 : 1;
      }
    }
    assertEquals(0, off, "entries of " + c);
    assertTrue(!c.isSmooth() || kinks == 0, kinks + " entries of " + c);
  }

  private static List<double[]> displaced(NetworkCase c, Matrix direction, double h) {
    c.kernels().add(h, direction, c.theta());
    c.evaluate();
    c.kernels().add(-h, direction, c.theta());
    List<double[]> states = new ArrayList<>();
    for (int m = 0; m < c.network().layers().size(); m++) {
      states.add(c.trace().out(m).toArray());
    }
    return states;
  }

  /**
   * J_{m+1} - J_m = g_m · dir_m for every layer, with J_m = ⟨∂ℓ/∂z_m, ż_m⟩ and J_0 = 0; through
   * kinks and masks.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void currentsTelescope(NetworkCase c) {
    Kernels k = c.kernels();
    c.trace().keepGradients(true);
    c.evaluate();
    c.network().backward(c.trace());
    Matrix direction = c.direction(c.seed() + 7);
    c.network().tangent(c.trace(), direction);
    double current = 0;
    double scaleBelow = 0;
    for (int m = 0; m < c.network().layers().size(); m++) {
      Layer layer = c.network().layers().get(m);
      Matrix gradient = c.of(layer, c.trace().gradient());
      Matrix along = c.of(layer, direction);
      double above = k.dot(c.trace().outGradient(m), c.trace().outTangent(m));
      double scaleAbove = k.absoluteDot(c.trace().outGradient(m), c.trace().outTangent(m));
      double scale = scaleAbove + scaleBelow + k.absoluteDot(gradient, along);
      double residual = above - current - k.dot(gradient, along);
      assertEquals(0, residual, 1e-13 * scale, () -> layer.name() + " of " + c);
      current = above;
      scaleBelow = scaleAbove;
    }
    assertEquals(k.dot(c.trace().gradient(), direction), current, 1e-12 * (1 + Math.abs(current)));
  }

  /** Shared buffers and buffers of their own give the same gradient, bit for bit. */
  @ParameterizedTest
  @MethodSource("cases")
  void keepingGradientsChangesNothing(NetworkCase c) {
    c.trace().keepGradients(false);
    c.evaluate();
    c.network().backward(c.trace());
    double[] shared = c.trace().gradient().toArray();
    c.trace().keepGradients(true);
    c.evaluate();
    c.network().backward(c.trace());
    for (int i = 0; i < shared.length; i++) {
      assertEquals(shared[i], c.trace().gradient().get(0, i));
    }
  }
}
