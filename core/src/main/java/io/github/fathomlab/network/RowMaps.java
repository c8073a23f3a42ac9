package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Dropout;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * What a layer does to each feature by itself: out = mask ∘ σ(n), n = norm(z) or z + b.
 *
 * <p>With batch normalisation n = γ (z - mean)/√(var + ε) + β, otherwise n = z + b. Both are n[r,·]
 * = a[r] z[r,·] + c[r], so the normalised values are never stored. A bias before a batch
 * normalisation cancels; it enters the running mean only and its gradient is exactly zero. Features
 * are walked over in blocks that stay in the first-level cache.
 *
 * <p>Matrices are [width x batch]; cost of each map is a few passes over z.
 */
final class RowMaps {
  private static final double EPSILON = 1e-5;
  private static final double MEMORY = 0.9;
  private static final int BLOCK_ENTRIES = 4096;

  private final int maskId;
  private final int width;
  private final Activation activation;
  private final double dropoutRate;
  private final @Nullable ParameterTensor bias;
  private final @Nullable Norm norm;

  /** Scale γ and shift β among the parameters; running mean and variance among the statistics. */
  record Norm(
      ParameterTensor gamma,
      ParameterTensor beta,
      ParameterTensor runningMean,
      ParameterTensor runningVariance) {}

  RowMaps(
      int maskId,
      int width,
      Activation activation,
      double dropoutRate,
      @Nullable ParameterTensor bias,
      @Nullable Norm norm) {
    this.maskId = maskId;
    this.width = width;
    this.activation = activation;
    this.dropoutRate = dropoutRate;
    this.bias = bias;
    this.norm = norm;
  }

  /** What one pass leaves behind for the other maps; vectors of length width. */
  static final class State {
    final Matrix mean;
    final Matrix variance;
    final Matrix sum;
    final Matrix dot;
    final Matrix ka;
    final Matrix kb;
    final Matrix kc;
    final Matrix scale;
    final Matrix shift;
    @Nullable Matrix a;
    @Nullable Matrix c;
    @Nullable Dropout mask;
    boolean batchStatistics;

    State(Kernels k, int width) {
      mean = k.vector(width);
      variance = k.vector(width);
      sum = k.vector(width);
      dot = k.vector(width);
      ka = k.vector(width);
      kb = k.vector(width);
      kc = k.vector(width);
      scale = k.vector(width);
      shift = k.vector(width);
    }
  }

  /** Rows that stay in the first-level cache together. */
  static int block(Matrix z) {
    return Math.max(1, BLOCK_ENTRIES / Matrix.padded(z.columns()));
  }

  void forward(
      Kernels k, Matrix theta, Matrix statistics, Pass pass, State s, Matrix z, Matrix out) {
    s.mask = pass.dropout() && dropoutRate > 0 ? new Dropout(dropoutRate, maskKey(pass)) : null;
    s.batchStatistics = pass.batchStatistics();
    if (norm != null && s.batchStatistics && z.columns() < 2) {
      throw new IllegalArgumentException(
          "batch normalisation needs at least 2 samples in a batch, found %d; use larger batches or no normalisation"
              .formatted(z.columns()));
    }
    s.a = norm == null ? null : s.scale;
    s.c = norm != null ? s.shift : bias == null ? null : bias.of(theta);
    for (int from = 0; from < width; from += block(z)) {
      int to = Math.min(width, from + block(z));
      if (norm != null) {
        if (pass.batchStatistics()) {
          k.moments(z, s.mean, s.variance, from, to);
        }
        prepareScales(norm, theta, statistics, s, from, to);
      }
      k.activate(activation, s.a, z, s.c, out, from, to);
      if (s.mask != null) {
        k.drop(s.mask, out, from, to);
      }
    }
    if (norm != null && pass.updatesStatistics()) {
      updateStatistics(norm, theta, statistics, s, z.columns());
    }
  }

  /**
   * a = γ/√(var + ε) and c = β - a·mean, from the batch or from the running averages (which contain
   * the bias).
   */
  private void prepareScales(Norm n, Matrix theta, Matrix statistics, State s, int from, int to) {
    Matrix gamma = n.gamma.of(theta);
    Matrix beta = n.beta.of(theta);
    Matrix runningMean = n.runningMean.of(statistics);
    Matrix runningVariance = n.runningVariance.of(statistics);
    Matrix b = bias == null ? null : bias.of(theta);
    for (int r = from; r < to; r++) {
      double mean =
          s.batchStatistics
              ? s.mean.get(0, r)
              : runningMean.get(0, r) - (b == null ? 0 : b.get(0, r));
      double variance = s.batchStatistics ? s.variance.get(0, r) : runningVariance.get(0, r);
      double a = gamma.get(0, r) / Math.sqrt(variance + EPSILON);
      s.scale.set(0, r, a);
      s.shift.set(0, r, beta.get(0, r) - a * mean);
    }
  }

