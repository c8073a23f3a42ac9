package io.github.fathomlab.renormalization.block;

/** The coupling of a chain whose neighbours have a given correlation. */
public final class Couplings {
  private static final double LARGEST = Math.nextDown(1.0);

  private Couplings() {}

  /** atanh rho, with rho kept off +-1 by one rounding (where it is about 18.7); NaN stays NaN. */
  public static double ofCorrelation(double rho) {
    double clipped = Double.isNaN(rho) ? rho : Math.clamp(rho, -LARGEST, LARGEST);
    return 0.5 * (Math.log1p(clipped) - Math.log1p(-clipped));
  }
}
