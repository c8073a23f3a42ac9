package io.github.fathomlab.experiment;

import io.github.fathomlab.data.ChainBlocks;
import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.network.NetworkSpec.Norm;
import io.github.fathomlab.network.ResidualSpec;
import io.github.fathomlab.network.TokenSpec;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.TrainingPlan;
import java.nio.file.Path;
import java.util.List;

/**
 * The resolved description of what to train and what to measure: every default is filled in.
 *
 * @param name first part of the name of the run directory
 * @param replicas networks that differ in their seeds
 * @param seed of the replicas; the data have their own
 * @param checkpointEvery steps from one checkpoint to the next
 */
public record Experiment(
    String name,
    DataSource data,
    Architecture network,
    Loss loss,
    Optimisation optimizer,
    Noise noise,
    Training training,
    int replicas,
    long seed,
    Precision precision,
    Measurement measure,
    long checkpointEvery) {
  private static final double PROBABILITY_TOLERANCE = 1e-6;

  /**
   * The network that fits the data.
   *
   * @throws ExperimentException when loss, noise or measurements need other targets than these,
   *     when there are none of the held-out samples to be measured, when the samples are not the
   *     images that a convolution needs, or when a batch of one sample would meet batch
   *     normalisation
   */
  public NetworkSpec network(Split split) {
    requireChain();
    Dataset train = split.train();
    if (train.targets() instanceof Targets.Values values) {
      requireClasses(train.name());
      requireProbabilities(train.name(), values);
    }
    if (loss instanceof Loss.Logistic) {
      requireShares(train.name(), train.targets());
    }
    Measurement.Separation separation = measure.separation();
    if (separation != null && separation.heldOut() && split.test() == null) {
      throw new ExperimentException(
          "measure.separation.held_out: needs held-out samples, but "
              + train.name()
              + " has none; set it to false, or data.test to the number of samples to hold out");
    }
    NetworkSpec spec = network.between(train.features(), train.targets().width());
    int smallest =
        split.population() != null && training.batch() > 0
            ? training.batch()
            : training.smallestBatch(train.size());
    if (smallest == 1 && comparesSamples(spec)) {
      throw new ExperimentException(lonelySample(train.size()));
    }
    return spec;
  }

  /**
   * Tries everything that can be wrong with this experiment on its data, before anything is written
   * for it.
   */
  public void requireSound(Split split) {
    plan(split.train().size());
    Network tried = Network.create(network(split), Kernels.of(precision), 0);
    Path weights = network.weights();
    if (weights != null) {
      ForeignWeights.load(weights, tried);
    }
  }

  /** The plan for a training set of this size. */
  public TrainingPlan plan(int trainSamples) {
    return new TrainingPlan(
        loss,
        optimizer.rule(),
        optimizer.learningRate(),
        optimizer.schedule(),
        optimizer.l2(),
        optimizer.clipNorm(),
        training.batch(),
        training.steps(trainSamples),
        noise);
  }

  /** The canonical form: every value explicit, in one order and one spelling. */
  public String resolvedYaml() {
    return CanonicalYaml.text(this);
  }

  /** SHA-256 of the canonical form, 64 hexadecimal digits. */
  public String hash() {
    return CanonicalYaml.hash(this);
  }

  /** {@code <name>-<first 8 digits of the hash>}. */
  public String runName() {
    return name + "-" + hash().substring(0, 8);
  }

  /** Whether some layer divides by a standard deviation over nothing but the samples of a batch. */
  private static boolean comparesSamples(NetworkSpec spec) {
    return switch (spec) {
      case MlpSpec mlp -> mlp.inputNorm() || (mlp.norm() == Norm.BATCH && mlp.widths().size() > 2);
      case ResidualSpec residual -> residual.inputNorm() || residual.norm() == Norm.BATCH;
      case ConvolutionSpec convolution ->
          convolution.inputNorm()
              || (convolution.norm() == Norm.BATCH && endsInOnePixel(convolution));
      case TokenSpec _ -> false;
    };
  }

  private static boolean endsInOnePixel(ConvolutionSpec convolution) {
    int side = Math.max(convolution.image().height(), convolution.image().width());
    for (ConvolutionSpec.Stage stage : convolution.stages()) {
      side = Math.ceilDiv(side, stage.stride());
    }
    return side == 1;
  }

  private String lonelySample(int samples) {
    String remedy = "; change it, or set network.norm to none and network.input_norm to false";
    if (training.batch() == 1 || samples == 1) {
      return "training.batch: batch normalisation needs at least 2 samples in a batch, found 1"
          + remedy;
    }
    return "training.batch: batch normalisation needs at least 2 samples in a batch, but the last batch of an epoch has 1 (%d samples in batches of %d)%s"
        .formatted(samples, training.batch(), remedy);
  }

  /** What couplings are read from, and what tasks on chains need. */
  private void requireChain() {
    if (!(data instanceof ChainBlocks blocks)) {
      if (measure.coupling() != null) {
        throw new ExperimentException(
            "measure.coupling: couplings are read from blocks of a chain, data of kind ising, gaussian or quartic; set it to false");
      }
      return;
    }
    if (blocks.task().isLogit() != (loss instanceof Loss.Logistic)) {
      throw new ExperimentException(
          blocks.task().isLogit()
              ? "loss: a thermometer's answer is a logit; set loss to logistic"
              : "loss: this task asks for numbers; set loss to squared_error");
    }
    if (blocks.task().hasBottleneck()) {
      requireBottleneck(blocks);
    }
  }

  private void requireBottleneck(ChainBlocks blocks) {
    if (!(network.shape() instanceof Architecture.Mlp(List<Integer> hidden, var _))) {
      throw new ExperimentException(
          "network.kind: this task is answered through the bottleneck of a perceptron; set it to mlp");
    }
    try {
      blocks.problem().requireBottleneck(hidden);
    } catch (IllegalArgumentException e) {
      throw new ExperimentException("network.widths: " + e.getMessage());
    }
  }

  private void requireClasses(String data) {
    String found = ", but " + data + " has real-valued targets; ";
    if (noise.labels() > 0) {
      throw new ExperimentException(
          "noise.labels: label noise needs class labels" + found + "set noise.labels to 0");
    }
    if (measure.separation() != null) {
      throw new ExperimentException(
          "measure.separation: separation and accuracy need class labels"
              + found
              + "set measure.separation to false");
    }
  }

  private void requireProbabilities(String data, Targets.Values targets) {
    if (!(loss instanceof Loss.CrossEntropy)) {
      return;
    }
    for (int i = 0; i < targets.size(); i++) {
      double sum = 0;
      boolean negative = false;
      for (int j = 0; j < targets.width(); j++) {
        double value = targets.values()[i * targets.width() + j];
        sum += value;
        negative |= value < 0;
      }
      if (negative || !(Math.abs(sum - 1) <= PROBABILITY_TOLERANCE)) {
        throw new ExperimentException(
            "loss: cross_entropy needs class labels or rows of probabilities, but the targets of sample %d of %s %s; set loss to squared_error"
                .formatted(i, data, negative ? "hold a negative number" : "sum to " + sum));
      }
    }
  }

  private static void requireShares(String data, Targets targets) {
    String needs = "loss: logistic needs targets that are numbers in [0, 1], but ";
    if (!(targets instanceof Targets.Values values)) {
      throw new ExperimentException(needs + data + " has class labels; set loss to cross_entropy");
    }
    for (int i = 0; i < values.values().length; i++) {
      double value = values.values()[i];
      if (!(value >= 0 && value <= 1)) {
        throw new ExperimentException(
            "%starget %d of sample %d of %s is %s; scale the targets, or set loss to squared_error"
                .formatted(needs, i % values.width(), i / values.width(), data, value));
      }
    }
  }
}
