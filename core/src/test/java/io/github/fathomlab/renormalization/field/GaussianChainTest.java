package io.github.fathomlab.renormalization.field;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static io.github.fathomlab.renormalization.field.FieldVectors.assertExact;
import static io.github.fathomlab.renormalization.field.FieldVectors.assertMean;
import static io.github.fathomlab.renormalization.field.FieldVectors.assertUnknown;
import static io.github.fathomlab.renormalization.field.FieldVectors.known;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GaussianChainTest {

  @Test
  void fitsOfASample() {
    JsonNode vector = FieldVectors.group("fixed_real_sample");
    double[] x = numbers(field(vector, "x"));
    GaussianFit conditional = known(GaussianFit.conditional(x));
    assertExact(number(vector, "cond_mle_phi"), conditional.chain().phi(), "phi");
    assertExact(
        number(vector, "cond_mle_sigma_eps2"),
        conditional.chain().innovationVariance(),
        "innovation");
    assertExact(number(vector, "se_phi"), conditional.phiError(), "error");
    GaussianChain exact = known(GaussianFit.exact(x)).chain();
    assertExact(number(vector, "exact_mle_phi"), exact.phi(), "exact phi");
    assertExact(number(vector, "exact_mle_sigma_eps2"), exact.innovationVariance(), "exact");
    assertExact(number(vector, "exact_nll"), exact.negativeLogLikelihood(x), "likelihood");
    double[] eta = numbers(field(vector, "eta_from_exact"));
    assertExact(eta[0], exact.naturalParameters().product(), "eta1");
    assertExact(eta[1], exact.naturalParameters().square(), "eta2");
  }

  @Test
  void nothingIsMoreLikelyThanTheExactFit() {
    for (int trial = 0; trial < 50; trial++) {
      long key = CounterRandom.key(5, trial);
      double phi = 1.9 * CounterRandom.uniform(key, 1000) - 0.95;
      double[] x = new GaussianChain(phi, 3).sample(2 + trial, key);
      GaussianChain fit = known(GaussianFit.exact(x)).chain();
      double best = fit.negativeLogLikelihood(x);
      for (int k = 0; k < 40; k++) {
        double other = 2 * CounterRandom.uniform(key, 2000 + k) - 1;
        double variance = fit.variance() * Math.exp(CounterRandom.gaussian(key, 3000 + k));
        assertTrue(best <= new GaussianChain(other, variance).negativeLogLikelihood(x) + 1e-9);
      }
    }
  }

  @Test
  void aFitFollowsTheScaleAndForgetsTheDirection() {
    double[] x = new GaussianChain(0.6, 1).sample(200, 3);
    double[] scaled = Arrays.stream(x).map(v -> -8 * v).toArray();
    double[] reversed = new double[x.length];
    Arrays.setAll(reversed, i -> x[x.length - 1 - i]);
    GaussianFit fit = known(GaussianFit.exact(x));
    assertEquals(fit.chain().phi(), known(GaussianFit.exact(scaled)).chain().phi(), 0);
    assertExact(
        64 * fit.chain().variance(), known(GaussianFit.exact(scaled)).chain().variance(), "scale");
    assertExact(fit.chain().phi(), known(GaussianFit.exact(reversed)).chain().phi(), "reversed");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.9, -0.5})
  void samplesHaveTheCovarianceAndTheErrorsOfTheFit(double phi) {
    GaussianChain chain = new GaussianChain(phi, 2.5);
    double[] x = chain.sample(1 << 17, CounterRandom.key(11));
    for (int lag : new int[] {0, 1, 2, 5}) {
      assertMean(chain.covariance(lag), x, lag, v -> v);
    }
    for (GaussianFit fit :
        new GaussianFit[] {known(GaussianFit.exact(x)), known(GaussianFit.conditional(x))}) {
      assertEquals(phi, fit.chain().phi(), 4 * fit.phiError());
      assertEquals(
          chain.innovationVariance(), fit.chain().innovationVariance(), 4 * fit.innovationError());
    }
  }

  @Test
  void theErrorsAreThoseOfRepeatedSamples() {
    GaussianChain chain = new GaussianChain(0.7, 1);
    int samples = 400;
    double squares = 0;
    for (int s = 0; s < samples; s++) {
      GaussianFit fit = known(GaussianFit.exact(chain.sample(500, CounterRandom.key(21, s))));
      double deviation = (fit.chain().phi() - 0.7) / fit.phiError();
      squares += deviation * deviation / samples;
    }
    assertEquals(1, squares, 4 * Math.sqrt(2.0 / samples));
  }

  @Test
  void aLongerWindowBeginsWithTheShorterOne() {
    GaussianChain chain = new GaussianChain(0.4, 1);
    assertArrayEquals(chain.sample(7, 9), Arrays.copyOf(chain.sample(90, 9), 7));
  }

  @Test
  void windowsThatSayNothing() {
    assertUnknown(Status.TOO_FEW_SAMPLES, GaussianFit.exact(new double[] {1}));
    assertUnknown(Status.TOO_FEW_SAMPLES, GaussianFit.exact(new double[0]));
    assertUnknown(Status.TOO_FEW_SAMPLES, GaussianFit.conditional(new double[] {1, 2}));
    for (double[] x : new double[][] {{3, 3, 3, 3}, {0, 0, 0}, {0.1, -0.1, 0.1, -0.1}}) {
      assertUnknown(Status.ZERO_VARIANCE, GaussianFit.exact(x));
      assertUnknown(Status.ZERO_VARIANCE, GaussianFit.conditional(x));
    }
    double[] growing = {1, 2, 5, 9};
    assertUnknown(Status.NOT_APPLICABLE, GaussianFit.conditional(growing));
    assertTrue(known(GaussianFit.exact(growing)).chain().phi() < 1);
    assertEquals(0, known(GaussianFit.exact(new double[] {1, 0, 0, 1})).chain().phi());
  }

  @Test
  void chainsThatDoNotExist() {
    for (double phi : new double[] {1, -1, 1.5, Double.NaN}) {
      Exception refusal =
          assertThrows(IllegalArgumentException.class, () -> new GaussianChain(phi, 1));
      assertTrue(String.valueOf(refusal.getMessage()).contains("between -1 and 1"));
    }
    for (double variance : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new GaussianChain(0.5, variance));
    }
    assertThrows(IllegalArgumentException.class, () -> new GaussianChain(0.5, 1).sample(0, 1));
    double[] broken = {1, Double.NaN, 2};
    assertThrows(IllegalArgumentException.class, () -> GaussianFit.exact(broken));
  }
}
