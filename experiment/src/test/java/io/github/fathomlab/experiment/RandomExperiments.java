package io.github.fathomlab.experiment;

import io.github.fathomlab.coarsegraining.markov.ChainFamily;
import io.github.fathomlab.coarsegraining.markov.Masking;
import io.github.fathomlab.data.ChainBlocks;
import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.data.Digits;
import io.github.fathomlab.data.Idx;
import io.github.fathomlab.data.MaskedTokens;
import io.github.fathomlab.data.Mixture;
import io.github.fathomlab.data.Npz;
import io.github.fathomlab.data.Selection;
import io.github.fathomlab.data.Subset;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.ImageShape;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.NetworkSpec.Norm;
import io.github.fathomlab.renormalization.task.BlockTask;
import io.github.fathomlab.renormalization.task.ChainLaw;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Valid experiments drawn over everything an experiment can say. */
final class RandomExperiments {
  private static final List<String> AWKWARD =
      List.of(
          "x",
          "true",
          "null",
          "0x1f",
          "1e3",
          "a: b",
          "#no",
          "it's",
          "\"q\"",
          "Größe",
          "-",
          "a b ",
          "~",
          "\ud83d\ude00");

  private final Random random;

  RandomExperiments(long seed) {
    random = new Random(seed);
  }

