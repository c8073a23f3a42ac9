package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.data.ChainBlocks;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.renormalization.task.BlockTask;
import io.github.fathomlab.renormalization.task.ChainLaw;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Experiments on blocks of a chain, from the file to the readings. */
class ChainExperimentTest {
  private static final String THERMOMETER =
      """
      name: chain
      data: {kind: ising, coupling: 1, window: 6, task: {kind: thermometer, against: 0.3}}
      network: {widths: [6, 3], activation: tanh, input_norm: false, norm: none}
      loss: logistic
      training: {batch: 32, steps: 40}
      replicas: 2
      measure: {separation: false, ledger: false, learning_curve: false, coupling: {times: 4}}
      checkpoint: {every: 15}
      """;

  @TempDir Path folder;

  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        new ChainBlocks(
            new ChainLaw.Ising(1, 0), 8, new BlockTask.Environment(1, false), 0, 4096, 1),
        Reading.of("{data: {kind: ising}, loss: squared_error}").data());
    assertEquals(
        new ChainBlocks(new ChainLaw.Gaussian(0.8), 8, new BlockTask.Reconstruction(), 0, 4096, 1),
        Reading.of("{data: {gaussian: {task: reconstruction}}, loss: squared_error}").data());
    assertEquals(
        new ChainLaw.Quartic(-1, 0.5, 0.6),
        ((ChainBlocks) Reading.of("{data: {kind: quartic}, loss: squared_error}").data()).law());
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(
            "data: {kind: ising, task: thermometer}",
            "x.yaml:1: data.task: expected \"environment\", \"majority\", \"reconstruction\","),
        Arguments.of(
            "data: {kind: ising, task: {kind: thermometer}}",
            "x.yaml:1: data.task.against: missing"),
        Arguments.of(
            "data: {kind: ising, coupling: 0.3, task: {kind: thermometer, against: 0.3}}",
            "x.yaml:1: data: a thermometer tells two different couplings apart"),
        Arguments.of(
            "data: {kind: ising, window: 4, task: majority}",
            "x.yaml:1: data: a majority is of an odd number of spins"),
        Arguments.of(
            "data: {kind: gaussian, coupling: 1}",
            "x.yaml:1: data.coupling: expected a number > -1 and < 1, found 1"),
        Arguments.of(
            "data: {kind: quartic, theta4: 0}",
            "x.yaml:1: data: exp(-theta2 x^2 - theta4 x^4) needs theta4 > 0"),
        Arguments.of(
            "data: {kind: ising, shuffle: 2}",
            "x.yaml:1: data.shuffle: expected a number >= 0 and <= 1, found 2"),
        Arguments.of("data: {kind: ising, theta2: 1}", "x.yaml:1: data.theta2: unknown key"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badChainsAreNamedWithTheirPlace(String yaml, String sentence) {
    List<String> problems = Reading.problems(yaml);
    assertTrue(
        problems.stream().anyMatch(problem -> problem.startsWith(sentence)), problems::toString);
  }

  private static String refused(String yaml, String... sets) {
    Experiment experiment = Reading.of(yaml, sets);
    return String.valueOf(
        assertThrows(
                ExperimentException.class, () -> experiment.requireSound(experiment.data().load()))
            .getMessage());
  }

  @Test
  void whatDoesNotFitTheTaskIsRefused() {
    assertTrue(refused(THERMOMETER, "loss=squared_error").startsWith("loss: a thermometer"));
    assertTrue(
        refused(THERMOMETER, "data.task=environment").startsWith("loss: "),
        "targets of -1 are no log-odds");
    assertTrue(
        refused(THERMOMETER, "data.task=reconstruction", "loss=squared_error", "network.widths=[]")
            .startsWith("network.widths: this task is answered through a bottleneck"));
    assertTrue(
        refused(
                THERMOMETER,
                "data.task=reconstruction",
                "loss=squared_error",
                "network={kind: residual}")
            .startsWith("network.kind: "));
    assertTrue(
        refused(THERMOMETER, "loss=cross_entropy").startsWith("loss: a thermometer"),
        "the task's own sentence comes first");
    assertTrue(
        refused("measure: {coupling: {times: 3}}")
            .startsWith("measure.coupling: couplings are read from blocks of a chain"));
  }

  private Path run(String name, int workers, String... sets) throws Exception {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(file, THERMOMETER);
    ExperimentRun run =
        ExperimentRun.fresh(
            ExperimentFile.read(file, List.of(sets)), folder.resolve(name), workers, List.of());
    run.execute();
    return run.directory().path();
  }

  private static double[] values(Path run, String quantity) {
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(run))) {
      return readings.of(quantity).stream()
          .filter(reading -> reading.status() == Status.OK)
          .mapToDouble(io.github.fathomlab.instrument.Reading::value)
          .toArray();
    }
  }

  @Test
  void couplingsAreRecordedAtTheirMomentsAndDoNotDependOnWorkers() throws Exception {
    Path one = run("one", 1);
    Path two = run("two", 2);
    double[] layers = values(one, "coupling.layer");
    assertEquals(2 * 4 * 3, layers.length, "replicas, moments, layers");
    assertArrayEquals(layers, values(two, "coupling.layer"));
    assertArrayEquals(new double[] {6, 6}, values(one, "coupling.window"));
    assertArrayEquals(new double[] {0, 0}, values(one, "coupling.prediction"));
    double[] rho = values(one, "coupling.correlation");
    assertNotEquals(rho[0], rho[1], "seeds");
    Path shuffled = run("shuffled", 1, "data.shuffle=1");
    assertArrayEquals(new double[] {1, 1}, values(shuffled, "coupling.shuffle"));
    double[] foreign = values(shuffled, "coupling.correlation");
    assertEquals(rho[0], foreign[0], "the same network before its first step");
    assertNotEquals(rho[rho.length - 1], foreign[rho.length - 1]);
  }

  @Test
  void theUnitsOfALayerAreReadAsSpinsWhenAskedFor() throws Exception {
    Path run = run("units", 2, "measure.coupling.units=true", "measure.coupling.samples=2000");
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(run))) {
      assertEquals(
          2 * 2 * 2, readings.of("coupling.units").size(), "replicas, ends, hidden layers");
    }
  }
}
