package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random numbers and dropout masks: the right distribution, and a function of key and counter
 * alone.
 */
class RandomnessTest {
  private static final int DRAWS = 100_000;
  private static final double SIGMAS = 4;

  @Test
  void uniformsHaveTheMomentsOfAUniform() {
    for (long seed = 0; seed < 2; seed++) {
      long key = CounterRandom.key(seed, 5);
      double[] u =
          IntStream.range(0, DRAWS).mapToDouble(i -> CounterRandom.uniform(key, i)).toArray();
      requireMean(u, 0.5, 1 / 12.0);
      requireMean(Arrays.stream(u).map(x -> x * x).toArray(), 1 / 3.0, 4 / 45.0);
      requireMean(
          IntStream.range(1, DRAWS).mapToDouble(i -> u[i] * u[i - 1]).toArray(), 0.25, 7 / 144.0);
      assertTrue(Arrays.stream(u).allMatch(x -> x >= 0 && x < 1));
      requireDistribution(u, x -> x);
    }
  }

  @Test
  void gaussiansHaveTheMomentsOfANormal() {
    for (long seed = 0; seed < 2; seed++) {
      long key = CounterRandom.key(seed, 6);
      double[] g =
          IntStream.range(0, DRAWS).mapToDouble(i -> CounterRandom.gaussian(key, i)).toArray();
      requireMean(g, 0, 1);
      requireMean(Arrays.stream(g).map(x -> x * x).toArray(), 1, 2);
      requireMean(Arrays.stream(g).map(x -> x * x * x).toArray(), 0, 15);
      requireMean(Arrays.stream(g).map(x -> x * x * x * x).toArray(), 3, 96);
      requireMean(IntStream.range(1, DRAWS).mapToDouble(i -> g[i] * g[i - 1]).toArray(), 0, 1);
      requireDistribution(g, x -> 0.5 * Erf.erfc(-x / Math.sqrt(2)));
    }
  }

  @Test
  void gaussiansTogetherAreThoseOneByOne() {
    for (int count : new int[] {0, 1, 8, 9}) {
      double[] together = new double[count];
      CounterRandom.gaussians(11, together);
      double[] single =
          IntStream.range(0, count).mapToDouble(i -> CounterRandom.gaussian(11, i)).toArray();
      assertArrayEquals(single, together);
    }
  }

  @Test
  void permutationsArePermutationsAndFair() {
    int n = 5;
    int[][] counts = new int[n][n];
    int rounds = 20_000;
    for (int round = 0; round < rounds; round++) {
      int[] order = CounterRandom.permutation(CounterRandom.key(9, round), n);
      assertArrayEquals(new int[] {0, 1, 2, 3, 4}, Arrays.stream(order).sorted().toArray());
      for (int i = 0; i < n; i++) {
        counts[i][order[i]]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertEquals(rounds / 5.0, count, SIGMAS * Math.sqrt(rounds * 0.2 * 0.8));
      }
    }
    assertEquals(0, CounterRandom.permutation(1, 0).length);
  }

  @Test
  void everyPartOfAKeyMatters() {
    Set<Long> keys = new HashSet<>();
    Set<Long> firstDraws = new HashSet<>();
    int made = 0;
    for (long seed = -3; seed < 30; seed++) {
      for (long purpose = 0; purpose < 30; purpose++) {
        for (long index = 0; index < 10; index++) {
          long key = CounterRandom.key(seed, purpose, index);
          keys.add(key);
          firstDraws.add(CounterRandom.bits(key, 0));
          made++;
        }
      }
    }
    assertEquals(made, keys.size());
    assertEquals(made, firstDraws.size());
    assertTrue(CounterRandom.key(1, 2, 3) != CounterRandom.key(1, 3, 2));
    assertTrue(CounterRandom.key(1) != CounterRandom.key(1, 0));
  }

