package io.github.fathomlab.springblock.chain;

import java.util.Arrays;

/** The prescribed position y(t) of the pulled end. */
public sealed interface Pull {

  /** y at a time. */
  double at(double time);

  /** dy/dt at a time. */
  double rate(double time);

  /** The farthest from the wall that the end ever is. */
  double reach();

  /**
   * Pulled to a place at t = 0 and held there.
   *
   * @param position y
   */
  record Constant(double position) implements Pull {
    public Constant {
      requireFinite(position, "position");
    }

    @Override
    public double at(double time) {
      return position;
    }

    @Override
    public double rate(double time) {
      return 0;
    }

    @Override
    public double reach() {
      return Math.abs(position);
    }
  }

  /**
   * y = mean + amplitude sin(2π t / period).
   *
   * @param mean length
   * @param amplitude length
   * @param period time, positive
   */
  record Cyclic(double mean, double amplitude, double period) implements Pull {
    public Cyclic {
      requireFinite(mean, "mean");
      requireFinite(amplitude, "amplitude");
      if (!(period > 0 && Double.isFinite(period))) {
        throw new IllegalArgumentException(
            "a cyclic pull needs a period > 0, found %s; for a pull that stands still give its position alone"
                .formatted(period));
      }
    }

    /** 2π / period. */
    public double frequency() {
      return 2 * Math.PI / period;
    }

    @Override
    public double at(double time) {
      return mean + amplitude * Math.sin(frequency() * time);
    }

    @Override
    public double rate(double time) {
      return amplitude * frequency() * Math.cos(frequency() * time);
    }

    @Override
    public double reach() {
      return Math.abs(mean) + Math.abs(amplitude);
    }
  }

  /**
   * Measured at times and straight between them; held before the first and after the last.
   *
   * @param times rising
   * @param positions y at those times
   */
  record Sampled(double[] times, double[] positions) implements Pull {
    public Sampled {
      if (times.length == 0 || times.length != positions.length) {
        throw new IllegalArgumentException(
            "a sampled pull needs as many positions as times and at least one, found %d and %d"
                .formatted(positions.length, times.length));
      }
      for (int j = 0; j < times.length; j++) {
        requireFinite(times[j], "time");
        requireFinite(positions[j], "position");
        if (j > 0 && times[j] <= times[j - 1]) {
          throw new IllegalArgumentException(
              "a sampled pull needs rising times, found %s after %s"
                  .formatted(times[j], times[j - 1]));
        }
      }
      times = times.clone();
      positions = positions.clone();
    }

    /** Index of the last sample at or before a time, -1 before the first. */
    private int index(double time) {
      int found = Arrays.binarySearch(times, time);
      return found >= 0 ? found : -found - 2;
    }

    @Override
    public double at(double time) {
      int j = index(time);
      return j < 0 ? positions[0] : positions[j] + rate(time) * (time - times[j]);
    }

    @Override
    public double rate(double time) {
      int j = index(time);
      return j < 0 || j == times.length - 1
          ? 0
          : (positions[j + 1] - positions[j]) / (times[j + 1] - times[j]);
    }

    @Override
    public double reach() {
      return Arrays.stream(positions).map(Math::abs).max().orElse(0);
    }
  }

  private static void requireFinite(double value, String name) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the pull needs a finite %s, found %s".formatted(name, value));
    }
  }
}
