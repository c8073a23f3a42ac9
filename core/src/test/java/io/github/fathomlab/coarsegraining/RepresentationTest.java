package io.github.fathomlab.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RepresentationTest {
  private static final double REFERENCE = 1e-10;

  static Stream<JsonNode> spectra() {
    return Vectors.field(Vectors.load("rank-collapse"), "spectra").valueStream();
  }

  static Stream<JsonNode> kernels() {
    return Vectors.field(Vectors.load("rank-collapse"), "kernels").valueStream();
  }

  @ParameterizedTest
  @MethodSource("spectra")
  void ranksAgreeWithReference(JsonNode vector) {
    for (Origin origin : Origin.values()) {
      Representation layer =
          ofRows(Vectors.matrix(Vectors.field(vector, "matrix")), weights(vector), origin);
      SpectralRanks ranks = layer.ranks();
      String name = origin == Origin.MEAN ? "centred" : "uncentred";
      JsonNode expected = Vectors.field(vector, name);
      double[] values = Vectors.numbers(Vectors.field(expected, "singular_values"));
      double[] found = layer.spectrum();
      assertAll(
          name,
          () -> assertArrayEquals(values, Arrays.copyOf(found, values.length), REFERENCE),
          () -> near(Vectors.number(expected, "erank_sv"), ranks.effective()),
          () -> near(Vectors.number(expected, "erank_cov"), ranks.effectiveCovariance()),
          () -> near(Vectors.number(expected, "participation_ratio"), ranks.participation()),
          () -> near(Vectors.number(expected, "stable_rank"), ranks.stable()));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void kernelChangeAgreesWithReference(JsonNode vector) {
    double[][] below = Vectors.matrix(Vectors.field(vector, "X"));
    double[][] above = Vectors.matrix(Vectors.field(vector, "Y"));
    Representation x = ofRows(below, weights(vector), Origin.MEAN);
    Representation y = ofRows(above, weights(vector), Origin.MEAN);
    KernelChange change = x.changeTo(y);
    StreamUpdate update = StreamUpdate.of(features(below), features(above), weights(vector));
    JsonNode expected = Vectors.field(vector, "relative_update");
    assertAll(
        () -> near(Vectors.number(vector, "cka"), change.cka()),
        () -> near(Vectors.number(vector, "one_minus_cka"), change.drift()),
        () -> assertEquals(Vectors.number(vector, "frobenius_drift"), change.frobenius(), 1e-7),
        () -> assertEquals(expected.isNull(), update.status() == Status.NOT_APPLICABLE),
        () ->
            assertEquals(
                expected.isNull() ? Double.NaN : Vectors.number(expected),
                update.value(),
                REFERENCE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void measuresAreFreeOfRotationShiftAndScale(int seed) {
    Random random = new Random(seed);
    int samples = 5 + random.nextInt(30);
    double[][] x = gaussian(random, samples, 2 + random.nextInt(20));
    double[][] y = gaussian(random, samples, 2 + random.nextInt(20));
    double[][] moved = moved(random, x);
    SpectralRanks ranks = ofRows(x).ranks();
    SpectralRanks after = ofRows(moved).ranks();
    near(ranks.effective(), after.effective());
    near(ranks.stable(), after.stable());
    near(ofRows(x).changeTo(ofRows(y)).cka(), ofRows(moved).changeTo(ofRows(y)).cka());
    near(1, ofRows(x).changeTo(ofRows(moved)).cka());
    assertTrue(ranks.stable() <= ranks.participation() + 1e-12);
    assertTrue(ranks.participation() <= ranks.effectiveCovariance() + 1e-12);
    assertTrue(ranks.effectiveCovariance() <= ranks.effective() + 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void agreesWithKernelsWrittenOut(int seed) {
    Random random = new Random(seed);
    int samples = 3 + random.nextInt(12);
    double[][] x = gaussian(random, samples, 1 + random.nextInt(40));
    double[][] y = gaussian(random, samples, 1 + random.nextInt(40));
    double[][] k = kernel(x);
    double[][] l = kernel(y);
    double expected = inner(k, l) / Math.sqrt(inner(k, k) * inner(l, l));
    near(expected, ofRows(x).changeTo(ofRows(y)).cka());
    double participation = Math.pow(trace(k), 2) / inner(k, k);
    near(participation, ofRows(x).ranks().participation());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aWeightIsANumberOfCopies(int seed) {
    Random random = new Random(seed);
    int samples = 2 + random.nextInt(8);
    double[][] x = gaussian(random, samples, 1 + random.nextInt(20));
    double[][] y = gaussian(random, samples, 1 + random.nextInt(20));
    double[] copies = new double[samples];
    Arrays.setAll(copies, i -> i < 2 ? 1 : random.nextInt(4));
    x[samples - 1] = copies[samples - 1] == 0 ? new double[x[0].length] : x[samples - 1];
    double[][] manyX = copied(x, copies);
    double[][] manyY = copied(y, copies);
    for (Origin origin : Origin.values()) {
      double[] equal = new double[manyX.length];
      Arrays.fill(equal, 0.3);
      Representation weighted = ofRows(x, copies, origin);
      Representation many = ofRows(manyX, equal, origin);
      sameRanks(many.ranks(), weighted.ranks());
      KernelChange expected = many.changeTo(ofRows(manyY, equal, origin));
      KernelChange change = weighted.changeTo(ofRows(y, copies, origin));
      near(expected.cka(), change.cka());
      assertEquals(expected.frobenius(), change.frobenius(), 1e-7);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theOrderOfSamplesAndOfFeaturesDoesNotCount(int seed) {
    Random random = new Random(seed);
    int samples = 4 + random.nextInt(10);
    double[][] x = gaussian(random, samples, 3 + random.nextInt(12));
    double[][] y = gaussian(random, samples, 3 + random.nextInt(12));
    double[] weights = random.doubles(samples).toArray();
    double[] reversed = new double[samples];
    double[][] turnedX = new double[samples][];
    double[][] turnedY = new double[samples][];
    for (int i = 0; i < samples; i++) {
      reversed[i] = weights[samples - 1 - i];
      turnedX[i] = backwards(x[samples - 1 - i]);
      turnedY[i] = y[samples - 1 - i];
    }
    for (Origin origin : Origin.values()) {
      Representation before = ofRows(x, weights, origin);
      Representation after = ofRows(turnedX, reversed, origin);
      sameRanks(before.ranks(), after.ranks());
      near(
          before.changeTo(ofRows(y, weights, origin)).drift(),
          after.changeTo(ofRows(turnedY, reversed, origin)).drift());
    }
  }

  /** Spectra from flat to steep, on both sides of where the Gram matrix is trusted. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2, 3, 3.5, 4, 5, 7, 9, 11})
  void steepSpectraKeepTheirRank(double decades) {
    int d = 24;
    for (int samples : new int[] {d, d + 1, 3 * d}) {
      double[] s = new double[d];
      Arrays.setAll(s, i -> Math.pow(10, -decades * i / (d - 1)));
      double[][] x = rotatedDiagonal(new Random(7), s, samples);
      double[] equal = new double[samples];
      Arrays.fill(equal, 1);
      double expected = SpectralRanks.of(s).effective();
      near(expected, ofRows(x, equal, Origin.ZERO).ranks().effective());
      double[][] wide = transposed(x);
      double[] fewer = new double[d];
      Arrays.fill(fewer, 1);
      near(expected, ofRows(wide, fewer, Origin.ZERO).ranks().effective());
    }
  }

  @Test
  void fromZeroTheCommonPartIsADirection() {
    double[][] same = {{3, 4}, {3, 4}, {3, 4}};
    double[] equal = {1, 1, 1};
    Representation fromZero = ofRows(same, equal, Origin.ZERO);
    near(1, fromZero.ranks().effective());
    near(5, fromZero.spectrum()[0]);
    assertEquals(Status.ZERO_VARIANCE, ofRows(same, equal, Origin.MEAN).status());
    assertEquals(Status.ZERO_VARIANCE, ofRows(new double[3][2], equal, Origin.ZERO).status());
  }

  @Test
  void samplesWithoutAWeightAreNotThere() {
    double[][] x = {{1, 2}, {3, 5}, {Double.NaN, 7}};
    near(1, ofRows(x, new double[] {1, 2, 0}, Origin.MEAN).ranks().effective());
    assertEquals(Status.TOO_FEW_SAMPLES, ofRows(x, new double[] {0, 2, 0}, Origin.ZERO).status());
    assertEquals(Status.NOT_FINITE, ofRows(x, new double[] {1, 1, 1e-9}, Origin.ZERO).status());
    assertThrows(
        IllegalArgumentException.class, () -> ofRows(x, new double[] {1, -1, 1}, Origin.MEAN));
    assertThrows(
        IllegalArgumentException.class,
        () -> ofRows(x, new double[] {1, Double.NaN, 1}, Origin.MEAN));
  }

  @Test
  void layersOfOtherWeightsAreNotCompared() {
    double[][] x = {{1}, {2}, {4}};
    Representation one = ofRows(x, new double[] {1, 1, 1}, Origin.MEAN);
    Representation other = ofRows(x, new double[] {1, 2, 1}, Origin.MEAN);
    Representation fromZero = ofRows(x, new double[] {1, 1, 1}, Origin.ZERO);
    assertThrows(IllegalArgumentException.class, () -> one.changeTo(other));
    assertThrows(IllegalArgumentException.class, () -> one.changeTo(fromZero));
  }

  @Test
  void updatesOfTheStateHaveTheirStatus() {
    double[] q = {1, 3};
    assertEquals(2, StreamUpdate.of(new double[] {1, 1}, new double[] {3, -1}, q).value());
    near(1.5, StreamUpdate.of(new double[] {2, 0}, new double[] {5, 0}, q).value());
    double[] zero = {0, 0};
    assertEquals(Status.ZERO_VARIANCE, StreamUpdate.of(zero, new double[] {1, 1}, q).status());
    double[] broken = {1, Double.NaN};
    assertEquals(Status.NOT_FINITE, StreamUpdate.of(zero, broken, q).status());
    assertEquals(Status.OK, StreamUpdate.of(q, broken, new double[] {1, 0}).status());
  }

  @Test
  void geometricSpectrumHasItsClosedForm() {
    double[] s = new double[60];
    for (int i = 0; i < s.length; i++) {
      s[i] = Math.pow(0.5, i);
    }
    SpectralRanks ranks = SpectralRanks.of(s);
    // p_i = 2^-(i+1) has entropy 2 ln 2; q_i = 3/4 4^-i has participation 5/3
    assertEquals(4, ranks.effective(), 1e-9);
    assertEquals(5.0 / 3, ranks.participation(), 1e-12);
    assertEquals(4.0 / 3, ranks.stable(), 1e-12);
  }

  @Test
  void largeNumbersDoNotOverflow() {
    double[][] x = gaussian(new Random(3), 9, 4);
    double[][] large = new double[9][4];
    for (int i = 0; i < 9; i++) {
      for (int k = 0; k < 4; k++) {
        large[i][k] = x[i][k] * 1e200;
      }
    }
    near(ofRows(x).ranks().effective(), ofRows(large).ranks().effective());
  }

  @Test
  void saysWhyThereIsNoSpectrum() {
    assertEquals(Status.TOO_FEW_SAMPLES, Representation.of(new double[3], 3, 1).status());
    assertEquals(Status.ZERO_VARIANCE, ofRows(new double[][] {{0, 0}, {0, 0}}).status());
    double[][] constant = {{0.1, 1e6}, {0.1, 1e6}, {0.1, 1e6}};
    assertEquals(Status.ZERO_VARIANCE, ofRows(constant).status());
    double[][] broken = {{1, 2}, {3, Double.NaN}};
    Representation notFinite = ofRows(broken);
    assertEquals(Status.NOT_FINITE, notFinite.status());
    assertThrows(IllegalStateException.class, notFinite::ranks);
  }

  @Test
  void refusesOtherSamplesAndWrongSizes() {
    Representation three = ofRows(new double[][] {{1}, {2}, {4}});
    Representation two = ofRows(new double[][] {{1}, {2}});
    assertThrows(IllegalArgumentException.class, () -> three.changeTo(two));
    assertThrows(IllegalArgumentException.class, () -> Representation.of(new double[5], 2, 3));
  }

  private static void near(double expected, double found) {
    assertEquals(expected, found, REFERENCE * Math.max(1, Math.abs(expected)));
  }

  private static Representation ofRows(double[][] rows) {
    return Representation.of(features(rows), rows[0].length, rows.length);
  }

  private static Representation ofRows(double[][] rows, double[] weights, Origin origin) {
    return Representation.of(features(rows), rows[0].length, weights, origin);
  }

  private static double[] features(double[][] rows) {
    int features = rows[0].length;
    double[] values = new double[rows.length * features];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < features; k++) {
        values[k * rows.length + i] = rows[i][k];
      }
    }
    return values;
  }

  /** Those of a reference, or equal ones. */
  private static double[] weights(JsonNode vector) {
    JsonNode given = vector.get("weights");
    if (given != null && !given.isNull()) {
      return Vectors.numbers(given);
    }
    JsonNode matrix = vector.get("matrix");
    double[] equal = new double[(matrix == null ? Vectors.field(vector, "X") : matrix).size()];
    Arrays.fill(equal, 1);
    return equal;
  }

  private static double[][] gaussian(Random random, int rows, int columns) {
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int k = 0; k < columns; k++) {
        row[k] = random.nextGaussian() * (1 + k);
      }
    }
    return x;
  }

  /** A Householder reflection, a shift and a factor. */
  private static double[][] moved(Random random, double[][] x) {
    int d = x[0].length;
    double[] axis = gaussian(random, 1, d)[0];
    double norm = 0;
    for (double value : axis) {
      norm += value * value;
    }
    double[][] moved = new double[x.length][d];
    for (int i = 0; i < x.length; i++) {
      double along = 0;
      for (int k = 0; k < d; k++) {
        along += axis[k] * x[i][k];
      }
      for (int k = 0; k < d; k++) {
        moved[i][k] = 3 * (x[i][k] - 2 * along / norm * axis[k]) + k - 1;
      }
    }
    return moved;
  }

  private static void sameRanks(SpectralRanks expected, SpectralRanks found) {
    near(expected.effective(), found.effective());
    near(expected.effectiveCovariance(), found.effectiveCovariance());
    near(expected.participation(), found.participation());
    near(expected.stable(), found.stable());
  }

  private static double[][] copied(double[][] x, double[] copies) {
    List<double[]> many = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      for (int copy = 0; copy < copies[i]; copy++) {
        many.add(x[i]);
      }
    }
    return many.toArray(double[][]::new);
  }

  private static double[] backwards(double[] row) {
    double[] turned = new double[row.length];
    Arrays.setAll(turned, k -> row[row.length - 1 - k]);
    return turned;
  }

  private static double[][] transposed(double[][] x) {
    double[][] t = new double[x[0].length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < x[0].length; k++) {
        t[k][i] = x[i][k];
      }
    }
    return t;
  }

  /** A matrix (rows x d) with the given singular values, by reflections from both sides. */
  private static double[][] rotatedDiagonal(Random random, double[] s, int rows) {
    double[][] x = new double[rows][s.length];
    for (int i = 0; i < s.length; i++) {
      x[i][i] = s[i];
    }
    for (int pass = 0; pass < 2; pass++) {
      x = transposed(reflected(random, transposed(reflected(random, x))));
    }
    return x;
  }

  private static double[][] reflected(Random random, double[][] x) {
    double[] axis = random.doubles(x[0].length).map(u -> u - 0.5).toArray();
    double norm = Arrays.stream(axis).map(a -> a * a).sum();
    double[][] moved = new double[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      double along = 0;
      for (int k = 0; k < axis.length; k++) {
        along += axis[k] * x[i][k];
      }
      for (int k = 0; k < axis.length; k++) {
        moved[i][k] = x[i][k] - 2 * along / norm * axis[k];
      }
    }
    return moved;
  }

  private static double[][] kernel(double[][] x) {
    int n = x.length;
    int d = x[0].length;
    double[][] k = new double[n][n];
    for (int c = 0; c < d; c++) {
      double mean = 0;
      for (double[] row : x) {
        mean += row[c] / n;
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          k[i][j] += (x[i][c] - mean) * (x[j][c] - mean);
        }
      }
    }
    return k;
  }

  private static double inner(double[][] k, double[][] l) {
    double sum = 0;
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        sum += k[i][j] * l[i][j];
      }
    }
    return sum;
  }

  private static double trace(double[][] k) {
    double sum = 0;
    for (int i = 0; i < k.length; i++) {
      sum += k[i][i];
    }
    return sum;
  }
}
