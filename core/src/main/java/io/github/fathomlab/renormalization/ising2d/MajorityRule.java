package io.github.fathomlab.renormalization.ising2d;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * The majority of 2 x 2 blocks as one step of renormalization by b = 2; a tie falls either way.
 *
 * <p>Source: Swendsen, Phys. Rev. Lett. 42, 859 (1979). Validity: even sides of at least 4. A tie
 * is a function of key, index and block alone. Cost: O(L²).
 */
public final class MajorityRule {
  private MajorityRule() {}

  /**
   * The coarse lattice, of half the side.
   *
   * @param key one per purpose, from {@link CounterRandom#key}
   * @param index which lattice it is among those of the key
   * @throws IllegalArgumentException for an odd side or one below 4
   */
  public static SquareLattice coarse(SquareLattice fine, long key, long index) {
    int side = fine.side() / 2;
    if (fine.side() % 2 != 0 || side < 2) {
      throw new IllegalArgumentException(
          "2 x 2 blocks need an even side of at least 4, found " + fine.side());
    }
    byte[] spins = fine.live();
    byte[] blocks = new byte[side * side];
    long ties = CounterRandom.key(key, index);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int corner = 2 * row * fine.side() + 2 * column;
        int sum =
            spins[corner]
                + spins[corner + 1]
                + spins[corner + fine.side()]
                + spins[corner + fine.side() + 1];
        int block = row * side + column;
        int tie = CounterRandom.bits(ties, block) < 0 ? -1 : 1;
        blocks[block] = (byte) (sum == 0 ? tie : Integer.signum(sum));
      }
    }
    return new SquareLattice(side, blocks);
  }
}
