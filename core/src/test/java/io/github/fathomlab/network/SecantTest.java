package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exact split of a finite change of the loss. */
class SecantTest {
  private static final double[] STEPS = {1e-8, 1e-6, 1e-4, 1e-2, 0.1, 1};

  static List<NetworkCase> cases() {
    return NetworkCase.all();
  }

  /**
   * Δℓ = Σ 𝒫 = 𝒥_M and 𝒥_{m+1} - 𝒥_m = 𝒫_m, for steps short and long, through kinks, masks and
   * normalisation.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void splitsEveryStepExactly(NetworkCase c) {
    int depth = c.network().layers().size();
    for (double length : STEPS) {
      double before = c.evaluate();
      c.network().backward(c.trace());
      Matrix displacement = displace(c, length);
      SecantWork work =
          c.network()
              .secant(c.trace(), FiniteStep.of(c.network(), displacement), c.loss(), c.targets());
      double scale = c.kernels().absoluteDot(c.trace().gradient(), displacement);
      double sum = 0;
      for (ParameterTensor tensor : c.network().tensors()) {
        sum += work.of(tensor);
        scale += Math.abs(work.of(tensor));
      }
      assertEquals(0, work.current(0));
      for (int m = 0; m < depth; m++) {
        double residual = work.current(m + 1) - work.current(m) - work.ofLayer(m);
        String where = "layer " + m + ", step " + length + " of " + c;
        assertEquals(0, residual, 1e-13 * (scale + Math.abs(work.current(m))), where);
      }
      c.kernels().add(1, displacement, c.theta());
      double after = c.evaluate();
      c.kernels().add(-1, displacement, c.theta());
      double loss = Math.max(before, after);
      assertEquals(
          after - before, work.current(depth), 1e-12 * loss, "step " + length + " of " + c);
      assertEquals(sum, work.current(depth), 1e-12 * (loss + scale), "step " + length + " of " + c);
    }
  }

  /** The displacement that is really made: sums of parameters and steps are rounded first. */
  private static Matrix displace(NetworkCase c, double length) {
    Matrix direction = c.direction(c.seed() + 3);
    for (int i = 0; i < direction.columns(); i++) {
      double start = c.theta().get(0, i);
      direction.set(0, i, start + length * direction.get(0, i) - start);
    }
    return direction;
  }

  /**
   * For short steps 𝒫 of every tensor is g · u: what remains shrinks with the square of the step.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void becomesTheTangent(NetworkCase c) {
    Kernels k = c.kernels();
    for (double length : new double[] {1e-6, 1e-7}) {
      c.evaluate();
      c.network().backward(c.trace());
      Matrix displacement = displace(c, length);
      SecantWork work =
          c.network()
              .secant(c.trace(), FiniteStep.of(c.network(), displacement), c.loss(), c.targets());
      double scale = k.absoluteDot(c.trace().gradient(), displacement) + length;
      for (ParameterTensor tensor : c.network().tensors()) {
        double linear = k.dot(tensor.of(c.trace().gradient()), tensor.of(displacement));
        double curvature = 1e3 * length * scale;
        assertEquals(linear, work.of(tensor), curvature, () -> tensor + " of " + c);
      }
    }
  }

  @Test
  void nothingMovesWithoutADisplacement() {
    for (NetworkCase c : NetworkCase.all()) {
      c.evaluate();
      Matrix still = c.kernels().vector(c.theta().columns());
      SecantWork work =
          c.network().secant(c.trace(), FiniteStep.of(c.network(), still), c.loss(), c.targets());
      for (int m = 0; m < c.network().layers().size(); m++) {
        assertEquals(0, work.current(m + 1));
        assertEquals(0, work.ofLayer(m));
      }
    }
  }

  /** A batch normalisation swallows the bias in front of it: no work, and no change of the rest. */
  @Test
  void aBiasBeforeANormalisationDoesNoWork() {
    for (NetworkCase c : NetworkCase.mlps()) {
      if (c.mlp().bias() && c.mlp().batchNorm()) {
        c.evaluate();
        Matrix displacement = displace(c, 0.1);
        SecantWork work =
            c.network()
                .secant(c.trace(), FiniteStep.of(c.network(), displacement), c.loss(), c.targets());
        ParameterTensor bias =
            c.network().tensors().stream()
                .filter(t -> t.name().equals("b_0"))
                .findFirst()
                .orElseThrow();
        assertEquals(0, work.of(bias));
      }
    }
  }

  /** Logits that move by hundreds, together or apart, up or down. */
  @Test
  void crossEntropyFollowsViolentSteps() {
    Kernels k = new DoubleKernels(true);
    Loss loss = new Loss.CrossEntropy();
    double[][] starts = {{0, 0, 0}, {1, -2, 3}, {500, 0, -500}, {-40, -41, -42}};
    double[][] steps = {
      {-60, -60, -60}, {-800, -800, -799}, {60, 61, 62}, {3000, 0, 0}, {-3000, 1e4, -5}, {1, 0, 0}
    };
    for (double[] start : starts) {
      for (double[] step : steps) {
        Matrix z = k.zeros(3, 1);
        Matrix delta = k.zeros(3, 1);
        Matrix targets = k.zeros(3, 1);
        Matrix mean = k.zeros(3, 1);
        z.setAll(start);
        delta.setAll(step);
        targets.setAll(new double[] {0.2, 0.5, 0.3});
        double before = loss.evaluate(k, z, targets, mean);
        loss.secant(z, delta, targets, mean);
        double work = k.dot(mean, delta);
        double scale = k.absoluteDot(mean, delta) + before;
        k.combine(z, null, z, null, delta, null, 0, 3);
        double after = loss.evaluate(k, z, targets, k.zeros(3, 1));
        assertTrue(Double.isFinite(work));
        assertEquals(after - before, work, 1e-13 * (scale + after), start[0] + " by " + step[0]);
      }
    }
  }
}
