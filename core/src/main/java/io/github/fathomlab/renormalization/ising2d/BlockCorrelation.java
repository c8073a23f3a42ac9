package io.github.fathomlab.renormalization.ising2d;

import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.List;

/**
 * How numbers read from 4 x 4 blocks of sampled lattices are correlated along rows and columns of
 * blocks.
 *
 * <pre>
 *   C(r) = (&lt;f_j f_(j+r)&gt; - &lt;f&gt;²)/(&lt;f²&gt; - &lt;f&gt;²),   slope = log_2 C(4)/C(2)
 *   odd = &lt;(f(c) - f(-c))²&gt;/4 / (&lt;f²&gt; - &lt;f&gt;²)
 * </pre>
 *
 * <p>Symbols: f a table over block configurations c ({@link SquareBlock}), -c the block turned; r
 * the distance in blocks; means over blocks, both directions and samples. In the bulk at K_c the
 * slope is -2Δ of the scaling operator that leads f: -1/4 for the magnetisation, -2 for the energy;
 * blocks and a torus are finite, so slopes are to be compared with those of the block magnetisation
 * and block energy of the same lattices ({@link #place}), not with the bulk. The odd share of the
 * variance is 1 for a function that turns with the spins, 0 for one that does not.
 *
 * <p>Source: textbook scaling at a critical point; the comparison is ours. Errors: jackknife over
 * {@value #BATCHES} batches. A slope of correlations that differ in sign has status {@link
 * Status#TOO_FEW_SAMPLES}, a table that does not vary {@link Status#ZERO_VARIANCE}. Cost: O(L²/16)
 * look-ups for each table and sample.
 */
public final class BlockCorrelation {
  static final int BATCHES = 64;

  private static final int NEAR = 2;
  private static final int FAR = 4;
  private static final int[] DISTANCES = {1, NEAR, 3, FAR, 6, 8};
  private static final int MEAN = 0;
  private static final int SQUARE = 1;
  private static final int ODD = 2;
  private static final int PRODUCTS = 3;

  private final int blocks;
  private final List<double[]> fields;
  private final int[] distances;
  private final int width;
  private final BatchSums sums;

  /**
   * @param side L of the lattices, a multiple of 4, at least 32
   * @param fields tables of {@link SquareBlock#COUNT} numbers
   * @param samples how many lattices will be added, at least {@value #BATCHES}
   */
  public BlockCorrelation(int side, List<double[]> fields, int samples) {
    blocks = side / SquareBlock.SIDE;
    if (side % SquareBlock.SIDE != 0 || blocks < 2 * FAR) {
      throw new IllegalArgumentException(
          "a slope needs a side that is a multiple of %d, at least %d, found %d"
              .formatted(SquareBlock.SIDE, 2 * FAR * SquareBlock.SIDE, side));
    }
    for (double[] field : fields) {
      if (field.length != SquareBlock.COUNT) {
        throw new IllegalArgumentException(
            "expected tables of %d numbers, found one of %d"
                .formatted(SquareBlock.COUNT, field.length));
      }
    }
    this.fields = List.copyOf(fields);
    distances = Arrays.stream(DISTANCES).filter(r -> 2 * r <= blocks).toArray();
    width = PRODUCTS + distances.length;
    sums = new BatchSums(width * fields.size(), samples, BATCHES);
  }

  /** The distances in blocks at which correlations are known. */
  public int[] distances() {
    return distances.clone();
  }

  /** Adds the next lattice of the chain. */
  public void add(SquareLattice lattice) {
    if (lattice.side() != blocks * SquareBlock.SIDE) {
      throw new IllegalArgumentException(
          "expected a lattice of side %d, found %d"
              .formatted(blocks * SquareBlock.SIDE, lattice.side()));
    }
    double[] into = sums.next();
    char[] codes = SquareBlock.codes(lattice);
    double[] values = new double[codes.length];
    for (int f = 0; f < fields.size(); f++) {
      double[] field = fields.get(f);
      double[] moments = new double[PRODUCTS];
      for (int j = 0; j < codes.length; j++) {
        double value = field[codes[j]];
        double odd = 0.5 * (value - field[SquareBlock.turned(codes[j])]);
        values[j] = value;
        moments[MEAN] += value;
        moments[SQUARE] += value * value;
        moments[ODD] += odd * odd;
      }
      for (int i = 0; i < PRODUCTS; i++) {
        into[f * width + i] += moments[i] / codes.length;
      }
      for (int d = 0; d < distances.length; d++) {
        into[f * width + PRODUCTS + d] += product(values, distances[d]);
      }
    }
  }

  /** Mean of f_j f_(j+r) over one lattice, along rows and columns. */
  private double product(double[] values, int r) {
    double sum = 0;
    for (int row = 0; row < blocks; row++) {
      int here = row * blocks;
      int there = (row + r) % blocks * blocks;
      for (int column = 0; column < blocks; column++) {
        int right = column + r < blocks ? column + r : column + r - blocks;
        sum += values[here + column] * (values[here + right] + values[there + column]);
      }
    }
    return sum / (2 * values.length);
  }

  /** C(r) of a field, for one of the {@link #distances}. */
  public BatchEstimate correlation(int field, int distance) {
    int d = Arrays.binarySearch(distances, distance);
    if (d < 0) {
      throw new IllegalArgumentException(
          "expected a distance among %s, found %d".formatted(Arrays.toString(distances), distance));
    }
    return sums.estimate(
        means -> connected(means, field, d) / variance(means, field), Status.ZERO_VARIANCE);
  }

  /** The odd share of a field's variance. */
  public BatchEstimate oddShare(int field) {
    return sums.estimate(
        means -> means[field * width + ODD] / variance(means, field), Status.ZERO_VARIANCE);
  }

  /** log_2 C(4)/C(2) of a field. */
  public BatchEstimate slope(int field) {
    return sums.estimate(means -> slope(means, field), Status.TOO_FEW_SAMPLES);
  }

  /**
   * Where the slope of a field lies between those of two others: 0 at the first, 1 at the second.
   * Its error is that of the quotient, so what all three share of the lattices' chance drops out.
   */
  public BatchEstimate place(int field, int first, int second) {
    return sums.estimate(
        means -> {
          double zero = slope(means, first);
          return (slope(means, field) - zero) / (slope(means, second) - zero);
        },
        Status.TOO_FEW_SAMPLES);
  }

  private double slope(double[] means, int field) {
    double near = connected(means, field, Arrays.binarySearch(distances, NEAR));
    double far = connected(means, field, Arrays.binarySearch(distances, FAR));
    double ratio = far / near;
    boolean varies = !Double.isNaN(variance(means, field));
    return varies && ratio > 0 ? StrictMath.log(ratio) / StrictMath.log(2) : Double.NaN;
  }

  private double connected(double[] means, int field, int d) {
    double mean = means[field * width + MEAN];
    return means[field * width + PRODUCTS + d] - mean * mean;
  }

  /** The variance, or NaN where it is rounding. */
  private double variance(double[] means, int field) {
    double mean = means[field * width + MEAN];
    double square = means[field * width + SQUARE];
    double variance = square - mean * mean;
    return variance > 1e-13 * square ? variance : Double.NaN;
  }
}
