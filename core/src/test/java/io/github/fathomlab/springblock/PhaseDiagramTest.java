package io.github.fathomlab.springblock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phase diagram makes of the table of a sweep. */
class PhaseDiagramTest {
  private static final String MEASURE = "separation.trace_ratio";
  private static final String DROPOUT = "network.dropout";
  private static final String SLOPE = "network.activation.slope";
  private static final long LAST = 40;

  /** Before and after the training of one replica; the value marks where a curve came from. */
  private static Table trained(Table table, int replica, double mark) {
    return table
        .curve(MEASURE, 0, replica, -mark, -mark, -mark, -mark, -mark)
        .curve(MEASURE, LAST, replica, 4 + mark, 3 + mark, 2 + mark, 1 + mark, mark);
  }

  /** One training at each place of one axis of noise. */
  private static Table row(String key, double... noises) {
    Table table = new Table();
    for (int r = 0; r < noises.length; r++) {
      trained(table.at(key, r, noises[r]), r, noises[r]);
    }
    return table;
  }

  private static PhaseDiagram diagram(Table table) {
    return PhaseDiagram.of(table, MEASURE).orElseThrow();
  }

  private static PhaseDiagram.Cell only(Table table) {
    List<PhaseDiagram.Cell> cells = diagram(table).cells();
    assertEquals(1, cells.size());
    return cells.getFirst();
  }

  private static List<Double> ends(PhaseDiagram diagram) {
    return diagram.cells().stream().map(cell -> cell.meanCurve()[4]).toList();
  }

  /** The cases of a grid are no direction of a diagram, and no two of them may be mixed. */
  @Test
  void aSweepOfCasesMakesNoDiagram() {
    Table table = row(DROPOUT, 0.3, 0, 0.1);
    assertTrue(PhaseDiagram.of(table, MEASURE).isPresent());
    assertTrue(PhaseDiagram.of(table.at("case", 0, 1), MEASURE).isEmpty());
    assertTrue(PhaseDiagram.of(row("case", 0, 1), MEASURE).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DROPOUT,
        "optimizer.learning_rate",
        "noise.temperature",
        "noise.labels + noise.inputs",
        "noise.labels+noise.inputs"
      })
  void noiseGrowsAlongARow(String key) {
    PhaseDiagram diagram = diagram(row(key, 0.3, 0, 0.1));
    assertEquals(key, diagram.noise().key());
    assertEquals(List.of(0.0, 0.1, 0.3), diagram.noise().values());
    assertEquals(List.of(0.0, 0.1, 0.3), ends(diagram), "every cell has its own curve");
    assertEquals(0.3, diagram.strength(0.3));
  }

  @Test
  void smallBatchesAreTheNoisyOnes() {
    PhaseDiagram diagram = diagram(row("training.batch", 10, 100, 50));
    assertEquals(List.of(100.0, 50.0, 10.0), diagram.noise().values());
    assertEquals(List.of(100.0, 50.0, 10.0), ends(diagram));
    assertTrue(diagram.strength(10) > diagram.strength(50));
    assertEquals(0.1, diagram.strength(10));
  }

  @Test
  void withoutAnAxisOfSlopesThereIsOneRow() {
    PhaseDiagram diagram = diagram(row(DROPOUT, 0, 0.1));
    assertNull(diagram.nonlinearity());
    assertEquals(1, diagram.rows().size());
    assertTrue(Double.isNaN(diagram.cells().getFirst().slope()));
  }

  @Test
  void theMostNonlinearRowIsTheFirstAndMissingCellsAreEmpty() {
    Table table = new Table();
    trained(table.at(SLOPE, 0, 1).at(DROPOUT, 0, 0.1), 0, 1);
    trained(table.at(SLOPE, 1, 0).at(DROPOUT, 1, 0.1), 1, 2);
    trained(table.at(SLOPE, 2, 0).at(DROPOUT, 2, 0), 2, 3);
    PhaseDiagram diagram = diagram(table);
    PhaseDiagram.Axis slopes = Objects.requireNonNull(diagram.nonlinearity());
    assertEquals(SLOPE, slopes.key());
    assertEquals(List.of(0.0, 1.0), slopes.values());
    assertEquals(3, diagram.rows().get(0).get(0).meanCurve()[4]);
    assertEquals(2, diagram.rows().get(0).get(1).meanCurve()[4]);
    assertEquals(1, diagram.rows().get(1).get(1).meanCurve()[4]);
    PhaseDiagram.Cell missing = diagram.rows().get(1).get(0);
    assertEquals(1, missing.slope());
    assertEquals(0, missing.noise());
    assertEquals(0, missing.lost());
    assertEquals(0, missing.meanCurve().length);
    assertEquals(Phase.UNDECIDED, missing.phase().phase());
    assertTrue(Double.isNaN(missing.accuracy()) && Double.isNaN(missing.accuracyError()));
  }

