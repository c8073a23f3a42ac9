package io.github.fathomlab.coarsegraining.markov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkovChainTest {
  private static final double ROUNDING = 1e-12;

  @Test
  void twoStatesHaveTheirClosedForms() {
    double a = 0.3;
    double b = 0.05;
    MarkovChain chain = MarkovChain.of(new double[][] {{1 - a, a}, {b, 1 - b}});
    assertArrayEquals(new double[] {b / (a + b), a / (a + b)}, chain.stationary(), ROUNDING);
    ChainSpectrum spectrum = ChainSpectrum.of(chain);
    assertEquals(1 - a - b, spectrum.second(), ROUNDING);
    assertEquals(-1 / Math.log(1 - a - b), spectrum.correlationLength(), ROUNDING);
    double rate = (b * binary(a) + a * binary(b)) / (a + b);
    assertEquals(rate, chain.conditionalEntropies(1)[0], ROUNDING);
  }

  private static double binary(double p) {
    return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  }

  @Test
  void rareStatesKeepTheirDigits() {
    // a birth and death chain: π_(i+1) / π_i = up / down, exactly
    int v = 30;
    double up = 1e-9;
    double down = 0.5;
    double[][] p = new double[v][v];
    for (int i = 0; i < v; i++) {
      double rest = 1;
      if (i + 1 < v) {
        p[i][i + 1] = up;
        rest -= up;
      }
      if (i > 0) {
        p[i][i - 1] = down;
        rest -= down;
      }
      p[i][i] = rest;
    }
    double[] pi = MarkovChain.of(p).stationary();
    for (int i = 0; i + 1 < v; i++) {
      assertEquals(up / down, pi[i + 1] / pi[i], 1e-12 * up / down);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithPowersOfTheMatrix(int seed) {
    double[][] p = random(seed, 2 + seed);
    MarkovChain chain = MarkovChain.of(p);
    double[][] power = p;
    for (int i = 0; i < 12; i++) {
      power = product(power, power); // P^4096
    }
    double[] pi = chain.stationary();
    for (double[] row : power) {
      assertArrayEquals(pi, row, 1e-11);
    }
    double[][] third = product(p, product(p, p));
    double expected = 0;
    for (int i = 0; i < pi.length; i++) {
      expected += pi[i] * MarkovChain.entropy(third[i]);
    }
    assertEquals(expected, chain.conditionalEntropies(3)[2], ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void theOrderOfStatesDoesNotMatter(int seed) {
    int v = 5;
    double[][] p = random(seed, v);
    int[] order = shuffled(seed, v);
    MarkovChain chain = MarkovChain.of(p);
    MarkovChain other = MarkovChain.of(permuted(p, order));
    for (int i = 0; i < v; i++) {
      assertEquals(chain.stationary()[order[i]], other.stationary()[i], ROUNDING);
    }
    assertArrayEquals(ChainSpectrum.of(chain).moduli(), ChainSpectrum.of(other).moduli(), ROUNDING);
    assertArrayEquals(chain.conditionalEntropies(5), other.conditionalEntropies(5), ROUNDING);
  }

  @Test
  void turningTimeRoundKeepsSpectrumAndEntropies() {
    double[][] p = random(3, 6);
    MarkovChain chain = MarkovChain.of(p);
    double[] pi = chain.stationary();
    double[][] back = new double[6][6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        back[i][j] = pi[j] * p[j][i] / pi[i];
      }
    }
    MarkovChain reversed = MarkovChain.of(back);
    assertArrayEquals(pi, reversed.stationary(), ROUNDING);
    assertArrayEquals(chain.conditionalEntropies(4), reversed.conditionalEntropies(4), ROUNDING);
    assertEquals(ChainSpectrum.of(chain).second(), ChainSpectrum.of(reversed).second(), ROUNDING);
  }

  /** Three states: λ + μ = tr P - 1 and λμ = det P. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void generalMatricesHaveTheirEigenvaluesWithinTheError(int seed) {
    double[][] p = random(seed, 3);
    ChainSpectrum spectrum = ChainSpectrum.of(MarkovChain.of(p));
    double sum = p[0][0] + p[1][1] + p[2][2] - 1;
    double product = determinant(p);
    double discriminant = sum * sum / 4 - product;
    double second =
        discriminant < 0 ? Math.sqrt(product) : Math.abs(sum / 2) + Math.sqrt(discriminant);
    assertEquals(second, spectrum.second(), spectrum.error());
    assertTrue(spectrum.error() < 1e-13, "error " + spectrum.error());
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  @ParameterizedTest
  @CsvSource({"8, 2, 7", "8, 4, 3", "12, 3, 2.5"})
  void hierarchiesAreClosedUnderDecimation(int states, int groups, double length) {
    int n = 5;
    double[][] slow = new ChainFamily.Hierarchical(states, groups, length).transition();
    double[][] power = slow;
    for (int i = 1; i < n; i++) {
      power = product(power, slow);
    }
    assertRows(new ChainFamily.Hierarchical(states, groups, length / n).transition(), power);
  }

  @Test
  void diffusionIsClosedUnderDecimation() {
    double[][] slow = new ChainFamily.Heat(9, 4).transition();
    assertRows(new ChainFamily.Heat(9, 2).transition(), product(slow, slow));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rowsFromTheSimplexHaveTheirSecondEigenvalue(long key) {
    ChainFamily family = new ChainFamily.Dirichlet(8, 7, key);
    ChainSpectrum spectrum = ChainSpectrum.of(family.chain());
    assertEquals(7, spectrum.correlationLength(), 1e-9);
    assertRows(family.transition(), new ChainFamily.Dirichlet(8, 7, key).transition());
  }

  @Test
  void familiesRefuseWhatMakesNoChainOfThem() {
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.Independent(0));
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.Sticky(8, 0));
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.Sticky(8, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.Cyclic(1, 3));
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.Block(8, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.Hierarchical(8, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.Ring(8, 14));
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.DeBruijn(6, 1));
    assertThrows(IllegalArgumentException.class, () -> new ChainFamily.Dirichlet(8, 0.2, 1));
  }

  @Test
  void chainsThatFallIntoPartsHaveNoStationaryDistribution() {
    double[][] parts = {{0.5, 0.5, 0, 0}, {1, 0, 0, 0}, {0, 0, 1, 0}, {0.1, 0, 0.2, 0.7}};
    MarkovChain chain = MarkovChain.of(parts);
    assertEquals(Status.REDUCIBLE, chain.status());
    assertEquals(2, chain.closedClasses());
    assertThrows(IllegalStateException.class, chain::stationary);
    assertThrows(IllegalStateException.class, chain::period);
    assertThrows(IllegalStateException.class, () -> new ChainSampler(chain));
    assertThrows(IllegalStateException.class, () -> new MaskedLoss(chain, 0.15));
    ChainSpectrum spectrum = ChainSpectrum.of(chain);
    assertEquals(Status.REDUCIBLE, spectrum.status());
    assertThrows(IllegalStateException.class, spectrum::correlationLength);
  }

  @Test
  void statesThatAreLeftForEverCountForNothing() {
    double[][] p = {{0.5, 0.25, 0.25}, {0, 0.5, 0.5}, {0, 0.25, 0.75}};
    MarkovChain chain = MarkovChain.of(p);
    assertEquals(Status.OK, chain.status());
    assertArrayEquals(new double[] {0, 1.0 / 3, 2.0 / 3}, chain.stationary(), ROUNDING);
    assertEquals(0.5, ChainSpectrum.of(chain).second(), ROUNDING);
  }

  @Test
  void periodicChainsHaveNoCorrelationLength() {
    double[][] p = {{0, 0.3, 0.7, 0}, {0, 0, 0, 1}, {0, 0, 0, 1}, {1, 0, 0, 0}};
    MarkovChain chain = MarkovChain.of(p);
    assertEquals(3, chain.period());
    assertArrayEquals(new double[] {1.0 / 3, 0.1, 0.7 / 3, 1.0 / 3}, chain.stationary(), ROUNDING);
    ChainSpectrum spectrum = ChainSpectrum.of(chain);
    assertEquals(Status.NO_DECAY, spectrum.status());
    assertEquals(1, spectrum.second(), ROUNDING);
    assertThrows(IllegalStateException.class, spectrum::correlationLength);
    assertEquals(1, new ChainFamily.Cyclic(5, 3).chain().period());
  }

  @Test
  void chainsThatHardlyMoveHaveNoCorrelationLengthEither() {
    double tiny = 0x1p-53;
    MarkovChain chain = MarkovChain.of(new double[][] {{1 - tiny, tiny}, {tiny, 1 - tiny}});
    assertEquals(Status.OK, chain.status());
    assertArrayEquals(new double[] {0.5, 0.5}, chain.stationary(), ROUNDING);
    assertEquals(Status.NO_DECAY, ChainSpectrum.of(chain).status());
  }

  @Test
  void aSingleStateIsAChain() {
    MarkovChain chain = new ChainFamily.Independent(1).chain();
    assertEquals(1, chain.stationary()[0]);
    assertEquals(0, chain.entropy());
    assertEquals(0, ChainSpectrum.of(chain).correlationLength());
  }

  @Test
  void saysWhatIsNoChain() {
    says("no rows");
    says("expected 2 probabilities, as many as there are rows, found 3", half(), new double[3]);
    says("row 2: expected probabilities from 0 to 1, found -0.5 in column 1", half(), row(-0.5));
    says("found NaN in column 1", row(Double.NaN), half());
    says("found Infinity in column 1", row(Double.POSITIVE_INFINITY), half());
    says("add up to 1 within 1.0E-6, found the sum 0.9", half(), new double[] {0.5, 0.4});
  }

  private static double[] half() {
    return new double[] {0.5, 0.5};
  }

  private static double[] row(double first) {
    return new double[] {first, 1 - first};
  }

  private static void says(String words, double[]... rows) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> MarkovChain.of(rows)).getMessage();
    assertTrue(String.valueOf(message).contains(words), message);
  }

  static double[][] random(int seed, int v) {
    Random random = new Random(seed);
    double[][] p = new double[v][v];
    for (double[] row : p) {
      double sum = 0;
      for (int j = 0; j < v; j++) {
        row[j] = -Math.log(1 - random.nextDouble());
        sum += row[j];
      }
      for (int j = 0; j < v; j++) {
        row[j] /= sum;
      }
    }
    return p;
  }

  static int[] shuffled(int seed, int v) {
    return CounterRandom.permutation(seed, v);
  }

  static double[][] permuted(double[][] p, int[] order) {
    double[][] permuted = new double[p.length][p.length];
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        permuted[i][j] = p[order[i]][order[j]];
      }
    }
    return permuted;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b.length];
    for (int i = 0; i < c.length; i++) {
      for (int j = 0; j < c.length; j++) {
        for (int k = 0; k < c.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static void assertRows(double[][] expected, double[][] found) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], found[i], ROUNDING);
    }
  }
}
