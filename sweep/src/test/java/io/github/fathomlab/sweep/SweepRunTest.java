package io.github.fathomlab.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.experiment.ExperimentException;
import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.experiment.Grid;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.record.RecordException;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.Recorder;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.springblock.PhaseDiagram;
import io.github.fathomlab.training.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepRunTest {
  private static final String GRID =
      """
      name: small
      axes:
        - {key: network.activation.slope, values: [0, 1]}
        - {key: network.dropout, values: [0, 0.2]}
      data: {kind: mixture, classes: 3, features: 5, samples: 120, test: 30, separation: 4, spread: 1, seed: 3}
      network: {depth: 4, width: 8, activation: {kind: leaky_relu}}
      optimizer: {kind: adam, learning_rate: 0.01}
      training: {batch: 30, steps: 40}
      replicas: 3
      measure: {learning_curve: false, separation: {times: 3}, ledger: false}
      checkpoint: {every: 10}
      """;

  /** Depend on the time or the process, and not on what was trained. */
  private static final Set<String> PASSING =
      Set.of("provenance.json", "lock", "cost.json", "report.html");

  @TempDir Path place;

  private static Grid grid(String... sets) {
    return Grid.read("grid.yaml", GRID, List.of(sets));
  }

  private SweepRun begin(String name, Grid grid, int workers) {
    return SweepRun.fresh(grid, List.of(), place.resolve(name), workers, List.of("sweep"));
  }

  private Path sweep(String name, int workers, String... sets) {
    begin(name, grid(sets), workers).execute();
    return place.resolve(name);
  }

  /** The content of every file that has to be the same, by its name. */
  private static Map<String, byte[]> files(Path sweep) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(sweep)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        if (!PASSING.contains(file.getFileName().toString())) {
          files.put(sweep.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static void assertSame(Path expected, Path found) throws IOException {
    Map<String, byte[]> wanted = files(expected);
    Map<String, byte[]> there = files(found);
    assertEquals(wanted.keySet(), there.keySet());
    for (Map.Entry<String, byte[]> file : wanted.entrySet()) {
      assertArrayEquals(file.getValue(), there.get(file.getKey()), file.getKey());
    }
  }

  private static List<Reading> readings(Path sweep, String quantity) {
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(sweep))) {
      return readings.of(quantity);
    }
  }

  @Test
  void workersDoNotChangeAByte() throws IOException {
    Path one = sweep("one", 1);
    assertSame(one, sweep("three", 3));
    assertEquals(
        4, files(one).keySet().stream().filter(f -> f.endsWith("resolved.yaml")).count() - 1);
  }

  @Test
  void aStoppedSweepResumesToTheSameBytes() throws IOException {
    Path whole = sweep("whole", 2);
    for (int stops = 1; stops <= 2; stops++) {
      Path path = place.resolve("stopped-" + stops);
      SweepRun stopped = begin("stopped-" + stops, grid(), 2);
      Thread stopper = new Thread(() -> stopAfterACell(stopped));
      stopper.start();
      SweepOutcome outcome = stopped.execute();
      assertTrue(outcome.interrupted());
      if (stops == 2) {
        SweepRun again = SweepRun.resumed(RunDirectory.open(path), List.of(), 1);
        again.stop();
        assertTrue(again.execute().interrupted());
      }
      SweepOutcome end = SweepRun.resumed(RunDirectory.open(path), List.of(), 2).execute();
      assertFalse(end.interrupted());
      assertSame(whole, path);
    }
  }

  private static void stopAfterACell(SweepRun run) {
    while (run.queue().finished() < 1) {
      Thread.onSpinWait();
    }
    run.stop();
  }

  @Test
  void rubbishOfAKilledCellDoesNoHarm() throws IOException {
    Path whole = sweep("whole", 1);
    SweepRun stopped = begin("killed", grid(), 1);
    stopped.stop();
    stopped.execute();
    Path killed = place.resolve("killed");
    Path half = killed.resolve("cells/." + grid().cells().get(2).key());
    Files.createDirectories(half.resolve("checkpoints"));
    Files.createDirectories(half.resolve("readings"));
    Files.writeString(half.resolve("readings/part-00000.parquet.tmp"), "half");
    SweepRun.resumed(RunDirectory.open(killed), List.of(), 1).execute();
    assertSame(whole, killed);
  }

  @Test
  void theTableHasEveryTrainingAtItsFirstAndLastStep() {
    Path sweep = sweep("sweep", 2);
    assertEquals(12, readings(sweep, "sweep.cell").size());
    List<Reading> accuracies = readings(sweep, "accuracy.test");
    assertEquals(Set.of(0L, 40L), Set.copyOf(accuracies.stream().map(Reading::step).toList()));
    assertEquals(24, accuracies.size());
    PhaseDiagram diagram;
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(sweep))) {
      diagram = PhaseDiagram.of(readings, "separation.trace_ratio").orElseThrow();
    }
    assertEquals(List.of(0.0, 0.2), diagram.noise().values());
    assertEquals(4, diagram.cells().size());
    for (PhaseDiagram.Cell cell : diagram.cells()) {
      assertEquals(3, cell.curves().size());
      assertEquals(0, cell.lost());
    }
  }

  private static final String[] CASES = {
    "axes=[{key: network.bias, values: [true, false]}]",
    "cases={plain: {}, 'shuffled, of course': {data.shuffle_labels: true, network.dropout: 0.1}}"
  };

  @Test
  void everyTrainingKnowsItsCase() throws IOException {
    Path sweep = sweep("cases", 2, CASES);
    List<Reading> cases = readings(sweep, "axis.case");
    assertEquals(12, cases.size());
    for (Reading reading : cases) {
      boolean plain = reading.replica() < 6;
      assertEquals(plain ? 0 : 1, reading.value());
      assertEquals(plain ? "plain" : "shuffled, of course", reading.layerName());
      assertEquals(Reading.WHOLE_NETWORK, reading.layer());
      assertEquals(0, reading.step());
    }
    assertEquals(
        List.of(1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0),
        readings(sweep, "axis.network.bias").stream().map(Reading::value).toList());
    assertEquals(24, readings(sweep, "accuracy.test").size(), "both ends");
    String manifest = Files.readString(sweep.resolve("manifest.json"));
    assertTrue(manifest.contains("\"case\" : \"shuffled, of course\""), manifest);
    Map<String, byte[]> before = files(sweep);
    SweepRun.resumed(RunDirectory.open(sweep), List.of(), 1).execute();
    assertEquals(before.keySet(), files(sweep).keySet());
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(sweep))) {
      assertTrue(PhaseDiagram.of(readings, "separation.log").isEmpty());
    }
  }

  @Test
  void aStoppedSweepOfCasesResumesToTheSameBytes() throws IOException {
    Path whole = sweep("whole", 2, CASES);
    SweepRun stopped = begin("stopped", grid(CASES), 1);
    stopped.stop();
    assertTrue(stopped.execute().interrupted());
    Path path = place.resolve("stopped");
    SweepRun.resumed(RunDirectory.open(path), List.of(), 2).execute();
    assertSame(whole, path);
  }

  @Test
  void theTableMayKeepEveryMoment() {
    Path ends = sweep("ends", 2);
    Path all = sweep("all", 2, "keep=all");
    List<Reading> moments = readings(all, "separation.log");
    Path cell = all.resolve("cells").resolve(grid().cells().getFirst().key());
    List<Reading> alone = readings(cell, "separation.log");
    assertEquals(3, alone.stream().map(Reading::step).distinct().count());
    assertEquals(alone, moments.stream().filter(r -> r.replica() < 3).toList());
    assertEquals(4 * alone.size(), moments.size());
    assertEquals(
        readings(ends, "separation.log"),
        moments.stream().filter(r -> r.step() == 0 || r.step() == 40).toList());
    try (RecordedReadings few = RecordedReadings.open(RunDirectory.open(ends));
        RecordedReadings many = RecordedReadings.open(RunDirectory.open(all))) {
      PhaseDiagram expected = PhaseDiagram.of(few, "separation.log").orElseThrow();
      PhaseDiagram found = PhaseDiagram.of(many, "separation.log").orElseThrow();
      for (int i = 0; i < expected.cells().size(); i++) {
        assertArrayEquals(expected.cells().get(i).meanCurve(), found.cells().get(i).meanCurve());
        assertEquals(expected.cells().get(i).accuracies(), found.cells().get(i).accuracies());
      }
    }
  }

  @Test
  void whatDivergedHasNoLaterMoment() {
    Path sweep =
        sweep(
            "diverged",
            1,
            "axes=[{key: optimizer.learning_rate, values: [0.01, 1e300]}]",
            "optimizer.kind=sgd",
            "measure.learning_curve={every: 1}",
            "keep=all");
    List<Reading> losses = readings(sweep, "loss");
    assertEquals(3 * 40, losses.stream().filter(r -> r.replica() < 3).count());
    assertTrue(losses.stream().noneMatch(r -> r.replica() >= 3 && r.step() > 0));
  }

  @Test
  void aCellHasTheReadingsOfItsExperimentAlone() {
    Path sweep = sweep("sweep", 1);
    Path alone = place.resolve("alone");
    Grid.Cell cell = grid().cells().get(3);
    ExperimentRun.fresh(cell.file(), alone, 2, List.of()).execute();
    Path inSweep = sweep.resolve("cells").resolve(cell.key());
    assertEquals(readings(alone, "separation.log"), readings(inSweep, "separation.log"));
  }

  @Test
  void aFinishedCellIsNotTrainedAgain() throws IOException {
    Path sweep = sweep("sweep", 1);
    Path cell = sweep.resolve("cells").resolve(grid().cells().get(0).key());
    Map<String, byte[]> before = files(cell);
    ExperimentException refused =
        assertThrows(ExperimentException.class, () -> ExperimentRun.resumed(cell, 1));
    assertTrue(String.valueOf(refused.getMessage()).contains("fathom report"));
    assertEquals(before.keySet(), files(cell).keySet());
  }

  @Test
  void aPoisonedCellIsAResult() {
    SweepRun run =
        begin(
            "poisoned",
            grid(
                "axes=[{key: optimizer.learning_rate, values: [0.01, 1e300]}]",
                "optimizer.kind=sgd"),
            2);
    SweepOutcome outcome = run.execute();
    assertEquals(
        List.of("cell optimizer.learning_rate=1.0E300: all replicas diverged"), outcome.failures());
    assertEquals(3, outcome.diverged());
    Path sweep = outcome.run().path();
    assertEquals(6, readings(sweep, "axis.optimizer.learning_rate").size());
    assertEquals(
        Set.of(0, 1, 2),
        Set.copyOf(
            readings(sweep, "accuracy.test").stream()
                .filter(reading -> reading.step() > 0)
                .map(Reading::replica)
                .toList()));
  }

  @Test
  void aCellThatCannotBeTrainedDoesNotStopTheOthers() {
    Grid grid = grid("axes=[{key: data.seed, values: [3, 4]}]", "training.batch=full");
    RunDirectory run = RunDirectory.create(place.resolve("unfit"));
    SweepDirectory files = new SweepDirectory(run);
    Map<DataSource, Split> splits = new HashMap<>();
    for (Grid.Cell cell : grid.cells()) {
      splits.put(cell.experiment().data(), cell.experiment().data().load());
    }
    DataSource second = grid.cells().get(1).experiment().data();
    Split whole = second.load();
    splits.put(second, new Split(whole.train().select("one", new int[] {0}), whole.test()));
    new CellQueue(grid, files, splits, 1).work();
    assertTrue(files.isFinished(grid.cells().get(0)));
    assertEquals("", files.failure(grid.cells().get(0)).orElse(""));
    String why = files.failure(grid.cells().get(1)).orElseThrow();
    assertTrue(why.contains("at least 2 samples"), why);
    assertEquals(Set.of(), files.lost(grid.cells().get(0)));
    assertEquals(Set.of(0, 1, 2), files.lost(grid.cells().get(1)));
    List<Reading> table = new ArrayList<>();
    new CellReadings(files, Grid.Keep.ENDS, table::add).take(grid.cells().get(1), 1, 3);
    assertEquals(6, table.size(), "the place on the axis and the cell, for each replica");
  }

  @Test
  void claimsAreJudgedOnTheWholeTable() {
    Claim claim =
        new Claim() {
          @Override
          public String id() {
            return "test/cells";
          }

          @Override
          public String statement() {
            return "there are cells";
          }

          @Override
          public String source() {
            return "this test";
          }

          @Override
          public boolean appliesTo(Readings readings) {
            return !readings.of("sweep.cell").isEmpty();
          }

          @Override
          public Verdict judge(Readings readings) {
            long cells = readings.of("sweep.cell").stream().map(Reading::value).distinct().count();
            return new Verdict(
                id(), Outcome.HOLDS, "cells", Outcome.HOLDS, Map.of("cells", cells), source());
          }
        };
    Path path = place.resolve("judged");
    SweepOutcome outcome = SweepRun.fresh(grid(), List.of(claim), path, 2, List.of()).execute();
    assertEquals(4L, outcome.verdicts().getFirst().evidence().get("cells"));
    SweepOutcome again = SweepRun.resumed(RunDirectory.open(path), List.of(claim), 2).execute();
    assertEquals(outcome.verdicts(), again.verdicts());
  }

  @Test
  void whatIsWrongWithACellIsSaidBeforeAnythingIsWritten() {
    ExperimentException refused =
        assertThrows(
            ExperimentException.class,
            () -> begin("refused", grid("axes=[{key: training.batch, values: [30, 89]}]"), 1));
    assertTrue(
        String.valueOf(refused.getMessage())
            .startsWith("grid.yaml: cell training.batch=89: training.batch: "),
        String.valueOf(refused.getMessage()));
    assertFalse(Files.exists(place.resolve("refused")));
  }

  @Test
  void aSweepHasOneWriter() {
    begin("open", grid(), 1);
    RunDirectory open = RunDirectory.open(place.resolve("open"));
    String refused =
        String.valueOf(
            assertThrows(RecordException.class, () -> SweepRun.resumed(open, List.of(), 1))
                .getMessage());
    assertTrue(refused.contains("is being written by process"), refused);
    assertThrows(RecordException.class, () -> Recorder.start(open));
  }
}
