package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation (arXiv:1607.06450, eq. 4): out = γ ∘ x̂ + β with x̂ = (z - mean)/√(var + ε)
 * over the D rows of each column, the population variance and ε = 1e-5.
 *
 * <p>With i = (var + ε)^{-1/2} and ⟨·⟩ the mean over rows, the four maps are
 *
 * <pre>
 *   backward: d = γ ∘ ∂ℓ/∂out,  ∂ℓ/∂z = i (d - ⟨d⟩ - x̂ ⟨d x̂⟩)
 *   tangent:  x̂' = i (z' - ⟨z'⟩ - x̂ ⟨z' x̂⟩),  out' = γ ∘ x̂' + γ' ∘ x̂ + β'
 *   secant:   Δvar = 2⟨c̄ Δz⟩,  Δi = -Δvar/(√v_A √v_B (√v_A + √v_B)),  Δx̂ = ī Δc + c̄ Δi,
 *             Δout = γ̄ ∘ Δx̂ + Δγ ∘ (x̂ + ½Δx̂) + Δβ
 * </pre>
 *
 * where c = z - ⟨z⟩ and overbars are means of the two states (the secant is our derivation from the
 * product rule Δ(xy) = x̄Δy + ȳΔx). Cost: a few passes over z. A column of equal numbers gives x̂ =
 * 0.
 */
public final class LayerNorm implements Layer {
  private static final double EPSILON = 1e-5;

  private final LayerShape shape;
  private final ParameterTensor gamma;
  private final ParameterTensor beta;

  LayerNorm(String name, int positions, ParameterTensor gamma, ParameterTensor beta) {
    int width = gamma.columns();
    shape = new LayerShape(name, width, width, positions, List.of(gamma, beta));
    this.gamma = gamma;
    this.beta = beta;
  }

  @Override
  public LayerShape shape() {
    return shape;
  }

  @Override
  public LayerTrace trace(Kernels k, int batch, @Nullable Matrix sharedGradient) {
    return new ColumnTrace(k, outputs(), shape.positions() * batch, sharedGradient);
  }

  /** Centres first and sums squares then: one pass would lose the variance of a far-off column. */
  @Override
  public void forward(
      Kernels k, Matrix theta, Matrix statistics, Pass pass, Matrix in, LayerTrace trace) {
    ColumnTrace t = (ColumnTrace) trace;
    k.columnSums(in, in, t.sum, t.dot);
    t.ka.fill(1);
    k.combine(t.kc, t.minusShare, t.sum, null, null, null, 0, 1);
    k.combineColumns(t.normal, t.ka, in, null, null, t.kc);
    k.columnSums(t.normal, t.normal, t.sum, t.dot);
    t.kc.fill(0);
    for (int j = 0; j < in.columns(); j++) {
      t.inverse.set(0, j, 1 / Math.sqrt(t.dot.get(0, j) / outputs() + EPSILON));
    }
    k.combineColumns(t.normal, t.inverse, t.normal, null, null, t.kc);
    k.combine(t.out(), gamma.of(theta), t.normal, null, null, beta.of(theta), 0, outputs());
  }

  @Override
  public void backward(
      Kernels k,
      Matrix theta,
      Matrix gradient,
      Matrix in,
      LayerTrace trace,
      @Nullable Matrix inGradient) {
    ColumnTrace t = (ColumnTrace) trace;
    k.sums(t.outGradient(), t.normal, null, t.rowSum, t.rowDot, 0, outputs());
    gamma.of(gradient).copyFrom(t.rowDot);
    beta.of(gradient).copyFrom(t.rowSum);
    if (inGradient != null) {
      k.combine(t.scratch, gamma.of(theta), t.outGradient(), null, null, null, 0, outputs());
      project(k, t, t.scratch, inGradient);
    }
  }

  /** out := i (x - ⟨x⟩ - x̂ ⟨x x̂⟩), its own adjoint. */
  private void project(Kernels k, ColumnTrace t, Matrix x, Matrix out) {
    k.columnSums(x, t.normal, t.sum, t.dot);
    k.combine(t.kb, t.minusShare, t.dot, null, null, null, 0, 1);
    k.multiplyElements(t.inverse, t.kb, 0, 1);
    k.combine(t.kc, t.minusShare, t.sum, null, null, null, 0, 1);
    k.multiplyElements(t.inverse, t.kc, 0, 1);
    k.combineColumns(out, t.inverse, x, t.kb, t.normal, t.kc);
  }

