package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FlowCommandTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void theIsingFlowIsThatOfTanh() {
    JsonNode document =
        Invocation.of("flow", "ising", "--coupling", 1.5, "--block", 2, "--steps", 3, "--json")
            .ends(0)
            .json();
    JsonNode flow = document.get("flow");
    assertEquals(4, flow.size());
    double expected = 1.5;
    double free = flow.get(0).get("free_energy").doubleValue();
    for (JsonNode step : flow) {
      assertEquals(expected, step.get("coupling").doubleValue(), TOLERANCE);
      assertEquals(-Math.log(Math.tanh(expected)), step.get("u").doubleValue(), TOLERANCE);
      assertEquals(free, step.get("free_energy").doubleValue(), TOLERANCE);
      double t = Math.tanh(expected);
      expected = 0.5 * Math.log((1 + t * t) / (1 - t * t));
    }
    JsonNode points = document.get("fixed_points");
    assertEquals(2, points.size());
    assertTrue(points.get(0).get("stable").booleanValue());
    assertEquals("infinite", points.get(1).get("value").stringValue());
    assertFalse(points.get(1).get("stable").booleanValue());
  }

  @Test
  void decimationPowersTheCorrelation() {
    JsonNode flow =
        Invocation.of("flow", "ar1", "--phi", 0.9, "--block", 3, "--steps", 2, "--json")
            .ends(0)
            .json()
            .get("flow");
    assertEquals(Math.pow(0.9, 9), flow.get(2).get("neighbour").doubleValue(), TOLERANCE);
  }

  @Test
  void theShellDividesTheStiffness() {
    JsonNode flow =
        Invocation.of("flow", "ar1", "--phi", 0.9, "--map", "shell", "--steps", 1, "--json")
            .ends(0)
            .json()
            .get("flow");
    double ratio = flow.get(1).get("ratio").doubleValue();
    assertEquals(0.9 / 0.01 / 4, ratio / ((1 - ratio) * (1 - ratio)), 1e-9);
  }

  @Test
  void theQuarticChainHasItsEigenvalues() {
    String table =
        Invocation.of("flow", "phi4", "--theta2", -1, "--theta4", 0.5, "--coupling", 0.6)
            .ends(0)
            .out();
    assertTrue(table.lines().anyMatch(line -> line.contains("lambda_1")), table);
    assertTrue(table.contains("fixed point lambda_n = 0.0"), table);
  }

  @Test
  void saysWhatIsWrong() {
    assertTrue(
        Invocation.of("flow", "ising", "--coupling", 500).ends(2).err().contains("at most 200"));
    assertTrue(Invocation.of("flow", "ar1", "--phi", 1).ends(2).err().contains("between -1 and 1"));
    assertTrue(
        Invocation.of("flow", "ar1", "--phi", 0.5, "--map", "sum")
            .ends(2)
            .err()
            .contains("expected decimation, average or shell, found sum"));
    assertTrue(
        Invocation.of("flow", "ising", "--coupling", 1, "--block", 1)
            .ends(2)
            .err()
            .contains("--block: expected at least 2, found 1"));
    assertTrue(Invocation.of("flow").ends(2).err().contains("expected ising, ar1 or phi4"));
  }

  @Test
  void aFlowIsDrawnIntoANewFile(@TempDir Path folder) throws IOException {
    Map<String, List<Object>> flows =
        Map.of(
            "ising", List.of("--coupling", 1.5, "--field", 0.05),
            "decimated", List.of("--phi", 0.9),
            "shell", List.of("--phi", 0.9, "--map", "shell"),
            "average", List.of("--phi", 0.9, "--map", "average", "--block", 3),
            "phi4", List.of("--theta2", -1, "--theta4", 0.5, "--coupling", 0.6));
    for (Map.Entry<String, List<Object>> flow : flows.entrySet()) {
      Path file = folder.resolve(flow.getKey() + ".svg");
      String chain = List.of("ising", "phi4").contains(flow.getKey()) ? flow.getKey() : "ar1";
      List<Object> words = new ArrayList<>(List.of("flow", chain));
      words.addAll(flow.getValue());
      words.addAll(List.of("--figure", file));
      Invocation drawn = Invocation.of(words.toArray()).ends(0);
      assertTrue(drawn.err().contains("figure: " + file), drawn.err());
      String svg = Files.readString(file);
      assertTrue(svg.startsWith("<?xml") && svg.contains("unstable: "), flow.getKey());
      assertFalse(svg.contains("NaN") || svg.contains("Infinity"), flow.getKey());
      Files.createDirectories(Path.of("target", "flows"));
      Files.writeString(Path.of("target", "flows", flow.getKey() + ".svg"), svg);
    }
    assertTrue(Files.readString(folder.resolve("ising.svg")).contains("decimation by b = 2"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(5, files.count(), "something unfinished is left");
    }
  }

  @Test
  void anExistingFileIsKeptAndTheNumbersDoNotDependOnTheFigure(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("flow.svg");
    String plain = Invocation.of("flow", "ising", "--coupling", 1).ends(0).out();
    String drawn = Invocation.of("flow", "ising", "--coupling", 1, "--figure", file).ends(0).out();
    assertEquals(plain, drawn);
    Files.writeString(file, "mine");
    String refusal =
        Invocation.of("flow", "ising", "--coupling", 1, "--figure", file).ends(2).err();
    assertTrue(refusal.contains("already exists; name another one"), refusal);
    assertEquals("mine", Files.readString(file));
    assertTrue(
        Invocation.of("flow", "ising", "--coupling", 1, "--figure", folder.resolve("flow.png"))
            .ends(2)
            .err()
            .contains("expected a name that ends in .svg"));
    Path nowhere = folder.resolve("missing").resolve("flow.svg");
    assertTrue(
        Invocation.of("flow", "ising", "--coupling", 1, "--figure", nowhere)
            .ends(2)
            .err()
            .contains("cannot be written"));
  }

  @Test
  void flowsThatCannotBeFollowedAreStillDrawn(@TempDir Path folder) {
    Object[][] flows = {
      {"ising", "--coupling", 0},
      {"ising", "--coupling", -1, "--block", 3},
      {"ising", "--coupling", 1, "--steps", 0},
      {"ar1", "--phi", 0},
      {"ar1", "--phi", -0.5},
      {"phi4", "--theta2", 1, "--theta4", 0.5, "--coupling", 0, "--steps", 20}
    };
    for (int i = 0; i < flows.length; i++) {
      List<Object> words = new ArrayList<>(List.of("flow"));
      words.addAll(Arrays.asList(flows[i]));
      words.addAll(List.of("--figure", folder.resolve(i + ".svg")));
      Invocation.of(words.toArray()).ends(0);
    }
  }
}
