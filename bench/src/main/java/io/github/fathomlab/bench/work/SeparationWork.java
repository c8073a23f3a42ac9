package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.springblock.DataSeparation;
import io.github.fathomlab.springblock.Separation;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Samples;
import io.github.fathomlab.training.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * CPU time to measure the separation of every layer's activations, float as training leaves them.
 */
final class SeparationWork {
  private final DataSeparation separation = new DataSeparation();
  private final List<Matrix> states = new ArrayList<>();
  private final Targets.Classes labels;

  private SeparationWork(Subject subject) {
    Kernels kernels = Kernels.of(Precision.FLOAT32);
    Dataset data = subject.data();
    labels = (Targets.Classes) data.targets();
    Network network = Network.create(subject.network(), kernels, 1);
    Trace trace = network.trace(data.size());
    trace
        .input()
        .gather(new Samples(data, kernels).inputs(), IntStream.range(0, data.size()).toArray());
    network.forward(trace, Pass.evaluation());
    for (int m = 0; m < network.layers().size(); m++) {
      states.add(trace.out(m));
    }
  }

  static Map<String, Spread> measure(Options options) {
    SeparationWork work = new SeparationWork(Subject.of(options));
    Timing.warmUp(options.get("warm", 2500), work::measureAll);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < options.get("chunks", 30); i++) {
      times.add(Timing.of(work::measureAll).cpu());
    }
    return Map.of("seconds", Spread.ofTimes(times));
  }

  private void measureAll() {
    for (Matrix state : states) {
      Separation found =
          separation.measure(
              state.toArray(), state.columns(), state.rows(), labels.labels(), labels.classes());
      if (Double.isNaN(found.log().value())) {
        throw new IllegalStateException("no separation: " + found);
      }
    }
  }
}
