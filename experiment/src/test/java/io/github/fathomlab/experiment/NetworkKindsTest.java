package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
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
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks other than perceptrons on their way from a file to a run directory. */
class NetworkKindsTest {
  private static final String REST =
      """
      name: kinds
      data: {kind: mixture, classes: 3, features: 16, samples: 90, separation: 5, test: 30}
      optimizer: {kind: adam, learning_rate: 0.005}
      training: {batch: 20, steps: 40}
      replicas: 2
      measure: {separation: {times: 3, held_out: true, batch_statistics: %s}, ledger: {every: 1, audit: 10, secant: 1}}
      checkpoint: {every: 10}
      """;
  private static final String LATTICE =
      "{kind: residual, width: 6, blocks: 3, scale: 0.5, activation: tanh, norm: none}";
  private static final String BRANCHES =
      "{kind: residual, width: 6, blocks: 2, inner: 9, norm: layer, dropout: 0.1}";
  private static final String STAGES =
      "{kind: convolution, channels: [3, 4], strides: [1, 2], norm: layer, input_norm: true}";
  private static final String IMAGES =
      "{kind: convolution, channels: [3, 3, 4], strides: [1, 1, 2], residual: true, dropout: 0.1}";

  @TempDir Path place;

  private ExperimentFile file(String network) throws IOException {
    Path path = place.resolve("experiment.yaml");
    boolean normalised = !network.contains("norm: none") || network.equals(LATTICE);
    Files.writeString(path, REST.formatted(normalised) + "network: " + network + "\n");
    return ExperimentFile.read(path, List.of());
  }

  private Path train(String name, String network) throws IOException {
    Path out = place.resolve(name);
    ExperimentRun.fresh(file(network), out, 2, List.of("run")).execute();
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

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(LATTICE, List.of("input", "stem", "block 1", "block 2", "block 3", "output")),
        Arguments.of(BRANCHES, List.of("input", "stem", "block 1", "block 2", "output")),
        Arguments.of(STAGES, List.of("input", "convolution 1", "convolution 2", "output")),
        Arguments.of(IMAGES, List.of("convolution 1", "block 2", "block 3", "output")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyLayerIsMeasuredAndTheLedgerBalances(String network, List<String> layers)
      throws IOException {
    Path run = train("run", network);
    List<Reading> readings = readings(run);
    for (String quantity :
        List.of("ledger.dissipation", "ledger.current", "ledger.audit_residual")) {
      List<Reading> last =
          readings.stream()
              .filter(r -> r.quantity().equals(quantity) && r.replica() == 1 && r.step() == 30)
              .toList();
      assertEquals(layers, last.stream().map(Reading::layerName).toList(), quantity);
      assertTrue(last.stream().allMatch(r -> r.status() == Status.OK), last.toString());
    }
    List<String> separated =
        readings.stream()
            .filter(r -> r.quantity().equals("separation.log"))
            .filter(r -> r.replica() == 0 && r.step() == 0)
            .map(Reading::layerName)
            .toList();
    assertEquals(layers, separated.subList(separated.size() - layers.size(), separated.size()));
    List<Verdict> verdicts = RunFiles.verdicts(RunDirectory.open(run));
    assertEquals(
        List.of("bulk-boundary/ledger-balances", "bulk-boundary/books-close"),
        verdicts.stream().map(Verdict::claim).toList());
    for (Verdict verdict : verdicts) {
      assertEquals(Verdict.Outcome.HOLDS, verdict.outcome(), verdicts.toString());
    }
    requireDocumented(readings);
    assertTrue(Files.readString(run.resolve("report.html")).contains(layers.getLast()));
  }

  /** Every quantity of the run stands in the reference. */
  private static void requireDocumented(List<Reading> readings) throws IOException {
    String reference = Files.readString(Path.of("..", "docs", "quantities.md"));
    Pattern prefix = Pattern.compile("^(held_out\\.|batch\\.)");
    for (Reading reading : readings) {
      Matcher view = prefix.matcher(reading.quantity());
      assertTrue(!view.find() || reference.contains("`" + view.group() + "`"));
      String quantity = view.replaceFirst("");
      assertTrue(reference.contains("`" + quantity + "`"), reading.quantity());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void tensorsHaveNamesOfTheirOwn(String network) throws IOException {
    Experiment experiment = file(network).experiment();
    Network built =
        Network.create(
            experiment.network(experiment.data().load()), Kernels.of(experiment.precision()), 1);
    List<String> names =
        Stream.concat(built.tensors().stream(), built.statisticTensors().stream())
            .map(ParameterTensor::name)
            .toList();
    assertEquals(names.size(), names.stream().distinct().count(), names.toString());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aRunKilledBeforeItsLastCheckpointResumesToTheSameBits(String network) throws IOException {
    Path run = train("run", network);
    List<Reading> whole = readings(run);
    Map<String, String> end = lastState(run);
    Files.delete(run.resolve("checkpoints/step-000000040.safetensors"));
    assertNotEquals(end, lastState(run));
    assertFalse(ExperimentRun.resumed(run, 1).execute().interrupted());
    assertEquals(whole, readings(run));
    assertEquals(end, lastState(run));
  }

  private static Map<String, String> lastState(Path run) {
    Safetensors content = new Checkpoints(RunDirectory.open(run)).latest().orElseThrow().content();
    Map<String, String> state = new HashMap<>();
    for (String name : content.tensors().keySet()) {
      state.put(name, Arrays.toString(EnsembleState.numbers(content, name)));
    }
    return state;
  }

  /** Filters as (outputs, channels, k, k) and as (outputs, channels k k) are the same numbers. */
  @Test
  void filtersComeInTheShapesOfOtherPrograms() throws IOException {
    String network =
        "{kind: convolution, channels: [2, 3], norm: none, bias: false, weights: w.safetensors}";
    Path flat = started("flat", network, new int[] {3, 18});
    Path images = started("images", network, new int[] {3, 2, 3, 3});
    assertEquals(readings(flat), readings(images));
    ExperimentException e =
        assertThrows(
            ExperimentException.class, () -> started("no", network, new int[] {2, 3, 3, 3}));
    assertEquals(
        "network.weights: expected W_1 of shape [3, 18] (or [3, ...] with 18 numbers for each of the 3) in "
            + place.resolve("w.safetensors")
            + ", found shape [2, 3, 3, 3]",
        e.getMessage());
    assertThrows(ExperimentException.class, () -> started("no", network, new int[] {3, 2, 3, 4}));
    assertFalse(Files.exists(place.resolve("no")));
  }

  private Path started(String name, String network, int[] second) throws IOException {
    Map<String, Tensor> weights = new HashMap<>();
    weights.put("W_0", filters(new int[] {2, 1, 3, 3}));
    weights.put("W_1", filters(second));
    weights.put("W_2", filters(new int[] {3, 48}));
    try (OutputStream out = Files.newOutputStream(place.resolve("w.safetensors"))) {
      new Safetensors(weights, Map.of()).writeTo(out);
    }
    return train(name, network);
  }

  private static Tensor filters(int[] shape) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    return new Tensor.Doubles(shape, new Random(size).doubles(size, -0.3, 0.3).toArray());
  }
}
