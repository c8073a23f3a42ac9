package io.github.fathomlab.training;

import io.github.fathomlab.kernels.Matrix;

/**
 * An endless supply of samples: a law to draw from in place of a set to go through.
 *
 * <p>A training on it sees no sample twice but by chance, so that what it approaches is the optimum
 * over the law and not over a set. Shared by all workers: a population keeps no state between
 * draws.
 */
public interface Population {

  /**
   * Fills a batch with independent samples.
   *
   * @param key of {@link io.github.fathomlab.kernels.CounterRandom}; the numbers are a pure
   *     function of it and of the batch size
   * @param input [features x B]; every entry is written
   * @param targets [outputs x B]; every entry is written
   */
  void draw(long key, Matrix input, Matrix targets);

  /**
   * Samples of a batch that is not given a size.
   *
   * @param samples of the fixed set that stands beside the population
   */
  default int fullBatch(int samples) {
    return samples;
  }
}
