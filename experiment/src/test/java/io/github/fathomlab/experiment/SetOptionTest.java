package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.fathomlab.data.Npz;
import io.github.fathomlab.network.NetworkSpec.Norm;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetOptionTest {
  private static final String FILE = "network: {depth: 4, width: 10}\ntraining: {epochs: 7}";

  @Test
  void anOptionIsTheSameAsTheKeyInTheFile() {
    assertEquals(
        Reading.of("network: {depth: 4, width: 20}\ntraining: {epochs: 7}\nseed: 5"),
        Reading.of(FILE, "network.width=20", "seed=5"));
  }

  @Test
  void valuesAreYaml() {
    Experiment experiment =
        Reading.of(
            FILE,
            "optimizer.schedule={kind: cosine, last: 1e-2}",
            "measure.separation=false",
            "training.batch=full",
            "training.epochs=1e3");
    assertEquals(new Schedule.Cosine(0.01), experiment.optimizer().schedule());
    assertNull(experiment.measure().separation());
    assertEquals(new Training(0, new Training.Length.Epochs(1000)), experiment.training());
  }

  @Test
  void theLastOptionCounts() {
    assertEquals(3, Reading.of(FILE, "replicas=2", "replicas=3").replicas());
  }

  @Test
  void nullGoesBackToTheDefault() {
    assertEquals(100, hidden(Reading.of(FILE, "network.width=null")).getFirst());
  }

  @Test
  void aRivalOfTheFileIsReplaced() {
    assertEquals(
        new Training.Length.Steps(9), Reading.of(FILE, "training.steps=9").training().length());
    assertEquals(List.of(3, 2), hidden(Reading.of(FILE, "network.widths=[3, 2]")));
    assertEquals(
        List.of(100, 100), hidden(Reading.of("network: {widths: [5]}", "network.depth=3")));
    assertEquals(
        Norm.LAYER,
        Reading.of("network: {batch_norm: true}", "network.norm=layer").network().norm());
    assertEquals(
        Norm.NONE,
        Reading.of("network: {norm: layer}", "network.batch_norm=false").network().norm());
  }

  private static List<Integer> hidden(Experiment experiment) {
    return ((Architecture.Mlp) experiment.network().shape()).hidden();
  }

  @Test
  void aKeyOfAnotherKindOfNetworkIsSet() {
    assertEquals(
        new Architecture.Residual(64, 3, 0, 0.5),
        Reading.of("network: {kind: residual, blocks: 3}", "network.scale=0.5").network().shape());
  }

  @Test
  void blocksThatTheFileLacksAreMade() {
    assertEquals(
        new OptimizerRule.Nesterov(0.5),
        Reading.of(FILE, "optimizer.kind=nesterov", "optimizer.momentum=0.5").optimizer().rule());
  }

  @Test
  void filesOfAnOptionAreRelativeToTheWorkingDirectory(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("a.npz"));
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    Experiment experiment =
        Reading.of("seed: 1", directory.resolve("other"), "data={npz: {file: " + relative + "}}");
    assertEquals(file, ((Npz) experiment.data()).file());
  }

  @Test
  void errorsNameTheOption() {
    assertEquals(
        List.of(
            "--set network.width=-3: network.width: expected an integer >= 1 and <= 65536, found -3"),
        Reading.problems(FILE, "network.width=-3"));
    assertEquals(
        List.of(
            "--set network.activation={kind: leaky_relu, slop: 1}: network.activation.slop: unknown key of kind leaky_relu; did you mean \"slope\"? (known: kind, slope)"),
        Reading.problems(FILE, "network.activation={kind: leaky_relu, slop: 1}"));
    assertEquals(
        List.of("--set width: expected key=value, such as network.depth=4, found width"),
        Reading.problems(FILE, "width"));
    assertEquals(
        List.of("--set seed=: expected key=value, such as network.depth=4, found seed="),
        Reading.problems(FILE, "seed="));
    assertEquals(
        List.of(
            "--set network.activation.slope=0.1: network.activation is \"tanh\" and has no keys; set the whole of it, such as --set 'network.activation={...}'"),
        Reading.problems("network: {activation: tanh}", "network.activation.slope=0.1"));
    String broken = Reading.problems(FILE, "network={depth: 3").getFirst();
    assertEquals("--set network={depth: 3: not YAML: ", broken.substring(0, 35));
  }
}
