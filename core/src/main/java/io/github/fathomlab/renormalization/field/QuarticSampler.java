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
 * site. Cost: tables of the size of T, then one random number and on average at most 1 + points/256
 * comparisons for a site: a guide tells for 256 equal parts of [0, 1) where the search begins (Chen
 * and Asau, AIIE Transactions 6, 1974).
 */
public final class QuarticSampler {
  private static final int PARTS = 256;

  private final double[] grid;
  private final Row stationary;
  private final Row[] steps; // [points]

  /**
   * The law of one site.
   *
   * @param cumulative [points], its sums
   * @param guide [parts], the first entry of the sums above the lower end of each part
   */
  private record Row(double[] cumulative, int[] guide) {

    static Row of(double[] cumulative) {
      int[] guide = new int[PARTS];
      int point = 0;
      for (int part = 0; part < PARTS; part++) {
        point = first(cumulative, point, (double) part / PARTS);
        guide[part] = point;
      }
      return new Row(cumulative, guide);
    }

    int draw(double uniform) {
      return first(cumulative, guide[(int) (uniform * PARTS)], uniform);
    }

    /** The first entry above a number below 1; the last entry is 1. */
    private static int first(double[] cumulative, int from, double uniform) {
      int point = from;
      while (point < cumulative.length - 1 && cumulative[point] <= uniform) {
        point++;
      }
      return point;
    }
  }

  QuarticSampler(double[] grid, double[] weights, double[] ground) {
    int points = grid.length;
    this.grid = grid;
    double[] row = new double[points];
    Arrays.setAll(row, j -> ground[j] * ground[j]);
    stationary = Row.of(cumulative(row, row));
    steps = new Row[points];
    for (int i = 0; i < points; i++) {
      int from = i * points;
      Arrays.setAll(row, j -> weights[from + j] * ground[j]);
      steps[i] = Row.of(cumulative(row, stationary.cumulative));
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
    fill(key, x);
    return x;
  }

  /** Fills an array with a window of its length; see {@link #sample}. */
  public void fill(long key, double[] window) {
    Row row = stationary;
    for (int i = 0; i < window.length; i++) {
      int point = row.draw(CounterRandom.uniform(key, i));
      window[i] = grid[point];
      row = steps[point];
    }
  }
}
