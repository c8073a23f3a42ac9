package io.github.fathomlab.training;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.ImageShape;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.network.ResidualSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A small training with everything that has an influence on its bits. */
public record TrainingCase(
    NetworkSpec spec, Precision precision, TrainingPlan plan, Split split, long seed) {

  /** Watchers of nobody. */
  public static final Ensemble.Watchers UNWATCHED = (_, _) -> List.of();

  /** One of each optimizer. */
  public static final List<OptimizerRule> RULES =
      List.of(
          new OptimizerRule.Sgd(),
          new OptimizerRule.HeavyBall(0.9),
          new OptimizerRule.Nesterov(0.8),
          new OptimizerRule.Adam(0.9, 0.999, 1e-8),
          new OptimizerRule.AdamW(0.9, 0.99, 1e-8, 0.1));

  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation.Tanh(),
          Activation.relu(),
          new Activation.Gelu(),
          new Activation.LeakyRelu(0.1));

  private static final List<Schedule> SCHEDULES =
      List.of(
          new Schedule.Constant(),
          new Schedule.Staircase(7, 0.5),
          new Schedule.Cosine(0.1),
          new Schedule.Inverse(0.05),
          new Schedule.Warmup(5, new Schedule.Cosine(0)));

  /** A case in which every option is drawn; the rules take turns. */
  public static TrainingCase random(long seed, Precision precision, long steps) {
    SplittableRandom random = new SplittableRandom(seed);
    int classes = 2 + random.nextInt(3);
    int features = 2 + random.nextInt(4);
    List<Integer> widths = new ArrayList<>(List.of(features));
    int depth = 2 + random.nextInt(3);
    for (int m = 1; m < depth; m++) {
      widths.add(3 + random.nextInt(15));
    }
    widths.add(classes);
    MlpSpec spec =
        new MlpSpec(
            widths,
            pick(random, ACTIVATIONS),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean() ? 0.2 : 0,
            random.nextBoolean(),
            new Initialisation.Pytorch());
    Noise noise =
        new Noise(
            random.nextBoolean() ? 0.3 : 0,
            random.nextBoolean() ? 0.5 : 0,
            random.nextBoolean() ? 1e-4 : 0);
    TrainingPlan plan =
        new TrainingPlan(
            random.nextBoolean() ? new Loss.CrossEntropy() : new Loss.SquaredError(),
            RULES.get((int) (seed % RULES.size())),
            0.01,
            pick(random, SCHEDULES),
            random.nextBoolean() ? 0.01 : 0,
            random.nextBoolean() ? 0.5 : 0,
            pick(random, List.of(0, 8, 13)),
            steps,
            noise);
    Split split = new Split(clusters(random, 30, features, classes, 1), null);
    return new TrainingCase(spec, precision, plan, split, seed);
  }

  /** The same plans for residual networks, and for convolutional ones on images of 3 x 4 pixels. */
  public static TrainingCase structured(long seed, Precision precision, long steps) {
    TrainingPlan plan = random(seed, precision, steps).plan;
    SplittableRandom random = new SplittableRandom(seed + 100);
    Activation activation = pick(random, ACTIVATIONS);
    NetworkSpec.Norm norm = pick(random, List.of(NetworkSpec.Norm.values()));
    Initialisation start = new Initialisation.Pytorch();
    int channels = 2 + random.nextInt(4);
    List<ConvolutionSpec.Stage> stages =
        List.of(
            new ConvolutionSpec.Stage(channels, 1),
            new ConvolutionSpec.Stage(channels, 1),
            new ConvolutionSpec.Stage(5, 2));
    NetworkSpec spec =
        seed % 2 == 0
            ? new ResidualSpec(
                12, 9, 3, random.nextInt(2) * 7, 3, activation, norm, 0.5, true, 0.2, true, start)
            : new ConvolutionSpec(
                new ImageShape(1, 3, 4),
                stages,
                3,
                random.nextBoolean(),
                3,
                activation,
                norm,
                random.nextBoolean(),
                0.2,
                random.nextBoolean(),
                start);
    Split split = new Split(clusters(random, 30, 12, 3, 1), null);
    return new TrainingCase(spec, precision, plan, split, seed);
  }

  private static <T> T pick(SplittableRandom random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Gaussian clouds of unit variance around means whose coordinates have the given deviation. */
  public static Dataset clusters(
      SplittableRandom random, int samples, int features, int classes, double separation) {
    double[] means = new double[classes * features];
    for (int i = 0; i < means.length; i++) {
      means[i] = separation * random.nextGaussian();
    }
    double[] x = new double[samples * features];
    int[] labels = new int[samples];
    for (int j = 0; j < samples; j++) {
      labels[j] = j % classes;
      for (int r = 0; r < features; r++) {
        x[j * features + r] = means[labels[j] * features + r] + random.nextGaussian();
      }
    }
    return new Dataset("clusters", features, x, new Targets.Classes(labels, classes));
  }

  public Ensemble ensemble(int size, int workers, Ensemble.Watchers watchers) {
    return new Ensemble(spec, precision, plan, split, size, seed, workers, watchers);
  }

  /** An ensemble trained to the end in one go. */
  public Ensemble trained(int size, Ensemble.Watchers watchers) {
    Ensemble ensemble = ensemble(size, 1, watchers);
    ensemble.advance(plan.steps());
    return ensemble;
  }
}
