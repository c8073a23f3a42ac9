package io.github.fathomlab.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Neighbouring recorded steps taken together: windows of equal length, the last perhaps shorter.
 *
 * @param steps the recorded steps, ascending
 * @param length recorded steps per window
 */
record Windows(long[] steps, int length) {

  /** At most {@code most} windows, of at least {@code least} steps where there are as many. */
  static Windows of(long[] steps, int most, int least) {
    int wanted = Math.max(least, Math.ceilDiv(steps.length, most));
    return new Windows(steps, Math.max(1, Math.min(wanted, steps.length)));
  }

  int count() {
    return Math.ceilDiv(steps.length, length);
  }

  /** The recorded steps of a window. */
  long[] of(int window) {
    return Arrays.copyOfRange(
        steps, window * length, Math.min(steps.length, (window + 1) * length));
  }

  /** Middle of each window on the axis of steps. */
  double[] centres() {
    return IntStream.range(0, count())
        .mapToDouble(window -> 0.5 * (of(window)[0] + last(window)))
        .toArray();
  }

  private long last(int window) {
    return steps[Math.min(steps.length, (window + 1) * length) - 1];
  }

  /** What tooltips call the windows. */
  List<String> names() {
    return IntStream.range(0, count())
        .mapToObj(window -> Numbers.steps(of(window)[0], last(window)))
        .toList();
  }

  /** How long the windows are, for captions. */
  String describe() {
    int rest = steps.length % length;
    return "Windows of "
        + Numbers.count(length)
        + (length == 1 ? " recorded step" : " recorded steps")
        + (rest == 0 ? "" : ", the last of " + rest)
        + ".";
  }
}
