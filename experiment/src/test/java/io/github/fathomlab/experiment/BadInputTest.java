package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {

  static Stream<Arguments> badFiles() {
    return Stream.of(
        bad(
            "seed: 1\nnetwork:\n  widht: 50",
            "x.yaml:3: network.widht: unknown key of kind mlp; did you mean \"width\"? (known: kind, depth, width, widths, linear, activation, input_norm, norm, batch_norm, dropout, bias, initialisation, weights)"),
        bad(
            "netwrok: {depth: 3}",
            "x.yaml:1: netwrok: unknown key; did you mean \"network\"? (known: name, data, network, loss, optimizer, noise, training, replicas, seed, precision, measure, axes, cases, keep, checkpoint)"),
        bad(
            "epochs: 5",
            "x.yaml:1: epochs: unknown key; it belongs to training.epochs (known: name, data, network, loss, optimizer, noise, training, replicas, seed, precision, measure, axes, cases, keep, checkpoint)"),
        bad(
            "noise: {replicas: 2}",
            "x.yaml:1: noise.replicas: unknown key; it belongs to the outermost level (known: labels, inputs, temperature)"),
        bad(
            "optimizer: {kind: sgd, lr: 0.1}",
            "x.yaml:1: optimizer.lr: unknown key of kind sgd; did you mean \"learning_rate\"? (known: kind, learning_rate, l2, clip_norm, schedule, warmup)"),
        bad(
            "training:\n  batch: -5",
            "x.yaml:2: training.batch: expected \"full\" or an integer >= 1, found -5"),
        bad(
            "training: {batch: ful}",
            "x.yaml:1: training.batch: expected \"full\" or an integer >= 1, found \"ful\"; did you mean \"full\"?"),
        bad(
            "training: {epochs: 0}",
            "x.yaml:1: training.epochs: expected an integer >= 1, found 0"),
        bad(
            "training: {epochs: 1.5}",
            "x.yaml:1: training.epochs: expected an integer >= 1, found 1.5"),
        bad(
            "training: {epochs: 3, steps: 9}",
            "x.yaml:1: training.epochs: cannot stand beside steps; delete one of the two"),
        bad(
            "network: {widths: [5], depth: 2}",
            "x.yaml:1: network.depth: cannot stand beside widths; delete one of the two"),
        bad(
            "network: {depth: 3, width: -100}",
            "x.yaml:1: network.width: expected an integer >= 1 and <= 65536, found -100"),
        bad(
            "network:\n  widths:\n    - 5\n    - -7",
            "x.yaml:4: network.widths[1]: expected an integer >= 1 and <= 65536, found -7"),
        bad(
            "network: {widths: [5, ~]}",
            "x.yaml:1: network.widths[1]: expected an integer >= 1 and <= 65536, found nothing"),
        bad(
            "network: {widths: 5}",
            "x.yaml:1: network.widths: expected a list, each an integer >= 1 and <= 65536, found 5"),
        bad(
            "network: {depth: eight}",
            "x.yaml:1: network.depth: expected an integer >= 1 and <= 1000, found \"eight\""),
        bad("network: {bias: 1}", "x.yaml:1: network.bias: expected true or false, found 1"),
        bad(
            "network: {dropout: 1}",
            "x.yaml:1: network.dropout: expected a number >= 0 and < 1, found 1"),
        bad(
            "network: [8, 100]",
            "x.yaml:1: network: expected {kind: mlp, ...}, {kind: residual, ...}, {kind: convolution, ...} or {kind: tokens, ...}, found a list of 2"),
        bad(
            "network: {activation: rleu}",
            "x.yaml:1: network.activation: expected \"identity\", \"tanh\", \"relu\", \"gelu\" or {kind: leaky_relu, ...}, found \"rleu\"; did you mean \"relu\"?"),
        bad(
            "network: {activation: {slope: 0.1}}",
            "x.yaml:1: network.activation.kind: missing; expected \"leaky_relu\""),
        bad(
            "network: {activation: {kind: leakyrelu, slope: 2}}",
            "x.yaml:1: network.activation.kind: expected \"leaky_relu\", found \"leakyrelu\"; did you mean \"leaky_relu\"?",
            "x.yaml:1: network.activation.slope: expected a number >= 0 and <= 1, found 2"),
        bad(
            "network: {initialisation: {kind: orthogonl}}",
            "x.yaml:1: network.initialisation.kind: unknown kind \"orthogonl\"; did you mean \"orthogonal\"? (known: orthogonal, scaled)"),
        bad(
            "network: {initialisation: {gain: 2}}",
            "x.yaml:1: network.initialisation.kind: missing (known: orthogonal, scaled)"),
        bad(
            "network: {norm: none, batch_norm: true}",
            "x.yaml:1: network.batch_norm: cannot stand beside norm; delete one of the two"),
        bad(
            "network: {norm: bath}",
            "x.yaml:1: network.norm: expected \"batch\", \"layer\" or \"none\", found \"bath\"; did you mean \"batch\"?"),
        bad(
            "network: {kind: resdiual}",
            "x.yaml:1: network.kind: unknown kind \"resdiual\"; did you mean \"residual\"? (known: mlp, residual, convolution, tokens)"),
        bad(
            "network:\n  kind: conv",
            "x.yaml:2: network.kind: unknown kind \"conv\"; did you mean \"convolution\"? (known: mlp, residual, convolution, tokens)"),
        bad(
            "network: {kind: residual, depth: 4}",
            "x.yaml:1: network.depth: unknown key of kind residual; it belongs to kind mlp (known: kind, width, blocks, inner, scale, activation, input_norm, norm, dropout, bias, initialisation, weights)"),
        bad(
            "network: {kind: residual, batch_norm: false}",
            "x.yaml:1: network.batch_norm: unknown key of kind residual; it belongs to kind mlp (known: kind, width, blocks, inner, scale, activation, input_norm, norm, dropout, bias, initialisation, weights)"),
        bad(
            "cases: {a: {}}\naxes: [{key: seed, values: [1]}]",
            "x.yaml:1: cases: this file describes a grid of experiments; carry it out with: fathom sweep x.yaml"),
        bad(
            "keep: all",
            "x.yaml:1: keep: belongs to a grid of experiments, but this file has neither axes nor cases; delete it"),
        bad(
            "network: {channels: [4]}",
            "x.yaml:1: network.channels: unknown key of kind mlp; it belongs to kind convolution (known: kind, depth, width, widths, linear, activation, input_norm, norm, batch_norm, dropout, bias, initialisation, weights)"),
        bad(
            "network: {kind: residual, scale: 0, inner: -1, blocks: 0}",
            "x.yaml:1: network.blocks: expected an integer >= 1 and <= 1000, found 0",
            "x.yaml:1: network.inner: expected an integer >= 0 and <= 65536, found -1",
            "x.yaml:1: network.scale: expected a number > 0, found 0"),
        bad(
            "network:\n  kind: convolution\n  channels: [4, 4, 8]\n  strides: [1, 2]",
            "x.yaml:4: network.strides: expected as many entries as network.channels has, 3, found 2"),
        bad(
            "network: {kind: convolution, channels: []}",
            "x.yaml:1: network.channels: expected a list of at least 1, each an integer >= 1 and <= 65536, found a list of 0"),
        bad(
            "network: {kind: convolution, channels: [4, 0]}",
            "x.yaml:1: network.channels[1]: expected an integer >= 1 and <= 65536, found 0"),
        bad(
            "network: {kind: convolution, kernel: 4}",
            "x.yaml:1: network.kernel: expected an odd integer >= 1 and <= 99, found 4"),
        bad(
            "network: {kind: convolution, image: [8, 8]}",
            "x.yaml:1: network.image: expected a list of 3, each an integer >= 1 and <= 4096, found a list of 2"),
        bad(
            "network: {norm: layer, input_norm: false}\nmeasure:\n  separation: {batch_statistics: true}",
            "x.yaml:3: measure.separation.batch_statistics: needs batch normalisation, but no layer of this network has one; set it to false, or network.norm to batch or network.input_norm to true"),
        bad(
            "network: {depth: 1, input_norm: false}\nmeasure: {separation: {batch_statistics: true}}",
            "x.yaml:2: measure.separation.batch_statistics: needs batch normalisation, but no layer of this network has one; set it to false, or network.norm to batch or network.input_norm to true"),
        bad(
            "measure: {separation: {held_out: 1}}",
            "x.yaml:1: measure.separation.held_out: expected true or false, found 1"),
        bad(
            "loss: mse",
            "x.yaml:1: loss: expected \"cross_entropy\", \"squared_error\" or \"logistic\", found \"mse\""),
        bad(
            "precision: float16",
            "x.yaml:1: precision: expected \"float32\" or \"float64\", found \"float16\"; did you mean \"float32\"?"),
        bad(
            "optimizer:\n  kind: admw",
            "x.yaml:2: optimizer.kind: unknown kind \"admw\"; did you mean \"adamw\"? (known: adam, adamw, sgd, heavy_ball, nesterov)"),
        bad(
            "optimizer: {kind: 3}",
            "x.yaml:1: optimizer.kind: unknown kind 3 (known: adam, adamw, sgd, heavy_ball, nesterov)"),
        bad(
            "optimizer: adam",
            "x.yaml:1: optimizer: expected {kind: adam, ...}, {kind: adamw, ...}, {kind: sgd, ...}, {kind: heavy_ball, ...} or {kind: nesterov, ...}, found \"adam\""),
        bad(
            "optimizer: {kind: sgd, momentum: 0.5}",
            "x.yaml:1: optimizer.momentum: unknown key of kind sgd; it belongs to kind heavy_ball, nesterov (known: kind, learning_rate, l2, clip_norm, schedule, warmup)"),
        bad(
            "optimizer: {learning_rate: 0, beta1: 1}",
            "x.yaml:1: optimizer.learning_rate: expected a number > 0, found 0",
            "x.yaml:1: optimizer.beta1: expected a number >= 0 and < 1, found 1"),
        bad(
            "optimizer:\n  kind: sgd\n  schedule:\n    kind: staircase\n    factor: low",
            "x.yaml:3: optimizer.schedule.every: missing; expected an integer >= 1",
            "x.yaml:5: optimizer.schedule.factor: expected a number > 0, found \"low\""),
        bad(
            "optimizer: {learning_rate: .nan}",
            "x.yaml:1: optimizer.learning_rate: expected a finite number, found .nan"),
        bad(
            "noise: {inputs: .inf}",
            "x.yaml:1: noise.inputs: expected a finite number, found .inf"),
        bad(
            "noise: {labels: 1.2}",
            "x.yaml:1: noise.labels: expected a number >= 0 and <= 1, found 1.2"),
        bad(
            "data: {kind: nzp, file: a.npz}",
            "x.yaml:1: data.kind: unknown kind \"nzp\"; did you mean \"npz\"? (known: digits, idx, npz, mixture, ising, gaussian, quartic, markov)"),
        bad("data: {kind: npz}", "x.yaml:1: data.file: missing; expected a text"),
        bad("data:\n  npz: {x: a}", "x.yaml:2: data.npz.file: missing; expected a text"),
        bad(
            "data: {kind: idx, name: mnist, train: 0}",
            "x.yaml:1: data.train: expected an integer >= 1, found 0"),
        bad(
            "data: {kind: mixture, classes: 10, samples: 5}",
            "x.yaml:1: data: a mixture of 10 classes needs at least as many samples, found data.samples = 5"),
        bad("seed: -1", "x.yaml:1: seed: expected an integer >= 0, found -1"),
        bad(
            "replicas: 99999999999999999999",
            "x.yaml:1: replicas: expected an integer >= 1 and <= 100000, found 99999999999999999999"),
        bad(
            "name: ../up",
            "x.yaml:1: name: expected a name of letters, digits, '.', '_' and '-', found \"../up\""),
        bad(
            "measure: {separation: true}",
            "x.yaml:1: measure.separation: expected false or {times: ..., held_out: ..., batch_statistics: ...}, found true"),
        bad(
            "measure:\n  ledger:\n    every: 0",
            "x.yaml:3: measure.ledger.every: expected an integer >= 1, found 0"),
        bad(
            "measure: {ledger: {secnat: 1, control: -1, midpoint: 1}}",
            "x.yaml:1: measure.ledger.control: expected an integer >= 0, found -1",
            "x.yaml:1: measure.ledger.midpoint: expected true or false, found 1",
            "x.yaml:1: measure.ledger.secnat: unknown key; did you mean \"secant\"? (known: every, audit, control, secant, midpoint)"),
        bad(
            "seed: 1\nreplicas: 2\nseed: 3",
            "x.yaml:3: seed: this key is given twice, first in line 1; delete one of the two"),
        bad(
            "network:\n  depth: 3\n  depth: 4",
            "x.yaml:3: network.depth: this key is given twice, first in line 2; delete one of the two"),
        bad("", "x.yaml: the file is empty; expected at least one key, such as seed: 1"),
        bad(
            "# only talk\n",
            "x.yaml: the file is empty; expected at least one key, such as seed: 1"),
        bad("- 1", "x.yaml:1: expected keys, such as seed: 1, found no key"),
        bad(
            "seed: !!binary aGk=",
            "x.yaml:1: seed: expected a plain value, found the tag tag:yaml.org,2002:binary"));
  }

  private static Arguments bad(String yaml, String... sentences) {
    return Arguments.of(yaml, List.of(sentences));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void eachProblemIsOneSentence(String yaml, List<String> sentences) {
    assertEquals(sentences, Reading.problems(yaml));
  }

  @Test
  void allProblemsAreListedInTheOrderOfTheLines() {
    String yaml =
        """
        seeds: 1
        network:
          depth: 0
        training: {batch: none, epochs: -1}
        seed: 1
        seed: 2
        """;
    List<String> problems = Reading.problems(yaml, "loss=absolute");
    List<String> places = problems.stream().map(p -> p.substring(0, p.indexOf(": "))).toList();
    assertEquals(
        List.of("x.yaml:1", "x.yaml:3", "x.yaml:4", "x.yaml:4", "x.yaml:6", "--set loss=absolute"),
        places);
    ExperimentException thrown =
        assertThrows(ExperimentException.class, () -> Reading.of(yaml, "loss=absolute"));
    assertEquals(String.join("\n", problems), thrown.getMessage());
  }

  @ParameterizedTest
  @MethodSource("brokenYaml")
  void brokenYamlNamesItsLine(String yaml, String start) {
    List<String> problems = Reading.problems(yaml);
    assertEquals(1, problems.size());
    assertTrue(problems.getFirst().startsWith(start), problems.getFirst());
    assertTrue(problems.getFirst().lines().count() == 1, problems.getFirst());
  }

  static Stream<Arguments> brokenYaml() {
    return Stream.of(
        Arguments.of("seed: 1\nnetwork: {depth: 3\nloss: x", "x.yaml:3: not YAML: "),
        Arguments.of("seed: 1\n\tloss: x", "x.yaml:2: not YAML: "),
        Arguments.of("seed: 1: 2", "x.yaml:1: not YAML: "),
        Arguments.of("seed: 1\n---\nseed: 2", "x.yaml:2: not YAML: "),
        Arguments.of("seed: \u0001", "x.yaml: not YAML: "),
        Arguments.of("seed: *unknown", "x.yaml:1: not YAML: "),
        Arguments.of("a: &a [*a]", "x.yaml:1: too many values"));
  }

  @Test
  void missingFilesNameTheirNeighbours(@TempDir Path directory) throws Exception {
    Files.createFile(directory.resolve("fashion.yaml"));
    Path asked = directory.resolve("fashoin.yaml");
    assertEquals(
        asked
            + ": no such file "
            + asked
            + "; did you mean \"fashion.yaml\"? (built in: first-light)",
        problem(() -> ExperimentFile.open(asked.toString(), List.of())));
    Path nowhere = directory.resolve("none/x.yaml");
    assertEquals(
        "%s: no such file %s; the directory %s does not exist (built in: first-light)"
            .formatted(nowhere, nowhere, nowhere.getParent()),
        problem(() -> ExperimentFile.open(nowhere.toString(), List.of())));
    assertEquals(
        directory + ": expected an experiment file, found a directory",
        problem(() -> ExperimentFile.read(directory, List.of())));
    assertTrue(
        problem(() -> ExperimentFile.open("first-lihgt", List.of()))
            .endsWith("(built in: first-light)"));
  }

  @Test
  void missingDataAndWeightsNameTheirLine(@TempDir Path directory) throws Exception {
    Files.createFile(directory.resolve("mine.npz"));
    String yaml = "data:\n  kind: npz\n  file: mien.npz\nnetwork: {weights: w.safetensors}\n";
    ExperimentException thrown =
        assertThrows(ExperimentException.class, () -> Reading.of(yaml, directory));
    assertEquals(
        List.of(
            "x.yaml:3: data.file: no such file mien.npz; did you mean \"mine.npz\"?",
            "x.yaml:4: network.weights: no such file w.safetensors"),
        thrown.problems());
  }

  @Test
  void otherBytesThanTextAreRefused(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("x.yaml");
    Files.write(file, "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + ": expected text in UTF-8, found other bytes",
        problem(() -> ExperimentFile.read(file, List.of())));
  }

  private static String problem(Executable reading) {
    List<String> problems = assertThrows(ExperimentException.class, reading).problems();
    assertEquals(1, problems.size());
    return problems.getFirst();
  }
}
