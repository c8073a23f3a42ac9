package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;

/** Maps values to positions 0..1 along an axis and knows where its ticks lie. */
sealed interface Scale {

  double low();

  double high();

  /** Position of the value: 0 at the low end, 1 at the high end; outside values lie outside. */
  double position(double value);

  List<Tick> ticks();

  /** One tick; a minor one has an empty label. */
  record Tick(double value, String label) {}

  /**
   * Evenly spaced values with ticks at multiples of 1, 2 or 5 times a power of ten.
   *
   * @param low value at position 0
   * @param high value at position 1
   * @param step distance of the ticks
   */
  record Linear(double low, double high, double step) implements Scale {
    private static final double LARGEST = 1e300;

    /**
     * The smallest scale with about {@code wanted} intervals whose ends are ticks and that covers
     * all values.
     */
    static Linear covering(double from, double to, int wanted) {
      double least = Math.clamp(Math.min(from, to), -LARGEST, LARGEST);
      double most = Math.clamp(Math.max(from, to), -LARGEST, LARGEST);
      if (Double.isNaN(least) || Double.isNaN(most)) {
        return new Linear(0, 1, 0.2);
      }
      if (most - least <= 1e-12 * Math.max(Math.abs(least), Math.abs(most))) {
        double room = least == 0 ? 1 : Math.abs(least) * 0.1;
        least -= room;
        most += room;
      }
      double step = niceStep((most - least) / wanted);
      return new Linear(
          Math.floor(least / step + 1e-9) * step, Math.ceil(most / step - 1e-9) * step, step);
    }

    /** Ends exactly at the given values, ticks at nice numbers in between. */
    static Linear between(double low, double high, int wanted) {
      return new Linear(low, high, niceStep((high - low) / wanted));
    }

    private static double niceStep(double rough) {
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double fraction = rough / power;
      double nice =
          fraction <= 1.0000001 ? 1 : fraction <= 2.0000001 ? 2 : fraction <= 5.0000001 ? 5 : 10;
      return nice * power;
    }

    @Override
    public double position(double value) {
      return (value - low) / (high - low);
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      boolean plain = decimals <= 4 && Math.max(Math.abs(low), Math.abs(high)) < 1e6;
      long first = (long) Math.ceil(low / step - 1e-6);
      long last = (long) Math.floor(high / step + 1e-6);
      for (long k = first; k <= last; k++) {
        double value = k * step;
        ticks.add(new Tick(value, plain ? Numbers.fixed(value, decimals) : Numbers.show(value, 3)));
      }
      return ticks;
    }
  }

  /**
   * Positive values by their logarithm; ticks at powers of ten, or at 1, 2, 5 times them when the
   * span is short.
   *
   * @param low value at position 0, positive
   * @param high value at position 1, above low
   */
  record Log(double low, double high) implements Scale {
    private static final double SMALLEST = 1e-300;
    private static final int MOST_LABELS = 8;

    /** The smallest scale between tick values that covers the positive numbers given. */
    static Log covering(double from, double to) {
      double least = Math.clamp(from, SMALLEST, 1e300);
      double most = Math.clamp(to, SMALLEST, 1e300);
      if (!(least <= most)) {
        return new Log(0.1, 1);
      }
      if (Math.log10(most) - Math.log10(least) >= 2) {
        return new Log(
            Math.pow(10, Math.floor(Math.log10(least) + 1e-9)),
            Math.pow(10, Math.ceil(Math.log10(most) - 1e-9)));
      }
      double low = tickBelow(least);
      double high = -1;
      for (double candidate : new double[] {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}) {
        double power = Math.pow(10, Math.floor(Math.log10(low) + 1e-9));
        if (candidate * power >= most * (1 - 1e-9) && candidate * power > low * 1.5) {
          high = candidate * power;
          break;
        }
      }
      return new Log(low, high > 0 ? high : most * 10);
    }

    private static double tickBelow(double value) {
      double power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
      double fraction = value / power * (1 + 1e-9);
      return (fraction >= 5 ? 5 : fraction >= 2 ? 2 : 1) * power;
    }

    @Override
    public double position(double value) {
      return (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      int first = (int) Math.floor(Math.log10(low) + 1e-9);
      int last = (int) Math.floor(Math.log10(high) + 1e-9);
      int stride = Math.max(1, Math.ceilDiv(last - first + 1, MOST_LABELS));
      boolean fine = last - first < 2;
      for (int exponent = first; exponent <= last; exponent++) {
        for (int factor = 1; factor <= 9; factor++) {
          double value = factor * Math.pow(10, exponent);
          boolean inside = value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
          boolean labelled =
              factor == 1 ? (exponent - first) % stride == 0 : fine && (factor == 2 || factor == 5);
          if (inside && (labelled || stride == 1)) {
            String label =
                factor == 1 && !fine ? Numbers.powerOfTen(exponent) : Numbers.show(value, 2);
            ticks.add(new Tick(value, labelled ? label : ""));
          }
        }
      }
      return ticks;
    }
  }
}
