package io.github.fathomlab.report;

import java.util.Arrays;

/** Rank correlation of two lists of numbers. */
final class RankOrder {
  private RankOrder() {}

  /** Spearman's coefficient with average ranks; NaN when all numbers of a list are equal. */
  static double spearman(double[] x, double[] y) {
    double[] a = ranks(x);
    double[] b = ranks(y);
    double middle = (x.length + 1) / 2.0;
    double aa = 0;
    double ab = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      aa += (a[i] - middle) * (a[i] - middle);
      ab += (a[i] - middle) * (b[i] - middle);
      bb += (b[i] - middle) * (b[i] - middle);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double[] ranks(double[] values) {
    return Arrays.stream(values)
        .map(value -> {
          long below = Arrays.stream(values).filter(other -> other < value).count();
          long equal = Arrays.stream(values).filter(other -> other == value).count();
          return below + (equal + 1) / 2.0;
        })
        .toArray();
  }
}