  /** PyTorch's convention: the running variance is the unbiased one. */
  private void updateStatistics(Norm n, Matrix theta, Matrix statistics, State s, int batch) {
    Matrix runningMean = n.runningMean.of(statistics);
    Matrix runningVariance = n.runningVariance.of(statistics);
    Matrix b = bias == null ? null : bias.of(theta);
    double unbiased = batch / (batch - 1.0);
    for (int r = 0; r < width; r++) {
      double mean = s.mean.get(0, r) + (b == null ? 0 : b.get(0, r));
      double variance = s.variance.get(0, r) * unbiased;
      runningMean.set(0, r, MEMORY * runningMean.get(0, r) + (1 - MEMORY) * mean);
      runningVariance.set(0, r, MEMORY * runningVariance.get(0, r) + (1 - MEMORY) * variance);
    }
  }

  /**
   * dz := ∂ℓ/∂z from dOut := ∂ℓ/∂out, and the gradients of γ, β or b.
   *
   * <p>With δn = dOut ∘ mask ∘ σ'(n) and x̂ = (z - mean)/√(var+ε): ∂β = Σ δn, ∂γ = Σ δn x̂, dz =
   * (γ/√(var+ε)) (δn - ∂β/B - x̂ ∂γ/B).
   */
  void backward(
      Kernels k, Matrix theta, Matrix gradient, State s, Matrix z, Matrix dOut, Matrix dz) {
    requireBatchStatistics(s);
    int batch = z.columns();
    for (int from = 0; from < width; from += block(z)) {
      int to = Math.min(width, from + block(z));
      k.slope(activation, s.a, z, s.c, dOut, dz, from, to);
      if (s.mask != null) {
        k.drop(s.mask, dz, from, to);
      }
      if (norm == null) {
        if (bias != null) {
          k.sums(dz, dz, null, bias.of(gradient), s.dot, from, to);
        }
        continue;
      }
      k.sums(dz, z, s.mean, s.sum, s.dot, from, to);
      Matrix gradGamma = norm.gamma.of(gradient);
      Matrix gradBeta = norm.beta.of(gradient);
      for (int r = from; r < to; r++) {
        double inverse = 1 / Math.sqrt(s.variance.get(0, r) + EPSILON);
        double a = s.scale.get(0, r);
        double sum = s.sum.get(0, r);
        double dot = s.dot.get(0, r);
        gradGamma.set(0, r, inverse * dot);
        gradBeta.set(0, r, sum);
        double slope = -a * inverse * inverse * dot / batch;
        s.ka.set(0, r, a);
        s.kb.set(0, r, slope);
        s.kc.set(0, r, -a * sum / batch - slope * s.mean.get(0, r));
      }
      k.combine(dz, s.ka, dz, s.kb, z, s.kc, from, to);
    }
  }

  /** outDot := derivative of out along (zDot, direction), masks frozen. */
  void tangent(
      Kernels k, Matrix theta, Matrix direction, State s, Matrix z, Matrix zDot, Matrix outDot) {
    requireBatchStatistics(s);
    int batch = z.columns();
    for (int from = 0; from < width; from += block(z)) {
      int to = Math.min(width, from + block(z));
      if (norm == null) {
        k.combine(
            outDot, null, zDot, null, null, bias == null ? null : bias.of(direction), from, to);
      } else {
        k.sums(zDot, z, s.mean, s.sum, s.dot, from, to);
        Matrix gammaDot = norm.gamma.of(direction);
        Matrix betaDot = norm.beta.of(direction);
        for (int r = from; r < to; r++) {
          double inverse = 1 / Math.sqrt(s.variance.get(0, r) + EPSILON);
          double a = s.scale.get(0, r);
          double slope = inverse * (gammaDot.get(0, r) - a * inverse * s.dot.get(0, r) / batch);
          s.ka.set(0, r, a);
          s.kb.set(0, r, slope);
          s.kc.set(
              0, r, betaDot.get(0, r) - a * s.sum.get(0, r) / batch - slope * s.mean.get(0, r));
        }
        k.combine(outDot, s.ka, zDot, s.kb, z, s.kc, from, to);
      }
      k.slope(activation, s.a, z, s.c, outDot, outDot, from, to);
      if (s.mask != null) {
        k.drop(s.mask, outDot, from, to);
      }
    }
  }

  void requireBatchStatistics(State s) {
    if (norm != null && !s.batchStatistics) {
      throw new IllegalStateException(
          "derivatives of a batch-normalised layer need a pass with batch statistics");
    }
  }

  private long maskKey(Pass pass) {
    return CounterRandom.key(pass.key(), maskId);
  }

  int width() {
    return width;
  }

  Activation activation() {
    return activation;
  }

  @Nullable Norm norm() {
    return norm;
  }

  @Nullable ParameterTensor bias() {
    return bias;
  }

  static double epsilon() {
    return EPSILON;
  }
}
