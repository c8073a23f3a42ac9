package io.github.fathomlab.instrument;

import java.util.SortedSet;

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
}
