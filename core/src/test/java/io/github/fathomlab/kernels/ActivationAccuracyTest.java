package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The float activations against double functions, in units of the last place, and on extreme
 * inputs.
 */
class ActivationAccuracyTest {
  private static final Kernels FLOAT = Kernels.of(Precision.FLOAT32);
  private static final Activation TANH = new Activation.Tanh();
  private static final Activation GELU = new Activation.Gelu();
  private static final List<Activation> ALL =
      List.of(
          new Activation.Identity(),
          TANH,
          Activation.relu(),
          new Activation.LeakyRelu(0.2),
          new Activation.LeakyRelu(1),
          GELU);
  private static final double[] EXTREMES = {
    0.0, -0.0, 1e-30, -1e-30, 1e-45, -1e-45, 90, -90, 1e4, -1e4, 1e30, -1e30
  };

  @Test
  void tanhIsGoodToTwoUnitsInTheLastPlace() {
    for (float n : grid(-12, 12)) {
      double exact = StrictMath.tanh(n);
      assertEquals(exact, value(TANH, n), 2 * Math.ulp((float) exact), () -> "tanh of " + n);
    }
  }

  @Test
  void tanhKeepsTinyNumbersAndSaturates() {
    for (double n : new double[] {1e-30, -1e-30, 1e-45, -1e-45, 1e-5, -1e-5}) {
      assertEquals((float) n, value(TANH, n), Math.ulp((float) n));
    }
    assertEquals(1, value(TANH, 90));
    assertEquals(-1, value(TANH, -1e30));
    assertEquals(0, Math.abs(value(TANH, -0.0)));
  }

  /** The rounding of the exponent -n²/2 limits the relative accuracy of the tails. */
  @Test
  void geluIsGoodInBothTails() {
    for (float n : grid(-12, 12)) {
      double relative = 4e-7 + 8e-8 * n * n;
      double exact = ScalarActivations.value(GELU, n);
      assertEquals(exact, value(GELU, n), relative * Math.abs(exact), () -> "GELU of " + n);
      double slope = ScalarActivations.derivative(GELU, n);
      assertEquals(slope, slope(GELU, n), 6e-7, () -> "slope at " + n);
    }
  }

  @Test
  void extremesAreAsInDouble() {
    for (Activation f : ALL) {
      for (double extreme : EXTREMES) {
        double n = (float) extreme;
        double exact = ScalarActivations.value(f, n);
        assertEquals(exact, value(f, n), 1e-37 + 1e-6 * Math.abs(exact), () -> f + " of " + n);
        double slope = ScalarActivations.derivative(f, n);
        assertEquals(slope, slope(f, n), 1e-6, () -> f + " has slope at " + n);
      }
    }
  }

  @Test
  void nothingHidesThatAnInputIsNotANumber() {
    for (Activation f : ALL) {
      assertTrue(Double.isNaN(value(f, Double.NaN)), () -> f.toString());
      assertTrue(Double.isNaN(ScalarActivations.value(f, Double.NaN)), () -> f.toString());
    }
  }

  /**
   * The chord is the difference quotient where that is accurate, and the slope where the step
   * vanishes.
   */
  @Test
  void secantsAreChords() {
    for (Activation f : ALL) {
      for (double n = -4; n < 4; n += 0.37) {
        assertEquals(ScalarActivations.derivative(f, n), ScalarActivations.secant(f, n, 0), 1e-15);
        for (double d : new double[] {-3, -0.5, -1e-2, 1e-2, 0.5, 3}) {
          double chord = (ScalarActivations.value(f, n + d) - ScalarActivations.value(f, n)) / d;
          assertEquals(chord, ScalarActivations.secant(f, n, d), 1e-13);
        }
        for (double d : new double[] {1e-9, -1e-7, 1e-5, -1e-4}) {
          double middle = ScalarActivations.derivative(f, n + d / 2);
          assertEquals(
              middle, ScalarActivations.secant(f, n, d), 2e-9, f + " at " + n + ", step " + d);
        }
      }
    }
  }

  /** Across the kink a short step sees the chord, not one of the two slopes. */
  @Test
  void shortStepsAcrossTheKinkAreChordsToo() {
    assertEquals(0.75, ScalarActivations.secant(Activation.relu(), -1e-9, 4e-9), 1e-12);
    assertEquals(0.25, ScalarActivations.secant(Activation.relu(), 1e-9, -4e-9), 1e-12);
    assertEquals(0, ScalarActivations.secant(Activation.relu(), 0, -4e-9));
    assertEquals(1, ScalarActivations.secant(Activation.relu(), 0, 4e-9), 1e-12);
    assertFalse(ScalarActivations.secant(Activation.relu(), 0, 0) != 0);
  }

  private static float[] grid(double low, double high) {
    float[] points = new float[40_000];
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) (low + (high - low) * (i + 0.31) / points.length);
    }
    return points;
  }

  private static double value(Activation f, double n) {
    Matrix z = FLOAT.zeros(1, 1);
    z.set(0, 0, n);
    FLOAT.activate(f, null, z, null, z, 0, 1);
    return z.get(0, 0);
  }

  private static double slope(Activation f, double n) {
    Matrix z = FLOAT.zeros(1, 1);
    Matrix d = FLOAT.zeros(1, 1);
    z.set(0, 0, n);
    d.set(0, 0, 1);
    FLOAT.slope(f, null, z, null, d, d, 0, 1);
    return d.get(0, 0);
  }
}
