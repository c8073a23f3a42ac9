package io.github.fathomlab.bench;

import java.util.Arrays;
import java.util.List;

/** The best of several measurements, the one least disturbed by neighbours, and their median. */
public record Spread(double best, double median) {

  /** Of times: the smallest is the best. */
  public static Spread ofTimes(List<Double> times) {
    double[] sorted = sorted(times);
    return new Spread(sorted[0], sorted[sorted.length / 2]);
  }

  /**
   * Over processes that measured the same times: the best of all, and the median of their medians.
   */
  static Spread over(List<Spread> rounds, boolean higherIsBetter) {
    double[] bests = sorted(rounds.stream().map(Spread::best).toList());
    double[] medians = sorted(rounds.stream().map(Spread::median).toList());
    return new Spread(bests[higherIsBetter ? bests.length - 1 : 0], medians[medians.length / 2]);
  }

  /** The rate that belongs to times per {@code amount}. */
  public Spread rateOf(double amount) {
    return new Spread(amount / best, amount / median);
  }

  public Spread plus(Spread other) {
    return new Spread(best + other.best, median + other.median);
  }

  public Spread times(double factor) {
    return new Spread(factor * best, factor * median);
  }

  Spread over(Spread reference) {
    return new Spread(best / reference.best, median / reference.median);
  }

  private static double[] sorted(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
