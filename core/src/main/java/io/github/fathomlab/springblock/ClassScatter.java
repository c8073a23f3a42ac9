package io.github.fathomlab.springblock;

import java.util.Arrays;

/**
 * One representation split into class means and the scatter around them, in buffers that are reused
 * from call to call.
 *
 * <p>All measures of separation ignore a common shift and scale, so the numbers are first taken
 * relative to the first sample (a constant feature then is exactly 0) and multiplied by a power of
 * two that brings the widest feature to about 1 (so squares of 1e150 do not overflow). Samples are
 * stored in the order of their classes.
 */
final class ClassScatter {
  private int[] order = {};
  private int[] ends = {};
  private double[] mean = {};

  /** One feature relative to the first sample. */
  private double[] deviations = {};

  /** Within-class deviations y (features x samples), row-major; rows below rounding are 0. */
  double[] within = {};

  /** Mean square of every row of {@link #within}: the diagonal of Sigma_W. */
  double[] variance = {};

  /** sqrt(n_c/n) (mu_c - mu) of the classes that have samples (classes x features), row-major. */
  double[] between = {};

  int features;
  int samples;

  /** Number of classes that have samples. */
  int classes;

  /** Trace of Sigma_W. */
  double traceWithin;

  /** Trace of Sigma_B. */
  double traceBetween;

  /**
   * Sorts samples by class and counts the classes that have samples.
   *
   * @param labels (n), each in 0..count-1
   */
  void label(int[] labels, int count) {
    samples = labels.length;
    order = order.length < samples ? new int[samples] : order;
    int[] next = new int[count + 1];
    for (int i = 0; i < samples; i++) {
      if (labels[i] < 0 || labels[i] >= count) {
        throw new IllegalArgumentException(
            "expected labels in 0.." + (count - 1) + ", found " + labels[i] + " at sample " + i);
      }
      next[labels[i] + 1]++;
    }
    ends = Arrays.stream(next).filter(size -> size > 0).toArray();
    Arrays.parallelPrefix(ends, Integer::sum);
    classes = ends.length;
    Arrays.parallelPrefix(next, Integer::sum);
    for (int i = 0; i < samples; i++) {
      order[next[labels[i]]++] = i;
    }
  }

  /**
   * Centres the labelled samples.
   *
   * @param values (rows x samples), feature-major
   * @param stride distance between two rows of values
   * @return whether all numbers are finite; nothing else is valid when they are not
   */
  boolean centre(double[] values, int stride, int rows) {
    features = rows;
    reserve();
    double extent = extent(values, stride);
    if (Double.isNaN(extent)) {
      return false;
    }
    double scale = Math.scalb(1.0, Math.clamp(-Math.getExponent(extent), -1022, 1023));
    traceWithin = 0;
    traceBetween = 0;
    for (int k = 0; k < rows; k++) {
      centreRow(k, values, k * stride, scale);
      traceWithin += variance[k];
    }
    return true;
  }

  /** Size of what rounding leaves of a difference of class means, relative to the deviations. */
  double rounding() {
    return 4 * Math.ulp(1.0) * Math.sqrt(samples);
  }

  private void reserve() {
    if (within.length < features * samples) {
      within = new double[features * samples];
    }
    if (between.length < features * classes) {
      between = new double[features * classes];
    }
    variance = variance.length < features ? new double[features] : variance;
    deviations = deviations.length < samples ? new double[samples] : deviations;
    mean = mean.length < classes ? new double[classes] : mean;
  }

  /** Largest half deviation from the first sample, NaN when some number is not finite. */
  private double extent(double[] values, int stride) {
    double extent = 0;
    for (int k = 0; k < features; k++) {
      double origin = 0.5 * values[k * stride];
      for (int i = k * stride; i < k * stride + samples; i++) {
        // Math.max hands NaN on, and without a branch the loop runs in vectors.
        extent = Math.max(extent, Math.abs(0.5 * values[i] - origin));
      }
    }
    return extent <= Double.MAX_VALUE ? extent : Double.NaN;
  }

  /**
   * Stores the deviations of one class from the first sample (halves cannot overflow) and returns
   * their sum.
   */
  private double gather(double[] values, int row, int c, double origin, double scale) {
    int to = ends[c];
    int i = c == 0 ? 0 : ends[c - 1];
    double even = 0;
    double odd = 0;
    for (; i < to - 1; i += 2) {
      double first = (0.5 * values[row + order[i]] - origin) * scale;
      double second = (0.5 * values[row + order[i + 1]] - origin) * scale;
      deviations[i] = first;
      deviations[i + 1] = second;
      even += first;
      odd += second;
    }
    if (i < to) {
      deviations[i] = (0.5 * values[row + order[i]] - origin) * scale;
      even += deviations[i];
    }
    return even + odd;
  }

  private void centreRow(int k, double[] values, int from, double scale) {
    double origin = 0.5 * values[from];
    double total = 0;
    for (int c = 0; c < classes; c++) {
      double sum = gather(values, from, c, origin, scale);
      mean[c] = sum / size(c);
      total += sum;
    }
    total /= samples;
    double squares = 0;
    double moment = 0;
    for (int c = 0; c < classes; c++) {
      double share = (double) size(c) / samples;
      squares += subtract(mean[c], k * samples, c);
      moment += share * mean[c] * mean[c];
      double difference = Math.sqrt(share) * (mean[c] - total);
      between[c * features + k] = difference;
      traceBetween += difference * difference;
    }
    variance[k] = squares / samples;
    if (variance[k] <= rounding() * rounding() * moment) {
      Arrays.fill(within, k * samples, (k + 1) * samples, 0);
      variance[k] = 0;
    }
  }

  private int size(int c) {
    return c == 0 ? ends[0] : ends[c] - ends[c - 1];
  }

  /** Stores the deviations from the mean of a class and returns the sum of their squares. */
  private double subtract(double mean, int row, int c) {
    int to = ends[c];
    int i = c == 0 ? 0 : ends[c - 1];
    double even = 0;
    double odd = 0;
    for (; i < to - 1; i += 2) {
      double first = deviations[i] - mean;
      double second = deviations[i + 1] - mean;
      within[row + i] = first;
      within[row + i + 1] = second;
      even += first * first;
      odd += second * second;
    }
    if (i < to) {
      within[row + i] = deviations[i] - mean;
      even += within[row + i] * within[row + i];
    }
    return even + odd;
  }
}
