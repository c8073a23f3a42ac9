package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * The secant map of {@link RowMaps}: exact finite differences between two states of a layer, and
 * their adjoint.
 *
 * <p>Overbars are means of the two states, Δ their difference (bulk-boundary specification, section
 * 5; the batch normalisation is our derivation from the product rule Δ(xy) = x̄Δy + ȳΔx). With c =
 * z - mean, i = (var + ε)^{-1/2}:
 *
 * <pre>
 *   Δvar = (2/B) Σ c̄ Δz,   Δi = -Δvar / (√v_A √v_B (√v_A + √v_B)),   Δx̂ = ī Δc + c̄ Δi,
 *   Δn = γ̄ Δx̂ + Δγ (ī c̄ + ¼ Δi Δc) + Δβ,   Δout = mask ∘ r(n, n+Δn) ∘ Δn
 * </pre>
 *
 * so that ⟨t̄, Δout⟩ = ⟨δ̄_z, Δz⟩ + 𝒫_γ + 𝒫_β to rounding for any t̄, through kinks too.
 */
final class RowSecants {
  private final RowMaps maps;
  private final Matrix chord;
  private final Matrix meanStep;
  private final Matrix varianceStep;
  private final Matrix varianceAfter;
  private final Matrix sum;
  private final Matrix dot;
  private final Matrix stepDot;
  private final Matrix ka;
  private final Matrix kb;
  private final Matrix kc;
  private final Matrix halfSlope;
  private final double[] meanInverse;
  private final double[] inverseStep;
  private final double[] inverseSlope;

  RowSecants(Kernels k, RowMaps maps, int batch) {
    int width = maps.width();
    this.maps = maps;
    chord = k.zeros(width, batch);
    meanStep = k.vector(width);
    varianceStep = k.vector(width);
    varianceAfter = k.vector(width);
    sum = k.vector(width);
    dot = k.vector(width);
    stepDot = k.vector(width);
    ka = k.vector(width);
    kb = k.vector(width);
    kc = k.vector(width);
    halfSlope = k.vector(width);
    meanInverse = new double[width];
    inverseStep = new double[width];
    inverseSlope = new double[width];
  }

  /** Δout from Δz and the parameter displacement; keeps the chord slopes for {@link #backward}. */
  void forward(
      Kernels k, FiniteStep step, RowMaps.State s, Matrix z, Matrix deltaZ, Matrix deltaOut) {
    maps.requireBatchStatistics(s);
    int width = maps.width();
    int block = RowMaps.block(z);
    ParameterTensor bias = maps.bias();
    Matrix deltaB = bias == null ? null : step.displacement(bias);
    NormStep norm = NormStep.of(maps.norm(), step);
    for (int from = 0; from < width; from += block) {
      int to = Math.min(width, from + block);
      if (norm == null) {
        k.combine(deltaOut, null, deltaZ, null, null, deltaB, from, to); // Δn
      } else {
        k.sums(deltaZ, z, s.mean, sum, dot, from, to);
        k.combine(deltaOut, null, deltaZ, null, z, null, from, to);
        k.moments(deltaOut, meanStep, varianceAfter, from, to);
        k.moments(deltaZ, meanStep, varianceStep, from, to);
        for (int r = from; r < to; r++) {
          prepareRow(norm, s, r, z.columns());
        }
        k.combine(deltaOut, ka, deltaZ, kb, z, kc, from, to); // Δn
      }
      k.secant(maps.activation(), s.a, z, s.c, deltaOut, chord, from, to);
      if (s.mask != null) {
        k.drop(s.mask, chord, from, to);
      }
      k.multiplyElements(chord, deltaOut, from, to);
    }
  }

  /** γ̄, Δγ and Δβ. */
  private record NormStep(Matrix gamma, Matrix deltaGamma, Matrix deltaBeta) {
    static @Nullable NormStep of(RowMaps.@Nullable Norm norm, FiniteStep step) {
      return norm == null
          ? null
          : new NormStep(
              step.middle(norm.gamma()),
              step.displacement(norm.gamma()),
              step.displacement(norm.beta()));
    }
  }

