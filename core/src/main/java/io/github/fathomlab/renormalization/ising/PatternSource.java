package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * Independent draws from a distribution over finitely many patterns, by its cumulative sums.
 *
 * <p>A draw is a function of key and index. Cost: O(log patterns) per draw.
 */
public final class PatternSource {
  private final double[] cumulative;

  /**
   * @param distribution probability of every pattern, up to a common factor
   * @throws IllegalArgumentException when one is negative or they add up to nothing
   */
  public PatternSource(double[] distribution) {
    cumulative = new double[distribution.length];
    double sum = 0;
    for (int k = 0; k < distribution.length; k++) {
      if (!(distribution[k] >= 0)) {
        throw new IllegalArgumentException(
            "probabilities are not negative, found %s of pattern %d".formatted(distribution[k], k));
      }
      sum += distribution[k];
      cumulative[k] = sum;
    }
    if (!(sum > 0) || !Double.isFinite(sum)) {
      throw new IllegalArgumentException("probabilities have a positive sum, found " + sum);
    }
  }

  /** Draws as many patterns as fit. */
  public void fill(int[] patterns, long key) {
    double sum = cumulative[cumulative.length - 1];
    for (int b = 0; b < patterns.length; b++) {
      double number = sum * CounterRandom.uniform(key, b);
      int low = 0;
      int high = cumulative.length - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (cumulative[middle] > number) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      patterns[b] = low;
    }
  }
}