  @Test
  void otherAxesMakeNoDiagram() {
    Optional<PhaseDiagram> none = Optional.empty();
    assertEquals(none, PhaseDiagram.of(new Table(), MEASURE));
    assertEquals(none, PhaseDiagram.of(trained(new Table(), 0, 0), MEASURE), "no sweep");
    assertEquals(none, PhaseDiagram.of(row(SLOPE, 0, 1), MEASURE), "no noise");
    assertEquals(none, PhaseDiagram.of(row(DROPOUT, 0, 1), "separation.log"), "no such measure");
    Table two = row(DROPOUT, 0, 0.1).at("training.batch", 0, 10).at("training.batch", 1, 20);
    assertEquals(none, PhaseDiagram.of(two, MEASURE), "two axes of noise");
    assertEquals(none, PhaseDiagram.untrained(two, MEASURE));
    Table slopes = row(DROPOUT, 0).at(SLOPE, 0, 0).at("network.other.slope", 0, 0);
    assertEquals(none, PhaseDiagram.of(slopes, MEASURE), "two axes of slopes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"training.epochs", "network.depth", "data.seed", DROPOUT + " + network.depth"})
  void whatIsNoNoiseMakesNoDiagram(String key) {
    assertEquals(Optional.empty(), PhaseDiagram.of(row(key, 1, 2), MEASURE));
    Table beside = row(DROPOUT, 0, 0.1).at(key, 0, 1).at(key, 1, 2);
    assertEquals(Optional.empty(), PhaseDiagram.of(beside, MEASURE), "nor beside noise");
  }

  @Test
  void replicasWithoutACurveAtTheirEndAreLost() {
    Table table = new Table();
    for (int r = 0; r < 4; r++) {
      table.at(DROPOUT, r, 0.1).number("accuracy.test", 0, r, 0.1);
    }
    trained(table, 0, 0).number("accuracy.test", LAST, 0, 0.9);
    table.curve(MEASURE, 0, 1, 4, 4, 4, 4, 4).number("accuracy.test", LAST, 1, 0.5);
    table.curve(MEASURE, LAST, 2, 4, 3).number("accuracy.test", LAST, 2, 0.5);
    PhaseDiagram.Cell cell = only(table);
    assertEquals(1, cell.curves().size());
    assertEquals(3, cell.lost(), "diverged, half a curve, not measured at all");
    assertEquals(List.of(0.9), cell.accuracies(), "of the same replicas");
    assertArrayEquals(new double[] {4, 3, 2, 1, 0}, cell.meanCurve());
    assertEquals(Phase.UNDECIDED, cell.phase().phase());
  }

  @Test
  void aReplicaWithoutAUsableAccuracyKeepsItsCurve() {
    Table table = trained(row(DROPOUT, 0.1).at(DROPOUT, 1, 0.1), 1, 0.1);
    table.number("accuracy.test", LAST, 0, 0.7);
    table.add("accuracy.test", LAST, -1, 1, Double.NaN, Status.NOT_FINITE);
    assertEquals(2, only(table).curves().size());
    assertEquals(List.of(0.7), only(table).accuracies());
    assertTrue(Double.isNaN(only(table).accuracyError()), "of one replica");
  }

  @Test
  void aLostDirectionMakesThePhaseUndefined() {
    Table table = row(DROPOUT, 0.1, 0.1, 0.1);
    assertEquals(Phase.LINEAR, only(table).phase().phase());
    table.add(MEASURE, LAST, 2, 1, 1.5, Status.RANK_DEFICIENT);
    assertEquals(Phase.UNDEFINED, only(table).phase().phase());
    assertEquals(0, only(table).lost(), "it was measured");
  }

  @Test
  void theInvariantSeparationGrowsAndHasItsSignTurned() {
    Table table = row(DROPOUT, 0.1).curve("separation.invariant", LAST, 0, -3, -2.5, -1, 0, 2);
    PhaseDiagram diagram = PhaseDiagram.of(table, "separation.invariant").orElseThrow();
    LoadCurve curve = diagram.cells().getFirst().curves().getFirst();
    assertArrayEquals(new double[] {3, 2.5, 1, 0, -2}, curve.separations(), 0);
    assertArrayEquals(new double[] {0.5, 1.5, 1, 2}, curve.loads());
  }

  @Test
  void meansAndErrorsAreThoseOfTheReplicas() {
    Table table = row(DROPOUT, 0.1, 0.1, 0.1).curve(MEASURE, LAST, 2, 9.1, 3.1, 2.1, 1.1, 0.1);
    double[] accuracies = {0.7, 0.8, 0.9};
    for (int r = 0; r < 3; r++) {
      table.number("accuracy.test", LAST, r, accuracies[r]);
    }
    PhaseDiagram.Cell cell = only(table);
    assertEquals((4.1 + 4.1 + 9.1) / 3, cell.meanCurve()[0], 1e-12);
    assertEquals(3.1, cell.meanCurve()[1], 1e-12);
    assertEquals(0.8, cell.accuracy(), 1e-12);
    assertEquals(0.1 / Math.sqrt(3), cell.accuracyError(), 1e-12);
  }

  @Test
  void accuracyIsThatOnHeldOutSamplesWhereThereAreSome() {
    Table table = row(DROPOUT, 0.1);
    table.number("accuracy.train", 0, 0, 0.1).number("accuracy.train", LAST, 0, 1);
    assertEquals(1, only(table).accuracy());
    table.number("accuracy.test", 0, 0, 0.2).number("accuracy.test", LAST, 0, 0.8);
    assertEquals(0.8, only(table).accuracy());
  }

  @Test
  void theNullIsTheNetworkBeforeItsFirstStep() {
    Table table = row(DROPOUT, 0, 0.1);
    for (int r = 0; r < 2; r++) {
      table.number("accuracy.test", 0, r, 0.1 + r).number("accuracy.test", LAST, r, 0.9);
    }
    PhaseDiagram untrained = PhaseDiagram.untrained(table, MEASURE).orElseThrow();
    assertEquals(List.of(0.0, 0.1), untrained.noise().values());
    assertArrayEquals(
        new double[] {-0.1, -0.1, -0.1, -0.1, -0.1}, untrained.cells().get(1).meanCurve());
    assertEquals(List.of(0.1), untrained.cells().get(0).accuracies());
    assertEquals(List.of(1.1), untrained.cells().get(1).accuracies());
  }

  @Test
  void aNetworkThatWasNeverTrainedHasNoEnd() {
    Table table = new Table().at(DROPOUT, 0, 0.1).curve(MEASURE, 0, 0, 4, 3, 2, 1, 0);
    assertEquals(1, only(table).lost());
    PhaseDiagram untrained = PhaseDiagram.untrained(table, MEASURE).orElseThrow();
    assertEquals(1, untrained.cells().getFirst().curves().size());
  }

  @Test
  void everyCellEndsAtItsOwnLastStep() {
    Table table = new Table();
    for (int r = 0; r < 2; r++) {
      long last = r == 0 ? 10 : 200;
      table.at("training.batch", r, r == 0 ? 100 : 5).curve(MEASURE, 0, r, 7, 7, 7, 7);
      table.curve(MEASURE, 5, r, 8, 8, 8, 8).curve(MEASURE, last, r, 3, 2, 1, r);
      table.number("accuracy.test", 0, r, 0.1).number("accuracy.test", last, r, 0.5 + r / 10.0);
    }
    PhaseDiagram diagram = diagram(table);
    assertArrayEquals(new double[] {3, 2, 1, 0}, diagram.cells().get(0).meanCurve());
    assertArrayEquals(new double[] {3, 2, 1, 1}, diagram.cells().get(1).meanCurve());
    assertEquals(0.5, diagram.cells().get(0).accuracy());
    assertEquals(0.6, diagram.cells().get(1).accuracy());
  }
}
