package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.data.DataException;
import io.github.fathomlab.data.NpyArray;
import io.github.fathomlab.data.NpzFile;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.record.Checkpoints;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.record.Safetensors;
import io.github.fathomlab.record.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunTest {
  private static final String SMALL =
      """
      name: small
      data: {kind: mixture, classes: 3, features: 5, samples: 150, separation: 4, spread: 1, seed: 3}
      network: {depth: 4, width: 12, activation: relu, dropout: 0.1}
      optimizer: {kind: heavy_ball, learning_rate: 0.02, momentum: 0.9}
      training: {batch: 16, steps: 120}
      replicas: 3
      measure: {separation: {times: 4}, ledger: {every: 1, audit: 20}}
      checkpoint: {every: 30}
      """;

  @TempDir Path place;

  private ExperimentFile file(String text) throws IOException {
    Path path = place.resolve("experiment.yaml");
    Files.writeString(path, text);
    return ExperimentFile.read(path, List.of());
  }

  private Path train(String name, String text, int workers) throws IOException {
    Path out = place.resolve(name);
    ExperimentRun.fresh(file(text), out, workers, List.of("run")).execute();
    return out;
  }

  private static List<Reading> readings(Path run) {
    List<Reading> all = new ArrayList<>();
    try (RecordedReadings recorded = RecordedReadings.open(RunDirectory.open(run))) {
      for (String quantity : recorded.quantities()) {
        all.addAll(recorded.of(quantity));
      }
    }
    return all;
  }

  private static Map<String, Object> state(Path run) {
    Optional<Checkpoints.Checkpoint> latest = new Checkpoints(RunDirectory.open(run)).latest();
    Map<String, Object> values = new HashMap<>();
    latest
        .orElseThrow()
        .content()
        .tensors()
        .forEach((name, tensor) ->
            values.put(
                name,
                switch (tensor) {
                  case Tensor.Floats t -> list(t.values());
                  case Tensor.Doubles t -> Arrays.toString(t.values());
                  case Tensor.Longs t -> Arrays.toString(t.values());
                }));
    return values;
  }

  private static String list(float[] values) {
    return Arrays.toString(values);
  }

  @Test
  void goesFromAFileToVerdictsAndAReport() throws IOException {
    Path run = train("run", SMALL, 2);
    List<Verdict> verdicts = RunFiles.verdicts(RunDirectory.open(run));
    assertEquals("bulk-boundary/ledger-balances", verdicts.getFirst().claim());
    assertEquals(Verdict.Outcome.HOLDS, verdicts.getFirst().outcome(), verdicts.toString());
    assertTrue(Files.readString(run.resolve("report.html")).contains("ledger-balances"));
    assertTrue(Files.readString(run.resolve("citations.bib")).contains("2511.02003"));
    assertTrue(Files.readString(run.resolve("resolved.yaml")).startsWith("# sha256"));
    List<Reading> readings = readings(run);
    assertEquals(
        3 * 120, readings.stream().filter(reading -> reading.quantity().equals("loss")).count());
    assertTrue(readings.stream().anyMatch(reading -> reading.quantity().equals("accuracy.test")));
  }

  @Test
  void dropoutIsNotLowNoiseSoTheConcaveClaimIsNotJudged() throws IOException {
    List<Verdict> noisy = RunFiles.verdicts(RunDirectory.open(train("noisy", SMALL, 2)));
    String still = SMALL.replace("dropout: 0.1", "dropout: 0");
    List<Verdict> quiet = RunFiles.verdicts(RunDirectory.open(train("quiet", still, 2)));
    assertEquals(1, noisy.size());
    assertEquals(2, quiet.size());
  }

  @Test
  void oneWorkerAndTwoRecordTheSame() throws IOException {
    Path one = train("one", SMALL, 1);
    Path two = train("two", SMALL, 2);
    assertEquals(readings(one), readings(two));
    assertEquals(state(one), state(two));
  }

  @Test
  void anInterruptedRunResumesToTheSameBits() throws Exception {
    Path whole = train("whole", SMALL, 2);
    Path out = place.resolve("stopped");
    ExperimentRun run = ExperimentRun.fresh(file(SMALL), out, 2, List.of("run"));
    Thread stopper =
        Thread.ofVirtual()
            .start(() -> {
              while (run.stepsDone() < 200) {
                Thread.onSpinWait();
              }
              run.stop();
            });
    RunOutcome outcome = run.execute();
    stopper.join();
    assertTrue(outcome.interrupted());
    assertTrue(outcome.verdicts().isEmpty());
    assertTrue(readings(out).size() < readings(whole).size());
    RunOutcome resumed = ExperimentRun.resumed(out, 2).execute();
    assertFalse(resumed.interrupted());
    assertEquals(readings(whole), readings(out));
    assertEquals(state(whole), state(out));
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("verdicts.json")),
        Files.readAllBytes(out.resolve("verdicts.json")));
  }

  @Test
  void aFinishedRunCanBeResumedWithoutChange() throws IOException {
    Path run = train("run", SMALL, 2);
    List<Reading> before = readings(run);
    ExperimentRun.resumed(run, 1).execute();
    assertEquals(before, readings(run));
  }

  @Test
  void aDivergingTrainingNamesStepAndLayerAndKeepsWhatCameBefore() throws IOException {
    String wild =
        SMALL
            .replace("learning_rate: 0.02", "learning_rate: 1.0e+30")
            .replace("dropout: 0.1", "batch_norm: false, dropout: 0");
    Path out = place.resolve("wild");
    RunOutcome outcome = ExperimentRun.fresh(file(wild), out, 2, List.of("run")).execute();
    assertEquals(3, outcome.divergences().size());
    assertTrue(outcome.divergences().getFirst().step() > 0);
    assertEquals(outcome.divergences(), RunFiles.divergences(RunDirectory.open(out)));
    assertTrue(readings(out).stream().anyMatch(reading -> reading.quantity().equals("loss")));
    assertTrue(Files.readString(out.resolve("report.html")).contains("diverged"));
    assertEquals(outcome.divergences(), ExperimentRun.resumed(out, 2).execute().divergences());
  }

  @Test
  void badDataLeaveNothingBehind() throws IOException {
    Path npz = place.resolve("one-class.npz");
    NpzFile.write(
        npz,
        Map.of(
            "x", NpyArray.of("x", new double[] {1, 2, 3, 4}, 2, 2),
            "y", NpyArray.of("y", new double[] {0, 0}, 2)));
    ExperimentFile file = file("data: {kind: npz, file: one-class.npz}\n");
    Path out = place.resolve("run");
    DataException e =
        assertThrows(DataException.class, () -> ExperimentRun.fresh(file, out, 1, List.of("run")));
    assertTrue(e.toString().contains("two classes"), e.toString());
    assertFalse(Files.exists(out));
  }

  @Test
  void changedDataAreRefusedOnResume() throws IOException {
    double[] x = new double[60];
    double[] y = new double[30];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.sin(7 * i);
      y[i / 2] = (i / 2) % 2;
    }
    Path npz = place.resolve("own.npz");
    NpzFile.write(npz, Map.of("x", NpyArray.of("x", x, 30, 2), "y", NpyArray.of("y", y, 30)));
    Path run =
        train(
            "run",
            "data: {kind: npz, file: own.npz}\nnetwork: {depth: 2, width: 4}\n"
                + "training: {batch: full, steps: 5}\nreplicas: 1\n",
            1);
    x[3] += 1;
    NpzFile.write(npz, Map.of("x", NpyArray.of("x", x, 30, 2), "y", NpyArray.of("y", y, 30)));
    ExperimentException e =
        assertThrows(ExperimentException.class, () -> ExperimentRun.resumed(run, 1));
    assertTrue(e.toString().contains("data have changed"), e.toString());
  }

  @Test
  void startsFromForeignWeights() throws IOException {
    Map<String, Tensor> weights = new HashMap<>();
    weights.put("W_0", new Tensor.Doubles(new int[] {2, 5}, new double[10]));
    weights.put("b_0", new Tensor.Doubles(new int[] {2}, new double[2]));
    weights.put("W_1", new Tensor.Doubles(new int[] {3, 2}, new double[6]));
    weights.put("b_1", new Tensor.Doubles(new int[] {3}, new double[3]));
    write(weights);
    String text =
        SMALL.replace(
            "network: {depth: 4, width: 12, activation: relu, dropout: 0.1}",
            "network: {widths: [2], activation: tanh, input_norm: false, batch_norm: false, weights: w.safetensors}");
    Path run = train("run", text, 1);
    double first =
        readings(run).stream()
            .filter(reading -> reading.quantity().equals("loss") && reading.step() == 0)
            .findFirst()
            .orElseThrow()
            .value();
    assertEquals(Math.log(3), first, 1e-6, "zero weights know nothing");
    weights.put("W_1", new Tensor.Doubles(new int[] {2, 3}, new double[6]));
    write(weights);
    ExperimentFile wrong = file(text);
    ExperimentException e =
        assertThrows(
            ExperimentException.class,
            () -> ExperimentRun.fresh(wrong, place.resolve("no"), 1, List.of("run")));
    assertTrue(e.toString().contains("[3, 2]") && e.toString().contains("[2, 3]"));
    assertFalse(Files.exists(place.resolve("no")));
  }

  private void write(Map<String, Tensor> weights) throws IOException {
    try (OutputStream out = Files.newOutputStream(place.resolve("w.safetensors"))) {
      new Safetensors(weights, Map.of()).writeTo(out);
    }
  }
}
