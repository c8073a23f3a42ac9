package io.github.fathomlab.renormalization.field;

/**
 * A point that a renormalization map leaves where it is.
 *
 * @param name for people
 * @param coordinate the variable that is followed, such as "phi"
 * @param value of this variable at the point
 * @param eigenvalue of the map, linear in the distance from the point
 * @param exponent y = ln eigenvalue / ln b, negative infinity where the eigenvalue is 0
 */
public record FixedPoint(
    String name, String coordinate, double value, double eigenvalue, double exponent) {

  static FixedPoint of(String name, String coordinate, double value, double eigenvalue, int b) {
    return new FixedPoint(
        name, coordinate, value, eigenvalue, StrictMath.log(eigenvalue) / StrictMath.log(b));
  }

  /** Whether small departures shrink. */
  public boolean stable() {
    return eigenvalue < 1;
  }
}
