package io.github.fathomlab.experiment;

import io.github.fathomlab.data.ChainBlocks;
import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.data.Digits;
import io.github.fathomlab.data.Idx;
import io.github.fathomlab.data.MaskedTokens;
import io.github.fathomlab.data.Mixture;
import io.github.fathomlab.data.Npz;
import io.github.fathomlab.data.Selection;
import io.github.fathomlab.data.Subset;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The one text of an experiment: every key that has a value, in the order of the schema, whatever
 * text it was read from. A key that an older version did not know is there only where it differs
 * from its default.
 */
final class CanonicalYaml {
  private static final long USUAL_CONTROL = 10;

  private CanonicalYaml() {}

  static String text(Experiment experiment) {
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .build();
    return new Dump(settings).dumpToString(values(experiment));
  }

  static String hash(Experiment experiment) {
    return Sha256.of(text(experiment).getBytes(StandardCharsets.UTF_8));
  }

  /** The outermost keys in their order. */
  static SequencedMap<String, Object> values(Experiment e) {
    return new CanonicalKeys()
        .put("name", e.name())
        .put("data", data(e.data()))
        .put("network", CanonicalNetwork.of(e.network()))
        .put("loss", loss(e.loss()))
        .put("optimizer", optimizer(e.optimizer()))
        .put(
            "noise",
            new CanonicalKeys()
                .put("labels", e.noise().labels())
                .put("inputs", e.noise().inputs())
                .put("temperature", e.noise().temperature()))
        .put("training", training(e.training()))
        .put("replicas", e.replicas())
        .put("seed", e.seed())
        .put("precision", e.precision().name().toLowerCase(Locale.ROOT))
        .put("measure", measure(e.measure()))
        .put("checkpoint", new CanonicalKeys().put("every", e.checkpointEvery()))
        .map();
  }

  private static String loss(Loss loss) {
    return switch (loss) {
      case Loss.CrossEntropy _ -> "cross_entropy";
      case Loss.SquaredError _ -> "squared_error";
      case Loss.Logistic _ -> "logistic";
    };
  }

  private static CanonicalKeys data(DataSource source) {
    return switch (source) {
      case Digits d ->
          selection(CanonicalKeys.ofKind("digits"), d.selection()).put("resize", d.resize());
      case Idx d -> {
        CanonicalKeys keys = CanonicalKeys.ofKind("idx").put("name", d.name());
        keys.put("directory", d.directory() == null ? null : d.directory().toString());
        switch (d.subset()) {
          case Subset.Drawn _ -> {}
          case Subset.Published _ -> keys.put("subset", "published");
          case Subset.Listed listed -> keys.put("subset", listed.file().toString());
        }
        yield selection(keys, d.selection()).put("resize", d.resize());
      }
      case Npz d -> {
        CanonicalKeys keys = CanonicalKeys.ofKind("npz").put("file", d.file().toString());
        keys.put("x", d.x()).put("y", d.y()).put("classes", d.classes());
        yield selection(keys, d.selection()).put("resize", d.resize());
      }
      case Mixture d -> {
        CanonicalKeys keys =
            CanonicalKeys.ofKind("mixture")
                .put("classes", d.classes())
                .put("features", d.features());
        keys.put("samples", d.samples()).put("separation", d.separation());
        keys.put("spread", d.spread()).put("seed", d.seed());
        yield selection(keys, d.selection());
      }
      case ChainBlocks d -> ChainBinding.canonical(d);
      case MaskedTokens d -> TokenBinding.canonical(d);
    };
  }

  private static CanonicalKeys selection(CanonicalKeys keys, Selection selection) {
    return keys.put("train", selection.train())
        .put("test", selection.test())
        .put("split_seed", selection.seed())
        .put("shuffle_labels", selection.shuffleLabels());
  }

