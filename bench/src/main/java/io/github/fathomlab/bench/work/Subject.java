package io.github.fathomlab.bench.work;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The network that both sides train: BatchNorm on the input, (affine, BatchNorm, ReLU as
 * LeakyReLU(0)) x (depth - 1), affine; cross entropy; Adam with rate 1e-3; standard normal inputs
 * with class means on them.
 */
record Subject(int depth, int width, int inputs, int samples, int batch) {
  private static final int CLASSES = 10;
  private static final long ENDLESS = 1L << 40;
  static final Ensemble.Watchers NOBODY = (_, _) -> List.of();

  static Subject of(Options options) {
    int width = options.get("width", 100);
    return new Subject(
        options.get("depth", 8),
        width,
        options.get("inputs", width),
        options.get("samples", 2560),
        options.get("batch", 100));
  }

  int stepsPerEpoch() {
    return (samples + batch - 1) / batch;
  }

  /**
   * Multiplications and additions of the products of one epoch; none for the gradient of the data.
   */
  double flopsPerEpoch() {
    double first = (double) inputs * width;
    double weights = first + (depth - 2.0) * width * width + (double) width * CLASSES;
    return samples * 2 * (3 * weights - first);
  }

  MlpSpec network() {
    List<Integer> widths = new ArrayList<>();
    widths.add(inputs);
    for (int i = 1; i < depth; i++) {
      widths.add(width);
    }
    widths.add(CLASSES);
    return new MlpSpec(
        widths, new Activation.LeakyRelu(0), true, true, 0, true, new Initialisation.Pytorch());
  }

  Dataset data() {
    double[] x = new double[samples * inputs];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = CounterRandom.below(2, i, CLASSES);
      for (int r = 0; r < inputs; r++) {
        int at = i * inputs + r;
        x[at] =
            CounterRandom.gaussian(1, at)
                + CounterRandom.gaussian(3, (long) labels[i] * inputs + r);
      }
    }
    return new Dataset("gaussian", inputs, x, new Targets.Classes(labels, CLASSES));
  }

  TrainingPlan plan() {
    return new TrainingPlan(
        new Loss.CrossEntropy(),
        new OptimizerRule.Adam(0.9, 0.999, 1e-8),
        1e-3,
        new Schedule.Constant(),
        0,
        0,
        batch,
        ENDLESS,
        Noise.none());
  }

  Ensemble ensemble(int replicas, int workers, Ensemble.Watchers watchers) {
    return new Ensemble(
        network(),
        Precision.FLOAT32,
        plan(),
        new Split(data(), null),
        replicas,
        1,
        workers,
        watchers);
  }
}
