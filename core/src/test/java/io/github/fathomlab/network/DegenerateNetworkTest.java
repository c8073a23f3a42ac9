package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The smallest networks, the wildest rates and numbers that overflow. */
class DegenerateNetworkTest {
  private static final Initialisation HE = new Initialisation.He();

  @Test
  void oneLayerOneUnitOneSample() {
    for (Precision precision : Precision.values()) {
      MlpSpec spec = new MlpSpec(List.of(1, 1), Activation.relu(), false, false, 0, true, HE);
      NetworkCase c =
          NetworkCase.create(spec, new Loss.SquaredError(), Kernels.of(precision), 1, 4);
      double w = c.theta().get(0, c.network().tensors().get(0).start());
      double b = c.theta().get(0, c.network().tensors().get(1).start());
      double x = c.trace().input().get(0, 0);
      double error = w * x + b - c.targets().get(0, 0);
      double tolerance = 8 * precision.epsilon();
      assertEquals(error * error / 2, c.evaluate(), tolerance * (1 + error * error));
      c.network().backward(c.trace());
      List<ParameterTensor> tensors = c.network().tensors();
      assertEquals(
          error * x,
          tensors.get(0).of(c.trace().gradient()).get(0, 0),
          tolerance * (1 + Math.abs(error * x)));
      assertEquals(
          error,
          tensors.get(1).of(c.trace().gradient()).get(0, 0),
          tolerance * (1 + Math.abs(error)));
    }
  }

  @Test
  void aBatchOfOneTrainsWithoutNormalisation() {
    MlpSpec spec =
        new MlpSpec(List.of(3, 1, 4, 1, 2), new Activation.Tanh(), false, false, 0.3, true, HE);
    NetworkCase c =
        NetworkCase.create(spec, new Loss.CrossEntropy(), new DoubleKernels(true), 1, 4);
    double before = c.evaluate();
    c.network().backward(c.trace());
    Matrix step = c.kernels().vector(c.theta().columns());
    c.kernels().add(-1e-3, c.trace().gradient(), step);
    SecantWork work =
        c.network().secant(c.trace(), FiniteStep.of(c.network(), step), c.loss(), c.targets());
    c.kernels().add(1, step, c.theta());
    assertTrue(c.evaluate() < before);
    assertEquals(c.evaluate() - before, work.current(c.network().layers().size()), 1e-14);
  }

  /** The unbiased variance of one sample does not exist; nothing may be remembered of it. */
  @Test
  void aBatchOfOneCannotBeNormalised() {
    for (boolean input : new boolean[] {true, false}) {
      MlpSpec spec = new MlpSpec(List.of(3, 4, 2), Activation.relu(), input, !input, 0, true, HE);
      NetworkCase c =
          NetworkCase.create(spec, new Loss.CrossEntropy(), new DoubleKernels(true), 1, 4);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> c.network().forward(c.trace(), Pass.training(1)));
      assertTrue(e.toString().contains("at least 2 samples"), e.toString());
      c.network().forward(c.trace(), Pass.evaluation());
      assertTrue(c.trace().output().isFinite());
    }
  }

  /**
   * A feature that never varies: its normalised value is β, up to the rounding of β - a·mean with a
   * = γ/√ε near 300, and nothing is divided by zero.
   */
  @Test
  void aConstantFeatureIsNormalisedToItsShift() {
    for (Precision precision : Precision.values()) {
      MlpSpec spec = new MlpSpec(List.of(3, 4, 2), Activation.relu(), true, true, 0, true, HE);
      NetworkCase c =
          NetworkCase.create(spec, new Loss.CrossEntropy(), Kernels.of(precision), 6, 4);
      c.trace().input().fill(0.5);
      c.evaluate();
      c.network().backward(c.trace());
      Matrix beta = c.network().tensors().get(1).of(c.theta());
      for (int r = 0; r < 3; r++) {
        for (int j = 0; j < 6; j++) {
          assertEquals(beta.get(0, r), c.trace().out(0).get(r, j), 250 * precision.epsilon());
        }
      }
      assertTrue(c.trace().gradient().isFinite());
    }
  }

  @Test
  void dropoutNearOneKeepsAlmostNothingAndStaysFinite() {
    MlpSpec spec =
        new MlpSpec(List.of(5, 40, 3), new Activation.Tanh(), false, false, 0.999, true, HE);
    for (Precision precision : Precision.values()) {
      NetworkCase c =
          NetworkCase.create(spec, new Loss.CrossEntropy(), Kernels.of(precision), 50, 4);
      c.evaluate();
      c.network().backward(c.trace());
      double[] hidden = c.trace().out(0).toArray();
      int kept = 0;
      for (double h : hidden) {
        assertTrue(Math.abs(h) <= 1001);
        kept += h != 0 ? 1 : 0;
      }
      assertTrue(kept <= 10, kept + " of 2000 kept");
      assertTrue(c.trace().gradient().isFinite());
    }
  }

  /**
   * Float overflows at 3e38: the first layer that holds such a number is named, in forward order.
   */
  @Test
  void overflowIsFoundWhereItHappens() {
    MlpSpec spec =
        new MlpSpec(List.of(4, 5, 6, 7, 3), Activation.relu(), false, false, 0, false, HE);
    for (int m = 0; m < 4; m++) {
      NetworkCase c =
          NetworkCase.create(spec, new Loss.CrossEntropy(), Kernels.of(Precision.FLOAT32), 5, 4);
      c.trace().input().fill(1e30);
      for (ParameterTensor tensor : c.network().tensors()) {
        tensor.of(c.theta()).fill(tensor.layer() == m ? 1e10 : 0.1);
      }
      c.network().forward(c.trace(), c.pass());
      assertEquals(m, c.network().firstNonFinite(c.trace()));
      c.trace().input().fill(1);
      c.network().forward(c.trace(), c.pass());
      assertEquals(-1, c.network().firstNonFinite(c.trace()));
    }
  }

  @Test
  void saturationHidesNoOverflowThatHappened() {
    MlpSpec spec = new MlpSpec(List.of(4, 5, 3), new Activation.Tanh(), false, false, 0, true, HE);
    NetworkCase c =
        NetworkCase.create(spec, new Loss.CrossEntropy(), Kernels.of(Precision.FLOAT32), 5, 4);
    c.trace().input().fill(1e30);
    c.network().forward(c.trace(), c.pass());
    assertEquals(-1, c.network().firstNonFinite(c.trace()));
    c.trace().input().set(2, 3, Double.NaN);
    c.network().forward(c.trace(), c.pass());
    assertEquals(0, c.network().firstNonFinite(c.trace()));
  }

  @Test
  void refusesShapesThatAreNone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new MlpSpec(List.of(3), Activation.relu(), false, false, 0, true, HE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MlpSpec(List.of(3, 0, 2), Activation.relu(), false, false, 0, true, HE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MlpSpec(List.of(3, 2), Activation.relu(), false, false, 1, true, HE));
    for (int notHidden : new int[] {0, 2}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new MlpSpec(
                  List.of(3, 4, 2),
                  Activation.relu(),
                  List.of(notHidden),
                  false,
                  NetworkSpec.Norm.NONE,
                  0,
                  true,
                  HE));
    }
    assertThrows(IllegalArgumentException.class, () -> new Activation.LeakyRelu(1.1));
  }
}
