package io.github.fathomlab.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The concentration of drift over depth, and the null it is read against. */
class ConcentrationTest {
  static Stream<JsonNode> vectors() {
    return Vectors.field(Vectors.load("rank-collapse"), "concentration").valueStream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithReference(JsonNode vector) {
    Concentration found = Concentration.of(Vectors.numbers(Vectors.field(vector, "drift")));
    assertAll(
        () -> assertEquals(Status.OK, found.status()),
        () -> assertEquals(Vectors.number(vector, "top1"), found.top1(), 1e-10),
        () -> assertEquals(Vectors.number(vector, "top2"), found.top2(), 1e-10),
        () -> assertEquals(Vectors.number(vector, "gini"), found.gini(), 1e-10),
        () -> assertEquals(Vectors.number(vector, "neff"), found.effective(), 1e-10),
        () -> assertEquals(Vectors.number(vector, "plateau"), found.plateau(), 1e-10),
        () -> assertEquals(Vectors.number(vector, "argmax"), found.position()));
  }

  @Test
  void aPlateauIsAsLongAsItsLongestRun() {
    Concentration found = Concentration.of(new double[] {0.01, 0.02, 1, 0, 0.05, 0.1, 0.5, 0.01});
    assertEquals(3, found.longest());
    assertEquals(6.0 / 8, found.plateau(), 1e-15);
    assertEquals(2, found.position());
  }

  @Test
  void chancesHaveTheirClosedForms() {
    // two spacings: the larger share exceeds s >= 1/2 with probability 2 (1 - s)
    assertEquals(0.5, Concentration.of(new double[] {3, 1}).chance(), 1e-14);
    assertEquals(1, Concentration.of(new double[] {1, 1}).chance(), 1e-14);
    // for shares of at least 1/2 only one spacing can be that long: L (1 - s)^(L-1)
    assertEquals(3 * 0.3 * 0.3, Concentration.of(new double[] {0.7, 0.2, 0.1}).chance(), 1e-14);
    // equal drifts are the least concentrated of all
    double[] even = new double[12];
    Arrays.fill(even, 0.4);
    assertEquals(1, Concentration.of(even).chance(), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 12})
  void theNullIsThatOfExponentialDrifts(int transitions) {
    Random random = new Random(transitions);
    int draws = 20_000;
    double[] sums = new double[3];
    double[] squares = new double[3];
    int unusual = 0;
    for (int draw = 0; draw < draws; draw++) {
      double[] drifts = new double[transitions];
      Arrays.setAll(drifts, l -> -Math.log(1 - random.nextDouble()));
      Concentration found = Concentration.of(drifts);
      double[] values = {found.top1(), found.top2(), found.plateau()};
      for (int k = 0; k < values.length; k++) {
        sums[k] += values[k];
        squares[k] += values[k] * values[k];
      }
      unusual += found.chance() <= 0.1 ? 1 : 0;
    }
    Concentration.Null expected = Concentration.Null.of(transitions);
    double[] means = {expected.top1(), expected.top2(), expected.plateau()};
    for (int k = 0; k < means.length; k++) {
      double mean = sums[k] / draws;
      double error = Math.sqrt(Math.max(0, squares[k] / draws - mean * mean) / draws);
      assertEquals(means[k], mean, 4.5 * error + 1e-12, "statistic " + k);
    }
    assertEquals(0.1, (double) unusual / draws, 4.5 * Math.sqrt(0.09 / draws));
  }

  @Test
  void manyTransitionsHaveABoundOfTheChance() {
    double[] drifts = new double[40];
    Arrays.fill(drifts, 1);
    drifts[7] = 10;
    double share = 10.0 / 49;
    assertEquals(40 * Math.pow(1 - share, 39), Concentration.of(drifts).chance(), 1e-12);
    drifts[7] = 1;
    assertEquals(1, Concentration.of(drifts).chance());
  }

  @Test
  void everyTransitionHasARole() {
    assertEquals(
        List.of(DepthRole.WORKS, DepthRole.MOVES, DepthRole.AT_REST, DepthRole.WORKS),
        DepthRole.of(new double[] {1, 0.5, 0.1, 0.51}));
    long atRest =
        DepthRole.of(new double[] {0.6, 0.05, 0.02, 0.01, 0.01, 0.01}).stream()
            .filter(DepthRole.AT_REST::equals)
            .count();
    assertEquals(5, atRest);
    assertEquals(List.of(), DepthRole.of(new double[] {0, 0}));
    assertEquals(List.of(), DepthRole.of(new double[] {1, Double.NaN}));
  }

  @Test
  void saysWhyThereIsNoConcentration() {
    assertEquals(Status.NOT_APPLICABLE, Concentration.of(new double[] {0.3}).status());
    assertEquals(Status.NOT_APPLICABLE, Concentration.of(new double[0]).status());
    assertEquals(Status.NOT_APPLICABLE, Concentration.of(new double[] {0, 1e-16, 0}).status());
    Concentration broken = Concentration.of(new double[] {0.3, Double.NaN});
    assertEquals(Status.NOT_FINITE, broken.status());
    assertTrue(Double.isNaN(broken.top1()) && Double.isNaN(broken.chance()));
    assertThrows(IllegalArgumentException.class, () -> Concentration.Null.of(1));
  }
}
