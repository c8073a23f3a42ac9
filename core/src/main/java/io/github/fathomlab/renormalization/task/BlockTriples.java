package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.renormalization.block.Window;

/**
 * Three Ising blocks side by side, every spin of all three summed over: the correlations of a
 * feature without the theorem on blocks.
 *
 * <p>Validity: blocks of at most a third of {@link Window#WIDEST} spins. Cost: O(2^(3b)).
 */
final class BlockTriples {
  private final Window wide;
  private final int sites;

  BlockTriples(int sites, double coupling, double field) {
    this.sites = sites;
    wide = Window.inField(3 * sites, coupling, field);
  }

  static boolean fit(int sites) {
    return 3 * sites <= Window.WIDEST;
  }

  /**
   * ρ_2/ρ_1.
   *
   * @param values f of every configuration of a block
   */
  double lagRatio(double[] values) {
    int mask = (1 << sites) - 1;
    double mean = 0;
    for (int c = 0; c < wide.count(); c++) {
      mean += wide.weight(c) * values[c & mask];
    }
    double next = 0;
    double nextButOne = 0;
    for (int c = 0; c < wide.count(); c++) {
      double first = wide.weight(c) * (values[c & mask] - mean);
      next += first * (values[c >>> sites & mask] - mean);
      nextButOne += first * (values[c >>> 2 * sites] - mean);
    }
    return nextButOne / next;
  }
}
