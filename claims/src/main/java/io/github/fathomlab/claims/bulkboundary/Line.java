package io.github.fathomlab.claims.bulkboundary;

import java.util.List;

/**
 * The weighted straight line y = a + bx through points with known errors: a at zero, and b.
 *
 * <p>Textbook least squares, weights 1/error²; needs three points at different x, otherwise both
 * are {@link Estimate#NONE}.
 */
record Line(Estimate atZero, Estimate slope) {

  static Line through(double[] abscissas, List<Estimate> points) {
    double weights = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < abscissas.length; i++) {
      Estimate point = points.get(i);
      double w = 1 / (point.error() * point.error());
      weights += w;
      x += w * abscissas[i];
      y += w * point.value();
      xx += w * abscissas[i] * abscissas[i];
      xy += w * abscissas[i] * point.value();
    }
    double determinant = weights * xx - x * x;
    if (abscissas.length < 3 || !(determinant > 0)) {
      return new Line(Estimate.NONE, Estimate.NONE);
    }
    return new Line(
        new Estimate((xx * y - x * xy) / determinant, Math.sqrt(xx / determinant)),
        new Estimate((weights * xy - x * y) / determinant, Math.sqrt(weights / determinant)));
  }
}
