package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * Exact samples of a stationary chain: x_0 ~ π, then x_(t+1) from row x_t, both by inversion.
 *
 * <pre>
 *   x = min { j : u_t &lt; F_j },   F_j = Σ_(i≤j) p_i,   u_t uniform in [0, 1) of key and t alone
 * </pre>
 *
 * <p>Source: textbook; rank-collapse specification, section 2. Validity: probabilities are held to
 * 2^-53; a state of probability 0 is never drawn. A sequence is a function of chain and key, and a
 * longer one begins with the shorter. Cost: O(log V) per step.
 */
public final class ChainSampler {
  private final double[] first;
  private final double[][] next;

  /**
   * A sampler.
   *
   * @throws IllegalStateException when the chain has no unique stationary distribution
   */
  public ChainSampler(MarkovChain chain) {
    first = cumulative(chain.stationary());
    next = new double[chain.states()][chain.states()];
    for (int i = 0; i < next.length; i++) {
      for (int j = 0; j < next.length; j++) {
        next[i][j] = chain.probability(i, j);
      }
      next[i] = cumulative(next[i]);
    }
  }

  /**
   * A sequence of states, each in 0..V-1.
   *
   * @param key one per sequence, from {@link CounterRandom#key}
   */
  public int[] sample(long key, int length) {
    int[] states = new int[length];
    for (int t = 0; t < length; t++) {
      double u = CounterRandom.uniform(key, t);
      states[t] = place(t == 0 ? first : next[states[t - 1]], u);
    }
    return states;
  }

  /** F, exactly 1 from the last positive probability on. */
  static double[] cumulative(double[] distribution) {
    double[] sums = new double[distribution.length];
    double sum = 0;
    int last = 0;
    for (int j = 0; j < sums.length; j++) {
      sum += distribution[j];
      sums[j] = sum;
      last = distribution[j] > 0 ? j : last;
    }
    for (int j = 0; j < sums.length; j++) {
      sums[j] = j >= last ? 1 : sums[j] / sum;
    }
    return sums;
  }

  /** The first index whose F exceeds u. */
  static int place(double[] cumulative, double u) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (u < cumulative[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
