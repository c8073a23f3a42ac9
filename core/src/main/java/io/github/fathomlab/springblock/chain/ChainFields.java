package io.github.fathomlab.springblock.chain;

import java.util.Arrays;

/**
 * Positions and velocities of many copies of a chain, one row per block.
 *
 * @param x positions [block x chain]
 * @param v velocities [block x chain]
 * @param wall zeros, the row left of the first block
 * @param end the pulled end, the row right of the last block
 */
record ChainFields(double[][] x, double[][] v, double[] wall, double[] end) {

  static ChainFields of(ChainState start, int chains) {
    int blocks = start.positions().length;
    double[][] x = new double[blocks][chains];
    double[][] v = new double[blocks][chains];
    for (int l = 0; l < blocks; l++) {
      Arrays.fill(x[l], start.positions()[l]);
      Arrays.fill(v[l], start.velocities()[l]);
    }
    return new ChainFields(x, v, new double[chains], new double[chains]);
  }

  double[] left(int block) {
    return block == 0 ? wall : x[block - 1];
  }

  double[] right(int block) {
    return block == x.length - 1 ? end : x[block + 1];
  }

  void pull(double position) {
    Arrays.fill(end, position);
  }

  ChainState state(int chain) {
    double[] positions = new double[x.length];
    double[] velocities = new double[x.length];
    for (int l = 0; l < x.length; l++) {
      positions[l] = x[l][chain];
      velocities[l] = v[l][chain];
    }
    return new ChainState(positions, velocities);
  }
}
