package io.github.fathomlab.springblock.chain;

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

  private static void requireFinite(double value, String name) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the pull needs a finite %s, found %s".formatted(name, value));
    }
  }
}
