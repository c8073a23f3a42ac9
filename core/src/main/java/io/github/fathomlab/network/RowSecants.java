package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.Objects;
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
  /** Below this share of the variance before, the variance after a step is summed by itself. */
  private static final double LEAST_SHARE = 0.25;

  private final RowMaps maps;
  private final Matrix chord;
  private final Matrix meanStep;
  private final Matrix varianceStep;
  private final Matrix sum;
  private final Matrix dot;
  private final Matrix stepDot;
  private final Matrix ka;
  private final Matrix kb;
  private final Matrix kc;
  private final Matrix halfSlope;
  private final Matrix zeros;

  /** γ̄, Δγ and Δβ or Δb of the last forward pass, where there are such. */
  private final @Nullable Matrix gamma;

  private final @Nullable Matrix deltaGamma;
  private final @Nullable Matrix deltaShift;
  private final double[] meanInverse;
  private final double[] inverseStep;
  private final double[] inverseSlope;

  RowSecants(Kernels k, RowMaps maps, int batch) {
    int width = maps.width();
    this.maps = maps;
    chord = k.zeros(width, batch);
    meanStep = k.vector(width);
    varianceStep = k.vector(width);
    sum = k.vector(width);
    dot = k.vector(width);
    stepDot = k.vector(width);
    ka = k.vector(width);
    kb = k.vector(width);
    kc = k.vector(width);
    halfSlope = k.vector(width);
    zeros = k.vector(width);
    boolean normalises = maps.norm() != null;
    gamma = normalises ? k.vector(width) : null;
    deltaGamma = normalises ? k.vector(width) : null;
    deltaShift = normalises || maps.bias() != null ? k.vector(width) : null;
    meanInverse = new double[width];
    inverseStep = new double[width];
    inverseSlope = new double[width];
  }

  /**
   * Δout from Δz (null: z does not move) and the step of the parameters; keeps what {@link
   * #backward} needs.
   */
  void forward(
      Kernels k,
      FiniteStep step,
      RowMaps.State s,
      Matrix z,
      @Nullable Matrix deltaZ,
      Matrix deltaOut) {
    maps.requireBatchStatistics(s);
    remember(step);
    int width = maps.width();
    int block = RowMaps.block(z);
    for (int from = 0; from < width; from += block) {
      int to = Math.min(width, from + block);
      if (gamma != null && deltaGamma != null) {
        normaliseStep(k, s, z, deltaZ, deltaOut, from, to);
      } else if (deltaZ != null) {
        k.combine(deltaOut, null, deltaZ, null, null, deltaShift, from, to); // Δn
      } else {
        k.combine(deltaOut, zeros, z, null, null, deltaShift, from, to);
      }
      k.secant(maps.activation(), s.a, z, s.c, deltaOut, chord, from, to);
      if (s.mask != null) {
        k.drop(s.mask, chord, from, to);
      }
      k.multiplyElements(chord, deltaOut, from, to);
    }
  }

  /** The step's own vectors are gone when the way back begins. */
  private void remember(FiniteStep step) {
    RowMaps.Norm norm = maps.norm();
    ParameterTensor shift = norm == null ? maps.bias() : norm.beta();
    if (deltaShift != null && shift != null) {
      deltaShift.copyFrom(step.displacement(shift));
    }
    if (norm != null && gamma != null && deltaGamma != null) {
      gamma.copyFrom(step.middle(norm.gamma()));
      deltaGamma.copyFrom(step.displacement(norm.gamma()));
    }
  }

  /** deltaOut := Δn of some rows. */
  private void normaliseStep(
      Kernels k,
      RowMaps.State s,
      Matrix z,
      @Nullable Matrix deltaZ,
      Matrix deltaOut,
      int from,
      int to) {
    if (deltaZ == null) {
      for (int r = from; r < to; r++) {
        meanStep.set(0, r, 0);
        prepareRow(s, r, s.variance.get(0, r), 0);
      }
      k.combine(deltaOut, kb, z, null, null, kc, from, to);
      return;
    }
    k.sums(deltaZ, z, s.mean, sum, dot, from, to);
    k.moments(deltaZ, meanStep, varianceStep, from, to);
    for (int r = from; r < to; r++) {
      double before = s.variance.get(0, r);
      double change = 2 * dot.get(0, r) / z.columns() + varianceStep.get(0, r);
      double after = before + change;
      if (after < LEAST_SHARE * before) {
        // As a sum of the variance before and its change this would be all cancellation.
        k.combine(deltaOut, null, deltaZ, null, z, null, r, r + 1);
        k.moments(deltaOut, sum, dot, r, r + 1);
        after = dot.get(0, r);
      }
      prepareRow(s, r, after, change);
    }
    k.combine(deltaOut, ka, deltaZ, kb, z, kc, from, to);
  }

  /** Coefficients of Δn = ka Δz + kb z + kc. */
  private void prepareRow(RowMaps.State s, int r, double varianceAfter, double varianceChange) {
    double rootBefore = Math.sqrt(s.variance.get(0, r) + RowMaps.epsilon());
    double rootAfter = Math.sqrt(varianceAfter + RowMaps.epsilon());
    inverseSlope[r] = -1 / (rootBefore * rootAfter * (rootBefore + rootAfter));
    inverseStep[r] = inverseSlope[r] * varianceChange;
    meanInverse[r] = 0.5 * (1 / rootBefore + 1 / rootAfter);
    double scale = Objects.requireNonNull(gamma).get(0, r);
    double scaleStep = Objects.requireNonNull(deltaGamma).get(0, r);
    double rise = scale * meanInverse[r] + 0.25 * scaleStep * inverseStep[r];
    double level = scale * inverseStep[r] + scaleStep * meanInverse[r];
    double shift = meanStep.get(0, r);
    ka.set(0, r, rise + 0.5 * level);
    kb.set(0, r, level);
    double shiftStep = Objects.requireNonNull(deltaShift).get(0, r);
    kc.set(0, r, shiftStep - rise * shift - level * (s.mean.get(0, r) + 0.5 * shift));
  }

  /**
   * δ̄_z from t̄ = δ̄_out; without Δz, 𝒫 alone.
   *
   * @param work receives 𝒫 of γ and β, or of b
   */
  void backward(
      Kernels k,
      RowMaps.State s,
      Matrix z,
      @Nullable Matrix deltaZ,
      Matrix meanOut,
      Matrix meanZ,
      SecantWork work) {
    int width = maps.width();
    int block = RowMaps.block(z);
    double gammaWork = 0;
    for (int from = 0; from < width; from += block) {
      int to = Math.min(width, from + block);
      k.combine(meanZ, null, meanOut, null, null, null, from, to);
      k.multiplyElements(chord, meanZ, from, to); // δ̄_n
      if (gamma != null) {
        gammaWork += backwardRows(k, s, z, deltaZ, meanZ, from, to);
      } else if (deltaShift != null) {
        k.sums(meanZ, meanZ, null, sum, dot, from, to);
      }
    }
    RowMaps.Norm norm = maps.norm();
    ParameterTensor shift = norm == null ? maps.bias() : norm.beta();
    if (norm != null) {
      work.add(norm.gamma(), gammaWork);
    }
    if (shift != null && deltaShift != null) {
      work.add(shift, k.dot(sum, deltaShift));
    }
  }

  /** meanZ: δ̄_n becomes δ̄_z; returns the rows' part of 𝒫_γ. */
  private double backwardRows(
      Kernels k,
      RowMaps.State s,
      Matrix z,
      @Nullable Matrix deltaZ,
      Matrix meanZ,
      int from,
      int to) {
    if (deltaZ == null) {
      stepDot.fill(0);
    } else {
      k.sums(meanZ, deltaZ, meanStep, sum, stepDot, from, to);
    }
    k.sums(meanZ, z, s.mean, sum, dot, from, to);
    int batch = z.columns();
    double gammaWork = 0;
    for (int r = from; r < to; r++) {
      double moved = stepDot.get(0, r);
      double centred = dot.get(0, r) + 0.5 * moved;
      double scale = Objects.requireNonNull(gamma).get(0, r);
      double a = scale * meanInverse[r];
      double b = 2 * inverseSlope[r] * scale * centred / batch;
      double mean = s.mean.get(0, r) + 0.5 * meanStep.get(0, r);
      ka.set(0, r, a);
      kb.set(0, r, b);
      halfSlope.set(0, r, 0.5 * b);
      kc.set(0, r, -a * sum.get(0, r) / batch - b * mean);
      double scaleStep = Objects.requireNonNull(deltaGamma).get(0, r);
      gammaWork += scaleStep * (meanInverse[r] * centred + 0.25 * inverseStep[r] * moved);
    }
    if (deltaZ != null) {
      k.combine(meanZ, ka, meanZ, kb, z, kc, from, to);
      k.combine(meanZ, null, meanZ, halfSlope, deltaZ, null, from, to);
    }
    return gammaWork;
  }
}
