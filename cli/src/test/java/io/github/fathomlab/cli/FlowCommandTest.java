package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
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
}
