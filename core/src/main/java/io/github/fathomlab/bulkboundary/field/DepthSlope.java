package io.github.fathomlab.bulkboundary.field;

/**
 * The line through a profile over depth, and how much it bends.
 *
 * <p>Formula: least squares of y_m over m in [from, to); the bend is the slope of the upper half
 * minus that of the lower half, zero for a line; per layer. Cost: O(to - from).
 */
public record DepthSlope(double slope, double bend) {

  /** Fits y_from .. y_{to-1}, at least four values. */
  public static DepthSlope of(double[] y, int from, int to) {
    if (from < 0 || to > y.length || to - from < 4) {
      throw new IllegalArgumentException(
          "a slope with a bend needs at least four layers, found layers %d to %d of %d"
              .formatted(from, to - 1, y.length));
    }
    int middle = (from + to) / 2;
    return new DepthSlope(line(y, from, to), line(y, middle, to) - line(y, from, middle));
  }

  private static double line(double[] y, int from, int to) {
    double center = 0.5 * (from + to - 1);
    double products = 0;
    double squares = 0;
    for (int m = from; m < to; m++) {
      products += (m - center) * y[m];
      squares += (m - center) * (m - center);
    }
    return products / squares;
  }
}
