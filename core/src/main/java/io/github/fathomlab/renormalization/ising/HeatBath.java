package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * Draws all spins of one layer of a bipartite machine given the other: P(s = 1) = 1/(1 + exp(-2f)).
 *
 * <p>The fields f of a pattern are sums of rows of tables over groups of {@value #GROUP} spins. The
 * probability is interpolated between the points of a grid, to 2e-7, and compared with 32 random
 * bits without a branch, which no processor could predict.
 */
final class HeatBath {
  private static final int GROUP = 5;
  private static final int ROWS = 1 << GROUP;
  private static final int REACH = 8;
  private static final int PER_UNIT = 512;
  private static final int LAST = 2 * REACH * PER_UNIT;
  private static final double[] GRID = grid();

  private final int given;
  private final int drawn;
  private final double[] tables;
  private final double[] fields;

  /**
   * Without couplings yet.
   *
   * @param given spins that are known
   * @param drawn spins that are drawn, at most 31
   */
  HeatBath(int given, int drawn) {
    this.given = given;
    this.drawn = drawn;
    tables = new double[(given + GROUP - 1) / GROUP * ROWS * drawn];
    fields = new double[drawn];
  }

  private static double[] grid() {
    double[] grid = new double[LAST + 2];
    for (int k = 0; k < grid.length; k++) {
      double field = (double) k / PER_UNIT - REACH;
      grid[k] = 0x1p32 / (1 + StrictMath.exp(-2 * field));
    }
    return grid;
  }

  /**
   * Takes over couplings.
   *
   * @param weights of given spin i and drawn spin j at i·givenStride + j·drawnStride
   */
  void set(double[] weights, int givenStride, int drawnStride) {
    for (int start = 0; start < given; start += GROUP) {
      int width = Math.min(GROUP, given - start);
      int table = start / GROUP * ROWS * drawn;
      for (int j = 0; j < drawn; j++) {
        double up = 0;
        for (int i = start; i < start + width; i++) {
          up += weights[i * givenStride + j * drawnStride];
        }
        tables[table + j] = up;
      }
      for (int row = 1; row < 1 << width; row++) {
        int spin = Integer.numberOfTrailingZeros(row);
        int without = table + (row & (row - 1)) * drawn;
        for (int j = 0; j < drawn; j++) {
          tables[table + row * drawn + j] =
              tables[without + j] - 2 * weights[(start + spin) * givenStride + j * drawnStride];
        }
      }
    }
  }

  /** Fields on the drawn spins under a pattern of given ones, valid until the next call. */
  double[] fields(int pattern) {
    int first = (pattern & (ROWS - 1)) * drawn;
    System.arraycopy(tables, first, fields, 0, drawn);
    int rest = pattern >>> GROUP;
    for (int start = GROUP; start < given; start += GROUP, rest >>>= GROUP) {
      int row = (start / GROUP * ROWS + (rest & (ROWS - 1))) * drawn;
      for (int j = 0; j < drawn; j++) {
        fields[j] += tables[row + j];
      }
    }
    return fields;
  }

  /** Draws one pattern for each given one; a set bit is a spin that points down. */
  void draw(int[] from, int[] to, long key) {
    int numbers = (drawn + 1) / 2;
    for (int b = 0; b < from.length; b++) {
      double[] field = fields(from[b]);
      int pattern = 0;
      long number = 0;
      for (int j = 0; j < drawn; j++) {
        number = j % 2 == 0 ? CounterRandom.bits(key, (long) b * numbers + j / 2) : number >>> 32;
        pattern |= down(field[j], number & 0xFFFFFFFFL) << j;
      }
      to[b] = pattern;
    }
  }

  /** Turns every spin along its field. */
  void follow(int[] from, int[] to) {
    for (int b = 0; b < from.length; b++) {
      double[] field = fields(from[b]);
      int pattern = 0;
      for (int j = 0; j < drawn; j++) {
        pattern |= field[j] < 0 ? 1 << j : 0;
      }
      to[b] = pattern;
    }
  }

  /** 1 where the number lies at or above P(s = 1), otherwise 0. */
  private static int down(double field, long number) {
    double place = Math.max(0, Math.min(LAST, (field + REACH) * PER_UNIT));
    int k = (int) place;
    double threshold = GRID[k] + (place - k) * (GRID[k + 1] - GRID[k]);
    return (int) (((long) threshold - number - 1) >>> 63);
  }
}
