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
}
