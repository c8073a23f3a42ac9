package io.github.fathomlab.experiment;

import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;

/** Turns valid values with their defaults into an {@link Experiment}. */
final class ExperimentBinding {
  private final Given given;
  private final GivenFiles files;

  /** With {@code mustExist} a file that is named but missing is a problem. */
  ExperimentBinding(Given given, boolean mustExist) {
    this.given = given;
    files = new GivenFiles(given, mustExist);
  }

  Experiment bind() {
    Block root = new Block(given.root(), KeyPath.ROOT);
    Architecture network = new NetworkBinding(given, files).bind(root.block("network"));
    return new Experiment(
        root.text("name"),
        new DataBinding(given, files).bind(root.block("data")),
        network,
        loss(root.text("loss")),
        optimisation(root.block("optimizer")),
        noise(root.block("noise")),
        training(root.block("training")),
        root.integer("replicas"),
        root.count("seed"),
        root.text("precision").equals("float32") ? Precision.FLOAT32 : Precision.FLOAT64,
        measurement(root.block("measure"), network),
        root.block("checkpoint").count("every"));
  }

  private static Loss loss(String name) {
    return switch (name) {
      case "cross_entropy" -> new Loss.CrossEntropy();
      case "squared_error" -> new Loss.SquaredError();
      default -> new Loss.Logistic();
    };
  }

  private static Optimisation optimisation(Block optimizer) {
    OptimizerRule rule =
        switch (optimizer.text("kind")) {
          case "sgd" -> new OptimizerRule.Sgd();
          case "heavy_ball" -> new OptimizerRule.HeavyBall(optimizer.number("momentum"));
          case "nesterov" -> new OptimizerRule.Nesterov(optimizer.number("momentum"));
          case "adam" ->
              new OptimizerRule.Adam(
                  optimizer.number("beta1"),
                  optimizer.number("beta2"),
                  optimizer.number("epsilon"));
          default ->
              new OptimizerRule.AdamW(
                  optimizer.number("beta1"),
                  optimizer.number("beta2"),
                  optimizer.number("epsilon"),
                  optimizer.number("weight_decay"));
        };
    return new Optimisation(
        rule,
        optimizer.number("learning_rate"),
        optimizer.number("l2"),
        optimizer.number("clip_norm"),
        schedule(optimizer));
  }

  private static Schedule schedule(Block optimizer) {
    Schedule schedule =
        switch (optimizer.choice("schedule")) {
          case "constant" -> new Schedule.Constant();
          case "staircase" -> {
            Block stairs = optimizer.block("schedule");
            yield new Schedule.Staircase(stairs.count("every"), stairs.number("factor"));
          }
          case "cosine" -> new Schedule.Cosine(optimizer.block("schedule").number("last"));
          default -> new Schedule.Inverse(optimizer.block("schedule").number("rate"));
        };
    long warmup = optimizer.count("warmup");
    return warmup == 0 ? schedule : new Schedule.Warmup(warmup, schedule);
  }

  private static Noise noise(Block noise) {
    return new Noise(noise.number("labels"), noise.number("inputs"), noise.number("temperature"));
  }

  private static Training training(Block training) {
    int batch = training.value("batch").isString() ? 0 : training.integer("batch");
    return new Training(
        batch,
        training.has("steps")
            ? new Training.Length.Steps(training.count("steps"))
            : new Training.Length.Epochs(training.count("epochs")));
  }

  private Measurement measurement(Block measure, Architecture network) {
    Block curve = measure.blockUnlessFalse("learning_curve");
    Block separation = measure.blockUnlessFalse("separation");
    Block coupling = measure.blockUnlessFalse("coupling");
    Block rank = measure.blockUnlessFalse("rank");
    Block ledger = measure.blockUnlessFalse("ledger");
    return new Measurement(
        curve == null ? null : new Measurement.LearningCurve(curve.count("every")),
        separation == null ? null : separation(separation, network),
        coupling == null
            ? null
            : new Measurement.Coupling(
                coupling.integer("times"), coupling.integer("samples"), coupling.flag("units")),
        rank == null
            ? null
            : new Measurement.Rank(
                rank.integer("times"),
                rank.flag("held_out"),
                rank.flag("uncentred"),
                rank.flag("pooled"),
                rank.integerOrNull("position")),
        ledger == null
            ? null
            : new Measurement.Ledger(
                ledger.count("every"),
                ledger.count("audit"),
                ledger.count("control"),
                ledger.count("secant"),
                ledger.flag("midpoint")));
  }

  private Measurement.Separation separation(Block separation, Architecture network) {
    boolean batchStatistics = separation.flag("batch_statistics");
    if (batchStatistics && !network.normalisesBatches()) {
      given.report(
          separation.path().key("batch_statistics"),
          "needs batch normalisation, but no layer of this network has one; set it to false, or"
              + " network.norm to batch or network.input_norm to true");
    }
    return new Measurement.Separation(
        separation.integer("times"), separation.flag("held_out"), batchStatistics);
  }
}
