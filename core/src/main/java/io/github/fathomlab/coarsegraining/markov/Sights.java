package io.github.fathomlab.coarsegraining.markov;

import java.util.Arrays;

/**
 * What can be seen of w positions on one side, numbered, with its law: the forward and backward
 * recursion of a hidden Markov chain.
 *
 * <p>There are (V+1)^w sights of V states and a mask; the leftmost position counts most. Cost of a
 * law: O(w V²).
 */
record Sights(int states, int halfWidth) {

  /** (V+1)^w. */
  int count() {
    return (int) Math.round(Math.pow(states + 1, halfWidth));
  }

  /** P(symbols seen, state after the last of them = k). */
  double[] arriving(MarkovChain chain, Masking masking, int[] symbols) {
    double[] law = chain.stationary();
    for (int symbol : symbols) {
      double[] next = new double[states];
      for (int i = 0; i < states; i++) {
        double seen = law[i] * masking.any(symbol, i, states);
        for (int j = 0; j < states && seen > 0; j++) {
          next[j] += seen * chain.probability(i, j);
        }
      }
      law = next;
    }
    return law;
  }

  /** P(symbols seen | state before the first of them = k). */
  double[] leaving(MarkovChain chain, Masking masking, int[] symbols) {
    double[] chance = new double[states];
    Arrays.fill(chance, 1);
    for (int p = symbols.length - 1; p >= 0; p--) {
      double[] before = new double[states];
      for (int j = 0; j < states; j++) {
        double seen = chance[j] * masking.any(symbols[p], j, states);
        for (int i = 0; i < states && seen > 0; i++) {
          before[i] += chain.probability(i, j) * seen;
        }
      }
      chance = before;
    }
    return chance;
  }

  /** The w symbols of a sight, from left to right. */
  int[] symbols(int sight) {
    int[] symbols = new int[halfWidth];
    int rest = sight;
    for (int p = halfWidth - 1; p >= 0; p--) {
      symbols[p] = rest % (states + 1);
      rest /= states + 1;
    }
    return symbols;
  }

  /** The number of the w symbols of a window that begin at a position. */
  int of(int[] window, int from) {
    int sight = 0;
    for (int p = from; p < from + halfWidth; p++) {
      sight = sight * (states + 1) + window[p];
    }
    return sight;
  }
}