  private static CanonicalKeys optimizer(Optimisation optimizer) {
    double rate = optimizer.learningRate();
    CanonicalKeys keys =
        switch (optimizer.rule()) {
          case OptimizerRule.Sgd _ -> CanonicalKeys.ofKind("sgd").put("learning_rate", rate);
          case OptimizerRule.HeavyBall(double momentum) ->
              CanonicalKeys.ofKind("heavy_ball")
                  .put("learning_rate", rate)
                  .put("momentum", momentum);
          case OptimizerRule.Nesterov(double momentum) ->
              CanonicalKeys.ofKind("nesterov").put("learning_rate", rate).put("momentum", momentum);
          case OptimizerRule.Adam(double beta1, double beta2, double epsilon) ->
              CanonicalKeys.ofKind("adam")
                  .put("learning_rate", rate)
                  .put("beta1", beta1)
                  .put("beta2", beta2)
                  .put("epsilon", epsilon);
          case OptimizerRule.AdamW(double beta1, double beta2, double epsilon, double decay) ->
              CanonicalKeys.ofKind("adamw")
                  .put("learning_rate", rate)
                  .put("beta1", beta1)
                  .put("beta2", beta2)
                  .put("epsilon", epsilon)
                  .put("weight_decay", decay);
        };
    keys.put("l2", optimizer.l2()).put("clip_norm", optimizer.clipNorm());
    return switch (optimizer.schedule()) {
      case Schedule.Warmup(long steps, Schedule then) ->
          keys.put("schedule", schedule(then)).put("warmup", steps);
      case Schedule other -> keys.put("schedule", schedule(other)).put("warmup", 0);
    };
  }

  private static Object schedule(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Constant _ -> "constant";
      case Schedule.Staircase(long every, double factor) ->
          CanonicalKeys.ofKind("staircase").put("every", every).put("factor", factor);
      case Schedule.Cosine(double last) -> CanonicalKeys.ofKind("cosine").put("last", last);
      case Schedule.Inverse(double rate) -> CanonicalKeys.ofKind("inverse").put("rate", rate);
      case Schedule.Warmup _ ->
          throw new IllegalArgumentException("a warm-up inside a warm-up has no text");
    };
  }

  private static CanonicalKeys training(Training training) {
    CanonicalKeys keys =
        new CanonicalKeys().put("batch", training.batch() == 0 ? "full" : training.batch());
    return switch (training.length()) {
      case Training.Length.Epochs(long count) -> keys.put("epochs", count);
      case Training.Length.Steps(long count) -> keys.put("steps", count);
    };
  }

  private static CanonicalKeys measure(Measurement measure) {
    Measurement.LearningCurve curve = measure.learningCurve();
    Measurement.Separation separation = measure.separation();
    Measurement.Rank rank = measure.rank();
    Measurement.Ledger ledger = measure.ledger();
    Measurement.Coupling coupling = measure.coupling();
    return new CanonicalKeys()
        .put(
            "learning_curve",
            curve == null ? false : new CanonicalKeys().put("every", curve.every()))
        .put("separation", separation == null ? false : separation(separation))
        .put("coupling", coupling == null ? null : coupling(coupling))
        .put("rank", rank == null ? null : rank(rank))
        .put("ledger", ledger == null ? false : ledger(ledger));
  }

  private static CanonicalKeys coupling(Measurement.Coupling coupling) {
    return new CanonicalKeys()
        .put("times", coupling.times())
        .put("samples", coupling.samples())
        .put("units", coupling.units());
  }

  private static CanonicalKeys rank(Measurement.Rank rank) {
    return new CanonicalKeys()
        .put("times", rank.times())
        .put("held_out", rank.heldOut())
        .put("uncentred", rank.uncentred())
        .put("pooled", rank.pooled())
        .put("position", rank.position());
  }

  /** Keys that came later are left out where they have their defaults, so that hashes stay. */
  private static CanonicalKeys separation(Measurement.Separation separation) {
    return new CanonicalKeys()
        .put("times", separation.times())
        .put("held_out", separation.heldOut() ? true : null)
        .put("batch_statistics", separation.batchStatistics() ? true : null);
  }

  /** As for the separation, later keys are left out where they have their defaults. */
  private static CanonicalKeys ledger(Measurement.Ledger ledger) {
    return new CanonicalKeys()
        .put("every", ledger.every())
        .put("audit", ledger.audit())
        .put("control", ledger.control() == USUAL_CONTROL ? null : ledger.control())
        .put("secant", ledger.secant() == 0 ? null : ledger.secant())
        .put("midpoint", ledger.midpoint() ? true : null);
  }
}
