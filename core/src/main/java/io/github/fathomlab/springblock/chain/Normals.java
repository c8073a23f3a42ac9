package io.github.fathomlab.springblock.chain;

/** Standard normal numbers for the chains of an ensemble. */
@FunctionalInterface
interface Normals {

  /**
   * Fills a row with one number per chain.
   *
   * @param step of the integration, from 0
   * @param block from 0; 0 also for a noise that all blocks share
   */
  void fill(long step, int block, double[] row);
}
