package io.github.fathomlab.renormalization.block;

import java.util.Arrays;
import org.hipparchus.special.Erf;

/**
 * The one-sided test of Mann and Whitney: how likely numbers of one origin would be sorted as much
 * as these.
 *
 * <pre>
 *   U = #{(i, j): x_i &gt; y_j} + 1/2 #{(i, j): x_i = y_j},   p = P(U' &lt;= U) if x and y have one origin
 * </pre>
 *
 * <p>Without ties and up to 50 numbers a side p is exact, by counting orders, and cannot fall below
 * 1/binomial(n_x + n_y, n_x). Otherwise it is the normal approximation with the correction for ties
 * and half a count of continuity. A NaN is no number: p is 1 then.
 *
 * <p>Source: Mann and Whitney (Ann. Math. Statist. 18, 1947). Cost: O(n_x^2 n_y^2).
 */
final class RankSum {
  private static final int EXACT = 50;

  private RankSum() {}

  /** The probability under one origin that x lies at least as far below y as it does. */
  static double below(double[] x, double[] y) {
    if (x.length == 0 || y.length == 0) {
      throw new IllegalArgumentException("the test needs at least one number on either side");
    }
    double u = 0;
    boolean tied = false;
    for (double a : x) {
      for (double b : y) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
          return 1;
        }
        tied |= a == b;
        u += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    if (!tied && x.length <= EXACT && y.length <= EXACT) {
      return exact(x.length, y.length, (int) u);
    }
    return approximate(x, y, u);
  }

  private static double exact(int n, int m, int u) {
    double[][] orders = new double[m + 1][n * m + 1];
    for (double[] row : orders) {
      row[0] = 1;
    }
    // orders[j][k]: arrangements of i numbers x and j numbers y with U = k
    for (int i = 1; i <= n; i++) {
      for (int j = 1; j <= m; j++) {
        double[] lastIsX = orders[j].clone();
        for (int k = 0; k <= i * j; k++) {
          orders[j][k] = orders[j - 1][k] + (k >= j ? lastIsX[k - j] : 0);
        }
      }
    }
    double all = Arrays.stream(orders[m]).sum();
    return Arrays.stream(orders[m], 0, u + 1).sum() / all;
  }

  private static double approximate(double[] x, double[] y, double u) {
    double[] all = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, all, x.length, y.length);
    Arrays.sort(all);
    double ties = 0;
    for (int from = 0; from < all.length; ) {
      int to = from + 1;
      while (to < all.length && all[to] == all[from]) {
        to++;
      }
      double t = to - from;
      ties += t * t * t - t;
      from = to;
    }
    double total = all.length;
    double pairs = (double) x.length * y.length;
    double variance = pairs / 12 * (total + 1 - ties / (total * (total - 1)));
    if (!(variance > 0)) {
      return 1;
    }
    double z = (u + 0.5 - pairs / 2) / Math.sqrt(variance);
    return Math.min(1, 0.5 * Erf.erfc(-z / Math.sqrt(2)));
  }
}