  Experiment next() {
    Architecture network = network();
    return new Experiment(
        pick(List.of("first-light", "a.b_c", "1e5", "0x10", "true", "null", "7")),
        data(),
        network,
        pick(List.of(new Loss.CrossEntropy(), new Loss.SquaredError(), new Loss.Logistic())),
        new Optimisation(rule(), 1e-9 + number(), number(), number(), schedule()),
        new Noise(unit(), number(), number()),
        training(),
        1 + random.nextInt(1000),
        count(),
        pick(List.of(Precision.values())),
        new Measurement(
            random.nextBoolean() ? null : new Measurement.LearningCurve(steps()),
            random.nextBoolean() ? null : separation(network),
            random.nextBoolean()
                ? null
                : new Measurement.Coupling(
                    2 + random.nextInt(50), 256 + random.nextInt(9), random.nextBoolean()),
            random.nextBoolean()
                ? null
                : new Measurement.Rank(
                    2 + random.nextInt(50),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean() ? null : random.nextInt(9)),
            random.nextBoolean() ? null : ledger()),
        steps());
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** In [0, 1), often 0. */
  private double unit() {
    return random.nextInt(3) == 0 ? 0 : random.nextDouble();
  }

  /** Zero, a whole number, or any magnitude. */
  private double number() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(1000);
      case 2 -> 1e20 * random.nextDouble();
      default -> StrictMath.exp(40 * random.nextDouble() - 30);
    };
  }

  private long count() {
    return random.nextBoolean() ? random.nextInt(100) : random.nextLong(1L << 53);
  }

  private long steps() {
    return 1L + random.nextInt(2000);
  }

  private @Nullable Integer maybe(int least) {
    return random.nextBoolean() ? null : least + random.nextInt(3000);
  }

  private Path file() {
    return Path.of("/data", pick(AWKWARD), pick(AWKWARD));
  }

  private DataSource data() {
    Selection selection = new Selection(maybe(1), maybe(0), count(), random.nextBoolean());
    Integer resize = maybe(1);
    return switch (random.nextInt(6)) {
      case 0 -> new Digits(resize, selection);
      case 1 ->
          new Idx(
              pick(AWKWARD),
              random.nextBoolean() ? null : file(),
              resize,
              pick(List.of(new Subset.Drawn(), new Subset.Published(), new Subset.Listed(file()))),
              selection);
      case 2 -> new Npz(file(), pick(AWKWARD), pick(AWKWARD), maybe(2), resize, selection);
      case 3 -> chain();
      case 4 -> tokens();
      default ->
          new Mixture(
              2 + random.nextInt(9),
              1 + random.nextInt(50),
              20 + random.nextInt(100),
              number(),
              number(),
              count(),
              selection);
    };
  }

  private MaskedTokens tokens() {
    int states = 2 << random.nextInt(3);
    double length = 0.1 + unit();
    ChainFamily family =
        pick(
            List.of(
                new ChainFamily.Independent(states),
                new ChainFamily.Sticky(states, length),
                new ChainFamily.Block(states, 2, length),
                new ChainFamily.Hierarchical(states, 2, 1 + length),
                new ChainFamily.Heat(states, length),
                new ChainFamily.Cyclic(states, length),
                new ChainFamily.DeBruijn(states, length),
                new ChainFamily.Dirichlet(states, 3 + length, 1000)));
    double rate = 0.1 + unit() / 2;
    boolean exact = random.nextBoolean();
    return new MaskedTokens(
        family,
        random.nextBoolean() ? Masking.plain(rate) : Masking.bert(rate),
        random.nextInt(2),
        exact ? 0 : 1 + random.nextInt(500),
        exact || random.nextBoolean() ? 0 : 10 + random.nextInt(50),
        random.nextInt(2));
  }

  private ChainBlocks chain() {
    ChainLaw law =
        pick(
            List.of(
                new ChainLaw.Ising(0.1 + unit(), 0),
                new ChainLaw.Gaussian(0.1 + 0.8 * unit()),
                new ChainLaw.Quartic(unit() - 0.5, 0.5, unit())));
    BlockTask task =
        pick(
            List.of(
                new BlockTask.Environment(1 + random.nextInt(3), false),
                law instanceof ChainLaw.Gaussian
                    ? new BlockTask.Thermometer(0.95)
                    : new BlockTask.Reconstruction()));
    return new ChainBlocks(
        law, 2 + random.nextInt(9), task, unit(), 1 + random.nextInt(9), count());
  }

  private Measurement.Separation separation(Architecture network) {
    return new Measurement.Separation(
        2 + random.nextInt(50),
        random.nextBoolean(),
        network.normalisesBatches() && random.nextBoolean());
  }

  private Measurement.Ledger ledger() {
    return new Measurement.Ledger(
        steps(),
        random.nextInt(3),
        pick(List.of(0L, 1L, 10L, 12L)),
        random.nextInt(3),
        random.nextBoolean());
  }

  private Architecture.Shape shape() {
    return switch (random.nextInt(4)) {
      case 0 ->
          new Architecture.Residual(
              1 + random.nextInt(9), 1 + random.nextInt(9), random.nextInt(3), 1e-9 + number());
      case 1 -> {
        List<ConvolutionSpec.Stage> stages = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          stages.add(new ConvolutionSpec.Stage(1 + random.nextInt(9), 1 + random.nextInt(3)));
        }
        ImageShape image = new ImageShape(1 + random.nextInt(3), 1 + random.nextInt(9), 4);
        yield new Architecture.Convolution(
            stages,
            1 + 2 * random.nextInt(3),
            random.nextBoolean(),
            random.nextBoolean() ? null : image);
      }
      default -> perceptron();
    };
  }

  private Architecture.Mlp perceptron() {
    List<Integer> hidden = new ArrayList<>();
    boolean even = random.nextBoolean();
    for (int i = random.nextInt(5); i > 0; i--) {
      hidden.add(even ? 9 : 1 + random.nextInt(9));
    }
    List<Integer> linear = new ArrayList<>();
    for (int layer = 1; layer <= hidden.size(); layer++) {
      if (random.nextInt(4) == 0) {
        linear.add(layer);
      }
    }
    return new Architecture.Mlp(hidden, linear);
  }

  private Architecture network() {
    return random.nextInt(5) == 0 ? tokenNetwork() : otherNetwork();
  }

  private Architecture tokenNetwork() {
    return new Architecture(
        new Architecture.Tokens(
            1 + random.nextInt(9),
            1 + random.nextInt(9),
            1 + random.nextInt(9),
            random.nextBoolean(),
            1e-9 + number()),
        pick(List.of(new Activation.Tanh(), new Activation.Gelu())),
        false,
        pick(List.of(Norm.LAYER, Norm.NONE)),
        0,
        true,
        pick(List.of(new Initialisation.Pytorch(), new Initialisation.He())),
        random.nextBoolean() ? null : file());
  }

  private Architecture otherNetwork() {
    return new Architecture(
        shape(),
        pick(
            List.of(
                new Activation.Identity(),
                new Activation.Tanh(),
                new Activation.Gelu(),
                new Activation.LeakyRelu(unit()))),
        random.nextBoolean(),
        pick(List.of(Norm.values())),
        unit(),
        random.nextBoolean(),
        pick(
            List.of(
                new Initialisation.Pytorch(),
                new Initialisation.He(),
                new Initialisation.Orthogonal(1e-9 + number()),
                new Initialisation.Scaled(1e-9 + number(), number()))),
        random.nextBoolean() ? null : file());
  }

  private OptimizerRule rule() {
    return pick(
        List.of(
            new OptimizerRule.Sgd(),
            new OptimizerRule.HeavyBall(unit()),
            new OptimizerRule.Nesterov(unit()),
            new OptimizerRule.Adam(unit(), unit(), 1e-12 + number()),
            new OptimizerRule.AdamW(unit(), unit(), 1e-12 + number(), number())));
  }

  private Schedule schedule() {
    Schedule schedule =
        pick(
            List.of(
                new Schedule.Constant(),
                new Schedule.Staircase(steps(), 1e-9 + number()),
                new Schedule.Cosine(number()),
                new Schedule.Inverse(number())));
    return random.nextBoolean() ? schedule : new Schedule.Warmup(steps(), schedule);
  }

  private Training training() {
    return new Training(
        random.nextBoolean() ? 0 : 1 + random.nextInt(500),
        random.nextBoolean()
            ? new Training.Length.Epochs(steps())
            : new Training.Length.Steps(steps()));
  }
}
