package io.github.fathomlab.renormalization.ising2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import org.junit.jupiter.api.Test;

class SquareLatticeTest {

  static SquareLattice random(int side, long seed) {
    byte[] spins = new byte[side * side];
    for (int i = 0; i < spins.length; i++) {
      spins[i] = (byte) (CounterRandom.bits(CounterRandom.key(seed), i) < 0 ? -1 : 1);
    }
    return new SquareLattice(side, spins);
  }

  @Test
  void sumsAreThoseOfThePlainDefinition() {
    for (int side : new int[] {2, 3, 5, 8}) {
      SquareLattice lattice = random(side, side);
      double[] sums = new double[3];
      int magnetisation = 0;
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          int down = (row + 1) % side;
          int right = (column + 1) % side;
          int up = (row + side - 1) % side;
          int here = lattice.spin(row, column);
          magnetisation += here;
          sums[0] += here * lattice.spin(row, right) + here * lattice.spin(down, column);
          sums[1] += here * lattice.spin(down, right) + here * lattice.spin(up, right);
          sums[2] +=
              here
                  * lattice.spin(row, right)
                  * lattice.spin(down, column)
                  * lattice.spin(down, right);
        }
      }
      assertArrayEquals(sums, lattice.evenSums());
      assertEquals(sums[0], lattice.bonds());
      assertEquals(magnetisation, lattice.magnetisation());
    }
  }

  @Test
  void anOrderedLatticeHasTheLargestSums() {
    SquareLattice up = SquareLattice.up(6);
    assertArrayEquals(new double[] {72, 72, 36}, up.evenSums());
    assertEquals(36, up.magnetisation());
    assertEquals(6, up.side());
  }

  @Test
  void copiesItsSpins() {
    byte[] spins = SquareLattice.up(3).spins();
    SquareLattice lattice = new SquareLattice(3, spins);
    spins[0] = -1;
    lattice.spins()[1] = -1;
    assertEquals(9, lattice.magnetisation());
  }

  @Test
  void refusesOtherSpins() {
    assertThrows(IllegalArgumentException.class, () -> new SquareLattice(1, new byte[] {1}));
    assertThrows(IllegalArgumentException.class, () -> new SquareLattice(2, new byte[] {1, 1, 1}));
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> new SquareLattice(2, new byte[] {1, -1, 0, 1}))
            .toString();
    assertTrue(said.contains("found 0 at site 2"), said);
  }

  @Test
  void theMajorityOfABlockAndAFairTie() {
    byte[] spins = {
      1, 1, -1, -1,
      1, -1, -1, 1,
      1, -1, -1, -1,
      -1, 1, -1, -1
    };
    SquareLattice fine = new SquareLattice(4, spins);
    int ties = 0;
    int draws = 4000;
    for (int i = 0; i < draws; i++) {
      SquareLattice coarse = MajorityRule.coarse(fine, 5, i);
      assertEquals(2, coarse.side());
      assertEquals(1, coarse.spin(0, 0));
      assertEquals(-1, coarse.spin(0, 1));
      assertEquals(-1, coarse.spin(1, 1));
      ties += coarse.spin(1, 0);
    }
    assertTrue(Math.abs(ties) < 4 * Math.sqrt(draws), "ties sum to " + ties);
    assertArrayEquals(
        MajorityRule.coarse(fine, 5, 3).spins(), MajorityRule.coarse(fine, 5, 3).spins());
  }

  @Test
  void turningALatticeTurnsItsBlocksButForTies() {
    SquareLattice lattice = random(8, 3);
    byte[] turned = lattice.spins();
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) -turned[i];
    }
    SquareLattice coarse = MajorityRule.coarse(lattice, 1, 0);
    SquareLattice other = MajorityRule.coarse(new SquareLattice(8, turned), 1, 0);
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
          sum += lattice.spin(2 * row + i / 2, 2 * column + i % 2);
        }
        int expected = sum == 0 ? coarse.spin(row, column) : -coarse.spin(row, column);
        assertEquals(expected, other.spin(row, column));
      }
    }
  }

  @Test
  void refusesSidesWithoutBlocks() {
    for (int side : new int[] {2, 5}) {
      SquareLattice lattice = SquareLattice.up(side);
      assertThrows(IllegalArgumentException.class, () -> MajorityRule.coarse(lattice, 1, 0));
    }
  }
}
