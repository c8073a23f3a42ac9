package io.github.fathomlab.springblock.chain;

/**
 * The tail of the normal distribution against its density, and two differences free of
 * cancellation.
 *
 * <pre>
 *   R(w) = Φ(-w)/φ(w) = 1/(w + 1/(w + 2/(w + 3/(w + ...)))),   R(w) = sqrt(π/2) erfcx(w/√2)
 *   X(w) = 1 - w R(w),      Y(w) = 1 - w X(w)/R(w)
 * </pre>
 *
 * <p>Symbols: φ and Φ density and distribution of the standard normal. Source: Laplace's continued
 * fraction for w &gt;= 2, the series of Φ below. Relative error about 1e-14. For w &lt; 0 R grows
 * like e^{w²/2}; callers divide by that themselves. Cost: up to 100 divisions.
 */
final class MillsRatio {
  private static final double FRACTION_FROM = 2;
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  private MillsRatio() {}

  /** φ(w). */
  static double density(double w) {
    return Math.exp(-w * w / 2) / ROOT_TWO_PI;
  }

  /** R(w) for w &gt;= 0. */
  static double ratio(double w) {
    return w >= FRACTION_FROM ? 1 / (w + tail(w, 1)) : bySeries(w);
  }

  /** X(w) for w &gt;= 0. */
  static double excess(double w) {
    if (w >= FRACTION_FROM) {
      double tail = tail(w, 1);
      return tail / (w + tail);
    }
    return 1 - w * bySeries(w);
  }

  /** Y(w) for w &gt;= 0. */
  static double mobility(double w) {
    if (w >= FRACTION_FROM) {
      double tail = tail(w, 2);
      return tail / (w + tail);
    }
    double ratio = bySeries(w);
    return 1 - w * (1 - w * ratio) / ratio;
  }

  /** e^{-L} R(w) for any w, where L &gt;= w²/2 if w &lt; 0. */
  static double scaledRatio(double w, double log) {
    double mirrored = Math.exp(-log) * ratio(Math.abs(w));
    return w >= 0 ? mirrored : ROOT_TWO_PI * Math.exp(w * w / 2 - log) - mirrored;
  }

  /** e^{-L} X(w) for any w, where L &gt;= w²/2 if w &lt; 0. */
  static double scaledExcess(double w, double log) {
    return w >= 0 ? Math.exp(-log) * excess(w) : Math.exp(-log) - w * scaledRatio(w, log);
  }

  /** φ(a) + a Φ(a), the mean of max(0, a + normal). */
  static double positivePart(double a) {
    double small = density(a) * excess(Math.abs(a));
    return a <= 0 ? small : a + small;
  }

  /** from/(w + (from+1)/(w + ...)) from its far end. */
  private static double tail(double w, int from) {
    double terms = 19 / w;
    int count = from + 6 + (int) (terms * terms);
    double tail = 0;
    for (int n = count; n >= from; n--) {
      tail = n / (w + tail);
    }
    return tail;
  }

  /** R(w) = 1/(2φ(w)) - Σ w^{2n+1}/(2n+1)!!. */
  private static double bySeries(double w) {
    double term = w;
    double sum = w;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= w * w / (2 * n + 1);
      sum += term;
    }
    return ROOT_TWO_PI / 2 * Math.exp(w * w / 2) - sum;
  }
}
