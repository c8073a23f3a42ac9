package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Status;
import java.util.Arrays;

/**
 * What the loads d_1..d_K of one curve D_0..D_K look like.
 *
 * <pre>
 *   spread       v   = sqrt((1/K) sum_l (d_l - mean d)^2)
 *   curvature    c   = d_1 - d_K
 *   tilt         s   = least squares slope of d_l on l = 1..K
 *   relativeTilt q   = s (K-1) / (2 mean d): the fitted loads run from (1-q) to (1+q) of the mean
 *   ratio        rho = exp(least squares slope of D_l on l = 0..K)
 * </pre>
 *
 * <p>All are pure numbers, s and the slope per layer. Source: v, c, the equi-separation line with
 * its Pearson r and rho are those of the code published with arXiv:2407.19353; there v is called a
 * variance (it is a standard deviation) and c is written as a sum of second differences, which
 * telescopes to the ends. The tilt over all layers and q are our derivation. Validity: K &gt;= 3.
 * Cost: O(K).
 *
 * <p>With a status other than OK the numbers that exist are kept for display: NOT_FINITE or the
 * status of the curve first, then NOT_APPLICABLE (K &lt; 3), then NOT_DECREASING (mean d &lt;= 0, q
 * is NaN).
 *
 * @param status OK when all numbers exist and the loads have a meaning
 * @param loads K
 * @param spread v
 * @param curvature c; positive when shallow layers do more
 * @param tilt s; positive when deep layers do more
 * @param tiltError standard error of s from the residuals, K-2 degrees of freedom
 * @param meanLoad mean d
 * @param relativeTilt q
 * @param separationSlope slope of the equi-separation line
 * @param separationIntercept its value at l = 0
 * @param correlation Pearson r of D_l and l; near -1 for bent curves too, so it decides no phase
 * @param ratio rho
 */
public record LoadStatistics(
    Status status,
    int loads,
    double spread,
    double curvature,
    double tilt,
    double tiltError,
    double meanLoad,
    double relativeTilt,
    double separationSlope,
    double separationIntercept,
    double correlation,
    double ratio) {

  static LoadStatistics of(double[] separations, Status curve) {
    int count = separations.length - 1;
    double[] d = new double[count];
    for (int l = 0; l < count; l++) {
      d[l] = separations[l] - separations[l + 1];
    }
    Line loads = Line.through(d);
    Line line = Line.through(separations);
    double relativeTilt =
        loads.mean > 0 ? loads.slope * (count - 1) / (2 * loads.mean) : Double.NaN;
    return new LoadStatistics(
        status(separations, curve, loads.mean),
        count,
        Math.sqrt(loads.squares / count),
        count > 0 ? d[0] - d[count - 1] : Double.NaN,
        loads.slope,
        loads.slopeError(),
        loads.mean,
        relativeTilt,
        line.slope,
        line.mean - line.slope * count / 2.0,
        line.slope * Math.sqrt(line.spread / line.squares),
        Math.exp(line.slope));
  }

  private static Status status(double[] separations, Status curve, double meanLoad) {
    if (curve != Status.OK) {
      return curve;
    }
    if (!Arrays.stream(separations).allMatch(Double::isFinite)) {
      return Status.NOT_FINITE;
    }
    if (separations.length < 4) {
      return Status.NOT_APPLICABLE;
    }
    return meanLoad > 0 ? Status.OK : Status.NOT_DECREASING;
  }

  /**
   * Least squares line of values at equally spaced points.
   *
   * @param spread sum of squared deviations of the abscissa
   * @param squares sum of squared deviations of the values
   * @param residual sum of squared residuals
   */
  private record Line(
      int points, double mean, double slope, double spread, double squares, double residual) {

    static Line through(double[] values) {
      int points = values.length;
      double centre = (points - 1) / 2.0;
      double mean = Arrays.stream(values).sum() / points;
      double spread = 0;
      double product = 0;
      double squares = 0;
      for (int i = 0; i < points; i++) {
        spread += (i - centre) * (i - centre);
        product += (i - centre) * (values[i] - mean);
        squares += (values[i] - mean) * (values[i] - mean);
      }
      double slope = product / spread;
      double residual = 0;
      for (int i = 0; i < points; i++) {
        double rest = values[i] - mean - slope * (i - centre);
        residual += rest * rest;
      }
      return new Line(points, mean, slope, spread, squares, residual);
    }

    double slopeError() {
      return points > 2 ? Math.sqrt(residual / (points - 2) / spread) : Double.NaN;
    }
  }
}
