package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A rule that makes one spin of every block of b spins, applied again and again, with the exact
 * correlations of neighbours at every level.
 *
 * <pre>
 *   level 0:  M±[a,c] = P(c | a) 1[c = ±],     M'_y = Σ_(rule(y_1..y_b) = y) M_(y_1) ... M_(y_b)
 *   A = M+ - M-,  T = M+ + M-:   m = π A 1,   ρ_1 = (π A A 1 - m²)/(1 - m²),   ρ_2 with A T A
 * </pre>
 *
 * <p>Symbols: P transition matrix of the chain [2 x 2] and π its stationary law; y a spin of the
 * coarse level; m its mean, ρ_r correlation of coarse spins r blocks apart. Source: our derivation.
 * Validity: any rule of at most 16 spins, with or without a field. Cost: O(2^b) per level.
 */
public final class BlockRule {
  private static final int LARGEST = 16;
  private static final double LEAST_VARIANCE = 1e-12;

  private final int block;
  private final BitSet down;

  private BlockRule(int block, BitSet down) {
    this.block = block;
    this.down = down;
  }

  /**
   * A rule from its table.
   *
   * @param block b, spins per block
   * @param up whether the block of a pattern turns up; bit i of the pattern is 1 where spin i from
   *     the left is -1
   * @throws IllegalArgumentException when the block is not of 1..16 spins
   */
  public static BlockRule of(int block, IntPredicate up) {
    if (block < 1 || block > LARGEST) {
      throw new IllegalArgumentException(
          "a block rule is for 1..%d spins, found %d".formatted(LARGEST, block));
    }
    BitSet down = new BitSet(1 << block);
    for (int pattern = 0; pattern < 1 << block; pattern++) {
      down.set(pattern, !up.test(pattern));
    }
    return new BlockRule(block, down);
  }

  /** The last spin of the block. */
  public static BlockRule decimation(int block) {
    return of(block, pattern -> pattern >> (block - 1) == 0);
  }

  /**
   * The sign of the sum of the block.
   *
   * @throws IllegalArgumentException when the block is even, so that sums can vanish
   */
  public static BlockRule majority(int block) {
    if (block % 2 == 0) {
      throw new IllegalArgumentException("a majority needs an odd number of spins, found " + block);
    }
    return of(block, pattern -> 2 * Integer.bitCount(pattern) < block);
  }

  /** b, spins per block. */
  public int block() {
    return block;
  }

  /**
   * What the spins of one level look like.
   *
   * @param mean m
   * @param first ρ_1, correlation of neighbours; NaN unless the status is OK
   * @param second ρ_2, of spins two apart; NaN unless the status is OK
   * @param status OK, or ZERO_VARIANCE when 1 - m² is below 1e-12
   */
  public record Level(double mean, double first, double second, Status status) {

    /** artanh ρ_1; of an open chain without a field with this correlation of neighbours. */
    public double coupling() {
      return 0.5 * (StrictMath.log1p(first) - StrictMath.log1p(-first));
    }
  }

  /**
   * The exact levels of a chain.
   *
   * @param times how often the rule is applied; the chain itself is level 0
   */
  public List<Level> levels(IsingChain chain, int times) {
    double up = 0.5 + 0.5 * chain.magnetisation();
    double keepUp = chain.keepProbability(true);
    double keepDown = chain.keepProbability(false);
    Pair pair =
        new Pair(
            new double[][] {{keepUp, 0}, {1 - keepDown, 0}},
            new double[][] {{0, 1 - keepUp}, {0, keepDown}});
    List<Level> levels = new ArrayList<>();
    levels.add(pair.level(up));
    for (int n = 0; n < times; n++) {
      pair = coarse(pair);
      levels.add(pair.level(up));
    }
    return List.copyOf(levels);
  }

  private Pair coarse(Pair fine) {
    Pair sums = new Pair(new double[2][2], new double[2][2]);
    add(sums, fine, new double[][] {{1, 0}, {0, 1}}, 0, 0);
    return sums;
  }

  /** Adds the products of all patterns that begin with the given one. */
  private void add(Pair sums, Pair fine, double[][] product, int pattern, int length) {
    if (length == block) {
      double[][] sum = down.get(pattern) ? sums.down : sums.up;
      for (int a = 0; a < 2; a++) {
        for (int c = 0; c < 2; c++) {
          sum[a][c] += product[a][c];
        }
      }
      return;
    }
    add(sums, fine, times(product, fine.up), pattern, length + 1);
    add(sums, fine, times(product, fine.down), pattern | 1 << length, length + 1);
  }

  private static double[][] times(double[][] x, double[][] y) {
    double[][] product = new double[2][2];
    for (int a = 0; a < 2; a++) {
      for (int c = 0; c < 2; c++) {
        product[a][c] = x[a][0] * y[0][c] + x[a][1] * y[1][c];
      }
    }
    return product;
  }

  /** The matrices [2 x 2] of a coarse spin that is up, and of one that is down. */
  private record Pair(double[][] up, double[][] down) {

    Level level(double stationaryUp) {
      double[][] spin = combined(-1);
      double[] start = {stationaryUp, 1 - stationaryUp};
      double[] once = after(start, spin);
      double mean = once[0] + once[1];
      double variance = 1 - mean * mean;
      if (variance < LEAST_VARIANCE) {
        return new Level(mean, Double.NaN, Double.NaN, Status.ZERO_VARIANCE);
      }
      double[] twice = after(once, spin);
      double[] apart = after(after(once, combined(1)), spin);
      double square = mean * mean;
      return new Level(
          mean,
          (twice[0] + twice[1] - square) / variance,
          (apart[0] + apart[1] - square) / variance,
          Status.OK);
    }

    private double[][] combined(int sign) {
      double[][] sum = new double[2][2];
      for (int a = 0; a < 2; a++) {
        for (int c = 0; c < 2; c++) {
          sum[a][c] = up[a][c] + sign * down[a][c];
        }
      }
      return sum;
    }

    private static double[] after(double[] row, double[][] matrix) {
      return new double[] {
        row[0] * matrix[0][0] + row[1] * matrix[1][0], row[0] * matrix[0][1] + row[1] * matrix[1][1]
      };
    }
  }

  /** The coarse spins of a sample; spins that do not fill a last block are left out. */
  public byte[] coarsen(byte[] spins) {
    byte[] coarse = new byte[spins.length / block];
    for (int j = 0; j < coarse.length; j++) {
      int pattern = 0;
      for (int i = 0; i < block; i++) {
        pattern |= (spins[j * block + i] >>> 31) << i;
      }
      coarse[j] = SpinWalk.spin(!down.get(pattern));
    }
    return coarse;
  }
}
