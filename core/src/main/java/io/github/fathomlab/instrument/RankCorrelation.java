package io.github.fathomlab.instrument;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;

/**
 * Spearman's rank correlation of two numbers over the same things.
 *
 * <pre>
 *   r = Σ (a_i - ā)(b_i - b̄) / √(Σ (a_i - ā)² Σ (b_i - b̄)²)
 *   x_i, x_j equal:   |x_i - x_j| < 10⁻⁹ min(|x_i|, |x_j|)
 * </pre>
 *
 * <p>Symbols: a_i, b_i ranks from 1 of the numbers x_i, y_i, of equal numbers their mean rank.
 * Exact numbers of different things often agree but for rounding, which must not order them.
 * Source: C. Spearman 1904; the tolerance is Fathom's. Validity: as many numbers x as y. NaN for
 * fewer than two things, where one of the numbers is the same throughout, or none. Cost: O(n²).
 */
public final class RankCorrelation {
  private static final double EQUAL = 1e-9;
  private static final int RESAMPLES = 2000;
  private static final long SEED = 2606_10324L;

  private RankCorrelation() {}

  /** r; NaN when there is none. */
  public static double of(double[] x, double[] y) {
    double[] a = ranks(x);
    double[] b = ranks(y);
    double mean = (a.length + 1) / 2.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - mean) * (b[i] - mean);
      aa += (a[i] - mean) * (a[i] - mean);
      bb += (b[i] - mean) * (b[i] - mean);
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : Double.NaN;
  }

  private static double[] ranks(double[] x) {
    double[] ranks = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (double other : x) {
        ranks[i] += equal(other, x[i]) ? 0.5 : other < x[i] ? 1 : 0;
      }
      ranks[i] = Double.isNaN(x[i]) ? Double.NaN : ranks[i] + 0.5;
    }
    return ranks;
  }

  /** Infinite numbers equal only themselves. */
  private static boolean equal(double a, double b) {
    return a == b || Math.abs(a - b) < EQUAL * Math.min(Math.abs(a), Math.abs(b));
  }

  /**
   * The percentile bootstrap interval of 95 % over the things (B. Efron 1979), 2000 resamples from
   * a fixed key; resamples without a correlation are left out.
   *
   * @return the lower and the upper end; NaN when no resample has a correlation
   */
  public static double[] interval(double[] x, double[] y) {
    int n = x.length;
    double[] found = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      long key = CounterRandom.key(SEED, b);
      double[] u = new double[n];
      double[] v = new double[n];
      for (int i = 0; i < n; i++) {
        int drawn = CounterRandom.below(key, i, n);
        u[i] = x[drawn];
        v[i] = y[drawn];
      }
      found[b] = of(u, v);
    }
    double[] sorted = Arrays.stream(found).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return new double[] {Double.NaN, Double.NaN};
    }
    return new double[] {
      sorted[(int) (0.025 * (sorted.length - 1))],
      sorted[(int) Math.ceil(0.975 * (sorted.length - 1))]
    };
  }
}
