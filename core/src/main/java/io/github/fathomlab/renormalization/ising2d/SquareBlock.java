package io.github.fathomlab.renormalization.ising2d;

import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;

/**
 * Blocks of 4 x 4 spins as numbers of 16 bits, so that whatever is computed from a block is a table
 * of {@value #COUNT} entries.
 *
 * <p>Bit i of a code is 0 when spin i is up; sites run row after row. A table made once replaces
 * the pass of a network over millions of blocks of a lattice.
 */
public final class SquareBlock {
  /** Spins along a side. */
  public static final int SIDE = 4;

  /** Spins of a block. */
  public static final int SITES = SIDE * SIDE;

  /** Configurations of a block. */
  public static final int COUNT = 1 << SITES;

  private static final int CHUNK = 4096;

  private SquareBlock() {}

  /** The spin, 1 or -1, of a site in a configuration. */
  public static int spin(int code, int site) {
    return 1 - 2 * (code >> site & 1);
  }

  /** The configuration with every spin turned. */
  public static char turned(int code) {
    return (char) (COUNT - 1 - code);
  }

  /**
   * The configurations of the adjacent blocks of a lattice, row after row.
   *
   * @throws IllegalArgumentException when the side is no multiple of 4
   */
  public static char[] codes(SquareLattice lattice) {
    int side = lattice.side();
    if (side % SIDE != 0) {
      throw new IllegalArgumentException(
          "blocks of %d x %d need a side that is a multiple of %d, found %d"
              .formatted(SIDE, SIDE, SIDE, side));
    }
    int blocks = side / SIDE;
    byte[] spins = lattice.live();
    char[] codes = new char[blocks * blocks];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        if (spins[row * side + column] < 0) {
          int block = row / SIDE * blocks + column / SIDE;
          int site = row % SIDE * SIDE + column % SIDE;
          codes[block] |= (char) (1 << site);
        }
      }
    }
    return codes;
  }

  /** Σ s over the 16 spins of every configuration. */
  public static double[] magnetisation() {
    double[] table = new double[COUNT];
    for (int code = 0; code < COUNT; code++) {
      table[code] = SITES - 2 * Integer.bitCount(code);
    }
    return table;
  }

  /** Σ s s' over the 24 bonds inside of every configuration. */
  public static double[] energy() {
    double[] table = new double[COUNT];
    for (int code = 0; code < COUNT; code++) {
      int sum = 0;
      for (int site = 0; site < SITES; site++) {
        int spin = spin(code, site);
        sum += site % SIDE + 1 < SIDE ? spin * spin(code, site + 1) : 0;
        sum += site + SIDE < SITES ? spin * spin(code, site + SIDE) : 0;
      }
      table[code] = sum;
    }
    return table;
  }

  /**
   * z_1 - z_0 of a network with 16 inputs and two outputs, in evaluation mode, for every
   * configuration: the logit of the second class.
   */
  public static double[] logits(Network network) {
    int inputs = network.layers().getFirst().inputs();
    int outputs = network.layers().getLast().outputs();
    if (inputs != SITES || outputs != 2) {
      throw new IllegalArgumentException(
          "expected a network with %d inputs and 2 outputs, found %d and %d"
              .formatted(SITES, inputs, outputs));
    }
    double[] table = new double[COUNT];
    Trace trace = network.trace(CHUNK);
    for (int from = 0; from < COUNT; from += CHUNK) {
      for (int site = 0; site < SITES; site++) {
        for (int c = 0; c < CHUNK; c++) {
          trace.input().set(site, c, spin(from + c, site));
        }
      }
      network.forward(trace, Pass.evaluation());
      for (int c = 0; c < CHUNK; c++) {
        table[from + c] = trace.output().get(1, c) - trace.output().get(0, c);
      }
    }
    return table;
  }
}
