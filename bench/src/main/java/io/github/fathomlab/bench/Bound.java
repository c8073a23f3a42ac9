package io.github.fathomlab.bench;

import java.util.Locale;

/**
 * What a ratio must keep.
 *
 * @param atMost whether the ratio must not exceed the target, or not fall below it
 * @param aim a better value to strive for; the target itself when there is none
 */
record Bound(boolean atMost, double target, double aim) {

  static Bound atMost(double target, double aim) {
    return new Bound(true, target, aim);
  }

  static Bound atMost(double target) {
    return new Bound(true, target, target);
  }

  static Bound atLeast(double target) {
    return new Bound(false, target, target);
  }

  /** Nothing is required: the ratio is shown. */
  static Bound none() {
    return atMost(Double.NaN);
  }

  /**
   * A median says what happened on this machine, a best what happens on a quiet one: both are held
   * to the bound.
   */
  String verdict(Spread ratio) {
    if (Double.isNaN(target)) {
      return "-";
    }
    if (kept(ratio.best(), target) && kept(ratio.median(), target)) {
      return kept(ratio.best(), aim) && kept(ratio.median(), aim) && aim != target ? "aim" : "yes";
    }
    return kept(ratio.best(), target)
        ? "best only"
        : kept(ratio.median(), target) ? "median only" : "**no**";
  }

  private boolean kept(double value, double bound) {
    return atMost ? value <= bound : value >= bound;
  }

  String text() {
    if (Double.isNaN(target)) {
      return "-";
    }
    String sign = atMost ? "<= " : ">= ";
    return sign + number(target) + (aim == target ? "" : " (aim " + number(aim) + ")");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 0.1 ? "%.3f" : "%.2f", value);
  }
}
