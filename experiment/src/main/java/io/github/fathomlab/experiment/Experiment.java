package io.github.fathomlab.experiment;

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
import io.github.fathomlab.training.TrainingPlan;
import java.nio.file.Path;

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
  /**
   * The network that fits the data.
   *
   * @throws ExperimentException when loss, noise or measurements need other targets than these,
   *     when there are none of the held-out samples to be measured, when the samples are not the
   *     images that a convolution needs, or when a batch of one sample would meet batch
   *     normalisation
   */
  public NetworkSpec network(Split split) {
    Dataset train = split.train();
    new Agreement(this).require(split);
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
}
