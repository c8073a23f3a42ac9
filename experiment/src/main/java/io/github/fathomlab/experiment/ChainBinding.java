package io.github.fathomlab.experiment;

import io.github.fathomlab.data.ChainBlocks;
import io.github.fathomlab.renormalization.task.BlockTask;
import io.github.fathomlab.renormalization.task.ChainLaw;

/** Blocks of a chain as a block of keys, read and written. */
final class ChainBinding {
  private ChainBinding() {}

  static ChainBlocks bind(String kind, Block data) {
    double coupling = data.number("coupling");
    ChainLaw law =
        switch (kind) {
          case "ising" -> new ChainLaw.Ising(coupling, data.number("field"));
          case "gaussian" -> new ChainLaw.Gaussian(coupling);
          default -> new ChainLaw.Quartic(data.number("theta2"), data.number("theta4"), coupling);
        };
    return new ChainBlocks(
        law,
        data.integer("window"),
        task(data),
        data.number("shuffle"),
        data.integer("samples"),
        data.count("seed"));
  }

  private static BlockTask task(Block data) {
    if (!data.value("task").isObject()) {
      return switch (data.text("task")) {
        case "majority" -> new BlockTask.Majority();
        case "reconstruction" -> new BlockTask.Reconstruction();
        default -> new BlockTask.Environment(1, false);
      };
    }
    Block task = data.block("task");
    return task.text("kind").equals("thermometer")
        ? new BlockTask.Thermometer(task.number("against"))
        : new BlockTask.Environment(task.integer("distance"), task.flag("both_sides"));
  }

  static CanonicalKeys canonical(ChainBlocks data) {
    CanonicalKeys keys =
        switch (data.law()) {
          case ChainLaw.Ising(double coupling, double field) ->
              CanonicalKeys.ofKind("ising").put("coupling", coupling).put("field", field);
          case ChainLaw.Gaussian(double phi) ->
              CanonicalKeys.ofKind("gaussian").put("coupling", phi);
          case ChainLaw.Quartic(double theta2, double theta4, double coupling) ->
              CanonicalKeys.ofKind("quartic")
                  .put("theta2", theta2)
                  .put("theta4", theta4)
                  .put("coupling", coupling);
        };
    return keys.put("window", data.window())
        .put("task", task(data.task()))
        .put("shuffle", data.shuffle())
        .put("samples", data.samples())
        .put("seed", data.seed());
  }

  private static Object task(BlockTask task) {
    return switch (task) {
      case BlockTask.Thermometer(double against) ->
          CanonicalKeys.ofKind("thermometer").put("against", against);
      case BlockTask.Environment(int distance, boolean bothSides) ->
          CanonicalKeys.ofKind("environment")
              .put("distance", distance)
              .put("both_sides", bothSides);
      case BlockTask.Majority _ -> "majority";
      case BlockTask.Reconstruction _ -> "reconstruction";
    };
  }
}
