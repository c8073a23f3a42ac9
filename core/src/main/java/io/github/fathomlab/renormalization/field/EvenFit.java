package io.github.fathomlab.renormalization.field;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.field.Estimate.Known;
import io.github.fathomlab.renormalization.field.Estimate.Unknown;

/**
 * The even family fitted to a standardised feature by maximum likelihood.
 *
 * <pre>   E_θ x² = 1,  E_θ x⁴ = m₄;   Newton with the Jacobian -Cov_θ(x², x⁴) </pre>
 *
 * <p>Symbols: m₄ fourth moment of the feature after its mean is taken off and its variance made 1.
 * Source: the likelihood equations of an exponential family; ln Z + θ₂ + θ₄ m₄ is convex, so damped
 * Newton finds its only minimum; near the Gaussian θ₄ ≈ -κ/24. The errors follow from the influence
 * of a sample on m₄, (x⁴ - m₄) - 2 m₄ (x² - 1) - 4 m₃ x. Validity: 1 &lt; m₄ &lt; 3; from 3 on the
 * family ends at the Gaussian (1/2, 0). Cost: O(n) and some ten quadratures. Returned when it does
 * not apply: a status and a sentence.
 *
 * @param family θ₂ and θ₄ at unit variance
 * @param theta2Error standard error of θ₂, 0 for an exact m₄
 * @param theta4Error standard error of θ₄, 0 for an exact m₄
 */
public record EvenFit(EvenFamily family, double theta2Error, double theta4Error) {
  private static final int MOST_STEPS = 100;

  /** Newton doubles the digits: a last step from here ends at rounding. */
  private static final double LAST_DECREMENT = 1e-20;

  /** The law of unit variance with an exactly known fourth moment. */
  public static Estimate<EvenFit> standardised(double m4) {
    return fitted(m4, 0);
  }

  /** The fit to a sample, standardised first. */
  public static Estimate<EvenFit> of(double[] sample) {
    int n = sample.length;
    if (n < 2) {
      return new Unknown<>(
          Status.TOO_FEW_SAMPLES, "a kurtosis needs at least 2 samples, found " + n);
    }
    double mean = 0;
    double largest = 0;
    for (double x : sample) {
      mean += x / n;
      largest = Math.max(largest, Math.abs(x));
    }
    double variance = 0;
    for (double x : sample) {
      variance += (x - mean) * (x - mean) / n;
    }
    if (!Double.isFinite(variance)) {
      return new Unknown<>(
          Status.NOT_FINITE, "the feature has a variance of %s".formatted(variance));
    }
    double rounding = n * Math.ulp(largest);
    if (variance <= rounding * rounding) {
      return new Unknown<>(
          Status.ZERO_VARIANCE, "the feature has the same value in all %d samples".formatted(n));
    }
    double[] standard = new double[n];
    for (int i = 0; i < n; i++) {
      standard[i] = (sample[i] - mean) / Math.sqrt(variance);
    }
    return ofStandardised(standard);
  }

  private static Estimate<EvenFit> ofStandardised(double[] z) {
    int n = z.length;
    double m3 = 0;
    double m4 = 0;
    for (double x : z) {
      m3 += x * x * x / n;
      m4 += x * x * x * x / n;
    }
    double influence = 0;
    for (double x : z) {
      double each = x * x * x * x - m4 - 2 * m4 * (x * x - 1) - 4 * m3 * x;
      influence += each * each / n;
    }
    return fitted(m4, Math.sqrt(influence / n));
  }

  /**
   * The standardised law with the kurtosis of a sum of b sites; the sum itself leaves the family,
   * which only its fixed point does not.
   */
  public static Estimate<EvenFit> afterSum(EvenFamily family, int sites) {
    double kurtosis = family.moments().excessKurtosis(sites);
    return family.theta4() == 0
        ? new Known<>(new EvenFit(EvenFamily.gaussian(), 0, 0))
        : fitted(3 + kurtosis, 0);
  }

  private static Estimate<EvenFit> fitted(double m4, double error) {
    if (!(m4 > 1)) {
      return new Unknown<>(
          Status.NOT_APPLICABLE,
          "a standardised feature with a fourth moment of %s has two values and no density"
              .formatted(m4));
    }
    if (m4 >= 3) {
      return new Unknown<>(
          Status.NOT_APPLICABLE,
          "the even family has fourth moments below 3, found %s; its nearest member is the Gaussian, theta2 = 0.5 and theta4 = 0"
              .formatted(m4));
    }
    double theta4 = Math.max((3 - m4) / 24, 1 / (2 * (m4 - 1)) - 0.25);
    EvenFamily at = new EvenFamily(0.5 - 2 * theta4 * m4, theta4);
    for (int n = 0; n < MOST_STEPS; n++) {
      Newton newton = Newton.at(at, m4);
      EvenFamily next = newton.damped(at, m4);
      if (newton.decrement() < LAST_DECREMENT) {
        double[] slope = newton.solve(0, -1);
        return new Known<>(
            new EvenFit(next, Math.abs(slope[0]) * error, Math.abs(slope[1]) * error));
      }
      at = next;
    }
    return new Unknown<>(
        Status.NOT_CONVERGED,
        "the likelihood equations at a fourth moment of %s were not solved in %d steps"
            .formatted(m4, MOST_STEPS));
  }

  /** The likelihood around one point: its gradient and Cov(x², x⁴), which is its Hessian. */
  private record Newton(
      double objective, double gap2, double gap4, double c22, double c24, double c44) {

    static Newton at(EvenFamily family, double m4) {
      EvenFamily.Moments moments = family.moments();
      return new Newton(
          objective(family, moments, m4),
          moments.m2() - 1,
          moments.m4() - m4,
          moments.m4() - moments.m2() * moments.m2(),
          moments.m6() - moments.m2() * moments.m4(),
          moments.m8() - moments.m4() * moments.m4());
    }

    private static double objective(EvenFamily family, EvenFamily.Moments moments, double m4) {
      return moments.logPartition() + family.theta2() + family.theta4() * m4;
    }

    double[] solve(double first, double second) {
      double determinant = c22 * c44 - c24 * c24;
      return new double[] {
        (c44 * first - c24 * second) / determinant, (c22 * second - c24 * first) / determinant
      };
    }

    /** Gradient times step: twice the fall that the quadratic model promises. */
    double decrement() {
      double[] step = solve(gap2, gap4);
      return gap2 * step[0] + gap4 * step[1];
    }

    /** The full step, halved until it stays in the family and does not climb. */
    EvenFamily damped(EvenFamily from, double m4) {
      double[] step = solve(gap2, gap4);
      double slack = 1e-13 * (1 + Math.abs(objective));
      for (double share = 1; share > 1e-12; share /= 2) {
        double theta4 = from.theta4() + share * step[1];
        if (theta4 > 0) {
          EvenFamily next = new EvenFamily(from.theta2() + share * step[0], theta4);
          if (objective(next, next.moments(), m4) <= objective + slack) {
            return next;
          }
        }
      }
      return from;
    }
  }
}
