package io.github.fathomlab.claims.rankcollapse;

import java.util.Arrays;
import java.util.Locale;

/**
 * A number over seeds.
 *
 * <pre>
 *   mean = (1/S) Σ x_s,   sd² = Σ (x_s - mean)² / (S-1),   error = sd/√S
 * </pre>
 *
 * <p>Symbols: S seeds. All are NaN where a seed has no number, sd and error also for S below 2.
 *
 * @param least of the seeds
 * @param most of the seeds
 */
record SeedMean(int seeds, double mean, double sd, double least, double most) {

  static SeedMean of(double[] values) {
    int n = values.length;
    double mean = n == 0 ? Double.NaN : Arrays.stream(values).sum() / n;
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return new SeedMean(
        n,
        mean,
        n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)),
        Arrays.stream(values).min().orElse(Double.NaN),
        Arrays.stream(values).max().orElse(Double.NaN));
  }

  /**
   * Of the differences of two numbers in the same seeds; of no seeds where their numbers differ.
   */
  static SeedMean ofDifferences(double[] from, double[] to) {
    double[] differences = new double[from.length == to.length ? from.length : 0];
    Arrays.setAll(differences, s -> to[s] - from[s]);
    return of(differences);
  }

  double error() {
    return sd / Math.sqrt(seeds);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f \u00b1 %.2f", mean, sd);
  }
}
