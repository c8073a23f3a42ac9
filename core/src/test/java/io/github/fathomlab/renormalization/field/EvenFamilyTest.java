package io.github.fathomlab.renormalization.field;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static io.github.fathomlab.renormalization.field.FieldVectors.assertExact;
import static io.github.fathomlab.renormalization.field.FieldVectors.assertUnknown;
import static io.github.fathomlab.renormalization.field.FieldVectors.known;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EvenFamilyTest {

  static List<JsonNode> laws() {
    return FieldVectors.list("even_family_moments");
  }

  static List<JsonNode> standardised() {
    return FieldVectors.list("even_family_mle_standardised");
  }

  @ParameterizedTest
  @MethodSource("laws")
  void momentsOfALaw(JsonNode vector) {
    EvenFamily family = new EvenFamily(number(vector, "theta2"), number(vector, "theta4"));
    EvenFamily.Moments moments = family.moments();
    assertExact(number(vector, "lnZ"), moments.logPartition(), "ln Z");
    assertExact(number(vector, "m2"), moments.m2(), "m2");
    assertExact(number(vector, "m4"), moments.m4(), "m4");
    // A kurtosis is the difference of numbers of the size of 3.
    assertEquals(number(vector, "excess_kurtosis"), moments.excessKurtosis(), 3e-13);
    double[] sums = numbers(field(vector, "clt_rg_excess_kurtosis_b2_4_8"));
    for (int k = 0; k < 3; k++) {
      assertEquals(sums[k], moments.excessKurtosis(2 << k), 3e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("standardised")
  void lawsOfUnitVariance(JsonNode vector) {
    EvenFit fit = known(EvenFit.standardised(number(vector, "m4")));
    assertExact(number(vector, "theta2"), fit.family().theta2(), "theta2");
    assertExact(number(vector, "theta4"), fit.family().theta4(), "theta4");
    assertEquals(0, fit.theta4Error());
  }

  @ParameterizedTest
  @CsvSource({"-200, 1", "-9, 0.5", "-1, 0.001", "0, 7", "3, 1e-9", "1e-3, 1e3"})
  void momentsObeyPartialIntegration(double theta2, double theta4) {
    EvenFamily.Moments m = new EvenFamily(theta2, theta4).moments();
    double size = Math.abs(2 * theta2 * m.m2());
    assertEquals(1, 2 * theta2 * m.m2() + 4 * theta4 * m.m4(), 1e-13 * (1 + size));
    assertEquals(
        3 * m.m2(), 2 * theta2 * m.m4() + 4 * theta4 * m.m6(), 1e-12 * m.m2() * (1 + size));
    assertEquals(
        5 * m.m4(), 2 * theta2 * m.m6() + 4 * theta4 * m.m8(), 1e-12 * m.m4() * (1 + size));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.001, 1.05, 1.3, 2.2, 2.999, 2.99999})
  void aFitHasTheMomentsItWasAskedFor(double m4) {
    EvenFamily.Moments moments = known(EvenFit.standardised(m4)).family().moments();
    assertEquals(1, moments.m2(), 1e-11);
    assertEquals(m4, moments.m4(), 1e-11);
  }

  @Test
  void nearTheGaussianTheQuarticTermIsTheKurtosis() {
    double kurtosis = -1e-4;
    EvenFamily family = known(EvenFit.standardised(3 + kurtosis)).family();
    assertEquals(-kurtosis / 24, family.theta4(), 1e-3 * -kurtosis / 24);
  }

  @Test
  void sumsFlowToTheGaussian() {
    EvenFamily start = new EvenFamily(-1, 0.5);
    double kurtosis = start.moments().excessKurtosis();
    double last = Double.POSITIVE_INFINITY;
    for (int b = 1; b <= 256; b *= 4) {
      EvenFamily family = known(EvenFit.afterSum(start, b)).family();
      assertEquals(kurtosis / b, family.moments().excessKurtosis(), 1e-11);
      assertTrue(family.theta4() < last);
      last = family.theta4();
    }
    double before = known(EvenFit.afterSum(start, 4096)).family().theta4();
    double after = known(EvenFit.afterSum(start, 8192)).family().theta4();
    assertEquals(EvenFamily.eigenvalue(2, 4), after / before, 1e-3);
    assertEquals(1, EvenFamily.eigenvalue(5, 2));
    assertEquals(EvenFamily.gaussian(), known(EvenFit.afterSum(new EvenFamily(2, 0), 3)).family());
  }

  @Test
  void samplesGiveBackTheLawWithinTheirErrors() {
    // Without coupling, the chain is a sequence of independent sites.
    double[] x = QuarticChain.of(new EvenFamily(-1, 0.5), 0).sampler().sample(100_000, 17);
    EvenFit fit = known(EvenFit.of(Arrays.stream(x).map(v -> 3 * v + 7).toArray()));
    EvenFamily.Moments m = new EvenFamily(-1, 0.5).moments();
    assertEquals(-m.m2(), fit.family().theta2(), 4 * fit.theta2Error());
    assertEquals(0.5 * m.m2() * m.m2(), fit.family().theta4(), 4 * fit.theta4Error());
    assertTrue(fit.theta4Error() < 0.02);
  }

  @Test
  void theErrorsAreThoseOfRepeatedSamples() {
    QuarticSampler sampler = QuarticChain.of(new EvenFamily(-0.5, 0.5), 0).sampler();
    EvenFamily.Moments m = new EvenFamily(-0.5, 0.5).moments();
    double squares = 0;
    int samples = 200;
    for (int s = 0; s < samples; s++) {
      EvenFit fit = known(EvenFit.of(sampler.sample(2000, CounterRandom.key(3, s))));
      double deviation = (fit.family().theta4() - 0.5 * m.m2() * m.m2()) / fit.theta4Error();
      squares += deviation * deviation / samples;
    }
    assertEquals(1, squares, 4 * Math.sqrt(2.0 / samples));
  }

  @Test
  void featuresThatHaveNoLaw() {
    assertUnknown(Status.TOO_FEW_SAMPLES, EvenFit.of(new double[] {1}));
    assertUnknown(Status.ZERO_VARIANCE, EvenFit.of(new double[] {0.1, 0.1, 0.1}));
    assertUnknown(Status.ZERO_VARIANCE, EvenFit.of(new double[2]));
    assertUnknown(Status.NOT_FINITE, EvenFit.of(new double[] {1, Double.NaN, 2}));
    assertUnknown(Status.NOT_APPLICABLE, EvenFit.of(new double[] {-1, 1, 1, -1}));
    assertUnknown(Status.NOT_APPLICABLE, EvenFit.standardised(3));
    assertUnknown(Status.NOT_APPLICABLE, EvenFit.standardised(5.2));
    assertUnknown(Status.NOT_APPLICABLE, EvenFit.standardised(Double.NaN));
  }

  @Test
  void lawsThatDoNotExist() {
    assertThrows(IllegalArgumentException.class, () -> new EvenFamily(1, -0.1));
    assertThrows(IllegalArgumentException.class, () -> new EvenFamily(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new EvenFamily(Double.NaN, 1));
  }
}
