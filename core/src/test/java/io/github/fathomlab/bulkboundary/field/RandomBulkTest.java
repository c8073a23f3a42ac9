package io.github.fathomlab.bulkboundary.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mean field of a random bulk, and the dissipation of networks of finite width. */
class RandomBulkTest {

  @Test
  void expectationsOfPolynomials() {
    assertEquals(1, VarianceMap.expectation(_ -> 1), 1e-15);
    assertEquals(1, VarianceMap.expectation(g -> g * g), 1e-15);
    assertEquals(15, VarianceMap.expectation(g -> Math.pow(g, 6)), 1e-13);
    assertEquals(Math.exp(-0.5), VarianceMap.expectation(Math::cos), 1e-15);
  }

  /** ln χ_1 as the specification gives it, with its digits. */
  @ParameterizedTest
  @CsvSource({
    "0.8, -0.70, 0.005",
    "1.0, -0.356, 0.0005",
    "1.3, -0.06, 0.005",
    "1.8, 0.201, 0.0005"
  })
  void slopesOfTheSpecification(double sigma, double expected, double digits) {
    VarianceMap map = new VarianceMap(sigma, 0.3);
    assertEquals(expected, Math.log(map.chi()), digits);
    assertEquals(map.fixedPoint(), map.next(map.fixedPoint()), 1e-15);
  }

  @Test
  void withoutBiasesAWeakNetworkFallsSilent() {
    VarianceMap map = new VarianceMap(0.5, 0);
    assertEquals(0, map.fixedPoint());
    assertEquals(0.25, map.chi(), 1e-15);
    assertEquals(1.0 / 100, map.finiteWidthShift(100), 1e-15);
  }

  /** E[tanh'²] by sampling instead of quadrature. */
  @Test
  void chiAgainstSampling() {
    VarianceMap map = new VarianceMap(1.8, 0.3);
    double root = Math.sqrt(map.fixedPoint());
    double sum = 0;
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      double slope = 1 / Math.pow(Math.cosh(root * CounterRandom.gaussian(8, i)), 2);
      sum += slope * slope;
    }
    assertEquals(1.8 * 1.8 * sum / draws, map.chi(), 0.015);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void aMapNeedsWeights(double sigma) {
    assertThrows(IllegalArgumentException.class, () -> new VarianceMap(sigma, 0.3));
  }

  @Test
  void deadLayersPassNothingOn() {
    double[] d = RandomBulk.dissipation(6, new double[4], 0, 1, 3);
    assertTrue(d[3] > 0);
    assertArrayEquals(new double[3], Arrays.copyOf(d, 3));
  }

  @Test
  void theSameSeedGivesTheSameNetwork() {
    double[] sigmas = {1, 1, 1};
    double[] once = RandomBulk.dissipation(8, sigmas, 0.3, 0.5, 3);
    assertArrayEquals(once, RandomBulk.dissipation(8, sigmas, 0.3, 0.5, 3));
    assertTrue(once[1] != RandomBulk.dissipation(8, sigmas, 0.3, 0.5, 4)[1]);
  }

  @Test
  void anOrderedBulkDiesOutTowardsTheInputAtTheRateOfItsMap() {
    VarianceMap map = new VarianceMap(0.8, 0.3);
    double input = (map.fixedPoint() - 0.09) / 0.64;
    double sum = 0;
    double[] sigmas = new double[16];
    Arrays.fill(sigmas, 0.8);
    for (int net = 0; net < 6; net++) {
      double[] d = RandomBulk.dissipation(100, sigmas, 0.3, input, net);
      sum += DepthSlope.of(Arrays.stream(d).map(Math::log).toArray(), 3, 13).slope() / 6;
    }
    assertEquals(-Math.log(map.chi()) + map.finiteWidthShift(100), sum, 0.08);
  }

  @Test
  void linesAndParabolas() {
    double[] line = {9, 1, 3, 5, 7, 9, 11, 9};
    assertEquals(new DepthSlope(2, 0), DepthSlope.of(line, 1, 7));
    double[] parabola = {0, 1, 4, 9, 16, 25};
    DepthSlope bent = DepthSlope.of(parabola, 0, 6);
    assertEquals(5, bent.slope(), 1e-14);
    assertEquals(6, bent.bend(), 1e-14);
    assertThrows(IllegalArgumentException.class, () -> DepthSlope.of(line, 2, 5));
    assertThrows(IllegalArgumentException.class, () -> DepthSlope.of(line, 2, 9));
  }
}
