package io.github.fathomlab.renormalization.ising;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.Vectors;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The reference numbers of the Ising chain. */
final class IsingVectors {
  private static final JsonNode ALL = Vectors.load("renormalization-ising");

  private IsingVectors() {}

  static JsonNode group(String name) {
    return field(ALL, name);
  }

  static List<JsonNode> list(String name) {
    return group(name).valueStream().toList();
  }

  static List<JsonNode> rows(String name) {
    return field(group(name), "rows").valueStream().toList();
  }

  static IsingChain chain(JsonNode row) {
    return new IsingChain(number(row, "K"), row.has("h") ? number(row, "h") : 0);
  }

  static void near(double expected, double actual, double relative) {
    assertEquals(expected, actual, relative * Math.abs(expected) + Double.MIN_NORMAL);
  }

  static byte[] spins(JsonNode list) {
    int[] values = Vectors.integers(list);
    byte[] spins = new byte[values.length];
    for (int i = 0; i < spins.length; i++) {
      spins[i] = (byte) values[i];
    }
    return spins;
  }
}
