package io.github.fathomlab.renormalization.ising;

/**
 * A power of a transfer matrix as e^logScale [[up, off], [off, down]] with largest entry 1, and its
 * scaled determinant. All entries stay positive, so nothing cancels in a product.
 */
record ScaledPower(double up, double off, double down, double determinant, double logScale) {

  static ScaledPower of(IsingChain chain) {
    double coupling = chain.coupling();
    double field = chain.field();
    double scale = Math.max(coupling + Math.abs(field), -coupling);
    // det T = 2 sinh 2K
    double determinant =
        -StrictMath.expm1(-4 * coupling) * StrictMath.exp(2 * coupling - 2 * scale);
    return new ScaledPower(
        StrictMath.exp(coupling + field - scale),
        StrictMath.exp(-coupling - scale),
        StrictMath.exp(coupling - field - scale),
        determinant,
        scale);
  }

  /** By squaring, from the highest bit of the exponent. */
  ScaledPower toThe(int exponent) {
    ScaledPower power = this;
    for (int bit = 30 - Integer.numberOfLeadingZeros(exponent); bit >= 0; bit--) {
      power = power.times(power);
      if ((exponent >> bit & 1) == 1) {
        power = power.times(this);
      }
    }
    return power;
  }

  private ScaledPower times(ScaledPower other) {
    double nextUp = up * other.up + off * other.off;
    double nextOff = up * other.off + off * other.down;
    double nextDown = off * other.off + down * other.down;
    double largest = Math.max(nextOff, Math.max(nextUp, nextDown));
    return new ScaledPower(
        nextUp / largest,
        nextOff / largest,
        nextDown / largest,
        determinant * other.determinant / (largest * largest),
        logScale + other.logScale + StrictMath.log(largest));
  }
}
