package io.github.fathomlab.instrument;

import java.util.Arrays;

/**
 * The straight line through points that leaves the least squared distances in y.
 *
 * <pre>
 *   y = a + b x,   b = S_xy / S_xx,   a = ȳ - b x̄,   R² = S_xy² / (S_xx S_yy)
 *   S_uv = Σ (u_i - ū)(v_i - v̄)
 * </pre>
 *
 * <p>Symbols: x_i, y_i coordinates, x̄, ȳ their means; n points. Source: textbook (A. M. Legendre
 * 1805). Validity: as many x as y, finite and with finite squares. Numbers that spread by no more
 * than 10⁻⁹ of their mean, √(S_xx / n) ≤ 10⁻⁹ |x̄|, are equal: with equal x, or none, all three are
 * NaN, with equal y R² is. Cost: O(n).
 *
 * @param intercept a, its height at 0, in units of y
 * @param slope b, units of y per unit of x
 * @param explained R², share of the variance of y that it explains
 */
public record LeastSquaresLine(double intercept, double slope, double explained) {
  private static final double EQUAL = 1e-9;

  /** The line through points. */
  public static LeastSquaresLine of(double[] x, double[] y) {
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
    double slope = spread(xx, x.length, meanX) ? xy / xx : Double.NaN;
    return new LeastSquaresLine(
        meanY - slope * meanX, slope, spread(yy, y.length, meanY) ? slope * xy / yy : Double.NaN);
  }

  private static boolean spread(double squares, int n, double mean) {
    return Math.sqrt(squares / n) > EQUAL * Math.abs(mean);
  }

  /** Whether the points have one. */
  public boolean exists() {
    return Double.isFinite(slope) && Double.isFinite(intercept);
  }

  /** Its height at x. */
  public double at(double x) {
    return intercept + slope * x;
  }
}
