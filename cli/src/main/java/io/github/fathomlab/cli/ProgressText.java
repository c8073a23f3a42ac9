package io.github.fathomlab.cli;

import java.util.Locale;

/** Progress in words: {@code step 12 000 of 150 000 (8 %), 2 400 steps/s, 57 s left, loss 0.31}. */
final class ProgressText {
  private ProgressText() {}

  /**
   * One line.
   *
   * @param before units that were done when the {@code seconds} began
   */
  static String line(Course course, double before, double seconds) {
    double done = course.done().getAsDouble();
    double total = course.total();
    String unit = course.unit();
    StringBuilder line = new StringBuilder(unit).append(' ').append(count((long) done));
    line.append(" of ").append(count(course.total()));
    line.append(" (").append((long) (100 * done / Math.max(1, total))).append(" %)");
    if (done > before && seconds > 0) {
      double rate = (done - before) / seconds;
      line.append(", ").append(rate(rate)).append(' ').append(unit).append("s/s, ");
      line.append(duration((total - done) / rate)).append(" left");
    }
    return line.append(course.remark().get()).toString();
  }

  private static String rate(double rate) {
    return rate >= 10 ? count(Math.round(rate)) : String.format(Locale.ROOT, "%.2g", rate);
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
