package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertTrue(word.contains("expected a number, found \"low\""), word);
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
}
