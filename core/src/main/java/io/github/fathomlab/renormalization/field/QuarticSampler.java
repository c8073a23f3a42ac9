package io.github.fathomlab.renormalization.field;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;

/**
 * Samples of a {@link QuarticChain}, as a Markov chain on its grid.
 *
 * <pre>   P(x_1 = y) = ψ₀(y)²,   P(y | x) = T(x, y) ψ₀(y)/(Λ₀ ψ₀(x)) </pre>
 *
 * <p>Source: the transfer operator made stochastic by its ground state; drawn by inverting the
 * cumulative sums of a row. Validity: exact for the chain on the grid. A row from which ψ₀ has
 * underflown holds no number to draw by; nothing leads there, and it returns to the law of one
 * site. Cost: a table of the size of T, then one random number and a binary search for a site.
 */
public final class QuarticSampler {
  private final double[] grid;
  private final double[] stationary;
  private final double[][] steps; // [points x points], cumulative rows

  QuarticSampler(double[] grid, double[] weights, double[] ground) {
    int points = grid.length;
    this.grid = grid;
    double[] row = new double[points];
    Arrays.setAll(row, j -> ground[j] * ground[j]);
    stationary = cumulative(row, row);
    steps = new double[points][];
    for (int i = 0; i < points; i++) {
      int from = i * points;
      Arrays.setAll(row, j -> weights[from + j] * ground[j]);
      steps[i] = cumulative(row, stationary);
    }
  }

  private static double[] cumulative(double[] row, double[] guard) {
    double[] sums = new double[row.length];
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      sum += row[j];
      sums[j] = sum;
    }
    if (!(sum >= Double.MIN_NORMAL)) {
      return guard;
    }
    for (int j = 0; j < row.length; j++) {
      sums[j] /= sum;
    }
    return sums;
  }

  /**
   * A window of the infinite chain.
   *
   * @param sites length of the window
   * @param key of {@link CounterRandom}; a longer window begins with the shorter one
   */
  public double[] sample(int sites, long key) {
    if (sites < 1) {
      throw new IllegalArgumentException("a window needs at least 1 site, found " + sites);
    }
    double[] x = new double[sites];
    double[] row = stationary;
    for (int i = 0; i < sites; i++) {
      int point = first(row, CounterRandom.uniform(key, i));
      x[i] = grid[point];
      row = steps[point];
    }
    return x;
  }

  /** The first entry above a number below 1; the last entry is 1. */
  private static int first(double[] cumulative, double uniform) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > uniform) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