  @Test
  void integersBelowABoundAreBelowIt() {
    int[] counts = new int[7];
    for (int i = 0; i < DRAWS; i++) {
      counts[CounterRandom.below(3, i, 7)]++;
    }
    for (int count : counts) {
      assertEquals(DRAWS / 7.0, count, SIGMAS * Math.sqrt(DRAWS * (1 / 7.0) * (6 / 7.0)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.9, 0.999, 0.9999999999999999})
  void masksDropAtTheRateInBothPrecisionsAlike(double rate) {
    Dropout dropout = new Dropout(rate, 1234);
    Matrix fast = ones(Precision.FLOAT32, 100, 997);
    Matrix plain = ones(Precision.FLOAT64, 100, 997);
    Kernels.of(Precision.FLOAT32).drop(dropout, fast, 0, 100);
    Kernels.of(Precision.FLOAT64).drop(dropout, plain, 0, 100);
    int kept = 0;
    for (int r = 0; r < 100; r++) {
      for (int j = 0; j < 997; j++) {
        assertEquals(dropout.keeps(r, j) ? (float) (1 / (1 - rate)) : 0, fast.get(r, j));
        assertEquals(dropout.keeps(r, j) ? 1 / (1 - rate) : 0, plain.get(r, j));
        kept += dropout.keeps(r, j) ? 1 : 0;
      }
    }
    double n = 99_700;
    assertEquals(n * (1 - rate), kept, SIGMAS * Math.sqrt(n * rate * (1 - rate)) + 1e-9);
  }

  /**
   * Rows, columns and neighbouring keys do not share masks: correlations vanish within their error.
   */
  @Test
  void masksAreUncorrelated() {
    int n = 400;
    double sameColumn = 0;
    double sameRow = 0;
    double otherKey = 0;
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < n; j++) {
        double here = sign(5, r, j);
        sameColumn += here * sign(5, r + 1, j);
        sameRow += here * sign(5, r, j + 1);
        otherKey += here * sign(6, r, j);
      }
    }
    for (double correlation : new double[] {sameColumn, sameRow, otherKey}) {
      assertEquals(0, correlation / n, SIGMAS);
    }
  }

  @Test
  void masksDoNotDependOnTheRange() {
    for (Precision precision : Precision.values()) {
      Kernels k = Kernels.of(precision);
      Matrix whole = ones(precision, 23, 37);
      Matrix parts = ones(precision, 23, 37);
      Dropout dropout = new Dropout(0.4, 9);
      k.drop(dropout, whole, 0, 23);
      k.drop(dropout, parts, 10, 23);
      k.drop(dropout, parts, 0, 4);
      k.drop(dropout, parts, 4, 10);
      assertArrayEquals(whole.toArray(), parts.toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
  void refusesOtherRates(double rate) {
    assertThrows(IllegalArgumentException.class, () -> new Dropout(rate, 1));
  }

  private static double sign(long key, int row, int column) {
    return new Dropout(0.5, key).keeps(row, column) ? 1 : -1;
  }

  private static Matrix ones(Precision precision, int rows, int columns) {
    Matrix ones = Kernels.of(precision).zeros(rows, columns);
    ones.fill(1);
    return ones;
  }

  private static void requireMean(double[] values, double mean, double variance) {
    double found = Arrays.stream(values).average().orElseThrow();
    // The lag products share factors: 5/3 of the variance covers uniforms too.
    assertEquals(mean, found, SIGMAS * Math.sqrt(5 / 3.0 * variance / values.length));
  }

  /** Kolmogorov-Smirnov: the distance exceeds 2/√n with probability 7e-4. */
  private static void requireDistribution(
      double[] values, java.util.function.DoubleUnaryOperator cdf) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double p = cdf.applyAsDouble(sorted[i]);
      distance =
          Math.max(
              distance, Math.max((i + 1.0) / sorted.length - p, p - (double) i / sorted.length));
    }
    assertTrue(distance < 2 / Math.sqrt(sorted.length), "distance " + distance);
  }
}
