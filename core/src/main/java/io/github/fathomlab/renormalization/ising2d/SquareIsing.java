package io.github.fathomlab.renormalization.ising2d;

/**
 * The exact mean product of neighbouring spins of the square Ising model without a field, on the
 * infinite lattice and on an L x L torus; minus twice it is the energy per site over J.
 *
 * <pre>
 *   infinite   u = ½ coth 2K [1 + κ/agm(1, |κ|)],   κ = 2 tanh² 2K - 1
 *   torus      u = (1/2L²) d ln Z/dK,   Z = ½ (2 sinh 2K)^(L²/2) (Z_1 + Z_2 + Z_3 + Z_4)
 *              Z_1, Z_2 = Π_r 2 cosh(½ L γ_(2r+1)), Π_r 2 sinh(½ L γ_(2r+1))
 *              Z_3, Z_4 = Π_r 2 cosh(½ L γ_(2r)),   Π_r 2 sinh(½ L γ_(2r)),      r = 0..L-1
 *              cosh γ_l = cosh 2K coth 2K - cos(π l/L),   γ_0 = 2K + ln tanh K
 * </pre>
 *
 * <p>Symbols: K = J over the temperature; agm the arithmetic-geometric mean, by which the complete
 * elliptic integral is π/(2 agm); γ_0 is negative above the critical temperature and 0 at it, where
 * Z_4 vanishes and its slope does not. Source: Onsager, Phys. Rev. 65, 117 (1944); Kaufman, Phys.
 * Rev. 76, 1232 (1949), in the form of Ferdinand and Fisher, Phys. Rev. 185, 832 (1969); the
 * derivative is textbook. Validity: 0.01 to 20 in K, L of at least 2 (at 2 every bond counts
 * twice); the Z are compared by their logarithms, so that no L overflows. Two terms of size 1/K
 * cancel, so u is good to 5e-14. Cost: O(L).
 */
public final class SquareIsing {
  /** K_c = ½ ln(1 + √2). */
  public static final double CRITICAL_COUPLING = 0.5 * StrictMath.log1p(StrictMath.sqrt(2));

  private static final double SMALLEST = 0.01;
  private static final double LARGEST = 20;

  private SquareIsing() {}

  /** u of the infinite lattice. */
  public static double neighbourCorrelation(double coupling) {
    requireCoupling(coupling);
    double tanh = StrictMath.tanh(2 * coupling);
    double modulus = 2 * tanh * tanh - 1;
    double ratio = modulus == 0 ? 0 : modulus / arithmeticGeometricMean(Math.abs(modulus));
    return 0.5 / tanh * (1 + ratio);
  }

  private static double arithmeticGeometricMean(double other) {
    double a = 1;
    double g = other;
    while (a - g > 1e-15 * a) {
      double mean = 0.5 * (a + g);
      g = StrictMath.sqrt(a * g);
      a = mean;
    }
    return a;
  }

  /** u of an L x L torus. */
  public static double neighbourCorrelation(double coupling, int side) {
    requireCoupling(coupling);
    if (side < 2) {
      throw new IllegalArgumentException("a torus needs a side of at least 2, found " + side);
    }
    Product[] products = {
      Product.of(coupling, side, 1, false),
      Product.of(coupling, side, 1, true),
      Product.of(coupling, side, 0, false),
      Product.of(coupling, side, 0, true)
    };
    double largest = Double.NEGATIVE_INFINITY;
    for (Product product : products) {
      largest = Math.max(largest, product.logSize);
    }
    double sum = 0;
    double slope = 0;
    for (Product product : products) {
      double size = StrictMath.exp(product.logSize - largest);
      sum += size * product.value;
      slope += size * product.slope;
    }
    return 0.5 / StrictMath.tanh(2 * coupling) + slope / sum / (2.0 * side * side);
  }

  private static void requireCoupling(double coupling) {
    if (!(coupling >= SMALLEST && coupling <= LARGEST)) {
      throw new IllegalArgumentException(
          "expected a coupling in %s..%s, found %s".formatted(SMALLEST, LARGEST, coupling));
    }
  }

  /**
   * One Z_i = e^logSize value and its derivative e^logSize slope.
   *
   * <p>Only the factor of γ_0 may be negative or zero; it is kept out of the logarithm.
   */
  private record Product(double logSize, double value, double slope) {

    static Product of(double coupling, int side, int first, boolean sine) {
      double sinh = StrictMath.sinh(2 * coupling);
      double cosh = StrictMath.cosh(2 * coupling);
      double logSize = 0;
      double logSlope = 0;
      double value = 1;
      double slope = 0;
      for (int r = 0; r < side; r++) {
        int l = 2 * r + first;
        if (l == 0) {
          double gamma = 2 * coupling + StrictMath.log(StrictMath.tanh(coupling));
          double half = 0.5 * side * gamma;
          double decay = StrictMath.exp(-2 * Math.abs(half));
          double even = 1 + decay;
          double odd = Math.signum(half) * (1 - decay);
          logSize += Math.abs(half);
          value = sine ? odd : even;
          slope = (sine ? even : odd) * side * (1 + 1 / sinh);
        } else {
          // cosh γ - 1 = (1 - sinh 2K)²/sinh 2K + 2 sin²(πl/2L), without cancellation.
          double sin = StrictMath.sin(0.5 * Math.PI * l / side);
          double above = (1 - sinh) * (1 - sinh) / sinh + 2 * sin * sin;
          double sinhGamma = StrictMath.sqrt(above * (above + 2));
          double half = 0.5 * side * StrictMath.log1p(above + sinhGamma);
          double decay = StrictMath.exp(-2 * half);
          logSize += half + StrictMath.log1p(sine ? -decay : decay);
          double ratio = sine ? (1 + decay) / (1 - decay) : (1 - decay) / (1 + decay);
          logSlope += ratio * side * cosh * (1 - 1 / (sinh * sinh)) / sinhGamma;
        }
      }
      return new Product(logSize, value, slope + value * logSlope);
    }
  }
}
