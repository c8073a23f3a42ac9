package io.github.fathomlab.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.springblock.Separation.Measure;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeparationDegenerateTest {
  private static final int[] PAIRS = {0, 0, 1, 1};

  static Stream<Arguments> nothingToMeasure() {
    return Stream.of(
        Arguments.of("no sample", sample(new double[][] {{}, {}}), Status.TOO_FEW_SAMPLES),
        Arguments.of("one sample", sample(new double[][] {{1}, {2}}, 0), Status.TOO_FEW_SAMPLES),
        Arguments.of(
            "every sample its class",
            sample(new double[][] {{1, 5}}, 0, 1),
            Status.TOO_FEW_SAMPLES),
        Arguments.of("one class", sample(new double[][] {{1, 2, 4}}, 2, 2, 2), Status.ONE_CLASS),
        Arguments.of(
            "zero matrix", sample(new double[][] {{0, 0, 0, 0}}, PAIRS), Status.ZERO_VARIANCE),
        Arguments.of(
            "constant", sample(new double[][] {{.1, .1, .1, .1}}, PAIRS), Status.ZERO_VARIANCE),
        Arguments.of(
            "collapsed to the class means",
            sample(new double[][] {{.1, .1, .7, .7}, {.3, .3, -.9, -.9}}, PAIRS),
            Status.ZERO_VARIANCE),
        Arguments.of(
            "NaN", sample(new double[][] {{1, 2, Double.NaN, 4}}, PAIRS), Status.NOT_FINITE),
        Arguments.of(
            "NaN first", sample(new double[][] {{Double.NaN, 2, 3, 4}}, PAIRS), Status.NOT_FINITE),
        Arguments.of(
            "infinity",
            sample(new double[][] {{1, 2, 3, Double.NEGATIVE_INFINITY}}, PAIRS),
            Status.NOT_FINITE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nothingToMeasure")
  void givesTheReasonInsteadOfNumbers(String name, Sample sample, Status reason) {
    Separation found = sample.measure();
    for (Measure measure : measures(found)) {
      assertEquals(new Measure(Double.NaN, reason), measure, name);
    }
    assertEquals(0, found.betweenRank());
  }

  @Test
  void aClassWithOneSampleCounts() {
    Sample sample = sample(new double[][] {{0, 2, 10}}, 0, 0, 1);
    Separation found = sample.measure();
    // Sigma_W = 2/3, Sigma_B = 2/9 * 81 = 18
    assertEquals(Math.log(2.0 / 3 / 18), found.log().value(), 1e-14);
    assertEquals(Status.OK, found.log().status());
    assertEquals(Math.log(27), found.invariant().value(), 1e-14);
  }

  @Test
  void equalMeansLeaveNoDirection() {
    Separation found = sample(new double[][] {{-1, 1, -2, 2}}, PAIRS).measure();
    for (Measure measure : measures(found)) {
      assertEquals(new Measure(Double.NaN, Status.RANK_DEFICIENT), measure);
    }
    assertEquals(0, found.betweenRank());
    assertTrue(Double.isNaN(found.conditionBetween()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalMeansUpToRoundingLeaveNoDirection(long seed) {
    double[] half = new Random(seed).doubles(501, -1, 3).toArray();
    double[] both = new double[1002];
    int[] labels = new int[1002];
    for (int i = 0; i < 501; i++) {
      both[i] = half[i];
      both[1001 - i] = half[i];
      labels[i] = 1;
    }
    assertEquals(0, sample(new double[][] {both}, labels).measure().betweenRank());
  }

  /**
   * Three class means on a line: one of two directions is lost, the others measure what is left.
   */
  @Test
  void collinearMeansAreRankDeficient() {
    Random random = new Random(4);
    double[][] x = new double[2][30];
    int[] labels = new int[30];
    for (int i = 0; i < 30; i += 2) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      labels[i] = (i / 2) % 3;
      labels[i + 1] = labels[i];
      x[0][i] = labels[i] + a;
      x[0][i + 1] = labels[i] - a;
      x[1][i] = 2 * labels[i] + b;
      x[1][i + 1] = 2 * labels[i] - b;
    }
    Separation found = new Sample(x, labels, 3).measure();
    assertEquals(Status.RANK_DEFICIENT, found.log().status());
    assertEquals(1, found.betweenRank());
    assertEquals(2, found.expectedRank());
    assertTrue(Double.isFinite(found.log().value()));
    assertEquals(Status.OK, found.traceRatio().status());
    assertEquals(Status.OK, found.invariant().status());
  }

  /** A direction of 1e-9 of the largest is measured, but its sum is too inexact for loads. */
  @Test
  void aTinyDirectionIsFlagged() {
    double[][] x = {{-1, 1, 9, 11, 19, 21}, {-1, 1, -1 + 1e-8, 1 + 1e-8, -1, 1}};
    Separation found = new Sample(x, new int[] {0, 0, 1, 1, 2, 2}, 3).measure();
    assertEquals(2, found.betweenRank());
    assertTrue(found.conditionBetween() < 1e-8);
    assertEquals(Status.RANK_DEFICIENT, found.log().status());
  }

  @Test
  void constantFeaturesChangeNothing() {
    Sample sample = Sample.random(new Random(8), 4, 50, 3);
    double[][] x = Arrays.copyOf(sample.x(), 6);
    x[4] = new double[50];
    x[5] = new double[50];
    Arrays.fill(x[5], 1e9 / 3);
    Separation before = sample.measure();
    Separation after = new Sample(x, sample.labels(), 3).measure();
    assertEquals(before.log().value(), after.log().value(), 1e-12);
    assertEquals(before.traceRatio().value(), after.traceRatio().value(), 1e-12);
    assertEquals(before.invariant().value(), after.invariant().value(), 1e-12);
    assertEquals(Status.OK, after.invariant().status());
    assertEquals(4, after.withinRank());
  }

  /** A feature that is the label: perfect separation, which a pseudo-inverse does not see. */
  @Test
  void perfectSeparationIsFlagged() {
    double[][] x = {{.1, .1, .1, .7, .7, .7}, {1, 2, 4, 3, 3, 5}};
    Separation found = new Sample(x, new int[] {0, 0, 0, 1, 1, 1}, 2).measure();
    assertEquals(Status.RANK_DEFICIENT, found.invariant().status());
    assertEquals(1, found.withinRank());
    assertEquals(Status.OK, found.log().status());
    double[][] turned = {new double[6], new double[6]};
    for (int i = 0; i < 6; i++) {
      turned[0][i] = x[0][i] + x[1][i];
      turned[1][i] = x[0][i] - x[1][i];
    }
    Separation after = new Sample(turned, new int[] {0, 0, 0, 1, 1, 1}, 2).measure();
    assertEquals(Status.RANK_DEFICIENT, after.invariant().status());
    assertEquals(1, after.withinRank());
    assertEquals(found.log().value(), after.log().value(), 1e-12);
  }

  @Test
  void noVarianceAlongTheClassesHasNoLog() {
    double[][] x = {{.1, .1, .7, .7}, {-1, 1, -1, 1}};
    Separation found = sample(x, PAIRS).measure();
    assertEquals(new Measure(Double.NaN, Status.ZERO_VARIANCE), found.log());
    assertEquals(Status.OK, found.traceRatio().status());
    assertEquals(Math.log(1 / .09), found.traceRatio().value(), 1e-12);
    assertEquals(Status.RANK_DEFICIENT, found.invariant().status());
  }

  @Test
  void duplicateSamplesChangeNothing() {
    Sample sample = Sample.random(new Random(9), 5, 40, 3);
    int[] twice = new int[80];
    Arrays.setAll(twice, i -> i / 2);
    Separation before = sample.measure();
    Separation after = sample.permuted(twice).measure();
    assertEquals(before.log().value(), after.log().value(), 1e-12);
    assertEquals(before.invariant().value(), after.invariant().value(), 1e-12);
  }

  /** Fewer samples than features: class means are known, the inverse of Sigma_W is not. */
  @Test
  void moreFeaturesThanSamples() {
    Separation found = Sample.random(new Random(2), 30, 12, 3).measure();
    assertEquals(Status.OK, found.log().status());
    assertEquals(Status.OK, found.traceRatio().status());
    assertEquals(Status.TOO_FEW_SAMPLES, found.invariant().status());
    assertEquals(9, found.withinRank());
  }

  @Test
  void fewerFeaturesThanClasses() {
    Separation found = Sample.random(new Random(2), 2, 60, 6).measure();
    assertEquals(2, found.expectedRank());
    assertEquals(2, found.betweenRank());
    assertEquals(Status.OK, found.log().status());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-150, 1e150, 1e307})
  void extremeScalesMeasureTheSame(double scale) {
    double[][] x = {{-1, 1, 4, 5}, {2, -3, 1, 0}};
    Separation expected = sample(x, PAIRS).measure();
    Separation found = sample(x, PAIRS).scaled(scale).measure();
    for (int i = 0; i < 4; i++) {
      assertEquals(measures(expected)[i].value(), measures(found)[i].value(), 1e-12);
      assertEquals(measures(expected)[i].status(), measures(found)[i].status());
    }
  }

  private static Sample sample(double[][] x, int... labels) {
    return new Sample(x, labels, 3);
  }

  private static Measure[] measures(Separation separation) {
    return new Measure[] {
      separation.log(), separation.compatibleLog(), separation.traceRatio(), separation.invariant()
    };
  }
}
