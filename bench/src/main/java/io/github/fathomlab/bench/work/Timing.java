package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a piece of work took.
 *
 * @param cpu seconds of all threads of this process
 * @param wall seconds
 */
record Timing(double cpu, double wall) {

  static Timing of(Runnable work) {
    long wall = System.nanoTime();
    long cpu = CpuClock.nanos();
    work.run();
    return new Timing((CpuClock.nanos() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
  }

  /**
   * CPU seconds of works that take turns, so that a busy neighbour disturbs all of them alike.
   *
   * @param works by name, in the order of their turns
   * @param milliseconds of warm-up in all
   * @param chunks how often each is timed
   */
  static Map<String, Spread> inTurns(Map<String, Runnable> works, int milliseconds, int chunks) {
    warmUp(milliseconds, () -> works.values().forEach(Runnable::run));
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      works.forEach(
          (name, work) -> times.computeIfAbsent(name, _ -> new ArrayList<>()).add(of(work).cpu));
    }
    Map<String, Spread> spreads = new LinkedHashMap<>();
    times.forEach((name, seconds) -> spreads.put(name, Spread.ofTimes(seconds)));
    return spreads;
  }

  /** Repeats the work for a while, so that it is compiled when it counts. */
  static void warmUp(int milliseconds, Runnable work) {
    long end = System.nanoTime() + milliseconds * 1_000_000L;
    do {
      work.run();
    } while (System.nanoTime() < end);
  }
}
