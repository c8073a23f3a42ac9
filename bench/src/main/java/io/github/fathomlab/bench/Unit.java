package io.github.fathomlab.bench;

import java.util.Locale;

/** What a number counts, and how it is written. */
enum Unit {
  MICROSECONDS("us", 1e6, false),
  MILLISECONDS("ms", 1e3, false),
  SECONDS("s", 1, false),
  GFLOPS("GFLOP/s", 1, true),
  STEPS_PER_SECOND("steps/s", 1, true),
  TRAININGS_PER_SECOND("trainings/s", 1, true);

  private final String symbol;
  private final double scale;
  private final boolean higherIsBetter;

  Unit(String symbol, double scale, boolean higherIsBetter) {
    this.symbol = symbol;
    this.scale = scale;
    this.higherIsBetter = higherIsBetter;
  }

  boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** The unit of the numbers themselves: times are in seconds. */
  Unit stored() {
    return scale == 1 ? this : SECONDS;
  }

  /** Best and median with three digits. */
  String text(Spread spread) {
    return digits(spread.best() * scale) + " / " + digits(spread.median() * scale) + " " + symbol;
  }

  private static String digits(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
