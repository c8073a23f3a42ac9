package io.github.fathomlab.renormalization.ising;

import java.util.Arrays;

/**
 * The distinct patterns of n spins among N samples, in increasing order, and how often each occurs.
 *
 * @param spins n
 * @param signs [patterns x n], each 1 or -1
 * @param counts [patterns], whose sum is N
 */
record SpinPatterns(int spins, double[] signs, double[] counts) {
  static final int MOST_SPINS = 64;

  /**
   * The patterns of samples that are given spin by spin.
   *
   * @param values [n x N], each 1 or -1
   * @param spins n, 1..64
   */
  static SpinPatterns of(byte[] values, int spins) {
    int samples = values.length / spins;
    long[] patterns = new long[samples];
    for (int i = 0; i < spins; i++) {
      for (int k = 0; k < samples; k++) {
        // The sign bit of a spin is 1 where it points down.
        patterns[k] |= (long) (values[i * samples + k] >>> 31) << i;
      }
    }
    Arrays.sort(patterns);
    int distinct = 0;
    double[] counts = new double[samples];
    for (int k = 0; k < samples; k++) {
      if (k > 0 && patterns[k] == patterns[distinct - 1]) {
        counts[distinct - 1]++;
      } else {
        patterns[distinct] = patterns[k];
        counts[distinct++] = 1;
      }
    }
    double[] signs = new double[distinct * spins];
    for (int r = 0; r < distinct; r++) {
      for (int i = 0; i < spins; i++) {
        signs[r * spins + i] = 1 - 2 * (patterns[r] >>> i & 1);
      }
    }
    return new SpinPatterns(spins, signs, Arrays.copyOf(counts, distinct));
  }

  int distinct() {
    return counts.length;
  }

  double sign(int pattern, int spin) {
    return signs[pattern * spins + spin];
  }

  /** N. */
  double samples() {
    return Arrays.stream(counts).sum();
  }
}
