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
