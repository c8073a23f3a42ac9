package io.github.fathomlab.instrument;

import java.util.SortedSet;
import java.util.TreeSet;

/** When an instrument looks: a set of steps fixed before the training starts. */
public sealed interface Rhythm {

  /** Whether step k is due. */
  boolean due(long step);

  /** Steps 0, n, 2n, ...; never for n = 0. */
  record Every(long interval) implements Rhythm {
    public Every {
      if (interval < 0) {
        throw new IllegalArgumentException("an interval cannot be negative, found " + interval);
      }
    }

    @Override
    public boolean due(long step) {
      return interval > 0 && step % interval == 0;
    }
  }

  /** The given steps. */
  record At(SortedSet<Long> steps) implements Rhythm {
    @Override
    public boolean due(long step) {
      return steps.contains(step);
    }
  }

  /**
   * Step 0, the last, and {@code times} moments between them, spread evenly in √step: training moves most at its beginning.
   */
  static Rhythm spread(int times, long total) {
    SortedSet<Long> steps = new TreeSet<>();
    steps.add(0L);
    steps.add(total);
    for (int i = 1; i < times; i++) {
      double fraction = (double) i / times;
      steps.add(Math.round(total * fraction * fraction));
    }
    return new At(steps);
  }
}
