package io.github.fathomlab.springblock.chain;

/**
 * The logarithm of the normal probability of an interval, with its first derivatives.
 *
 * <pre>   log Z,  Z = Φ(high) - Φ(low),   d/dhigh = φ(high)/Z,   d/dlow = -φ(low)/Z </pre>
 *
 * <p>Symbols: φ and Φ density and distribution of the standard normal. Source: tails by {@link
 * MillsRatio}, on the side where both are small; an interval narrower than the density changes by
 * Gauss's five points, so that nothing cancels. Relative error of Z about 1e-13, in the far tails
 * too. Validity: low &lt; high, at most one of them infinite. Cost: two Mills ratios.
 *
 * @param log log Z
 * @param atHigh φ(high)/Z
 * @param atLow φ(low)/Z
 */
record NormalInterval(double log, double atHigh, double atLow) {
  private static final double LOG_ROOT_TWO_PI = Math.log(2 * Math.PI) / 2;
  private static final double NARROW = 0.5;

  /** Φ(-9) is below the rounding of 1. */
  private static final double NOTHING_BEYOND = 9;

  /** A density this many powers of e lower adds nothing. */
  private static final double FORGOTTEN = 40;

  private static final double[] NODES = {0, 0.5384693101056831, 0.9061798459386640};
  private static final double[] WEIGHTS = {
    0.5688888888888889, 0.4786286704993665, 0.2369268850561891
  };

  static NormalInterval of(double low, double high) {
    double log = log(low, high);
    return new NormalInterval(
        log,
        Math.exp(-high * high / 2 - LOG_ROOT_TWO_PI - log),
        Math.exp(-low * low / 2 - LOG_ROOT_TWO_PI - log));
  }

  static double log(double low, double high) {
    if (low + high > 0) {
      return log(-high, -low);
    }
    double middle = low + (high - low) / 2;
    if ((high - low) * Math.max(1, Math.abs(middle)) < NARROW) {
      return narrow(middle, high - low);
    }
    if (high > 0) {
      double outside = upperTail(high) + upperTail(-low);
      return Math.log1p(-outside);
    }
    double fall = (low - high) * (low + high) / 2;
    double beyond = fall > FORGOTTEN ? 0 : Math.exp(-fall) * MillsRatio.ratio(-low);
    return -high * high / 2 - LOG_ROOT_TWO_PI + Math.log(MillsRatio.ratio(-high) - beyond);
  }

  private static double upperTail(double w) {
    return w > NOTHING_BEYOND ? 0 : MillsRatio.density(w) * MillsRatio.ratio(w);
  }

  private static double narrow(double middle, double width) {
    double mean = WEIGHTS[0] / 2;
    for (int i = 1; i < NODES.length; i++) {
      double t = NODES[i] * width / 2;
      mean += WEIGHTS[i] / 2 * Math.exp(-t * t / 2) * 2 * Math.cosh(middle * t);
    }
    return Math.log(width * mean) - middle * middle / 2 - LOG_ROOT_TWO_PI;
  }
}
