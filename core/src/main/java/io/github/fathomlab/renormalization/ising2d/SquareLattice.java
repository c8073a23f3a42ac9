package io.github.fathomlab.renormalization.ising2d;

import java.util.Arrays;

/**
 * Spins ±1 on an L x L torus, row after row.
 *
 * <p>Sums over the torus are exact integers. Cost: O(L²) each.
 */
public final class SquareLattice {
  private final int side;
  private final byte[] spins;

  /**
   * A lattice of given spins.
   *
   * @param side L, at least 2
   * @param spins (L²), each 1 or -1; copied
   * @throws IllegalArgumentException for another number of spins or another value
   */
  public SquareLattice(int side, byte[] spins) {
    if (side < 2 || spins.length != side * side) {
      throw new IllegalArgumentException(
          "a lattice of side %d, at least 2, has %d spins, found %d"
              .formatted(side, side * side, spins.length));
    }
    for (int site = 0; site < spins.length; site++) {
      if (Math.abs(spins[site]) != 1) {
        throw new IllegalArgumentException(
            "spins are 1 or -1, found %d at site %d".formatted(spins[site], site));
      }
    }
    this.side = side;
    this.spins = spins.clone();
  }

  /** A lattice with all spins up. */
  public static SquareLattice up(int side) {
    byte[] spins = new byte[side * side];
    Arrays.fill(spins, (byte) 1);
    return new SquareLattice(side, spins);
  }

  /** L. */
  public int side() {
    return side;
  }

  /** The spin in a row and a column, both within 0..L-1. */
  public int spin(int row, int column) {
    return spins[row * side + column];
  }

  /** All spins, a copy. */
  public byte[] spins() {
    return spins.clone();
  }

  /** The spins themselves, for those who move them. */
  byte[] live() {
    return spins;
  }

  /** Σ s. */
  public int magnetisation() {
    int sum = 0;
    for (byte spin : spins) {
      sum += spin;
    }
    return sum;
  }

  /** Σ s s' over the 2L² bonds between neighbours. */
  public int bonds() {
    int sum = 0;
    for (int row = 0; row < side; row++) {
      int here = row * side;
      int below = row + 1 < side ? here + side : 0;
      for (int column = 0; column < side; column++) {
        int right = column + 1 < side ? column + 1 : 0;
        sum += spins[here + column] * (spins[here + right] + spins[below + column]);
      }
    }
    return sum;
  }

  /**
   * The three shortest even sums: neighbours, 2L² terms; next neighbours along both diagonals, 2L²
   * terms; products of the four spins of a square, L² terms.
   */
  public double[] evenSums() {
    int near = 0;
    int next = 0;
    int squares = 0;
    for (int row = 0; row < side; row++) {
      int here = row * side;
      int below = row + 1 < side ? here + side : 0;
      for (int column = 0; column < side; column++) {
        int right = column + 1 < side ? column + 1 : 0;
        int corner = spins[here + column];
        int east = spins[here + right];
        int south = spins[below + column];
        int opposite = spins[below + right];
        near += corner * (east + south);
        next += corner * opposite + east * south;
        squares += corner * east * south * opposite;
      }
    }
    return new double[] {near, next, squares};
  }
}
