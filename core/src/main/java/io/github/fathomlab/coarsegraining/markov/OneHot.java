package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.Matrix;
import java.util.List;

/**
 * How a network reads a window of symbols: feature o (V+2) + id is 1 when position o of the window,
 * counted from 0 on the left, shows the symbol id, and 0 otherwise.
 *
 * <p>Symbols: 0..V-1 a state, V = MASK, V+1 = PAD, beyond the ends of a sequence. An affine map of
 * such features is a table of embeddings, one for each position and symbol, summed over the
 * positions (rank-collapse specification, section 4).
 *
 * @param positions 2w+1
 * @param states V
 */
record OneHot(int positions, int states) {

  /** V+2. */
  int symbols() {
    return states + 2;
  }

  /** MASK, what a chosen position shows. */
  int mask() {
    return states;
  }

  /** PAD, what lies beyond the ends of a sequence. */
  int pad() {
    return states + 1;
  }

  /** (2w+1)(V+2), the number of input features. */
  int features() {
    return positions * symbols();
  }

  /** Writes a window into a column of zeros. */
  void show(int[] window, Matrix input, int column) {
    for (int o = 0; o < positions; o++) {
      input.set(o * symbols() + window[o], column, 1);
    }
  }

  /** Windows one after another, as samples of a set. */
  double[] samples(List<int[]> windows) {
    double[] inputs = new double[windows.size() * features()];
    for (int i = 0; i < windows.size(); i++) {
      for (int o = 0; o < positions; o++) {
        inputs[i * features() + o * symbols() + windows.get(i)[o]] = 1;
      }
    }
    return inputs;
  }
}
