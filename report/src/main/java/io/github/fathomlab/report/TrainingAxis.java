package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Training steps on a logarithmic axis with step 0, which has no logarithm, at the left edge.
 *
 * @param first the earliest step after 0
 * @param last the latest
 */
record TrainingAxis(long first, long last) {

  /** Distance of step 0 from the first one, as a share of the rest. */
  private static final double GAP = 0.14;

  private static final double LEAST_GAP = 0.1; // decades

  /** The axis that holds all these steps. */
  static TrainingAxis covering(long[] steps) {
    long first = Long.MAX_VALUE;
    long last = 1;
    for (long step : steps) {
      if (step > 0) {
        first = Math.min(first, step);
        last = Math.max(last, step);
      }
    }
    return new TrainingAxis(Math.min(first, last), last);
  }

  /** Where a step stands, in decades. */
  double x(long step) {
    return step > 0 ? Math.log10(step) : low();
  }

  private double low() {
    double start = Math.log10(first);
    return start - Math.max(LEAST_GAP, GAP * (Math.log10(last) - start));
  }

  /** The axis with ticks at 0 and at powers of ten, or at both ends when there is no power. */
  Axis axis(String label) {
    List<Scale.Tick> ticks = new ArrayList<>();
    ticks.add(new Scale.Tick(low(), "0"));
    boolean power = false;
    for (int exponent = 0; exponent <= 18; exponent++) {
      double value = Math.pow(10, exponent);
      if (value >= first && value <= last) {
        ticks.add(new Scale.Tick(exponent, Numbers.count((long) value)));
        power = true;
      }
    }
    if (!power) {
      ticks.add(new Scale.Tick(Math.log10(first), Numbers.count(first)));
    }
    if (last > first && last != Math.pow(10, Math.round(Math.log10(last)))) {
      ticks.add(new Scale.Tick(Math.log10(last), Numbers.count(last)));
    }
    return new Axis(label, new Scale.Linear(low(), Math.log10(last), 1), ticks);
  }
}
