package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.bulkboundary.EnergyLedger;
import io.github.fathomlab.bulkboundary.LedgerRhythm;
import io.github.fathomlab.bulkboundary.SecantLedger;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Watcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time of a step with each mode of the energy ledger at every step, and of a step without, all
 * in turns: {@code without}, {@code zero}, {@code audit}, {@code secant}, {@code both}.
 *
 * <p>Readings go nowhere; {@link LedgerWork} measures what recording them costs.
 */
final class ModesWork {
  private static final Rhythm ALWAYS = new Rhythm.Every(1);
  private static final Rhythm NEVER = new Rhythm.Every(0);

  private ModesWork() {}

  static Map<String, Spread> measure(Options options) {
    Subject subject = Subject.of(options);
    Map<String, Course> courses = new LinkedHashMap<>();
    courses.put("without", new Course(subject, 1, 1, Subject.NOBODY));
    courses.put("zero", course(subject, NEVER, NEVER));
    courses.put("audit", course(subject, ALWAYS, NEVER));
    courses.put("secant", course(subject, NEVER, ALWAYS));
    courses.put("both", course(subject, ALWAYS, ALWAYS));
    int epochs = options.get("epochs", 1);
    Timing.warmUp(
        options.get("warm", 12000), () -> courses.values().forEach(course -> course.epochs(1)));
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int i = 0; i < options.get("chunks", 20); i++) {
      courses.forEach((mode, course) ->
          times
              .computeIfAbsent(mode, _ -> new ArrayList<>())
              .add(Timing.of(() -> course.epochs(epochs)).cpu()));
    }
    Map<String, Spread> perStep = new LinkedHashMap<>();
    times.forEach((mode, seconds) ->
        perStep.put(mode, Spread.ofTimes(seconds).times(1.0 / (epochs * subject.stepsPerEpoch()))));
    return perStep;
  }

  /** The zero-cost ledger, and what else is asked for. */
  private static Course course(Subject subject, Rhythm audits, Rhythm secants) {
    LedgerRhythm rhythm = new LedgerRhythm(ALWAYS, audits, NEVER, secants, false);
    Ensemble.Watchers watchers =
        (_, network) -> {
          List<Watcher> found = new ArrayList<>();
          found.add(new EnergyLedger(rhythm, subject.plan(), network.layers(), _ -> {}));
          if (secants == ALWAYS) {
            found.add(new SecantLedger(rhythm, subject.plan(), network, _ -> {}));
          }
          return found;
        };
    return new Course(subject, 1, 1, watchers);
  }
}
