package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.instrument.Status;

/**
 * What one number computed from every block along a sampled chain is worth as a coarse spin.
 *
 * <pre>
 *   rho_m = sum_j (y_j - y)(y_(j+m) - y) / ((N - m) Var y),  SE = sd of the means of 64 batches / 8
 * </pre>
 *
 * <p>Symbols: y_j the feature of block j of N adjacent blocks of one chain, y their mean, Var y
 * their (population) variance. Batches are runs of consecutive blocks; averaged is the linearised
 * error ((y_j - y)(y_(j+m) - y) - rho_m (y_j - y)^2)/Var y, so that correlation along the chain is
 * counted, which an error of 1/sqrt(N) does not.
 *
 * <p>Valid when a batch is much longer than the correlation. Fewer than 128 blocks have status
 * {@link Status#TOO_FEW_SAMPLES}, a feature that does not vary {@link Status#ZERO_VARIANCE}, one
 * that is not finite {@link Status#NOT_FINITE}; the numbers are NaN then. Cost: O(N).
 *
 * @param mean of the feature
 * @param variance of the feature
 * @param rho1 correlation of neighbouring blocks
 * @param standardError1 of rho1
 * @param rho2 correlation of blocks with one between
 * @param standardError2 of rho2
 */
public record SampledFeature(
    double mean,
    double variance,
    double rho1,
    double standardError1,
    double rho2,
    double standardError2,
    Status status) {

  private static final int BATCHES = 64;

  /**
   * The feature of a sequence.
   *
   * @param values y_j, in the order of the blocks along the chain
   */
  public static SampledFeature of(double[] values) {
    int n = values.length;
    if (n < 2 * BATCHES) {
      return unknown(Status.TOO_FEW_SAMPLES);
    }
    double sum = 0;
    double largest = 0;
    for (double value : values) {
      sum += value;
      largest = Math.max(largest, Math.abs(value));
    }
    if (!Double.isFinite(sum)) {
      return unknown(Status.NOT_FINITE);
    }
    double mean = sum / n;
    double[] centred = new double[n];
    double squares = 0;
    for (int j = 0; j < n; j++) {
      centred[j] = values[j] - mean;
      squares += centred[j] * centred[j];
    }
    double variance = squares / n;
    if (Math.sqrt(variance) <= 1e-13 * largest) {
      return unknown(Status.ZERO_VARIANCE);
    }
    double rho1 = correlation(centred, 1, variance);
    double rho2 = correlation(centred, 2, variance);
    return new SampledFeature(
        mean,
        variance,
        rho1,
        standardError(centred, 1, variance, rho1),
        rho2,
        standardError(centred, 2, variance, rho2),
        Status.OK);
  }

  private static double correlation(double[] centred, int lag, double variance) {
    double sum = 0;
    for (int j = 0; j < centred.length - lag; j++) {
      sum += centred[j] * centred[j + lag];
    }
    return sum / (centred.length - lag) / variance;
  }

  private static double standardError(double[] centred, int lag, double variance, double rho) {
    int pairs = centred.length - lag;
    double[] means = new double[BATCHES];
    double grand = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      int from = (int) ((long) pairs * batch / BATCHES);
      int to = (int) ((long) pairs * (batch + 1) / BATCHES);
      double sum = 0;
      for (int j = from; j < to; j++) {
        sum += centred[j] * centred[j + lag] - rho * centred[j] * centred[j];
      }
      means[batch] = sum / (to - from) / variance;
      grand += means[batch] / BATCHES;
    }
    double squares = 0;
    for (double value : means) {
      squares += (value - grand) * (value - grand);
    }
    return Math.sqrt(squares / (BATCHES - 1) / BATCHES);
  }

  /** K_out = atanh rho_1. */
  public double coupling() {
    return Couplings.ofCorrelation(rho1);
  }

  /** Standard error of K_out, by the slope 1/(1 - rho_1^2). */
  public double couplingStandardError() {
    return standardError1 / (1 - rho1 * rho1);
  }

  private static SampledFeature unknown(Status status) {
    double nan = Double.NaN;
    return new SampledFeature(nan, nan, nan, nan, nan, nan, status);
  }
}
