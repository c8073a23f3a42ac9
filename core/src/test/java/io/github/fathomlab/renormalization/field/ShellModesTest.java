package io.github.fathomlab.renormalization.field;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static io.github.fathomlab.renormalization.field.FieldVectors.assertUnknown;
import static io.github.fathomlab.renormalization.field.FieldVectors.known;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Lapack;
import io.github.fathomlab.renormalization.field.GaussianMap.BlockAverage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ShellModesTest {

  static List<JsonNode> windows() {
    return FieldVectors.rows("kms_momentum_shell");
  }

  static List<JsonNode> scaling() {
    return FieldVectors.rows("kms_scaling_phi0p7_M1");
  }

  static List<JsonNode> thermometers() {
    return FieldVectors.rows("ar1_thermometer_bayes");
  }

  @ParameterizedTest
  @MethodSource("windows")
  void modesOfAWindow(JsonNode vector) {
    int sites = field(vector, "W").intValue();
    ShellModes modes = new ShellModes(number(vector, "phi"), sites);
    assertArrayEquals(numbers(field(vector, "eigenvalues_desc")), modes.values(), 1e-9);
    assertArrayEquals(numbers(field(vector, "theta_k")), modes.momenta(), 1e-9);
    for (JsonNode kept : field(vector, "pca").valueStream().toList()) {
      int m = field(kept, "M").intValue();
      assertEquals(number(kept, "mse_opt"), modes.minimalLoss(m), 1e-9);
      assertEquals(number(kept, "R2_edge"), modes.edgeShare(m), 1e-9);
      assertEquals(number(kept, "rho"), modes.correlation(m), 1e-9);
      assertEquals(number(kept, "K_M"), modes.coupling(m), 1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("scaling")
  void oneModeOfAWiderWindow(JsonNode vector) {
    int sites = field(vector, "W").intValue();
    double shell = number(vector, "rho_pca");
    assertEquals(shell, new ShellModes(0.7, sites).correlation(1), 1e-9 * shell);
    double average = number(vector, "rho_blockavg");
    BlockedChain blocks = new BlockAverage(sites).apply(BlockedChain.of(new GaussianChain(0.7, 1)));
    assertEquals(average, blocks.correlation(1), 1e-9 * average);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 1", "0.3, 2", "0.7, 9", "0.99, 24", "0.5, 25"})
  void theModesAreTheEigenvectorsOfTheCovariance(double phi, int sites) {
    ShellModes modes = new ShellModes(phi, sites);
    GaussianChain chain = new GaussianChain(phi, 1);
    double[] matrix = new double[sites * sites];
    Arrays.setAll(matrix, k -> chain.covariance(k / sites - k % sites));
    double[] values = Lapack.eigenvalues(matrix, sites);
    for (int k = 0; k < sites; k++) {
      assertEquals(values[sites - 1 - k], modes.values()[k], 1e-13 * sites);
      double[] u = modes.vector(k);
      for (int i = 0; i < sites; i++) {
        double image = 0;
        for (int j = 0; j < sites; j++) {
          image += matrix[i * sites + j] * u[j];
        }
        assertEquals(modes.values()[k] * u[i], image, 1e-13 * sites);
      }
      for (int other = 0; other <= k; other++) {
        double product = 0;
        for (int j = 0; j < sites; j++) {
          product += u[j] * modes.vector(other)[j];
        }
        assertEquals(other == k ? 1 : 0, product, 1e-13 * sites);
      }
    }
    assertEquals(1, modes.edgeShare(sites), 1e-13);
    assertEquals(0, modes.minimalLoss(sites));
  }

  @Test
  void overlapKnowsSubspacesNotBases() {
    ShellModes modes = new ShellModes(0.7, 12);
    double[][] mixed = new double[3][12];
    double[][] random = new double[3][12];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 12; j++) {
        for (int k = 0; k < 3; k++) {
          mixed[i][j] += CounterRandom.gaussian(4, 3 * i + k) * modes.vector(k)[j];
        }
      }
    }
    assertEquals(1, modes.overlap(mixed), 1e-12);
    double mean = 0;
    int trials = 600;
    for (int trial = 0; trial < trials; trial++) {
      for (int k = 0; k < 36; k++) {
        random[k / 12][k % 12] = CounterRandom.gaussian(CounterRandom.key(6, trial), k);
      }
      mean += modes.overlap(random) / trials;
    }
    assertEquals(3.0 / 12, mean, 0.02);
    double[][] others = {modes.vector(3), modes.vector(7), modes.vector(11)};
    assertEquals(0, modes.overlap(others), 1e-12);
    double[][] once = {modes.vector(0), modes.vector(0), modes.vector(0)};
    assertEquals(1.0 / 3, modes.overlap(once), 1e-12);
    assertEquals(0, modes.overlap(new double[3][12]));
    assertThrows(IllegalArgumentException.class, () -> modes.overlap(new double[3][11]));
  }

  @Test
  void exactModesGiveBackTheChain() {
    for (double phi : new double[] {0.1, 0.7, 0.9}) {
      ShellModes modes = new ShellModes(phi, 16);
      for (int kept = 2; kept <= 16; kept++) {
        ShellFit fit =
            known(
                ShellFit.of(
                    Arrays.copyOf(modes.momenta(), kept), Arrays.copyOf(modes.values(), kept)));
        double g = new GaussianChain(phi, 1).stiffness();
        assertEquals(g, fit.ratio(), 1e-10 * g);
        assertEquals((1 - phi) / (1 + phi), fit.mass(), 1e-10);
      }
    }
    assertUnknown(Status.ZERO_VARIANCE, ShellFit.of(new double[] {0.1, 0.2}, new double[] {1, 0}));
    assertUnknown(Status.NOT_APPLICABLE, ShellFit.of(new double[] {0.5, 1}, new double[] {5, 0.2}));
    assertThrows(
        IllegalArgumentException.class, () -> ShellFit.of(new double[] {1}, new double[] {1}));
  }

  @ParameterizedTest
  @MethodSource("thermometers")
  void theBestThermometer(JsonNode vector) {
    GaussianThermometer thermometer =
        new GaussianThermometer(
            field(vector, "b").intValue(), number(vector, "phi0"), number(vector, "phi1"));
    GaussianThermometer.Output output = thermometer.on(number(vector, "phi_eval"));
    assertEquals(number(vector, "var"), output.variance(), 1e-10);
    assertEquals(number(vector, "rho1_bayes"), output.correlation(), 1e-10);
    assertEquals(number(vector, "lag_ratio"), output.ratio(), 1e-10);
    assertEquals(number(vector, "lag_ratio_odd"), output.oddRatio(), 1e-10);
  }

  @Test
  void windowsWithoutModesAndThermometersWithoutDifference() {
    for (double phi : new double[] {0, 1, -0.5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new ShellModes(phi, 4));
    }
    assertThrows(IllegalArgumentException.class, () -> new ShellModes(0.5, 0));
    ShellModes modes = new ShellModes(0.5, 4);
    assertThrows(IllegalArgumentException.class, () -> modes.edgeShare(5));
    assertThrows(IllegalArgumentException.class, () -> modes.minimalLoss(0));
    assertThrows(IllegalArgumentException.class, () -> new GaussianThermometer(1, 0.1, 0.2));
    assertThrows(IllegalArgumentException.class, () -> new GaussianThermometer(4, 0.2, 0.2));
    assertThrows(IllegalArgumentException.class, () -> new GaussianThermometer(4, 0.2, 1));
    assertEquals(0, new GaussianThermometer(4, 0.3, 0.8).on(0).correlation());
  }
}
