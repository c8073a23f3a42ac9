package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps per wall second of ten replicas by two workers and by one, in turns. */
final class ReplicaWork {
  private static final int REPLICAS = 10;
  private static final int EPOCHS = 4;

  private ReplicaWork() {}

  static Map<String, Spread> measure(Options options) {
    Subject subject = Subject.of(options);
    Course alone = new Course(subject, REPLICAS, 1, Subject.NOBODY);
    Course together = new Course(subject, REPLICAS, 2, Subject.NOBODY);
    Timing.warmUp(options.get("warm", 3000), () -> together.epochs(1));
    Timing.warmUp(options.get("warm", 3000) / 4, () -> alone.epochs(1));
    List<Timing> one = new ArrayList<>();
    List<Timing> two = new ArrayList<>();
    for (int i = 0; i < options.get("chunks", 12); i++) {
      one.add(Timing.of(() -> alone.epochs(EPOCHS)));
      two.add(Timing.of(() -> together.epochs(EPOCHS)));
    }
    double steps = (double) REPLICAS * EPOCHS * subject.stepsPerEpoch();
    return Map.of(
        "two", wall(two).rateOf(steps),
        "one", wall(one).rateOf(steps),
        "twoByCpu", cpu(two).rateOf(2 * steps),
        "oneByCpu", cpu(one).rateOf(steps));
  }

  private static Spread wall(List<Timing> timings) {
    return Spread.ofTimes(timings.stream().map(Timing::wall).toList());
  }

  private static Spread cpu(List<Timing> timings) {
    return Spread.ofTimes(timings.stream().map(Timing::cpu).toList());
  }
}
