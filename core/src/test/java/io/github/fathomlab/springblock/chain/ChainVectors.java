package io.github.fathomlab.springblock.chain;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;

import io.github.fathomlab.Vectors;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The reference numbers of the chain. */
final class ChainVectors {
  private static final JsonNode ALL = Vectors.load("spring-block");

  private ChainVectors() {}

  static JsonNode group(String name) {
    return field(ALL, name);
  }

  static List<JsonNode> list(String name) {
    return group(name).valueStream().toList();
  }

  /** A chain with mass from its parameters. */
  static ChainSpec massive(JsonNode params) {
    int blocks = field(params, "N").intValue();
    double noise = params.has("eps") ? number(params, "eps") : 0;
    return new ChainSpec(
        blocks,
        number(params, "k"),
        new Pull.Constant(number(params, "y")),
        new DryFriction(number(params, "muR"), number(params, "muL")),
        new Inertia.Massive(number(params, "m"), number(params, "gamma")),
        ChainNoise.independent(noise),
        ChainState.atWall(blocks));
  }

  /** The underdamped chain of 4 blocks whose motion is known to 40 digits. */
  static ChainSpec underdamped() {
    return massive(field(group("second_order_event_driven").get(0), "params"));
  }

  /** A chain without mass. */
  static ChainSpec massless(int blocks, double stiffness, double right, double left, double pull) {
    return new ChainSpec(
        blocks,
        stiffness,
        new Pull.Constant(pull),
        new DryFriction(right, left),
        new Inertia.Massless(1),
        ChainNoise.none(),
        ChainState.atWall(blocks));
  }
}
