package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.renormalization.ising.BlockRule;
import io.github.fathomlab.renormalization.ising.IsingChain;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Targets;
import java.util.List;

/**
 * One stack of the study: its blocks, its chain and what its layers learn.
 *
 * @param name for people
 * @param block b, spins that a layer reads
 * @param coupling K of the chain under the first layer
 * @param levels layers, one on the other
 * @param seeds stacks that are trained, each on its own chain
 * @param majority whether a layer learns the majority of its block; otherwise the spin behind it
 */
record StackCell(String name, int block, double coupling, int levels, int seeds, boolean majority) {
  /** The trap: an odd sign of two spins is one of them or its opposite, trained or not. */
  static final StackCell PAIRS = new StackCell("b = 2, K = 1.5", 2, 1.5, 5, 8, false);

  /**
   * The stack that is judged. Here 29 % of the untrained networks still put out one of the spins;
   * against such a null 8 seeds would not reach the level of the rank test, 16 do.
   */
  static final StackCell FOURS = new StackCell("b = 4, K = 1.2", 4, 1.2, 2, 16, false);

  /** Another rule beside decimation, shown and not judged. */
  static final StackCell MAJORITY = new StackCell("majority of 3, K = 1.5", 3, 1.5, 2, 8, true);

  static final List<StackCell> ALL = List.of(PAIRS, FOURS, MAJORITY);

  /** The exact rule that the best layer carries out. */
  BlockRule rule() {
    return majority ? BlockRule.majority(block) : BlockRule.decimation(block);
  }

  /** ρ_1 of neighbouring spins of every level under the exact rule; level 0 is the chain. */
  double[] exact() {
    return rule().levels(IsingChain.withoutField(coupling), levels).stream()
        .mapToDouble(BlockRule.Level::first)
        .toArray();
  }

  /** What a layer is trained on: blocks of spins [blocks x b], each with its target. */
  Dataset windows(byte[] spins) {
    int blocks = (spins.length - 1) / block;
    double[] inputs = new double[blocks * block];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = spins[i];
    }
    byte[] coarse = majority ? rule().coarsen(spins) : spins;
    double[] targets = new double[blocks];
    for (int j = 0; j < blocks; j++) {
      targets[j] = majority ? coarse[j] : spins[(j + 1) * block];
    }
    return new Dataset(name, block, inputs, new Targets.Values(targets, 1));
  }

  /**
   * The least output error's minimiser on a block.
   *
   * @param pattern of the block; bit i is set where spin i is -1
   * @param correlation of neighbours at the level below
   */
  double best(int pattern, double correlation) {
    if (majority) {
      return 2 * Integer.bitCount(pattern) < block ? 1 : -1;
    }
    return pattern >> (block - 1) == 0 ? correlation : -correlation;
  }

  /** How often every pattern occurs among the blocks of spins [2^b]. */
  double[] frequencies(byte[] spins) {
    double[] counts = new double[1 << block];
    int blocks = spins.length / block;
    for (int j = 0; j < blocks; j++) {
      int pattern = 0;
      for (int i = 0; i < block; i++) {
        pattern |= (spins[j * block + i] >>> 31 & 1) << i;
      }
      counts[pattern] += 1.0 / blocks;
    }
    return counts;
  }
}
