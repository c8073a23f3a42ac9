package io.github.fathomlab.bench.work;

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

  /** Repeats the work for a while, so that it is compiled when it counts. */
  static void warmUp(int milliseconds, Runnable work) {
    long end = System.nanoTime() + milliseconds * 1_000_000L;
    do {
      work.run();
    } while (System.nanoTime() < end);
  }
}
