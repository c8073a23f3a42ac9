package io.github.fathomlab.renormalization.field;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static io.github.fathomlab.renormalization.field.FieldVectors.assertMean;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class QuarticChainTest {
  private static final double TOLERANCE = 1e-9;
  private static final EvenFamily SITE = new EvenFamily(-1, 0.5);
  private static final QuarticChain CHAIN = new QuarticChain(SITE, 0.6, 4.5, 361);

  @Test
  void theReferenceChain() {
    JsonNode vector = FieldVectors.group("phi4_chain");
    double[] ratios = numbers(field(vector, "lambda_1_to_5"));
    double[] covariances = numbers(field(vector, "cov_1_to_4"));
    for (QuarticChain chain : List.of(CHAIN, QuarticChain.of(SITE, 0.6))) {
      assertEquals(number(vector, "Lambda0"), chain.largest(), TOLERANCE);
      for (int n = 1; n <= ratios.length; n++) {
        assertEquals(ratios[n - 1], chain.ratio(n), TOLERANCE);
      }
      assertEquals(number(vector, "m2"), chain.mean(x -> x * x), TOLERANCE);
      assertEquals(number(vector, "m4"), chain.mean(x -> x * x * x * x), TOLERANCE);
      for (int m = 1; m <= covariances.length; m++) {
        assertEquals(covariances[m - 1], chain.covariance(x -> x, m), TOLERANCE);
      }
      assertEquals(number(vector, "m2"), chain.covariance(x -> x, 0), TOLERANCE);
      assertEquals(number(vector, "excess_kurtosis"), chain.excessKurtosis(), TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 0.8, -0.4})
  void withoutQuarticTermItIsTheGaussianChain(double phi) {
    GaussianChain gaussian = new GaussianChain(phi, 1.3);
    var eta = gaussian.naturalParameters();
    QuarticChain chain = QuarticChain.of(new EvenFamily(-eta.square(), 0), eta.product());
    for (int n = 0; n < 8; n++) {
      assertEquals(Math.pow(phi, n), chain.ratio(n), 1e-12, "sector " + n);
      assertEquals(Math.pow(phi, 3 * n), chain.decimated(n, 3), 1e-12);
    }
    double innovation = gaussian.innovationVariance();
    assertEquals(Math.sqrt(2 * Math.PI * innovation), chain.largest(), 1e-11);
    for (int lag = 0; lag < 4; lag++) {
      assertEquals(gaussian.covariance(lag), chain.covariance(x -> x, lag), 1e-11);
      double square = 2 * gaussian.covariance(lag) * gaussian.covariance(lag);
      assertEquals(square, chain.covariance(x -> x * x, lag), 1e-11);
    }
    assertEquals(0, chain.excessKurtosis(), 1e-11);
  }

  @Test
  void withoutCouplingSitesAreIndependent() {
    QuarticChain chain = QuarticChain.of(SITE, 0);
    EvenFamily.Moments moments = SITE.moments();
    assertEquals(Math.exp(moments.logPartition()), chain.largest(), 1e-12);
    assertEquals(moments.m2(), chain.mean(x -> x * x), 1e-12);
    assertEquals(0, chain.ratio(1), 1e-13);
    assertEquals(0, chain.covariance(x -> x, 1), 1e-13);
  }

  @Test
  void aStaggeredChainIsItsMirrorImage() {
    QuarticChain staggered = QuarticChain.of(SITE, -0.6);
    for (int n = 0; n < 5; n++) {
      double sign = n % 2 == 0 ? 1 : -1;
      assertEquals(sign * CHAIN.ratio(n), staggered.ratio(n), 1e-11);
    }
    assertEquals(-CHAIN.covariance(x -> x, 1), staggered.covariance(x -> x, 1), 1e-11);
  }

  @Test
  void eigenfunctionsAreOrthonormalAndTheGroundStateIsPositive() {
    for (int n = 0; n < 6; n++) {
      for (int m = 0; m <= n; m++) {
        double[] left = CHAIN.eigenfunction(n);
        double[] right = CHAIN.eigenfunction(m);
        double product = 0;
        for (int i = 0; i < left.length; i++) {
          product += left[i] * right[i];
        }
        assertEquals(n == m ? 1 : 0, product, 1e-12);
      }
    }
    assertTrue(Arrays.stream(CHAIN.eigenfunction(0)).allMatch(p -> p > 0));
  }

  @Test
  void samplesHaveTheMomentsOfTheChain() {
    double[] x = CHAIN.sampler().sample(1 << 18, 5);
    double m2 = CHAIN.mean(v -> v * v);
    for (int lag : new int[] {0, 1, 2, 4}) {
      assertMean(CHAIN.covariance(v -> v, lag), x, lag, v -> v);
      assertMean(CHAIN.covariance(v -> v * v, lag) + m2 * m2, x, lag, v -> v * v);
    }
    assertArrayEquals(CHAIN.sampler().sample(9, 5), Arrays.copyOf(x, 9));
  }

  @Test
  void aGridMuchWiderThanTheChainIsGuarded() {
    QuarticChain wide = new QuarticChain(SITE, 0.6, 14, 1001);
    assertEquals(0, wide.eigenfunction(0)[0]);
    double[] x = wide.sampler().sample(1 << 16, 8);
    assertTrue(Arrays.stream(x).allMatch(v -> Math.abs(v) < 4));
    assertMean(CHAIN.covariance(v -> v, 1), x, 1, v -> v);
  }

  @Test
  void deepWellsDoNotOverflow() {
    QuarticChain deep = QuarticChain.of(new EvenFamily(-40, 1), 0.5);
    assertTrue(deep.largest() > 1e100 && Double.isFinite(deep.largest()));
    assertEquals(1, deep.ratio(1), 1e-6);
    assertEquals(20, deep.mean(x -> x * x), 1);
  }

  @Test
  void chainsThatDoNotExist() {
    EvenFamily gaussian = new EvenFamily(0.5, 0);
    assertThrows(IllegalArgumentException.class, () -> QuarticChain.of(gaussian, 0.5));
    assertThrows(IllegalArgumentException.class, () -> QuarticChain.of(SITE, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new QuarticChain(SITE, 0.6, 0, 361));
    assertThrows(IllegalArgumentException.class, () -> new QuarticChain(SITE, 0.6, 4.5, 2));
    assertThrows(IllegalArgumentException.class, () -> CHAIN.sampler().sample(0, 1));
  }
}
