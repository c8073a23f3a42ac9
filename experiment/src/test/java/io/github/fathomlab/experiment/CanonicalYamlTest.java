package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalYamlTest {

  private static Experiment reread(Path directory, String yaml) throws Exception {
    Path file = Files.writeString(directory.resolve("resolved.yaml"), yaml);
    return ExperimentFile.reopen(file);
  }

  @Test
  void readingTheTextGivesAnEqualExperiment(@TempDir Path directory) throws Exception {
    RandomExperiments experiments = new RandomExperiments(11);
    for (int round = 0; round < 300; round++) {
      Experiment experiment = experiments.next();
      String yaml = experiment.resolvedYaml();
      Experiment again = reread(directory, yaml);
      assertEquals(experiment, again, yaml);
      assertEquals(yaml, again.resolvedYaml());
      assertEquals(experiment.hash(), again.hash());
    }
  }

  @Test
  void differentExperimentsHaveDifferentHashes() {
    RandomExperiments experiments = new RandomExperiments(12);
    List<String> hashes =
        Stream.generate(experiments::next).limit(200).map(Experiment::hash).toList();
    assertEquals(200, hashes.stream().distinct().count());
    assertNotEquals(Reading.of("seed: 1").hash(), Reading.of("seed: 2").hash());
  }

  @Test
  void theHashDoesNotDependOnOrderCommentsOrSpelling() {
    String hash =
        Reading.of(
                "name: a\nnetwork: {depth: 3, width: 50}\noptimizer: {learning_rate: 0.01}\n"
                    + "data: {kind: npz, file: pom.xml}")
            .hash();
    String otherwise =
        """
        # the same in other words
        "data":
          npz:
            file: "./pom.xml"
            y: 'y'
        optimizer: &o
          learning_rate: 1.0e-2   # a comment
          kind: adam
        noise:
        seed: 0x1
        network:
          widths:
            - 50
            - 5e1
          activation: {kind: leaky_relu, slope: -0.0}
        name: a
        """;
    assertEquals(hash, Reading.of(otherwise).hash());
    assertEquals(
        hash,
        Reading.of(
                "name: b",
                "name=a",
                "network={depth: 3, width: 50}",
                "optimizer.learning_rate=.01",
                "data={kind: npz, file: pom.xml}")
            .hash());
  }

  @Test
  void theHashIsTheSha256OfTheText() throws Exception {
    Experiment experiment = Reading.of("name: sum");
    byte[] sum =
        MessageDigest.getInstance("SHA-256")
            .digest(experiment.resolvedYaml().getBytes(StandardCharsets.UTF_8));
    assertEquals(HexFormat.of().formatHex(sum), experiment.hash());
    assertEquals("sum-" + experiment.hash().substring(0, 8), experiment.runName());
  }

  @Test
  void everyDefaultIsExplicit() {
    String expected =
        """
        name: experiment
        data:
          kind: digits
          train: 1437
          test: 360
          split_seed: 1
          shuffle_labels: false
        network:
          depth: 8
          width: 100
          activation: relu
          input_norm: true
          batch_norm: true
          dropout: 0
          bias: true
          initialisation: pytorch
        loss: cross_entropy
        optimizer:
          kind: adam
          learning_rate: 0.001
          beta1: 0.9
          beta2: 0.999
          epsilon: 1.0E-8
          l2: 0
          clip_norm: 0
          schedule: constant
          warmup: 0
        noise:
          labels: 0
          inputs: 0
          temperature: 0
        training:
          batch: 100
          epochs: 100
        replicas: 10
        seed: 1
        precision: float32
        measure:
          learning_curve:
            every: 1
          separation:
            times: 20
          ledger:
            every: 1
            audit: 100
        checkpoint:
          every: 500
        """;
    assertEquals(expected, Reading.of("seed: 1").resolvedYaml());
  }

  @ParameterizedTest
  @MethodSource("oldFiles")
  void theHashesOfOlderFilesStay(String given, String hash) {
    assertEquals(hash, ExperimentFile.open(given, List.of()).experiment().hash());
  }

  static Stream<Arguments> oldFiles() {
    return Stream.of(
        Arguments.of(
            "first-light", "eb0030e858efb53e7bcd4c6d3e21040a6511b7e7959c829a90dcb5e75fb8324d"),
        Arguments.of(
            "../examples/mixture-sgd.yaml",
            "c620fcff2f1d0fd81dda5dba7c84771c0d9cb727c450d87488d0e4245ea7314e"),
        Arguments.of(
            "../examples/fashion.yaml",
            "869602f7b05284232c4f417060eb9030203e8f6ad8eed1c70d3dd3d1d452ccc5"));
  }

  @ParameterizedTest
  @MethodSource("oldTexts")
  void theHashesOfOlderTextsStay(String yaml, String hash) {
    assertEquals(hash, Reading.of(yaml).hash());
  }

  static Stream<Arguments> oldTexts() {
    return Stream.of(
        Arguments.of("seed: 1", "fecc0c9622b97153a343bbef3d7baa0de2d0d345c26eb1e1afdca25736633c8b"),
        Arguments.of(
            "network: {batch_norm: false}",
            "6b1f9bb0e123c0dd4f5565cde66978de7ad9e7944581b86e31d5cb495ecca544"),
        Arguments.of(
            "network: {widths: [7, 3], activation: {kind: leaky_relu, slope: 0.2}, bias: false, dropout: 0.5}\n"
                + "measure: {ledger: {every: 2, audit: 5}}",
            "4e6506b8f5faa8dfa62b8e690a0fbd5020b5672863dacd0239a8d7bed7fa7dbb"),
        Arguments.of(
            "network: {depth: 1, initialisation: he}\nmeasure: {ledger: false}",
            "68b9f78e22d359f4c13a3f1684e0999969ab8fe6f049d5ef3ce05be0d2063b58"));
  }

  @Test
  void newerKeysAreLeftOutWhereTheyHaveTheirDefaults() {
    String plain = Reading.of("seed: 1").resolvedYaml();
    assertEquals(
        plain,
        Reading.of(
                "network: {kind: mlp, norm: batch, linear: []}\n"
                    + "measure: {separation: {held_out: false, batch_statistics: false},"
                    + " ledger: {control: 10, secant: 0, midpoint: false}}")
            .resolvedYaml());
    assertEquals(Reading.of("network: {batch_norm: false}"), Reading.of("network: {norm: none}"));
    assertEquals(
        plain
            .replace("batch_norm: true", "norm: layer")
            .replace(
                "    times: 20\n",
                "    times: 20\n    held_out: true\n    batch_statistics: true\n")
            .replace(
                "    audit: 100\n",
                "    audit: 100\n    control: 0\n    secant: 1\n    midpoint: true\n"),
        Reading.of(
                "network: {norm: layer}\n"
                    + "measure: {separation: {held_out: true, batch_statistics: true},"
                    + " ledger: {control: 0, secant: 1, midpoint: true}}")
            .resolvedYaml());
  }

  @Test
  void linearLayersAndBiasesAreThereWhereTheyAreAskedFor() {
    assertEquals(
        """
        network:
          widths:
          - 4
          - 1
          - 4
          linear:
          - 1
          - 3
          activation: tanh
          input_norm: true
          batch_norm: true
          dropout: 0
          bias: true
          initialisation:
            kind: scaled
            gain: 1
            bias: 0.1
        """,
        network(
            "network: {widths: [4, 1, 4], linear: [3, 1], activation: tanh, initialisation: {kind: scaled, bias: 0.1}}"));
    assertEquals(
        Reading.of("network: {initialisation: {kind: scaled, gain: 1.4}}").hash(),
        Reading.of("network: {initialisation: {kind: scaled, gain: 1.4, bias: 0}, linear: []}")
            .hash());
  }

  @Test
  void everyDefaultOfTheOtherKindsIsExplicit() {
    assertEquals(
        """
        network:
          kind: residual
          width: 64
          blocks: 6
          inner: 0
          scale: 1
          activation: relu
          input_norm: true
          norm: batch
          dropout: 0
          bias: true
          initialisation: pytorch
        """,
        network("network: {kind: residual}"));
    assertEquals(
        """
        network:
          kind: convolution
          channels:
          - 8
          - 16
          - 16
          strides:
          - 1
          - 1
          - 1
          kernel: 3
          residual: false
          image:
          - 1
          - 16
          - 4
          activation: relu
          input_norm: false
          norm: batch
          dropout: 0
          bias: true
          initialisation: pytorch
        """,
        network("network: {kind: convolution, image: [1, 16, 4]}"));
  }

  private static String network(String yaml) {
    String whole = Reading.of(yaml).resolvedYaml();
    return whole.substring(whole.indexOf("network:"), whole.indexOf("loss:"));
  }

  @Test
  void aRunWhoseDataAreGoneCanBeReopened(@TempDir Path directory) throws Exception {
    Path data = Files.createFile(directory.resolve("a.npz"));
    Path given = directory.resolve("x.yaml");
    Files.writeString(given, "data: {kind: npz, file: a.npz}");
    Experiment experiment = ExperimentFile.read(given, List.of()).experiment();
    Files.delete(data);
    Path run = Files.createDirectory(directory.resolve("run"));
    assertEquals(experiment, reread(run, experiment.resolvedYaml()));
    assertTrue(experiment.resolvedYaml().contains("file: " + data));
  }
}
