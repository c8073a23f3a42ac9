package io.github.fathomlab.experiment;

import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.data.Digits;
import io.github.fathomlab.data.Idx;
import io.github.fathomlab.data.Mixture;
import io.github.fathomlab.data.Npz;
import io.github.fathomlab.data.Selection;
import io.github.fathomlab.data.Subset;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The one text of an experiment: every key that has a value, in the order of the schema, whatever
 * text it was read from.
 */
final class CanonicalYaml {
  private static final double LARGEST_WHOLE = 0x1p53;

  private CanonicalYaml() {}

  static String text(Experiment experiment) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .build();
    return new Dump(settings).dumpToString(values(experiment).map);
  }

  static String hash(Experiment experiment) {
    try {
      byte[] bytes = text(experiment).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Keys in order; a null is left out. */
  private static final class Keys {
    private final SequencedMap<String, Object> map = new LinkedHashMap<>();

    Keys put(String key, @Nullable Object value) {
      switch (value) {
        case null -> {}
        case Double number -> map.put(key, plain(number));
        case Keys block -> map.put(key, block.map);
        default -> map.put(key, value);
      }
      return this;
    }

    private static Object plain(double value) {
      boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
      return whole ? (Object) (long) value : (Object) value;
    }
  }

  private static Keys kind(String kind) {
    return new Keys().put("kind", kind);
  }

  private static Keys values(Experiment e) {
    return new Keys()
        .put("name", e.name())
        .put("data", data(e.data()))
        .put("network", network(e.network()))
        .put("loss", e.loss() instanceof Loss.CrossEntropy ? "cross_entropy" : "squared_error")
        .put("optimizer", optimizer(e.optimizer()))
        .put(
            "noise",
            new Keys()
                .put("labels", e.noise().labels())
                .put("inputs", e.noise().inputs())
                .put("temperature", e.noise().temperature()))
        .put("training", training(e.training()))
        .put("replicas", e.replicas())
        .put("seed", e.seed())
        .put("precision", e.precision().name().toLowerCase(Locale.ROOT))
        .put("measure", measure(e.measure()))
        .put("checkpoint", new Keys().put("every", e.checkpointEvery()));
  }

  private static Keys data(DataSource source) {
    return switch (source) {
      case Digits d -> selection(kind("digits"), d.selection()).put("resize", d.resize());
      case Idx d -> {
        Keys keys = kind("idx").put("name", d.name());
        keys.put("directory", d.directory() == null ? null : d.directory().toString());
        switch (d.subset()) {
          case Subset.Drawn _ -> {}
          case Subset.Published _ -> keys.put("subset", "published");
          case Subset.Listed listed -> keys.put("subset", listed.file().toString());
        }
        yield selection(keys, d.selection()).put("resize", d.resize());
      }
      case Npz d -> {
        Keys keys = kind("npz").put("file", d.file().toString());
        keys.put("x", d.x()).put("y", d.y()).put("classes", d.classes());
        yield selection(keys, d.selection()).put("resize", d.resize());
      }
      case Mixture d -> {
        Keys keys = kind("mixture").put("classes", d.classes()).put("features", d.features());
        keys.put("samples", d.samples()).put("separation", d.separation());
        keys.put("spread", d.spread()).put("seed", d.seed());
        yield selection(keys, d.selection());
      }
    };
  }

  private static Keys selection(Keys keys, Selection selection) {
    return keys.put("train", selection.train())
        .put("test", selection.test())
        .put("split_seed", selection.seed())
        .put("shuffle_labels", selection.shuffleLabels());
  }

  private static Keys network(Architecture network) {
    Keys keys = new Keys();
    List<Integer> hidden = network.hidden();
    if (hidden.stream().distinct().count() == 1) {
      keys.put("depth", hidden.size() + 1).put("width", hidden.getFirst());
    } else {
      keys.put("widths", hidden);
    }
    return keys.put("activation", activation(network.activation()))
        .put("input_norm", network.inputNorm())
        .put("batch_norm", network.batchNorm())
        .put("dropout", network.dropout())
        .put("bias", network.bias())
        .put("initialisation", initialisation(network.initialisation()))
        .put("weights", network.weights() == null ? null : network.weights().toString());
  }

  private static Object activation(Activation activation) {
    return switch (activation) {
      case Activation.Identity _ -> "identity";
      case Activation.Tanh _ -> "tanh";
      case Activation.Gelu _ -> "gelu";
      case Activation.LeakyRelu(double slope) ->
          slope == 0 ? "relu" : kind("leaky_relu").put("slope", slope);
    };
  }

  private static Object initialisation(Initialisation initialisation) {
    return switch (initialisation) {
      case Initialisation.Pytorch _ -> "pytorch";
      case Initialisation.He _ -> "he";
      case Initialisation.Orthogonal(double gain) -> kind("orthogonal").put("gain", gain);
      case Initialisation.Scaled(double gain) -> kind("scaled").put("gain", gain);
    };
  }

  private static Keys optimizer(Optimisation optimizer) {
    double rate = optimizer.learningRate();
    Keys keys =
        switch (optimizer.rule()) {
          case OptimizerRule.Sgd _ -> kind("sgd").put("learning_rate", rate);
          case OptimizerRule.HeavyBall(double momentum) ->
              kind("heavy_ball").put("learning_rate", rate).put("momentum", momentum);
          case OptimizerRule.Nesterov(double momentum) ->
              kind("nesterov").put("learning_rate", rate).put("momentum", momentum);
          case OptimizerRule.Adam(double beta1, double beta2, double epsilon) ->
              kind("adam")
                  .put("learning_rate", rate)
                  .put("beta1", beta1)
                  .put("beta2", beta2)
                  .put("epsilon", epsilon);
          case OptimizerRule.AdamW(double beta1, double beta2, double epsilon, double decay) ->
              kind("adamw")
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
          kind("staircase").put("every", every).put("factor", factor);
      case Schedule.Cosine(double last) -> kind("cosine").put("last", last);
      case Schedule.Inverse(double rate) -> kind("inverse").put("rate", rate);
      case Schedule.Warmup _ ->
          throw new IllegalArgumentException("a warm-up inside a warm-up has no text");
    };
  }

  private static Keys training(Training training) {
    Keys keys = new Keys().put("batch", training.batch() == 0 ? "full" : training.batch());
    return switch (training.length()) {
      case Training.Length.Epochs(long count) -> keys.put("epochs", count);
      case Training.Length.Steps(long count) -> keys.put("steps", count);
    };
  }

  private static Keys measure(Measurement measure) {
    Measurement.LearningCurve curve = measure.learningCurve();
    Measurement.Separation separation = measure.separation();
    Measurement.Ledger ledger = measure.ledger();
    return new Keys()
        .put("learning_curve", curve == null ? false : new Keys().put("every", curve.every()))
        .put("separation", separation == null ? false : new Keys().put("times", separation.times()))
        .put(
            "ledger",
            ledger == null
                ? false
                : new Keys().put("every", ledger.every()).put("audit", ledger.audit()));
  }
}
