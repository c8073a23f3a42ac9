package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CPU time of a training step, a chunk being one epoch. */
final class StepWork {
  private StepWork() {}

  static Map<String, Spread> measure(Options options) {
    Subject subject = Subject.of(options);
    Course course = new Course(subject, 1, 1, Subject.NOBODY);
    Timing.warmUp(options.get("warm", 8000), () -> course.epochs(1));
    List<Double> epochs = new ArrayList<>();
    for (int chunk = 0; chunk < options.get("chunks", 60); chunk++) {
      epochs.add(Timing.of(() -> course.epochs(1)).cpu());
    }
    Spread perEpoch = Spread.ofTimes(epochs);
    return Map.of(
        "seconds", perEpoch.times(1.0 / subject.stepsPerEpoch()),
        "gflops", perEpoch.rateOf(subject.flopsPerEpoch() / 1e9));
  }
}
