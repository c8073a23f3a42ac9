package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.instrument.Status;

/**
 * What one number computed from every block is worth as a coarse site, sector by sector.
 *
 * <pre>
 *   ρ_m = Σ_n λ_n^(b(m-1)) c_n,   c_n = λ_n E[f e_n(x_last)] E[f e_n(x_first)] / Var f
 * </pre>
 *
 * <p>Symbols: f the feature of a block of b sites, λ_n and e_n as in {@link SolvedChain}, c_n what
 * sector n adds to ρ_1. An odd f of a chain that is even has the odd sectors alone, an even f the
 * even ones. Source: our theorem on blocks. Over samples the standard error is that of 16 groups of
 * blocks. Cost: O(N) per sector. A feature that does not vary has status ZERO_VARIANCE, one that is
 * not finite NOT_FINITE; its numbers are NaN.
 *
 * @param correlation ρ_1
 * @param error standard error of ρ_1; 0 where averages are exact
 * @param lagRatio ρ_2/ρ_1
 * @param oddFraction share of Var f that changes its sign with all sites
 * @param sectors c_n, n from 1
 */
record SectorFeature(
    double correlation,
    double error,
    double lagRatio,
    double oddFraction,
    double[] sectors,
    Status status) {
  private static final int GROUPS = 16;
  private static final double CONSTANT = 1e-13;

  /**
   * The feature with the given values.
   *
   * @param values f of every block
   * @param flipped f of every block with the sign of all sites turned
   */
  static SectorFeature of(SolvedChain chain, Blocks blocks, double[] values, double[] flipped) {
    int count = blocks.count();
    double largest = 0;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return unknown(Status.NOT_FINITE);
      }
      largest = Math.max(largest, Math.abs(value));
    }
    double variance = spread(blocks, values, 0, count);
    if (Math.sqrt(variance) <= CONSTANT * largest) {
      return unknown(Status.ZERO_VARIANCE);
    }
    double[] odd = new double[count];
    for (int j = 0; j < count; j++) {
      odd[j] = 0.5 * (values[j] - flipped[j]);
    }
    double[] sectors = sectors(chain, blocks, values, 0, count);
    double rho1 = 0;
    double rho2 = 0;
    for (int n = 0; n < sectors.length; n++) {
      rho1 += sectors[n];
      rho2 += StrictMath.pow(chain.ratio(n + 1), blocks.sites()) * sectors[n];
    }
    return new SectorFeature(
        rho1,
        blocks.exact() ? 0 : error(chain, blocks, values),
        rho2 / rho1,
        spread(blocks, odd, 0, count) / variance,
        sectors,
        Status.OK);
  }

  /**
   * c_n as λ_n times two correlations: dividing by the variance that an edge function has in the
   * sample, and not by the 1 that it has in the chain, lets most of the sampling noise cancel.
   */
  private static double[] sectors(
      SolvedChain chain, Blocks blocks, double[] values, int from, int to) {
    double mean = mean(blocks, values, from, to);
    double variance = spread(blocks, values, from, to);
    double[] sectors = new double[blocks.left().length];
    for (int n = 0; n < sectors.length; n++) {
      double left = along(blocks, values, mean, blocks.left()[n], from, to);
      double right = along(blocks, values, mean, blocks.right()[n], from, to);
      sectors[n] = chain.ratio(n + 1) * left * right / variance;
    }
    return sectors;
  }

  /** Cov(f, e)/√Var e. */
  private static double along(
      Blocks blocks, double[] values, double mean, double[] edge, int from, int to) {
    double deviation = Math.sqrt(spread(blocks, edge, from, to));
    double edgeMean = mean(blocks, edge, from, to);
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += blocks.weights()[j] * (values[j] - mean) * (edge[j] - edgeMean);
    }
    return sum / weight(blocks, from, to) / deviation;
  }

  /** From the scatter of groups of independent blocks. */
  private static double error(SolvedChain chain, Blocks blocks, double[] values) {
    double sum = 0;
    double squares = 0;
    for (int group = 0; group < GROUPS; group++) {
      int from = (int) ((long) group * blocks.count() / GROUPS);
      int to = (int) ((group + 1L) * blocks.count() / GROUPS);
      double rho = 0;
      for (double sector : sectors(chain, blocks, values, from, to)) {
        rho += sector;
      }
      sum += rho;
      squares += rho * rho;
    }
    double variance = Math.max(0, squares / GROUPS - sum * sum / (GROUPS * GROUPS));
    return Math.sqrt(variance / (GROUPS - 1));
  }

  private static double weight(Blocks blocks, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += blocks.weights()[j];
    }
    return sum;
  }

  private static double mean(Blocks blocks, double[] values, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += blocks.weights()[j] * values[j];
    }
    return sum / weight(blocks, from, to);
  }

  private static double spread(Blocks blocks, double[] values, int from, int to) {
    double mean = mean(blocks, values, from, to);
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += blocks.weights()[j] * (values[j] - mean) * (values[j] - mean);
    }
    return sum / weight(blocks, from, to);
  }

  private static SectorFeature unknown(Status status) {
    double nan = Double.NaN;
    return new SectorFeature(nan, nan, nan, nan, new double[0], status);
  }
}
