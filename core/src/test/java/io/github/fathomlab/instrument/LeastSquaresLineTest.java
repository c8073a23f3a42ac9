package io.github.fathomlab.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastSquaresLineTest {

  @Test
  void lineOfKnownNumbers() {
    LeastSquaresLine line =
        LeastSquaresLine.of(new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 2, 3, 2});
    assertEquals(0.3, line.slope(), 1e-15);
    assertEquals(1.1, line.intercept(), 1e-15);
    assertEquals(0.45, line.explained(), 1e-15);
    assertEquals(2.6, line.at(5), 1e-15);
    assertTrue(line.exists());
  }

  /** No other line leaves less, and distances neither lean nor have a mean. */
  @Test
  void distancesAreTheLeast() {
    Random random = new Random(11);
    for (int n = 2; n < 30; n++) {
      double[] x = random.doubles(n, -3, 9).toArray();
      double[] y = random.doubles(n, -1, 1).toArray();
      LeastSquaresLine line = LeastSquaresLine.of(x, y);
      double[] left = new double[n];
      Arrays.setAll(left, i -> y[i] - line.at(x[i]));
      double leaning = 0;
      for (int i = 0; i < n; i++) {
        leaning += left[i] * x[i];
      }
      assertEquals(0, Arrays.stream(left).sum(), 1e-12);
      assertEquals(0, leaning, 1e-11);
      double mean = Arrays.stream(y).average().orElseThrow();
      double all = Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum();
      double rest = Arrays.stream(left).map(v -> v * v).sum();
      assertEquals(1 - rest / all, line.explained(), 1e-11);
    }
  }

  @Test
  void equalNumbersHaveNoLine() {
    double[] y = {1, 2, 3};
    for (double[] x : new double[][] {{2, 2, 2}, {7, 7 + 1e-14, 7}, {0, 0, 0}}) {
      LeastSquaresLine line = LeastSquaresLine.of(x, y);
      assertFalse(line.exists());
      assertTrue(Double.isNaN(line.explained()));
      LeastSquaresLine level = LeastSquaresLine.of(y, x);
      assertTrue(level.exists() && Double.isNaN(level.explained()));
      assertEquals(0, level.slope(), 1e-14);
    }
    assertFalse(LeastSquaresLine.of(new double[0], new double[0]).exists());
    assertFalse(LeastSquaresLine.of(new double[] {1}, new double[] {1}).exists());
    assertFalse(LeastSquaresLine.of(new double[] {1, Double.NaN}, new double[] {1, 2}).exists());
  }
}
