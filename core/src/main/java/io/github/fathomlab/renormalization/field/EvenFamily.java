package io.github.fathomlab.renormalization.field;

/**
 * A law of one site with an even polynomial of order 4 as its energy.
 *
 * <pre>
 *   p(x) = exp(-θ₂ x² - θ₄ x⁴)/Z,   κ = E x⁴/(E x²)² - 3,   2 θ₂ E x² + 4 θ₄ E x⁴ = 1
 *   sum of b over root b:  κ' = κ/b;  linear in He_n around the Gaussian:  eigenvalue b^(1-n/2)
 * </pre>
 *
 * <p>Symbols: θ₂, θ₄ natural parameters, κ excess kurtosis, He_n Hermite polynomial. Source: the
 * even exponential family; the central limit theorem read as a renormalization map, with the fixed
 * point (1/(2σ²), 0). Validity: θ₄ above 0, or θ₄ = 0 and θ₂ above 0; κ is never above 0. Cost: one
 * trapezoidal sum of 512 points over the energies below 80, exact to rounding.
 *
 * @param theta2 θ₂
 * @param theta4 θ₄
 */
public record EvenFamily(double theta2, double theta4) {
  private static final int POINTS = 512;

  /** What lies higher above the lowest energy weighs less than exp(-80). */
  private static final double REACH = 80;

  /**
   * Integrals over the law.
   *
   * @param logPartition ln Z
   * @param m2 E x²
   * @param m4 E x⁴
   * @param m6 E x⁶
   * @param m8 E x⁸
   */
  public record Moments(double logPartition, double m2, double m4, double m6, double m8) {

    /** κ. */
    public double excessKurtosis() {
      return m4 / (m2 * m2) - 3;
    }

    /** κ of a sum of b independent sites. */
    public double excessKurtosis(int sites) {
      return excessKurtosis() / sites;
    }
  }

  public EvenFamily {
    boolean bounded = theta4 > 0 || (theta4 == 0 && theta2 > 0);
    if (!bounded || !Double.isFinite(theta2) || !Double.isFinite(theta4)) {
      throw new IllegalArgumentException(
          "exp(-theta2 x^2 - theta4 x^4) needs theta4 > 0, or theta4 = 0 and theta2 > 0, found %s and %s"
              .formatted(theta2, theta4));
    }
  }

  /** The Gaussian of unit variance, where the sums of independent sites end. */
  public static EvenFamily gaussian() {
    return new EvenFamily(0.5, 0);
  }

  /** b^(1-n/2), by which a departure from the Gaussian along He_n grows under sums of b sites. */
  public static double eigenvalue(int sites, int order) {
    return StrictMath.pow(sites, 1 - order / 2.0);
  }

  /** ln Z and the moments. */
  public Moments moments() {
    double low = Math.sqrt(squareAt(-1));
    double high = reach();
    double step = (high - low) / POINTS;
    double[] sums = new double[5];
    for (int i = 0; i <= POINTS; i++) {
      double x = low + i * step;
      double square = x * x;
      // The law is even: what begins at 0 has half its first point on this side.
      double weight = x == 0 ? 0.5 : 1;
      double term = weight * Math.exp(-excess(square));
      for (int k = 0; k < sums.length; k++) {
        sums[k] += term;
        term *= square;
      }
    }
    return new Moments(
        StrictMath.log(2 * step * sums[0]) - lowest(),
        sums[1] / sums[0],
        sums[2] / sums[0],
        sums[3] / sums[0],
        sums[4] / sums[0]);
  }

  /** -ln p(x), in nats, without ln Z. */
  public double energy(double x) {
    double square = x * x;
    return square * (theta2 + theta4 * square);
  }

  /** The largest |x| whose energy is within 80 of the lowest. */
  double reach() {
    return Math.sqrt(squareAt(1));
  }

  private double lowest() {
    return theta2 < 0 ? -theta2 * theta2 / (4 * theta4) : 0;
  }

  /** The energy above the lowest, without a difference of large numbers. */
  private double excess(double square) {
    if (theta2 >= 0) {
      return square * (theta2 + theta4 * square);
    }
    double distance = square + theta2 / (2 * theta4);
    return theta4 * distance * distance;
  }

  /** The x² at which the energy is 80 above the lowest: outside (+1) or between the wells (-1). */
  private double squareAt(int side) {
    if (theta2 >= 0) {
      double root = Math.sqrt(theta2 * theta2 + 4 * theta4 * REACH);
      return side > 0 ? 2 * REACH / (theta2 + root) : 0;
    }
    return Math.max(0, -theta2 / (2 * theta4) + side * Math.sqrt(REACH / theta4));
  }
}
