package io.github.fathomlab.report;

import java.util.Arrays;

/**
 * The straight line through points that leaves the least squared distances in y.
 *
 * @param intercept its height at 0
 * @param slope NaN when all x are equal
 * @param explained share of the variance of y that it explains, R squared
 */
record LeastSquares(double intercept, double slope, double explained) {

  static LeastSquares of(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(Double.NaN);
    double meanY = Arrays.stream(y).average().orElse(Double.NaN);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    double slope = xx > 1e-12 * meanX * meanX ? xy / xx : Double.NaN;
    return new LeastSquares(meanY - slope * meanX, slope, xy * xy / (xx * yy));
  }

  boolean exists() {
    return Double.isFinite(slope) && Double.isFinite(intercept);
  }

  double at(double x) {
    return intercept + slope * x;
  }
}
