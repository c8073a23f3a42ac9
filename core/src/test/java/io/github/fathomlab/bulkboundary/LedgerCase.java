package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.ImageShape;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.network.ResidualSpec;
import io.github.fathomlab.network.TokenSpec;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.TrainingCase;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Random networks of depth 4 to 8 whose batches switch at every step. */
final class LedgerCase {
  private LedgerCase() {}

  /** Every rule with {tanh, relu} x {squared error, cross entropy} x dropout {0, 0.2}, as MLPs. */
  static Stream<TrainingCase> all(Precision precision, long steps) {
    List<TrainingCase> cases = new ArrayList<>();
    for (OptimizerRule rule : TrainingCase.RULES) {
      for (int options = 0; options < 8; options++) {
        cases.add(of(cases.size(), rule, options, precision, steps));
      }
    }
    return cases.stream();
  }

  /** The same as MLPs, residual networks, stacks on tokens and convolutions with batch norm. */
  static Stream<TrainingCase> everyKind(Precision precision, long steps) {
    return all(precision, steps).flatMap(LedgerCase::kinds);
  }

  /** An MLP's case with that network, a residual one, one of tokens and a convolutional one. */
  static Stream<TrainingCase> kinds(TrainingCase c) {
    return Stream.of(c, residual(c), tokens(c), convolution(c));
  }

  private static TrainingCase residual(TrainingCase c) {
    MlpSpec mlp = (MlpSpec) c.spec();
    NetworkSpec.Norm[] norms = NetworkSpec.Norm.values();
    NetworkSpec spec =
        new ResidualSpec(
            mlp.widths().getFirst(),
            6,
            4,
            (int) (c.seed() % 2) * 5,
            mlp.widths().getLast(),
            mlp.activation(),
            norms[(int) (c.seed() % norms.length)],
            0.5,
            mlp.inputNorm(),
            mlp.dropout(),
            mlp.bias(),
            mlp.initialisation());
    return new TrainingCase(spec, c.precision(), c.plan(), c.split(), c.seed());
  }

  /** The last norm bounds the logits: without it float cannot resolve the losses near zero. */
  private static TrainingCase tokens(TrainingCase c) {
    MlpSpec mlp = (MlpSpec) c.spec();
    NetworkSpec spec =
        new TokenSpec(
            1,
            mlp.widths().getFirst(),
            6,
            3,
            8,
            mlp.widths().getLast(),
            mlp.activation(),
            c.seed() % 2 == 0,
            true,
            0.3,
            mlp.initialisation());
    return new TrainingCase(spec, c.precision(), c.plan(), c.split(), c.seed());
  }

  private static TrainingCase convolution(TrainingCase c) {
    MlpSpec mlp = (MlpSpec) c.spec();
    NetworkSpec spec =
        new ConvolutionSpec(
            new ImageShape(1, 4, 4),
            List.of(
                new ConvolutionSpec.Stage(3, 1),
                new ConvolutionSpec.Stage(3, 1),
                new ConvolutionSpec.Stage(4, 2)),
            3,
            c.seed() % 2 == 0,
            mlp.widths().getLast(),
            mlp.activation(),
            NetworkSpec.Norm.BATCH,
            mlp.inputNorm(),
            mlp.dropout(),
            mlp.bias(),
            mlp.initialisation());
    SplittableRandom random = new SplittableRandom(c.seed() + 1);
    Split images = new Split(TrainingCase.clusters(random, 30, 16, 3, 1), null);
    return new TrainingCase(spec, c.precision(), c.plan(), images, c.seed());
  }

  /**
   * A case whose schedule, clipping, L2, temperature and norms are drawn.
   *
   * @param options bit 0 relu, bit 1 cross entropy, bit 2 dropout
   */
  static TrainingCase of(
      long seed, OptimizerRule rule, int options, Precision precision, long steps) {
    SplittableRandom random = new SplittableRandom(seed);
    int depth = 4 + random.nextInt(5);
    List<Integer> widths = new ArrayList<>();
    for (int m = 0; m < depth; m++) {
      widths.add(4 + random.nextInt(8));
    }
    widths.add(3);
    Activation activation = (options & 1) == 0 ? new Activation.Tanh() : Activation.relu();
    Loss loss = (options & 2) == 0 ? new Loss.SquaredError() : new Loss.CrossEntropy();
    MlpSpec spec =
        new MlpSpec(
            widths,
            activation,
            random.nextInt(3) == 0,
            random.nextInt(3) == 0,
            (options & 4) == 0 ? 0 : 0.2,
            random.nextInt(4) > 0,
            new Initialisation.He());
    TrainingPlan plan =
        new TrainingPlan(
            loss,
            rule,
            0.01,
            random.nextBoolean() ? new Schedule.Constant() : new Schedule.Cosine(0.1),
            random.nextBoolean() ? 0 : 0.02,
            random.nextBoolean() ? 0 : 0.3,
            8,
            steps,
            new Noise(0, 0, random.nextInt(3) == 0 ? 1e-4 : 0));
    Split split = new Split(TrainingCase.clusters(random, 30, widths.getFirst(), 3, 1), null);
    return new TrainingCase(spec, precision, plan, split, seed);
  }
}
