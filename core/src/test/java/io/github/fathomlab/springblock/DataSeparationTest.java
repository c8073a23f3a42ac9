package io.github.fathomlab.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DataSeparationTest {

  static Stream<JsonNode> separationVectors() {
    JsonNode group = Vectors.field(Vectors.load("spring-block"), "separation");
    assertEquals(5, group.size());
    return IntStream.range(0, group.size()).mapToObj(group::get);
  }

  @ParameterizedTest
  @MethodSource("separationVectors")
  void agreesWithFortyDigitArithmetic(JsonNode vector) {
    JsonNode expect = Vectors.field(vector, "expect");
    int classes = (int) Vectors.number(expect, "C");
    Sample sample =
        Sample.ofRows(
            Vectors.matrix(Vectors.field(vector, "X")),
            Vectors.integers(Vectors.field(vector, "labels")),
            classes);
    Separation found = sample.measure();
    boolean nearlyDeficient = Vectors.field(vector, "name").stringValue().startsWith("D_");
    double tolerance = nearlyDeficient ? 1e-7 : 1e-11;
    assertEquals(Vectors.number(expect, "logD_mp"), found.log().value(), tolerance);
    assertEquals(Status.OK, found.log().status());
    assertEquals(Vectors.number(expect, "logD_s"), found.traceRatio().value(), 1e-11);
    assertEquals(Vectors.number(expect, "log_invD"), found.invariant().value(), 1e-11);
    assertEquals(Status.OK, found.invariant().status());
    assertEquals((int) Vectors.number(expect, "rank_SigmaB"), found.betweenRank());
    assertEquals((int) Vectors.number(expect, "rank_SigmaW"), found.withinRank());
    double[] eigenvalues = Vectors.numbers(Vectors.field(expect, "eig_SigmaB_desc"));
    double condition = Math.sqrt(eigenvalues[eigenvalues.length - 1] / eigenvalues[0]);
    assertEquals(condition, found.conditionBetween(), 1e-10 * condition);
    double compatible = Vectors.number(expect, "authors_cut_logD");
    assertEquals(compatible, found.compatibleLog().value(), 1e-5);
    assertEquals((int) Vectors.number(expect, "authors_cut_rank"), found.compatibleRank());
    double theirs =
        Vectors.numbers(Vectors.field(expect, "authors_code_float32_logD_invD_logTrW_logTrB"))[0];
    assertEquals(theirs, found.compatibleLog().value(), 1e-5);
    assertEquals(
        nearlyDeficient ? Status.RANK_DEFICIENT : Status.OK, found.compatibleLog().status());
  }

  @Test
  void agreesOnTheLayersOfATinyNetwork() {
    JsonNode network = Vectors.field(Vectors.load("spring-block"), "tiny_network");
    int[] labels = Vectors.integers(Vectors.field(network, "labels"));
    JsonNode layers = Vectors.field(network, "output_after_list");
    double[] log = Vectors.numbers(Vectors.field(network, "logD_mp_per_layer"));
    double[] ratio = Vectors.numbers(Vectors.field(network, "logD_s_per_layer"));
    assertEquals(4, layers.size());
    DataSeparation measure = new DataSeparation();
    for (int l = 0; l < layers.size(); l++) {
      Separation found = Sample.ofRows(Vectors.matrix(layers.get(l)), labels, 3).measure(measure);
      assertEquals(log[l], found.log().value(), 1e-11);
      assertEquals(ratio[l], found.traceRatio().value(), 1e-11);
    }
  }

  /** Two classes at -a and a, each with two samples at a distance sigma from the mean. */
  @Test
  void hasTheClosedFormOfTwoClassesOnALine() {
    double a = 3;
    double sigma = 0.25;
    double[][] x = {{-a - sigma, -a + sigma, a - sigma, a + sigma}};
    Separation found = new Sample(x, new int[] {0, 0, 1, 1}, 2).measure();
    double expected = 2 * Math.log(sigma / a);
    assertEquals(expected, found.log().value(), 1e-14);
    assertEquals(expected, found.traceRatio().value(), 1e-14);
    assertEquals(-expected, found.invariant().value(), 1e-14);
    assertEquals(1, found.conditionBetween());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void agreesWithTheDefinitionsWordByWord(long seed) {
    Random random = new Random(seed);
    int classes = 2 + random.nextInt(5);
    int features = 1 + random.nextInt(12);
    int samples = features + 3 * classes + random.nextInt(40);
    Sample sample = Sample.random(random, features, samples, classes);
    assertPlain(sample, features);
  }

  /**
   * Linearly dependent features: the within-class scatter is singular, the means are not outside.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithThePseudoInverseOfDependentFeatures(long seed) {
    Random random = new Random(seed);
    Sample small = Sample.random(random, 4, 60, 4);
    Sample wide = small.mapped(Sample.gaussian(random, 7, 4), new double[7]);
    Separation found = assertPlain(wide, 4);
    assertEquals(4, found.withinRank());
    assertEquals(small.measure().invariant().value(), found.invariant().value(), 1e-9);
  }

  private static Separation assertPlain(Sample sample, int withinRank) {
    PlainSeparation plain = new PlainSeparation(sample);
    Separation found = sample.measure();
    assertEquals(plain.log(), found.log().value(), 1e-8);
    assertEquals(plain.traceRatio(), found.traceRatio().value(), 1e-11);
    assertEquals(plain.invariant(withinRank), found.invariant().value(), 1e-8);
    assertEquals(
        List.of(Status.OK, Status.OK, Status.OK),
        List.of(found.log().status(), found.traceRatio().status(), found.invariant().status()));
    return found;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rotationScaleAndShiftChangeNothing(long seed) {
    Random random = new Random(seed);
    int features = 3 + random.nextInt(6);
    Sample sample = Sample.random(random, features, 80, 4);
    Separation before = sample.measure();
    double[][] rotation = rotation(random, features);
    double[] shift = random.doubles(features, -5, 5).toArray();
    assertSame(before, sample.mapped(rotation, shift).measure(), 1e-9);
    for (double scale : new double[] {1e-150, 1e-5, -3, 1e150, 1e300}) {
      assertSame(before, sample.scaled(scale).measure(), 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void affineMapsChangeTheLogButNotTheInvariant(long seed) {
    Random random = new Random(seed);
    int features = 3 + random.nextInt(8);
    Sample sample = Sample.random(random, features, 90, 4);
    double[][] map = Sample.gaussian(random, features, features);
    Sample mapped = sample.mapped(map, random.doubles(features, -5, 5).toArray());
    Separation before = sample.measure();
    Separation after = mapped.measure();
    assertEquals(before.invariant().value(), after.invariant().value(), 1e-9);
    assertEquals(features, after.withinRank());
    assertTrue(Math.abs(before.log().value() - after.log().value()) > 1e-3);
    assertTrue(Math.abs(before.traceRatio().value() - after.traceRatio().value()) > 1e-3);
  }

  /** A linear layer may squeeze some directions by six orders of magnitude; nothing is lost yet. */
  @Test
  void theInvariantSurvivesAnIllConditionedMap() {
    Random random = new Random(5);
    Sample sample = Sample.random(random, 8, 200, 4);
    double[][] squeeze = rotation(random, 8);
    for (int k = 0; k < 8; k++) {
      double factor = Math.pow(10, -6.0 * k / 7);
      squeeze[k] = Arrays.stream(squeeze[k]).map(v -> factor * v).toArray();
    }
    Sample squeezed =
        sample.mapped(squeeze, new double[8]).mapped(rotation(random, 8), new double[8]);
    Separation found = squeezed.measure();
    assertEquals(Status.OK, found.invariant().status());
    assertEquals(8, found.withinRank());
    assertEquals(sample.measure().invariant().value(), found.invariant().value(), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void orderOfSamplesAndNamesOfClassesDoNotMatter(long seed) {
    Random random = new Random(seed);
    Sample sample = Sample.random(random, 5, 70, 4);
    Separation before = sample.measure();
    List<Integer> order = new ArrayList<>(IntStream.range(0, 70).boxed().toList());
    Collections.shuffle(order, random);
    int[] permutation = order.stream().mapToInt(i -> i).toArray();
    assertSame(before, sample.permuted(permutation).measure(), 1e-12);
    Separation renamed = sample.relabelled(new int[] {6, 0, 3, 4}, 9).measure();
    assertSame(before, renamed, 1e-12);
    assertEquals(4, renamed.classes());
  }

  @Test
  void reusedBuffersGiveTheSameBits() {
    Random random = new Random(3);
    DataSeparation measure = new DataSeparation();
    for (int[] size : new int[][] {{9, 80, 5}, {2, 30, 3}, {4, 200, 2}, {12, 15, 4}, {1, 9, 3}}) {
      Sample sample = Sample.random(random, size[0], size[1], size[2]);
      assertEquals(sample.measure(), sample.measure(measure));
    }
  }

  @Test
  void refusesSizesAndLabelsThatDoNotFit() {
    DataSeparation measure = new DataSeparation();
    double[] values = new double[8];
    int[] labels = {0, 1, 0, 1};
    assertThrows(IllegalArgumentException.class, () -> measure.measure(values, 4, 3, labels, 2));
    assertThrows(IllegalArgumentException.class, () -> measure.measure(values, 3, 2, labels, 2));
    assertThrows(IllegalArgumentException.class, () -> measure.measure(values, 4, 0, labels, 2));
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> measure.measure(values, 4, 2, new int[] {0, 1, 2, 0}, 2));
    assertEquals("expected labels in 0..1, found 2 at sample 2", error.getMessage());
  }

  private static void assertSame(Separation expected, Separation found, double tolerance) {
    assertEquals(expected.log().value(), found.log().value(), tolerance);
    assertEquals(expected.compatibleLog().value(), found.compatibleLog().value(), tolerance);
    assertEquals(expected.traceRatio().value(), found.traceRatio().value(), tolerance);
    assertEquals(expected.invariant().value(), found.invariant().value(), tolerance);
    assertEquals(expected.conditionBetween(), found.conditionBetween(), tolerance);
    assertEquals(expected.betweenRank(), found.betweenRank());
    assertEquals(expected.withinRank(), found.withinRank());
  }

  /** Rows of a random rotation, by Gram and Schmidt. */
  private static double[][] rotation(Random random, int n) {
    double[][] rows = Sample.gaussian(random, n, n);
    for (int i = 0; i < n; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          double overlap = dot(rows[i], rows[j]);
          for (int k = 0; k < n; k++) {
            rows[i][k] -= overlap * rows[j][k];
          }
        }
      }
      double length = Math.sqrt(dot(rows[i], rows[i]));
      rows[i] = Arrays.stream(rows[i]).map(v -> v / length).toArray();
    }
    return rows;
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
