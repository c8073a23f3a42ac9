package io.github.fathomlab.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  @Test
  void ordersAlikeAndReversed() {
    double[] x = {3, 1, 2, 9};
    assertEquals(1, RankCorrelation.of(x, new double[] {30, -1, 5, 31}), 1e-15);
    assertEquals(-1, RankCorrelation.of(x, new double[] {0, 9, 8, -4}), 1e-15);
  }

  /** 1 - 6 Σ d² / (n (n² - 1)) without ties: d = 1, 1, 1, 1, 0. */
  @Test
  void agreesWithTheFormulaOfDifferences() {
    double[] x = {1, 2, 3, 4, 5};
    double[] y = {2, 1, 4, 3, 5};
    assertEquals(1 - 6.0 * 4 / (5 * 24), RankCorrelation.of(x, y), 1e-15);
  }

  /** Ranks 1.5, 1.5, 3 against 1, 2, 3: 1.5 / √(1.5 · 2). */
  @Test
  void equalNumbersShareTheirMeanRank() {
    double[] x = {7, 7 + 1e-14, 8};
    double[] y = {1, 2, 3};
    assertEquals(1.5 / Math.sqrt(3), RankCorrelation.of(x, y), 1e-15);
    double[] rounded = {6.999999999999998, 7.000000000000001, 8};
    assertEquals(1.5 / Math.sqrt(3), RankCorrelation.of(rounded, y), 1e-15);
    // ranks 1, 2.5, 2.5, 4, 5 against 2, 1, 4, 3, 5: products 6.5, squares 9.5 and 10
    double tied = RankCorrelation.of(new double[] {0, 1, 1, 2, 3}, new double[] {2, 1, 4, 3, 5});
    assertEquals(6.5 / Math.sqrt(95), tied, 1e-15);
  }

  @Test
  void theUnitDoesNotMatter() {
    double[] x = {3, 1, 1 + 1e-8, 9, -2};
    double[] y = {2, 5, 1, 4, 3};
    for (double unit : new double[] {1e-200, 1e-12, 1e12, 1e200}) {
      double[] scaled = Arrays.stream(x).map(v -> v * unit).toArray();
      assertEquals(RankCorrelation.of(x, y), RankCorrelation.of(scaled, y));
    }
    double[] endless = {Double.NEGATIVE_INFINITY, 1, 2, 3, Double.POSITIVE_INFINITY};
    assertEquals(0.1, RankCorrelation.of(endless, new double[] {2, 5, 1, 4, 3}), 1e-15);
  }

  @Test
  void nothingToOrderIsNoCorrelation() {
    double[] y = {1, 2, 3};
    for (double[] x : new double[][] {{4, 4, 4}, {1, Double.NaN, 2}}) {
      assertTrue(Double.isNaN(RankCorrelation.of(x, y)));
      assertTrue(Double.isNaN(RankCorrelation.of(y, x)));
    }
    assertTrue(Double.isNaN(RankCorrelation.of(new double[0], new double[0])));
    assertTrue(Double.isNaN(RankCorrelation.interval(new double[1], new double[1])[0]));
  }

  /**
   * The table of the specification: numpy gives 0.9572 with equal task ranks tied, and 0.9548 where
   * rounding orders them. Its interval was found with another generator.
   */
  @Test
  void theIntervalHoldsTheCorrelationAndIsTheSameAgain() {
    double[] rank = {
      2.08, 5.25, 1, 7, 1, 7, 3.17, 3, 3.38, 6.07, 3, 1.1, 3.69, 4.54, 5.74, 6.28, 4.79, 6.47, 6.1,
      7, 7, 6.13
    };
    double[] rho = {
      .392, .868, .294, .972, .272, .948, .552, .580, .654, .912, .575, .418, .657, .804, .889,
      .916, .771, .888, .954, 1.001, .946, .912
    };
    assertEquals(0.9572163248052, RankCorrelation.of(rank, rho), 1e-12);
    double[] interval = RankCorrelation.interval(rank, rho);
    assertEquals(0.82, interval[0], 0.03);
    assertEquals(0.99, interval[1], 0.01);
    assertArrayEquals(interval, RankCorrelation.interval(rank, rho));
  }
}
