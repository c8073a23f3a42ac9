package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Status;
import java.util.Arrays;

/**
 * One number of an ensemble: its mean over the replicas and their smallest and largest value.
 *
 * @param replicas how many replicas have a finite number
 * @param mean their mean, NaN when there is none
 * @param low the smallest, NaN when there is none
 * @param high the largest, NaN when there is none
 * @param flagged readings whose status is not OK, with or without a number
 * @param readings all readings behind this number; zero when nothing was recorded
 * @param reason the most frequent status among the flagged readings, OK when none is flagged
 */
record Band(
    int replicas, double mean, double low, double high, int flagged, int readings, Status reason) {
  static final Band NOTHING = new Band(0, Double.NaN, Double.NaN, Double.NaN, 0, 0, Status.OK);

  /** Mean, smallest and largest of one number per replica; NaN where a replica has none. */
  static Band of(double[] perReplica, Status reason) {
    var usable = Arrays.stream(perReplica).filter(Double::isFinite).summaryStatistics();
    int n = (int) usable.getCount();
    int lost = perReplica.length - n;
    return n == 0
        ? new Band(0, Double.NaN, Double.NaN, Double.NaN, lost, lost, reason)
        : new Band(
            n,
            usable.getAverage(),
            usable.getMin(),
            usable.getMax(),
            lost,
            perReplica.length,
            lost == 0 ? Status.OK : reason);
  }

  /** A number that belongs to no replica, such as a share of parameters. */
  static Band exactly(double value) {
    return new Band(1, value, value, value, 0, 1, Status.OK);
  }

  boolean hasValue() {
    return replicas > 0;
  }

  /** What a reader must know before using the number; empty when nothing. */
  String note() {
    if (readings == 0) {
      return "no reading was recorded here";
    }
    if (flagged == 0) {
      return "";
    }
    return reason
        + " in "
        + flagged
        + " of "
        + readings
        + (readings == 1 ? " reading: " : " readings: ")
        + reason.explanation();
  }
}
