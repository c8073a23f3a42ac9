package io.github.fathomlab.bench;

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
import java.util.Arrays;
import java.util.List;

/**
 * CPU time of a training step, in the shape the Python peer measures it: one chunk of steps is one
 * epoch, the minimum and the median over chunks are reported.
 */
public final class StepBench {
  private final int depth;
  private final int width;
  private final int inputs;
  private final int samples;
  private final int batch;
  private final double slope;
  private final double dropout;

  StepBench(
      int depth, int width, int inputs, int samples, int batch, double slope, double dropout) {
    this.depth = depth;
    this.width = width;
    this.inputs = inputs;
    this.samples = samples;
    this.batch = batch;
    this.slope = slope;
    this.dropout = dropout;
  }

  /** CPU milliseconds per step of all threads of the process that train. */
  record Times(double minimum, double median) {}

  Times measure(int warmupEpochs, int epochs, Ensemble.Watchers watchers) {
    long perEpoch = (samples + batch - 1L) / batch;
    Ensemble ensemble = ensemble((warmupEpochs + epochs) * perEpoch, 1, 1, watchers);
    ensemble.advance(warmupEpochs * perEpoch);
    double[] times = new double[epochs];
    for (int e = 0; e < epochs; e++) {
      long began = CpuClock.nanos();
      ensemble.advance((warmupEpochs + e + 1) * perEpoch);
      times[e] = (CpuClock.nanos() - began) / 1e6 / perEpoch;
    }
    Arrays.sort(times);
    return new Times(times[0], times[epochs / 2]);
  }

  Ensemble ensemble(long steps, int replicas, int workers, Ensemble.Watchers watchers) {
    List<Integer> widths = new ArrayList<>();
    widths.add(inputs);
    for (int i = 1; i < depth; i++) {
      widths.add(width);
    }
    widths.add(10);
    MlpSpec spec =
        new MlpSpec(
            widths,
            new Activation.LeakyRelu(slope),
            true,
            true,
            dropout,
            true,
            new Initialisation.Pytorch());
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.CrossEntropy(),
            new OptimizerRule.Adam(0.9, 0.999, 1e-8),
            1e-3,
            new Schedule.Constant(),
            0,
            0,
            batch,
            steps,
            Noise.none());
    return new Ensemble(
        spec, Precision.FLOAT32, plan, new Split(data(), null), replicas, 1, workers, watchers);
  }

  private Dataset data() {
    double[] x = new double[samples * inputs];
    int[] labels = new int[samples];
    for (int i = 0; i < x.length; i++) {
      x[i] = CounterRandom.gaussian(1, i);
    }
    for (int i = 0; i < samples; i++) {
      labels[i] = CounterRandom.below(2, i, 10);
    }
    return new Dataset("gaussian", inputs, x, new Targets.Classes(labels, 10));
  }

  public static void main(String[] args) {
    StepBench bench =
        new StepBench(
            8,
            Integer.getInteger("width", 100),
            Integer.getInteger("inputs", 100),
            2560,
            Integer.getInteger("batch", 100),
            0,
            Double.parseDouble(System.getProperty("dropout", "0")));
    for (int i = 0; i < 3; i++) {
      System.out.println(
          bench.measure(
              Integer.getInteger("warm", 20),
              Integer.getInteger("epochs", 20),
              (r, network) -> List.of()));
    }
  }
}
