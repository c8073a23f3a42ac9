package io.github.fathomlab.network;

/**
 * Slopes of chords that stay exact when the chord shrinks to a point (bulk-boundary specification,
 * section 5).
 */
final class Secants {
  private Secants() {}

  /** (e^{a+d} - e^a)/d, for short steps as e^{a+d/2} sinh(d/2)/(d/2). */
  static double exponential(double a, double d) {
    double h = d / 2;
    if (Math.abs(h) > 1) {
      return (StrictMath.exp(a + d) - StrictMath.exp(a)) / d;
    }
    return StrictMath.exp(a + h) * (h == 0 ? 1 : StrictMath.sinh(h) / h);
  }

  /** (ln(a+d) - ln a)/d for positive a and a + d. */
  static double logarithm(double a, double d) {
    double x = d / a;
    return (x == 0 ? 1 : StrictMath.log1p(x) / x) / a;
  }

  /**
   * (s(a+d) - s(a))/d of s(z) = ln(1 + e^z), for short steps as ln(1 + σ(a)(e^d - 1))/d and for
   * long ones without the large common part of two positive ends.
   */
  static double softplus(double a, double d) {
    if (Math.abs(d) <= 1) {
      double slope = sigmoid(a) * exponential(0, d);
      return slope * logarithm(1, slope * d);
    }
    double low = d > 0 ? a : a + d;
    double high = d > 0 ? a + d : a;
    double length = Math.abs(d);
    return low > 0
        ? 1 - (softplus(-low) - softplus(-high)) / length
        : (softplus(high) - softplus(low)) / length;
  }

  /** ln(1 + e^z). */
  static double softplus(double z) {
    return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }

  /** 1/(1 + e^{-z}). */
  static double sigmoid(double z) {
    double e = StrictMath.exp(-Math.abs(z));
    return (z >= 0 ? 1 : e) / (1 + e);
  }
}
