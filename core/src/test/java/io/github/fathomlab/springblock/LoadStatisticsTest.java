package io.github.fathomlab.springblock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.springblock.Separation.Measure;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LoadStatisticsTest {

  static Stream<JsonNode> loadVectors() {
    JsonNode group = Vectors.field(Vectors.load("spring-block"), "load_statistics");
    assertEquals(3, group.size());
    return IntStream.range(0, group.size()).mapToObj(group::get);
  }

  @ParameterizedTest
  @MethodSource("loadVectors")
  void agreesWithTheVectors(JsonNode vector) {
    LoadCurve curve = LoadCurve.of(Vectors.numbers(Vectors.field(vector, "D")));
    assertArrayEquals(Vectors.numbers(Vectors.field(vector, "load_all")), curve.loads(), 1e-15);
    assertVector(Vectors.field(vector, "drop_last"), curve.statistics(true));
    assertVector(Vectors.field(vector, "keep_all"), curve.statistics(false));
  }

  private static void assertVector(JsonNode expect, LoadStatistics found) {
    assertEquals(Status.OK, found.status());
    assertEquals(Vectors.number(expect, "v_popstd_of_load"), found.spread(), 1e-12);
    assertEquals(Vectors.number(expect, "c_sum_second_diff"), found.curvature(), 1e-12);
    assertEquals(Vectors.number(expect, "load_slope_OLS"), found.tilt(), 1e-12);
    assertEquals(Vectors.number(expect, "load_slope_se"), found.tiltError(), 1e-12);
    double meanLoad = Vectors.number(expect, "mean_load");
    assertEquals(meanLoad, found.meanLoad(), 1e-12);
    assertEquals(found.tilt() * (found.loads() - 1) / 2 / meanLoad, found.relativeTilt(), 1e-12);
    assertEquals(Vectors.number(expect, "equisep_slope"), found.separationSlope(), 1e-12);
    assertEquals(Vectors.number(expect, "equisep_intercept"), found.separationIntercept(), 1e-12);
    assertEquals(Vectors.number(expect, "pearson_r"), found.correlation(), 1e-12);
    assertEquals(Vectors.number(expect, "rho_geometric"), found.ratio(), 1e-12);
  }

  /** Arithmetic loads 1, 1+t, 1+2t, ...: the tilt is t without error, q runs from first to last. */
  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0, 0.25})
  void arithmeticLoadsHaveTheirIncrementAsTilt(double t) {
    double[] separations = new double[8];
    for (int l = 1; l < 8; l++) {
      separations[l] = separations[l - 1] - (1 + t * (l - 1));
    }
    LoadStatistics found = LoadCurve.of(separations).statistics(false);
    double mean = 1 + 3 * t;
    assertEquals(t, found.tilt(), 1e-14);
    assertEquals(0, found.tiltError(), 1e-14);
    assertEquals(3 * t / mean, found.relativeTilt(), 1e-14);
    assertEquals(-6 * t, found.curvature(), 1e-14);
    assertEquals(2 * Math.abs(t), found.spread(), 1e-14);
  }

  @Test
  void shiftChangesNothingAndScaleScales() {
    Random random = new Random(7);
    double[] d = random.doubles(9, 0, 1).map(v -> v * v).sorted().toArray();
    double[] falling = IntStream.range(0, 9).mapToDouble(l -> -d[l]).toArray();
    double[] moved = IntStream.range(0, 9).mapToDouble(l -> 5 - 2 * d[l]).toArray();
    LoadStatistics a = LoadCurve.of(falling).statistics(true);
    LoadStatistics b = LoadCurve.of(moved).statistics(true);
    assertEquals(2 * a.tilt(), b.tilt(), 1e-13);
    assertEquals(2 * a.spread(), b.spread(), 1e-13);
    assertEquals(a.relativeTilt(), b.relativeTilt(), 1e-12);
    assertEquals(a.correlation(), b.correlation(), 1e-13);
    assertEquals(7, a.loads());
  }

  @Test
  void saysWhyLoadsMeanNothing() {
    assertEquals(Status.NOT_DECREASING, LoadCurve.of(1, 2, 1.5, 3).statistics(false).status());
    assertEquals(Status.NOT_DECREASING, LoadCurve.of(1, 1, 1, 1, 1).statistics(false).status());
    assertEquals(Status.NOT_APPLICABLE, LoadCurve.of(3, 2, 1).statistics(false).status());
    assertEquals(Status.NOT_APPLICABLE, LoadCurve.of(3, 2).statistics(true).status());
    assertEquals(Status.NOT_FINITE, LoadCurve.of(3, Double.NaN, 1, 0).statistics(false).status());
    List<Measure> flagged =
        List.of(
            new Measure(3, Status.OK),
            new Measure(2, Status.RANK_DEFICIENT),
            new Measure(1, Status.OK),
            new Measure(0.5, Status.OK));
    LoadStatistics found = LoadCurve.of(flagged).statistics(false);
    assertEquals(Status.RANK_DEFICIENT, found.status());
    assertTrue(Double.isFinite(found.tilt()));
    assertThrows(IllegalArgumentException.class, () -> LoadCurve.of(1));
  }
}
