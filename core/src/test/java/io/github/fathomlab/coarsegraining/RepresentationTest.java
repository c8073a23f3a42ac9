package io.github.fathomlab.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.instrument.Status;
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
    Representation layer = ofRows(Vectors.matrix(Vectors.field(vector, "matrix")));
    SpectralRanks ranks = layer.ranks();
    JsonNode centred = Vectors.field(vector, "centred");
    assertAll(
        () -> near(Vectors.number(centred, "erank_sv"), ranks.effective()),
        () -> near(Vectors.number(centred, "erank_cov"), ranks.effectiveCovariance()),
        () -> near(Vectors.number(centred, "participation_ratio"), ranks.participation()),
        () -> near(Vectors.number(centred, "stable_rank"), ranks.stable()));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void kernelChangeAgreesWithReference(JsonNode vector) {
    Representation x = ofRows(Vectors.matrix(Vectors.field(vector, "X")));
    Representation y = ofRows(Vectors.matrix(Vectors.field(vector, "Y")));
    KernelChange change = x.changeTo(y);
    assertAll(
        () -> near(Vectors.number(vector, "cka"), change.cka()),
        () -> near(Vectors.number(vector, "one_minus_cka"), change.drift()),
        () -> assertEquals(Vectors.number(vector, "frobenius_drift"), change.frobenius(), 1e-7));
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
    int features = rows[0].length;
    double[] values = new double[rows.length * features];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < features; k++) {
        values[k * rows.length + i] = rows[i][k];
      }
    }
    return Representation.of(values, features, rows.length);
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
