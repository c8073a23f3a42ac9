package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridTest {
  private static final String GRID =
      """
      name: small
      axes:
        - {key: network.activation.slope, values: [0, 0.5]}
        - {key: network.dropout, values: [0, 0.1, 0.3]}
      network: {activation: {kind: leaky_relu}}
      replicas: 4
      """;

  @TempDir Path place;

  private static Grid grid(String text, String... sets) {
    return Grid.read("grid.yaml", text, List.of(sets));
  }

  private static List<String> problems(String text, String... sets) {
    return assertThrows(ExperimentException.class, () -> grid(text, sets)).problems();
  }

  @Test
  void everyCombinationIsACell() {
    Grid grid = grid(GRID);
    assertEquals(6, grid.cells().size());
    assertEquals(24, grid.trainings());
    assertEquals("2 x 3 cells, 4 seeds each", grid.description());
    Grid.Cell second = grid.cells().get(1);
    assertEquals("network.activation.slope=0, network.dropout=0.1", second.toString());
    assertEquals(0.1, second.experiment().network().dropout());
    assertEquals(
        new Activation.LeakyRelu(0.5), grid.cells().get(3).experiment().network().activation());
  }

  @Test
  void aCellIsTheExperimentThatItsSettingsWouldGive() {
    Grid.Cell cell = grid(GRID).cells().get(5);
    Experiment alone =
        Reading.of(GRID, "axes=null", "network.activation.slope=0.5", "network.dropout=0.3");
    assertEquals(alone, cell.experiment());
    assertEquals(alone.hash().substring(0, 16), cell.key());
    assertEquals(alone, ExperimentFile.read("cell", cell.file().text(), List.of()).experiment());
  }

  @Test
  void theKeyOfACellDoesNotDependOnItsNeighbours() {
    Grid more =
        grid(
            GRID,
            "axes=[{key: network.dropout, values: [0.3, 0.2]}]",
            "network.activation.slope=0.5");
    assertEquals(grid(GRID).cells().get(5).key(), more.cells().get(0).key());
    assertNotEquals(grid(GRID).hash(), more.hash());
  }

  @Test
  void severalKeysTakeTheSameValues() {
    Grid grid = grid("axes: [{key: noise.labels + noise.inputs, values: [0, 0.25]}]");
    assertEquals(0.25, grid.cells().get(1).experiment().noise().labels());
    assertEquals(0.25, grid.cells().get(1).experiment().noise().inputs());
  }

  @Test
  void wholeNumbersStayWhole() {
    Grid grid = grid("axes: [{key: training.batch, values: [5, 1e2]}]");
    assertEquals(100, grid.cells().get(1).experiment().training().batch());
  }

  @Test
  void theResolvedTextGivesTheSameGrid() throws IOException {
    Grid grid = grid(GRID);
    Path file = place.resolve("resolved.yaml");
    Files.writeString(file, grid.resolvedYaml());
    Grid again = Grid.reopen(file);
    assertEquals(grid.cells(), again.cells());
    assertEquals(grid.hash(), again.hash());
    assertTrue(Grid.isIn(file));
    assertEquals(grid.base(), ExperimentFile.base(file));
  }

  @Test
  void saysWhatIsWrongWithAnAxis() {
    assertEquals(
        List.of(
            "grid.yaml: axes: network.dropout=1.5: network.dropout: expected a number >= 0 and < 1, found 1.5"),
        problems("axes: [{key: network.dropout, values: [1.5]}]"));
    String unknown = problems("axes: [{key: network.dropuot, values: [0]}]").getFirst();
    assertTrue(
        unknown.startsWith("grid.yaml: axes: network.dropuot=0: network.dropuot: unknown key"),
        unknown);
    assertTrue(unknown.contains("did you mean"), unknown);
    String empty = problems("axes: [{key: network.dropout, values: []}]").getFirst();
    assertTrue(empty.startsWith("grid.yaml:1: axes"), empty);
    String word = problems("axes: [{key: network.dropout, values: [low]}]").getFirst();
    assertTrue(word.contains("expected a number or true or false, found \"low\""), word);
    String twice = problems("axes: [{key: network.dropout, values: [0.1, 0.1]}]").getFirst();
    assertTrue(twice.startsWith("grid.yaml:1: axes"), twice);
  }

  @Test
  void anExperimentAloneIsNoGridAndAGridNoExperiment() {
    assertTrue(problems("seed: 1").getFirst().contains("a sweep needs axes"));
    List<String> found = assertThrows(ExperimentException.class, () -> Reading.of(GRID)).problems();
    assertEquals(
        List.of(
            "x.yaml:2: axes: this file describes a grid of experiments; carry it out with: fathom sweep x.yaml"),
        found);
  }

  @Test
  void refusesCellsThatAreTheSameExperiment() {
    String same =
        problems(
                "axes: [{key: noise.labels, values: [0, 0.1]}, {key: noise.labels, values: [0, 0.1]}]")
            .getFirst();
    assertTrue(same.contains("are the same experiment; take one of them out"), same);
  }

  private static final String CASES =
      """
      name: cases
      keep: all
      replicas: 4
      network: {widths: [5, 1, 5], linear: [2], norm: none}
      cases:
        trained: {}
        shuffled: {data.shuffle_labels: true}
        "no bias: at all": {network.bias: false}
        W = 12: {network.widths: [12, 3], network.linear: null}
        adam: {optimizer: {kind: adamw, schedule: {kind: cosine, last: 1e-4}}, name: "a.b"}
      """;

  private static final String AXES =
      "axes: [{key: network.input_norm, values: [true, false]}, {key: seed, values: [1, 2]}]\n";

  @Test
  void everyCaseIsACell() {
    Grid grid = grid(CASES);
    assertEquals(5, grid.cells().size());
    assertEquals("5 cases, 4 seeds each", grid.description());
    assertEquals(
        List.of("trained", "shuffled", "no bias: at all", "W = 12", "adam"),
        grid.cells().stream().map(Grid.Cell::toString).toList());
    assertEquals(grid.base(), grid.cells().get(0).experiment());
    assertTrue(grid.cells().get(1).experiment().data().selection().shuffleLabels());
    assertFalse(grid.cells().get(2).experiment().network().bias());
    assertEquals(
        new Architecture.Mlp(List.of(12, 3), List.of()),
        grid.cells().get(3).experiment().network().shape());
    assertEquals(
        Reading.of(
            CASES,
            "cases=null",
            "keep=null",
            "optimizer={kind: adamw, schedule: {kind: cosine, last: 1e-4}}",
            "name=a.b"),
        grid.cells().get(4).experiment());
    assertEquals(
        List.of(0, 1, 2, 3, 4),
        grid.cells().stream().map(c -> Objects.requireNonNull(c.variant()).index()).toList());
    assertEquals(Grid.Keep.ALL, grid.keep());
  }

  @Test
  void everyCaseIsDoneAtEveryPointOfTheAxes() {
    Grid grid = grid(CASES + AXES);
    assertEquals(20, grid.cells().size());
    assertEquals(80, grid.trainings());
    assertEquals("5 cases x 2 x 2 cells, 4 seeds each", grid.description());
    Grid.Cell cell = grid.cells().get(4 + 3);
    assertEquals("shuffled, network.input_norm=false, seed=2", cell.toString());
    assertEquals(Map.of("network.input_norm", 0.0, "seed", 2.0), cell.coordinates());
    assertFalse(cell.experiment().network().inputNorm());
    assertTrue(cell.experiment().data().selection().shuffleLabels());
    assertEquals("shuffled", Objects.requireNonNull(cell.variant()).name());
    assertTrue(grid.cells().get(0).experiment().network().inputNorm());
  }

  @Test
  void aCaseMayChangeTheNumberOfSeeds() {
    Grid grid = grid("replicas: 2\ncases: {few: {}, many: {replicas: 7}}");
    assertEquals("2 cases, 9 trainings", grid.description());
  }

  @Test
  void theResolvedTextGivesTheSameCases() throws IOException {
    for (String text : List.of(CASES, CASES + AXES, CASES.replace("keep: all", "keep: ends"))) {
      Grid grid = grid(text);
      Path file = place.resolve("resolved.yaml");
      Files.writeString(file, grid.resolvedYaml());
      Grid again = Grid.reopen(file);
      assertEquals(grid.cells(), again.cells());
      assertEquals(grid.cases(), again.cases());
      assertEquals(grid.axes(), again.axes());
      assertEquals(grid.keep(), again.keep());
      assertEquals(grid.hash(), again.hash());
      assertEquals(grid.resolvedYaml(), again.resolvedYaml());
      assertTrue(Grid.isIn(file));
      assertEquals(grid.base(), ExperimentFile.base(file));
    }
  }

  /** The hash of a grid from before there were cases. */
  @Test
  void whatIsUsualIsLeftOut() {
    Grid grid = grid(GRID);
    String axes =
        "axes:\n- {key: network.activation.slope, values: [0, 0.5]}\n"
            + "- {key: network.dropout, values: [0, 0.1, 0.3]}\n";
    assertEquals(grid.base().resolvedYaml() + axes, grid.resolvedYaml());
    assertEquals(grid.hash(), grid(GRID + "keep: ends\n").hash());
    assertNotEquals(grid.hash(), grid(GRID + "keep: all\n").hash());
    assertFalse(grid(CASES).resolvedYaml().contains("axes"));
  }

  @Test
  void saysWhatIsWrongWithACase() {
    String unknown = problems("cases: {odd: {network.biass: false}}").getFirst();
    assertTrue(
        unknown.startsWith(
            "grid.yaml: case odd: network.biass=false: network.biass: unknown key of kind mlp; did you mean \"bias\"?"),
        unknown);
    assertEquals(
        List.of(
            "grid.yaml: case odd: network.dropout=2: network.dropout: expected a number >= 0 and < 1, found 2"),
        problems("cases:\n  trained: {}\n  odd: {network.dropout: 2}"));
    assertEquals(
        List.of(
            "grid.yaml:2: cases.odd.network dropout: expected a key of the experiment, such as network.depth"),
        problems("cases:\n  odd: {network dropout: 0.5}"));
    assertEquals(
        List.of(
            "grid.yaml:2: cases.odd.network.dropout: this key is an axis too; take it out of one of the two"),
        problems(
            "cases:\n  odd: {network.dropout: 0.5}\naxes: [{key: network.dropout + noise.labels, values: [0, 0.1]}]"));
    assertEquals(
        List.of("grid.yaml:2: cases.odd: expected keys, found 5"), problems("cases:\n  odd: 5"));
    assertEquals(
        List.of("grid.yaml:2: cases.odd: expected keys, found nothing"),
        problems("cases:\n  odd:"));
    String empty = problems("cases: {}").getFirst();
    assertTrue(empty.startsWith("grid.yaml:1: cases: expected keys"), empty);
    assertTrue(
        problems("cases: {a: {}, b: {seed: 1}}")
            .getFirst()
            .startsWith("grid.yaml: cases: the cells a and b are the same experiment"));
    assertEquals(
        List.of(
            "grid.yaml:1: keep: expected \"ends\" or \"all\", found \"end\"; did you mean \"ends\"?"),
        problems("keep: end\ncases: {a: {}}"));
  }

  @Test
  void namesOfCasesAreForPeople() {
    assertEquals(
        40,
        grid("cases: {" + "\u00df".repeat(40) + ": {}}").cells().getFirst().toString().length());
    for (String name : List.of("x".repeat(41), "\"\"", "\" a\"", "\"a\\tb\"", "\"a\\u200bb\"")) {
      List<String> found = problems("cases: {" + name + ": {}}");
      assertEquals(1, found.size(), found::toString);
      assertTrue(
          found
              .getFirst()
              .endsWith("must have 1 to 40 printable characters, and no blank at its ends"),
          found::toString);
    }
  }

  /**
   * What a case changes may have other defaults than what the base has; its files lie beside it.
   */
  @Test
  void casesOfOtherKindsAndWithFilesOfTheirOwnAreReadBack() throws IOException {
    Files.createFile(place.resolve("own.npz"));
    Path given = place.resolve("grid.yaml");
    Files.writeString(
        given,
        """
        optimizer: {clip_norm: 2}
        cases:
          usual: {}
          plain: {optimizer.kind: sgd}
          deep: {network.kind: residual, network.norm: layer}
          own: {data: {kind: npz, file: own.npz}, training.steps: 7}
          "\\"quoted\\", # {odd}": {data.shuffle_labels: true}
        """);
    Grid grid = Grid.read(given, List.of());
    assertEquals(0.01, grid.cells().get(1).experiment().optimizer().learningRate());
    assertEquals(2, grid.cells().get(1).experiment().optimizer().clipNorm());
    Path resolved = Files.createDirectory(place.resolve("run")).resolve("resolved.yaml");
    Files.writeString(resolved, grid.resolvedYaml());
    Grid again = Grid.reopen(resolved);
    assertEquals(grid.cells(), again.cells());
    assertEquals(grid.hash(), again.hash());
    assertTrue(grid.resolvedYaml().contains(place.resolve("own.npz").toString()));
  }

  @Test
  void anAxisInABlockThatIsLeftOutIsRefused() {
    assertEquals(
        List.of(
            "grid.yaml:1: axes: data.split_seed differs from cell to cell, but the file leaves out data; write it out, such as data: {\"kind\":\"digits\",\"train\":1437,\"test\":360,\"split_seed\":1}"),
        problems("axes: [{key: data.split_seed, values: [1, 2]}]"));
    assertEquals(
        2,
        grid("data: {kind: digits}\naxes: [{key: data.split_seed, values: [1, 2]}]")
            .cells()
            .size());
  }

  @Test
  void anAxisHasNumbersOrTrueAndFalse() {
    assertEquals(
        List.of("grid.yaml:1: axes[0].values: expected numbers only, or true and false only"),
        problems("axes: [{key: network.bias, values: [true, 0]}]"));
    assertEquals(
        List.of("grid.yaml: axes: network.bias=1: network.bias: expected true or false, found 1"),
        problems("axes: [{key: network.bias, values: [1]}]"));
  }
}
