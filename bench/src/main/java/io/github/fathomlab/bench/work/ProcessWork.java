package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import java.util.List;
import java.util.Map;

/** A training from the start of the JVM: compilation is not warmed up, it is what is measured. */
final class ProcessWork {
  private ProcessWork() {}

  static Map<String, Spread> run(Options options) {
    long began = CpuClock.nanos();
    new Course(Subject.of(options), 1, 1, Subject.NOBODY).epochs(options.get("epochs", 100));
    return Map.of(
        "start", Spread.ofTimes(List.of(began / 1e9)),
        "training", Spread.ofTimes(List.of((CpuClock.nanos() - began) / 1e9)));
  }
}
