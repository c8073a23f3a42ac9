package io.github.fathomlab.kernels;

import org.hipparchus.special.Erf;

/**
 * σ, σ', σ'' and the secant of σ for one number in double: the definition that every vector kernel
 * is held against.
 */
public final class ScalarActivations {
  private static final double ROOT_HALF = 0.7071067811865476;
  private static final double ROOT_TWO_PI = 2.5066282746310002;

  private ScalarActivations() {}

  /** σ(n). */
  public static double value(Activation f, double n) {
    return switch (f) {
      case Activation.Identity _ -> n;
      case Activation.Tanh _ -> StrictMath.tanh(n);
      case Activation.LeakyRelu leaky -> n > 0 ? n : leaky.slope() * n;
      case Activation.Gelu _ -> n * normalDistribution(n);
    };
  }

  /** σ'(n); at a kink that of the left side. */
  public static double derivative(Activation f, double n) {
    return switch (f) {
      case Activation.Identity _ -> 1;
      case Activation.Tanh _ -> {
        double t = StrictMath.tanh(n);
        yield 1 - t * t;
      }
      case Activation.LeakyRelu leaky -> n > 0 ? 1 : leaky.slope();
      case Activation.Gelu _ ->
          normalDistribution(n) + n * StrictMath.exp(-0.5 * n * n) / ROOT_TWO_PI;
    };
  }

  /** σ''(n); at a kink 0, the value beside it. */
  public static double secondDerivative(Activation f, double n) {
    return switch (f) {
      case Activation.Identity _, Activation.LeakyRelu _ -> 0;
      case Activation.Tanh _ -> {
        double t = StrictMath.tanh(n);
        yield -2 * t * (1 - t * t);
      }
      case Activation.Gelu _ -> (2 - n * n) * StrictMath.exp(-0.5 * n * n) / ROOT_TWO_PI;
    };
  }

  /**
   * The slope of the chord of σ from n to n + d, stable for d → 0 (bulk-boundary specification,
   * section 5): tanh by its addition theorem, the kinked and smooth others by the quotient, and by
   * the midpoint derivative where d is too small for one.
   */
  public static double secant(Activation f, double n, double d) {
    if (f instanceof Activation.Tanh) {
      double quotient =
          Math.abs(d) < 1e-4 ? 1 - d * d / 3 + 2 * d * d * d * d / 15 : StrictMath.tanh(d) / d;
      return quotient * (1 - StrictMath.tanh(n) * StrictMath.tanh(n + d));
    }
    boolean kinked = f instanceof Activation.LeakyRelu && n > 0 != n + d > 0;
    if (d == 0 || !kinked && Math.abs(d) < 1e-6) {
      return derivative(f, n + d / 2);
    }
    return (value(f, n + d) - value(f, n)) / d;
  }

  private static double normalDistribution(double n) {
    return n < 0 ? 0.5 * Erf.erfc(-n * ROOT_HALF) : 1 - 0.5 * Erf.erfc(n * ROOT_HALF);
  }
}
