package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A layer normalisation by itself: its formula, and columns that do not vary or cease to. */
class LayerNormTest {
  private static LayerNorm norm(int width) {
    return new LayerNorm(
        "norm",
        1,
        new ParameterTensor("gamma_0", 0, 0, 1, width),
        new ParameterTensor("beta_0", 0, Matrix.padded(width), 1, width));
  }

  private static Matrix theta(Kernels k, int width) {
    Matrix theta = k.vector(2 * Matrix.padded(width));
    NetworkCase.fill(theta.view(0, 1, width), new SplittableRandom(1), 1, 0.3);
    NetworkCase.fill(theta.view(Matrix.padded(width), 1, width), new SplittableRandom(2), 0, 1);
    return theta;
  }

  /** γ (z - mean)/√(var + ε) + β, with the population variance; far off zero as well. */
  @ParameterizedTest
  @EnumSource
  void aLayerNormIsItsFormula(Precision precision) {
    Kernels k = Kernels.of(precision);
    int width = 9;
    LayerNorm norm = norm(width);
    Matrix theta = theta(k, width);
    for (double centre : new double[] {0, 1e3}) {
      Matrix in = k.zeros(width, 20);
      NetworkCase.fill(in, new SplittableRandom(3), centre, 1);
      LayerTrace trace = norm.trace(k, 20, null);
      norm.forward(k, theta, k.vector(1), Pass.evaluation(), in, trace);
      for (int j = 0; j < 20; j++) {
        double mean = 0;
        double variance = 0;
        for (int r = 0; r < width; r++) {
          mean += in.get(r, j) / width;
        }
        for (int r = 0; r < width; r++) {
          variance += Math.pow(in.get(r, j) - mean, 2) / width;
        }
        for (int r = 0; r < width; r++) {
          double normal = (in.get(r, j) - mean) / Math.sqrt(variance + 1e-5);
          double expected = theta.get(0, r) * normal + theta.get(0, Matrix.padded(width) + r);
          double tolerance = 20 * precision.epsilon() * (1 + centre);
          assertEquals(expected, trace.out().get(r, j), tolerance);
        }
      }
    }
  }

  /** x̂ = 0 and out = β, and neither gradient nor tangent nor secant divides by nothing. */
  @ParameterizedTest
  @EnumSource
  void aColumnOfEqualNumbersIsNormalisedToTheShift(Precision precision) {
    Kernels k = Kernels.of(precision);
    for (int width : new int[] {1, 3, 8}) {
      LayerNorm norm = norm(width);
      Matrix theta = theta(k, width);
      Matrix in = k.zeros(width, 5);
      in.fill(0.7);
      LayerTrace trace = norm.trace(k, 5, null);
      norm.forward(k, theta, k.vector(1), Pass.evaluation(), in, trace);
      for (int r = 0; r < width; r++) {
        double shift = theta.get(0, Matrix.padded(width) + r);
        assertEquals(shift, trace.out().get(r, 2), 1000 * precision.epsilon());
      }
      NetworkCase.fill(trace.outGradient(), new SplittableRandom(4), 0, 1);
      Matrix gradient = k.vector(theta.columns());
      Matrix below = k.zeros(width, 5);
      norm.backward(k, theta, gradient, in, trace, below);
      norm.tangent(k, theta, theta, in, in, trace);
      assertTrue(gradient.isFinite() && below.isFinite() && trace.outTangent().isFinite());
      Matrix still = k.vector(theta.columns());
      FiniteStep step = step(k, norm, theta, still);
      Matrix inStep = k.zeros(width, 5);
      NetworkCase.fill(inStep, new SplittableRandom(5), 0, 1);
      requireStep(k, norm, step, theta, in, inStep, trace, 4000 * precision.epsilon());
    }
  }

  /** From wide columns to equal ones: what is left of the variance is its rounding, and no root. */
  @ParameterizedTest
  @EnumSource
  void columnsThatCollapseDoSoInFloatToo(Precision precision) {
    Kernels k = Kernels.of(precision);
    for (int seed = 0; seed < 40; seed++) {
      LayerNorm norm = norm(6);
      Matrix theta = theta(k, 6);
      Matrix in = k.zeros(6, 30);
      NetworkCase.fill(in, new SplittableRandom(seed), 5, 300);
      LayerTrace trace = norm.trace(k, 30, null);
      norm.forward(k, theta, k.vector(1), Pass.evaluation(), in, trace);
      Matrix inStep = k.zeros(6, 30);
      k.combine(inStep, null, inStep, negative(k, 6), in, null, 0, 6);
      FiniteStep step = step(k, norm, theta, k.vector(theta.columns()));
      // Δx̂ = ī Δc + c̄ Δi is here a difference of numbers up to 900/√ε = 3e5, rounded a few times.
      requireStep(k, norm, step, theta, in, inStep, trace, 2e6 * precision.epsilon());
    }
  }

  private static FiniteStep step(Kernels k, LayerNorm norm, Matrix theta, Matrix u) {
    int length = theta.columns();
    FiniteStep.Scratch scratch = new FiniteStep.Scratch(k.vector(length), k.vector(length));
    FiniteStep step = new FiniteStep(k, theta, u, scratch);
    step.enter(norm);
    return step;
  }

  private static Matrix negative(Kernels k, int width) {
    Matrix negative = k.vector(width);
    negative.fill(-1);
    return negative;
  }

  /** The secant is the difference of two forward passes. */
  private static void requireStep(
      Kernels k,
      LayerNorm norm,
      FiniteStep step,
      Matrix theta,
      Matrix in,
      Matrix inStep,
      LayerTrace trace,
      double tolerance) {
    double[] before = trace.out().toArray();
    double[] found = norm.secantForward(k, step, in, inStep, trace).toArray();
    Matrix after = k.zeros(in.rows(), in.columns());
    k.combine(after, null, in, null, inStep, null, 0, in.rows());
    norm.forward(k, theta, k.vector(1), Pass.evaluation(), after, trace);
    double[] moved = trace.out().toArray();
    for (int i = 0; i < moved.length; i++) {
      assertEquals(moved[i] - before[i], found[i], tolerance);
    }
  }
}
