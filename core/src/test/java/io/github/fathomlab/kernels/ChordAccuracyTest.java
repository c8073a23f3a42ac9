package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chord slopes in float against their definition in double, for steps of every length. */
class ChordAccuracyTest {
  private static final Kernels FLOAT = Kernels.of(Precision.FLOAT32);
  private static final double[] STEPS = {
    0, 1e-38, 1e-20, 1e-8, 1e-6, 1e-4, 1e-3, 0.01, 0.049, 0.051, 0.1, 0.3, 0.49, 0.51, 1, 2, 7, 40,
    1e4, 1e12, 1e30
  };

  static List<Activation> activations() {
    return List.of(
        new Activation.Identity(),
        new Activation.Tanh(),
        Activation.relu(),
        new Activation.LeakyRelu(0.2),
        new Activation.LeakyRelu(1),
        new Activation.Gelu());
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreesWithTheDefinition(Activation f) {
    for (double n = -6; n < 6; n += 0.0137) {
      for (double length : STEPS) {
        requireClose(f, (float) n, (float) length);
        requireClose(f, (float) n, (float) -length);
      }
    }
  }

  private static void requireClose(Activation f, double n, double d) {
    if (f instanceof Activation.LeakyRelu && Math.abs(n + d) < 1e-6 * Math.abs(n)) {
      return; // whether n + d lies beyond the kink is rounding
    }
    double exact = ScalarActivations.secant(f, n, d);
    assertEquals(exact, chord(f, n, d), 1.5e-6, () -> f + " from " + n + " by " + d);
  }

  /** Neither overflow of a square nor a step of zero makes a slope that is none. */
  @ParameterizedTest
  @MethodSource("activations")
  void statesFarOutHaveTheSlopeOfTheirBranch(Activation f) {
    for (double far : new double[] {20, 1e3, 1e5, 1e9, 1e10, 1e15, 1e20, 1e30}) {
      for (double d : new double[] {0, 1e-20, 1e-3, 0.2, 0.6, 3}) {
        for (double sign : new double[] {-1, 1}) {
          double slope = ScalarActivations.derivative(f, sign * far);
          assertEquals(
              slope, chord(f, sign * far, d), 1e-6, () -> f + " at " + sign * far + " by " + d);
        }
      }
    }
  }

  /** Chords of a monotone function lie between its least and its greatest slope. */
  @ParameterizedTest
  @MethodSource("activations")
  void chordsStayBetweenTheSlopes(Activation f) {
    double least = f instanceof Activation.Gelu ? -0.13 : 0;
    double greatest = f instanceof Activation.Gelu ? 1.13 : 1;
    for (double n : new double[] {-3, -1e-3, -1e-20, -0.0, 0, 1e-20, 1e-3, 3}) {
      for (double length : STEPS) {
        for (double d : new double[] {length, -length}) {
          double chord = chord(f, n, d);
          assertTrue(chord >= least && chord <= greatest, () -> f + ", " + n + ", " + d);
        }
      }
    }
  }

  private static double chord(Activation f, double n, double d) {
    Matrix z = FLOAT.zeros(1, 1);
    Matrix step = FLOAT.zeros(1, 1);
    z.set(0, 0, n);
    step.set(0, 0, d);
    FLOAT.secant(f, null, z, null, step, z, 0, 1);
    return z.get(0, 0);
  }
}