  /**
   * The variance afterwards is no sum of the first one and its change: it may be all cancellation.
   */
  private void prepareRow(NormStep norm, RowMaps.State s, int r, int batch) {
    double before = s.variance.get(0, r) + RowMaps.epsilon();
    double varianceChange = 2 * dot.get(0, r) / batch + varianceStep.get(0, r);
    double rootBefore = Math.sqrt(before);
    double rootAfter = Math.sqrt(varianceAfter.get(0, r) + RowMaps.epsilon());
    inverseSlope[r] = -1 / (rootBefore * rootAfter * (rootBefore + rootAfter));
    inverseStep[r] = inverseSlope[r] * varianceChange;
    meanInverse[r] = 0.5 * (1 / rootBefore + 1 / rootAfter);
    double deltaGamma = norm.deltaGamma.get(0, r);
    double deltaBeta = norm.deltaBeta.get(0, r);
    double gamma = norm.gamma.get(0, r);
    double rise = gamma * meanInverse[r] + 0.25 * deltaGamma * inverseStep[r];
    double level = gamma * inverseStep[r] + deltaGamma * meanInverse[r];
    double shift = meanStep.get(0, r);
    ka.set(0, r, rise + 0.5 * level);
    kb.set(0, r, level);
    kc.set(0, r, deltaBeta - rise * shift - level * (s.mean.get(0, r) + 0.5 * shift));
  }

  /**
   * δ̄_z from t̄ = δ̄_out.
   *
   * @param work receives 𝒫 of γ and β, or of b
   */
  void backward(
      Kernels k,
      FiniteStep step,
      RowMaps.State s,
      Matrix z,
      Matrix deltaZ,
      Matrix meanOut,
      Matrix meanZ,
      SecantWork work) {
    int width = maps.width();
    int block = RowMaps.block(z);
    double gammaWork = 0;
    double betaWork = 0;
    NormStep norm = NormStep.of(maps.norm(), step);
    ParameterTensor bias = maps.bias();
    for (int from = 0; from < width; from += block) {
      int to = Math.min(width, from + block);
      k.combine(meanZ, null, meanOut, null, null, null, from, to);
      k.multiplyElements(chord, meanZ, from, to); // δ̄_n
      if (norm != null) {
        k.sums(meanZ, deltaZ, meanStep, sum, stepDot, from, to);
        k.sums(meanZ, z, s.mean, sum, dot, from, to);
        for (int r = from; r < to; r++) {
          gammaWork += backwardRow(norm, s, r, z.columns());
          betaWork += norm.deltaBeta.get(0, r) * sum.get(0, r);
        }
        k.combine(meanZ, ka, meanZ, kb, z, kc, from, to);
        k.combine(meanZ, null, meanZ, halfSlope, deltaZ, null, from, to);
      } else if (bias != null) {
        k.sums(meanZ, meanZ, null, sum, dot, from, to);
      }
    }
    RowMaps.Norm tensors = maps.norm();
    if (tensors != null) {
      work.add(tensors.gamma(), gammaWork);
      work.add(tensors.beta(), betaWork);
    } else if (bias != null) {
      work.add(bias, k.dot(sum, step.displacement(bias)));
    }
  }

  /** Coefficients of one row of δ̄_z; returns the row's part of 𝒫_γ. */
  private double backwardRow(NormStep norm, RowMaps.State s, int r, int batch) {
    double deltaGamma = norm.deltaGamma.get(0, r);
    double gamma = norm.gamma.get(0, r);
    double moved = stepDot.get(0, r);
    double centred = dot.get(0, r) + 0.5 * moved;
    double a = gamma * meanInverse[r];
    double b = 2 * inverseSlope[r] * gamma * centred / batch;
    double mean = s.mean.get(0, r) + 0.5 * meanStep.get(0, r);
    ka.set(0, r, a);
    kb.set(0, r, b);
    halfSlope.set(0, r, 0.5 * b);
    kc.set(0, r, -a * sum.get(0, r) / batch - b * mean);
    return deltaGamma * (meanInverse[r] * centred + 0.25 * inverseStep[r] * moved);
  }
}
