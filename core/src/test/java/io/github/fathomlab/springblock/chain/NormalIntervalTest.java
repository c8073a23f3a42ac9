package io.github.fathomlab.springblock.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalIntervalTest {

  /** log of the integral of φ, its largest value taken out, over the part that counts. */
  private static double integrated(double low, double high) {
    double top = low > 0 ? low : Math.min(high, 0);
    double from = Math.max(low, top - 40 / (1 + Math.abs(top)));
    double to = Math.min(high, top + 40 / (1 + Math.abs(top)));
    double sum = 0;
    int pieces = 60;
    GaussIntegratorFactory gauss = new GaussIntegratorFactory();
    for (int i = 0; i < pieces; i++) {
      double begin = from + (to - from) * i / pieces;
      double end = from + (to - from) * (i + 1) / pieces;
      sum += gauss.legendre(10, begin, end).integrate(t -> Math.exp(-(t - top) * (t + top) / 2));
    }
    return Math.log(sum) - top * top / 2 - Math.log(2 * Math.PI) / 2;
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1",
    "-0.3, 2",
    "0.1, 0.4",
    "-3, -1",
    "5, 9",
    "-30, -29",
    "30, 30.001",
    "-1e-9, 1e-9",
    "8, 8.0001",
    "-40, 1",
    "-2, 40",
    "0.2, 0.7",
    "0.2, 0.70001",
    "100, 101",
    "-0.25, 0.25"
  })
  void agreesWithQuadrature(double low, double high) {
    double expected = integrated(low, high);
    double found = NormalInterval.log(low, high);
    assertEquals(expected, found, 1e-11 * Math.max(1, Math.abs(expected)));
    assertEquals(found, NormalInterval.log(-high, -low), 1e-13 * Math.max(1, Math.abs(found)));
  }

  @ParameterizedTest
  @CsvSource({"-2", "0", "0.5", "3", "6"})
  void halfLinesAreThoseOfTheErrorFunction(double end) {
    double expected = Math.log(Erf.erfc(-end / Math.sqrt(2)) / 2);
    assertEquals(
        expected, NormalInterval.log(Double.NEGATIVE_INFINITY, end), 1e-13 + 1e-12 * -expected);
    assertEquals(
        expected, NormalInterval.log(-end, Double.POSITIVE_INFINITY), 1e-13 + 1e-12 * -expected);
    assertEquals(0, NormalInterval.of(Double.NEGATIVE_INFINITY, end).atLow());
  }

  /** No jump where one formula takes over from the other. */
  @Test
  void growsWithTheInterval() {
    for (double low = -12; low < 12; low += 0.37) {
      double last = Double.NEGATIVE_INFINITY;
      for (double width = 1e-4; width < 20; width *= 1.03) {
        double log = NormalInterval.log(low, low + width);
        assertTrue(log >= last - 1e-13 * Math.abs(last) && log <= 0, low + " " + width);
        last = log;
      }
    }
  }
}
