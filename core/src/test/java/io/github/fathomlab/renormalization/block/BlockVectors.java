package io.github.fathomlab.renormalization.block;

import static io.github.fathomlab.Vectors.field;

import io.github.fathomlab.Vectors;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The reference numbers of blocks of the chain. */
final class BlockVectors {
  private static final JsonNode ALL = Vectors.load("renormalization-block");

  private BlockVectors() {}

  static List<JsonNode> rows(String name) {
    return field(field(ALL, name), "rows").valueStream().toList();
  }

  static double tolerance(String name) {
    return Vectors.number(field(ALL, name), "tol");
  }
}