  @Override
  public void tangent(
      Kernels k,
      Matrix theta,
      Matrix direction,
      Matrix in,
      @Nullable Matrix inDot,
      LayerTrace trace) {
    ColumnTrace t = (ColumnTrace) trace;
    if (inDot == null) {
      t.scratch.fill(0);
    } else {
      project(k, t, inDot, t.scratch);
    }
    k.combine(
        t.outTangent(),
        gamma.of(theta),
        t.scratch,
        gamma.of(direction),
        t.normal,
        beta.of(direction),
        0,
        outputs());
  }

  @Override
  public Matrix secantForward(
      Kernels k, FiniteStep step, Matrix in, @Nullable Matrix inStep, LayerTrace trace) {
    ColumnTrace t = (ColumnTrace) trace;
    ColumnTrace.Secants s = t.secants();
    Matrix moved = t.scratch;
    if (inStep == null) {
      moved.fill(0);
    } else {
      moved.copyFrom(inStep);
    }
    normaliseStep(k, t, s, moved);
    // The step's own vectors are gone when the way back begins.
    s.stepGamma.copyFrom(step.displacement(gamma));
    s.stepBeta.copyFrom(step.displacement(beta));
    k.combine(
        s.outStep, step.middle(gamma), moved, s.stepGamma, s.meanNormal, s.stepBeta, 0, outputs());
    return s.outStep;
  }

  /** moved: Δz becomes Δx̂; leaves c̄, the mean of x̂, ī and the slope of i in the secants. */
  private void normaliseStep(Kernels k, ColumnTrace t, ColumnTrace.Secants s, Matrix moved) {
    k.columnSums(moved, moved, t.sum, t.dot);
    t.ka.fill(1);
    k.combine(t.kc, t.minusShare, t.sum, null, null, null, 0, 1);
    k.combineColumns(moved, t.ka, moved, null, null, t.kc); // Δc
    t.ka.fill(0.5);
    for (int j = 0; j < moved.columns(); j++) {
      t.kb.set(0, j, 1 / t.inverse.get(0, j));
    }
    t.kc.fill(0);
    k.combineColumns(s.centred, t.ka, moved, t.kb, t.normal, t.kc); // c + ½Δc
    // The variance afterwards is summed by itself: as a difference it may be all cancellation.
    k.combine(s.outStep, s.half, moved, null, s.centred, null, 0, outputs());
    k.columnSums(s.outStep, s.outStep, t.sum, s.squaresAfter);
    k.columnSums(moved, s.centred, t.sum, t.dot);
    for (int j = 0; j < moved.columns(); j++) {
      double rootBefore = 1 / t.inverse.get(0, j);
      double varianceStep = 2 * t.dot.get(0, j) / outputs();
      double rootAfter = Math.sqrt(s.squaresAfter.get(0, j) / outputs() + EPSILON);
      s.inverseSlope[j] = -1 / (rootBefore * rootAfter * (rootBefore + rootAfter));
      s.meanInverse[j] = 0.5 * (1 / rootBefore + 1 / rootAfter);
      t.ka.set(0, j, s.meanInverse[j]);
      t.kb.set(0, j, s.inverseSlope[j] * varianceStep);
    }
    k.combineColumns(moved, t.ka, moved, t.kb, s.centred, t.kc); // Δx̂
    t.ka.fill(0.5);
    t.kb.fill(1);
    k.combineColumns(s.meanNormal, t.ka, moved, t.kb, t.normal, t.kc);
  }

  @Override
  public Matrix secantBackward(
      Kernels k,
      FiniteStep step,
      Matrix in,
      @Nullable Matrix inStep,
      Matrix meanOut,
      LayerTrace trace,
      SecantWork work) {
    ColumnTrace t = (ColumnTrace) trace;
    ColumnTrace.Secants s = t.secants();
    k.sums(meanOut, s.meanNormal, null, t.rowSum, t.rowDot, 0, outputs());
    work.add(gamma, k.dot(t.rowDot, s.stepGamma));
    work.add(beta, k.dot(t.rowSum, s.stepBeta));
    k.combine(t.scratch, step.middle(gamma), meanOut, null, null, null, 0, outputs());
    k.columnSums(t.scratch, s.centred, t.sum, t.dot);
    for (int j = 0; j < in.columns(); j++) {
      t.ka.set(0, j, s.meanInverse[j]);
      t.kb.set(0, j, 2 * s.inverseSlope[j] * t.dot.get(0, j) / outputs());
      t.kc.set(0, j, -s.meanInverse[j] * t.sum.get(0, j) / outputs());
    }
    k.combineColumns(s.meanIn, t.ka, t.scratch, t.kb, s.centred, t.kc);
    return s.meanIn;
  }
}
