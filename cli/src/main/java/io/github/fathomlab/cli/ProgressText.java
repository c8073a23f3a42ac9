package io.github.fathomlab.cli;

import java.util.Locale;

/** Progress in words: {@code step 12 000 of 150 000 (8 %), 2 400 steps/s, 57 s left, loss 0.31}. */
final class ProgressText {
  private ProgressText() {}

  /**
   * One line.
   *
   * @param done steps of all replicas
   * @param doneHere those of them that were done in {@code seconds}
   * @param loss NaN when not known yet
   */
  static String line(long done, long total, long doneHere, double seconds, double loss) {
    StringBuilder line = new StringBuilder("step ").append(count(done)).append(" of ");
    line.append(count(total)).append(" (").append(100 * done / Math.max(1, total)).append(" %)");
    if (doneHere > 0 && seconds > 0) {
      double rate = doneHere / seconds;
      line.append(", ").append(count(Math.round(rate))).append(" steps/s, ");
      line.append(duration((total - done) / rate)).append(" left");
    }
    return line.append(lossPart(loss)).toString();
  }

  /** {@code , loss 0.31}, or nothing. */
  static String lossPart(double loss) {
    return Double.isFinite(loss) ? String.format(Locale.ROOT, ", loss %.3g", loss) : "";
  }

  /** A number with its thousands apart. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }

  /** A duration in its two largest units. */
  static String duration(double seconds) {
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    return s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
  }
}
