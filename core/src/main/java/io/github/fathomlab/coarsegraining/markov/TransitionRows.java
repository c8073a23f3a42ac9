package io.github.fathomlab.coarsegraining.markov;

import java.util.function.ToDoubleBiFunction;

/** What the families of chains have in common: rows entry by entry, and what is refused. */
final class TransitionRows {
  private TransitionRows() {}

  static double[][] filled(int states, ToDoubleBiFunction<Integer, Integer> entry) {
    double[][] rows = new double[states][states];
    for (int i = 0; i < states; i++) {
      for (int j = 0; j < states; j++) {
        rows[i][j] = entry.applyAsDouble(i, j);
      }
    }
    return rows;
  }

  static double same(int i, int j) {
    return i == j ? 1 : 0;
  }

  static void requireStates(int states, int least) {
    if (states < least) {
      throw new IllegalArgumentException(
          "expected at least %d states, found %d".formatted(least, states));
    }
  }

  static void requireChain(int states, double length) {
    requireStates(states, 2);
    if (!(length > 0) || Double.isInfinite(length)) {
      throw new IllegalArgumentException(
          "expected a positive and finite correlation length, found " + length);
    }
  }

  static void requireGroups(int states, int groups) {
    if (groups < 2 || states % groups != 0) {
      throw new IllegalArgumentException(
          "expected at least 2 groups of equal size, found %d groups of %d states; set groups to a divisor of states"
              .formatted(groups, states));
    }
  }
}
