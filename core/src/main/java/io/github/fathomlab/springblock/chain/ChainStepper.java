package io.github.fathomlab.springblock.chain;

/** One step of all chains. */
sealed interface ChainStepper permits StrangProxStep, FirstOrderStep, AuthorsStep {

  /** Moves the fields from step·h to (step+1)·h. */
  void advance(ChainFields fields, long step);

  /** The normals of a block: those of its own, or those all blocks share. */
  static double[] noise(ChainNoise noise, Normals normals, long step, int block, double[] row) {
    if (!noise.common()) {
      normals.fill(step, block, row);
    } else if (block == 0) {
      normals.fill(step, 0, row);
    }
    return row;
  }
}
