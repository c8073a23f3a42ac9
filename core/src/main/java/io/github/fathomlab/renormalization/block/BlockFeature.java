package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.instrument.Status;

/**
 * What one number computed from every block of the chain is worth as a coarse spin, exactly.
 *
 * <pre>
 *   rho_m = l^(b(m-1)+1) a_R a_L / Var f,  a_L = E[f psi(s_1)],  a_R = E[f psi(s_b)]
 *   K_out = atanh rho_1,  D = rho_1 / l^b,  v_odd = Var f_odd / Var f
 * </pre>
 *
 * <p>Symbols: f the feature of a block of b spins, rho_m its correlation with the feature m blocks
 * further on, l = l_2/l_1 and psi as in {@link Window} (tanh K and the spin itself without a
 * field), f_odd(s) = (f(s) - f(-s))/2. D = 1 says that the features correlate like the decimated
 * chain.
 *
 * <p>Source: our own theorem; any two blocks are independent given the two spins that face each
 * other. Valid for any function of one block, trained or not. An even function without a field has
 * a_L = a_R = 0 exactly. Cost: O(2^b).
 *
 * <p>A feature that does not vary has status {@link Status#ZERO_VARIANCE}, one with a value that is
 * not finite {@link Status#NOT_FINITE}; its correlations are NaN.
 *
 * @param mean E[f]
 * @param variance Var f
 * @param left a_L
 * @param right a_R
 * @param oddFraction v_odd, in [0, 1] without a field
 * @param contraction l
 * @param width b
 */
public record BlockFeature(
    double mean,
    double variance,
    double left,
    double right,
    double oddFraction,
    double contraction,
    int width,
    Status status) {

  /** A range of values at or below this fraction of the largest of them is rounding. */
  private static final double CONSTANT = 1e-13;

  /**
   * The feature with the given values.
   *
   * @param values f(c) for every configuration c of the window
   */
  public static BlockFeature of(Window window, double[] values) {
    double mean = window.mean(values);
    Status status = status(values);
    if (status != Status.OK) {
      double nan = Double.NaN;
      return new BlockFeature(mean, 0, nan, nan, nan, window.contraction(), window.width(), status);
    }
    double[] f = window.tabulate(c -> values[c] - mean);
    double[] odd = window.tabulate(c -> 0.5 * (values[c] - values[window.complement(c)]));
    double variance = window.mean(window.tabulate(c -> f[c] * f[c]));
    double oddMean = window.mean(odd);
    double oddVariance = window.mean(window.tabulate(c -> (odd[c] - oddMean) * (odd[c] - oddMean)));
    return new BlockFeature(
        mean,
        variance,
        window.mean(window.tabulate(c -> window.leftEdge(c) * f[c])),
        window.mean(window.tabulate(c -> window.rightEdge(c) * f[c])),
        oddVariance / variance,
        window.contraction(),
        window.width(),
        status);
  }

  private static Status status(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return Status.NOT_FINITE;
      }
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    double scale = Math.max(Math.abs(least), Math.abs(largest));
    return largest - least <= CONSTANT * scale ? Status.ZERO_VARIANCE : Status.OK;
  }

  /**
   * rho_m, the correlation with the feature m blocks further on.
   *
   * @param blocks m, at least 1
   */
  public double correlation(int blocks) {
    if (blocks < 1) {
      throw new IllegalArgumentException(
          "features correlate over at least one block, found " + blocks);
    }
    return Math.pow(contraction, (double) width * (blocks - 1) + 1) * right * left / variance;
  }

  /** K_out = atanh rho_1. */
  public double coupling() {
    return Couplings.ofCorrelation(correlation(1));
  }

  /** D = rho_1 / l^b; NaN when the bonds pass on nothing (l = 0). */
  public double closureDefect() {
    return contraction == 0
        ? Double.NaN
        : right * left / variance / Math.pow(contraction, width - 1);
  }
}
