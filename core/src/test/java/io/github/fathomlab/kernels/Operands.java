package io.github.fathomlab.kernels;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded random arguments for every kernel: the same numbers, all exact in float, in whatever
 * precision is asked for.
 */
final class Operands {
  final int rows;
  final int columns;

  /** A random range of rows, sometimes empty. */
  final int from;

  final int to;

  /** One coefficient per row. */
  final Matrix a;

  final Matrix b;
  final Matrix c;

  /** [rows x columns]. */
  final Matrix x;

  final Matrix y;
  final Matrix out;

  /** [rows x columns]; every column is a distribution. */
  final Matrix targets;

  /** Results per row. */
  final Matrix first;

  final Matrix second;

  /** [rows x rows] and [columns x columns]. */
  final Matrix rowSquare;

  final Matrix columnSquare;

  /** Flat vectors of a padded length, as optimizers see them. */
  final Matrix force;

  final Matrix gradient;
  final Matrix momentum;
  final Matrix curvature;
  final Matrix theta;
  final Matrix step;

  final StepSums sums = new StepSums();
  final MiddleSums middleSums = new MiddleSums();

  /** One coefficient, and one result, per column. */
  final Matrix columnA;

  final Matrix columnB;
  final Matrix columnC;
  final Matrix columnFirst;
  final Matrix columnSecond;

  /** A random map of blocks, some of them nowhere, and what it maps between. */
  final BlockMap map;

  final Matrix image;
  final Matrix patches;

  /** What an operation returned. */
  double scalar;

  Operands(Kernels k, long seed) {
    this(k, seed, 40, 130, 2000);
  }

  Operands(Kernels k, long seed, int maxRows, int maxColumns, int maxLength) {
    SplittableRandom random = new SplittableRandom(seed);
    rows = 1 + random.nextInt(maxRows);
    columns = 1 + random.nextInt(maxColumns);
    int one = random.nextInt(rows + 1);
    int other = random.nextInt(rows + 1);
    from = Math.min(one, other);
    to = Math.max(one, other);
    a = gaussian(k.vector(rows), random);
    b = gaussian(k.vector(rows), random);
    c = gaussian(k.vector(rows), random);
    x = gaussian(k.zeros(rows, columns), random);
    y = gaussian(k.zeros(rows, columns), random);
    out = gaussian(k.zeros(rows, columns), random);
    targets = k.zeros(rows, columns);
    for (int j = 0; j < columns; j++) {
      int label = random.nextInt(rows);
      targets.set(label, j, 0.75);
      int second = random.nextInt(rows);
      targets.set(second, j, targets.get(second, j) + 0.25);
    }
    first = gaussian(k.vector(rows), random);
    second = gaussian(k.vector(rows), random);
    rowSquare = gaussian(k.zeros(rows, rows), random);
    columnSquare = k.zeros(columns, columns);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        columnSquare.set(i, j, (31 * i + 17 * j) % 64 / 32.0 - 1);
      }
    }
    int length = Matrix.padded(1 + random.nextInt(maxLength));
    force = gaussian(k.vector(length), random);
    gradient = gaussian(k.vector(length), random);
    momentum = gaussian(k.vector(length), random);
    curvature = gaussian(k.vector(length), random);
    for (int i = 0; i < length; i++) {
      curvature.set(0, i, Math.abs(curvature.get(0, i)));
    }
    theta = gaussian(k.vector(length), random);
    step = gaussian(k.vector(length), random);
    columnA = gaussian(k.vector(columns), random);
    columnB = gaussian(k.vector(columns), random);
    columnC = gaussian(k.vector(columns), random);
    columnFirst = gaussian(k.vector(columns), random);
    columnSecond = gaussian(k.vector(columns), random);
    int batch = 1 + random.nextInt(9);
    int channels = 1 + random.nextInt(4);
    int sourcePositions = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(12);
    map = blockMap(random, channels * sourcePositions, sourcePositions);
    image = gaussian(k.zeros(channels, sourcePositions * batch), random);
    int count = 1 + random.nextInt(map.positions() - map.from());
    patches = gaussian(k.zeros(map.rows(), count * batch), random);
  }

  private static BlockMap blockMap(SplittableRandom random, int blocks, int sourcePositions) {
    int rows = 1 + random.nextInt(10);
    int positions = 1 + random.nextInt(12);
    int[] table = new int[rows * positions];
    for (int i = 0; i < table.length; i++) {
      table[i] = random.nextInt(5) == 0 ? BlockMap.NOWHERE : random.nextInt(blocks);
    }
    return new BlockMap(table, rows, positions, sourcePositions, random.nextInt(positions));
  }

  /** Fills a matrix with normal numbers rounded to float. */
  static Matrix gaussian(Matrix matrix, SplittableRandom random) {
    for (int r = 0; r < matrix.rows(); r++) {
      for (int j = 0; j < matrix.columns(); j++) {
        matrix.set(r, j, (float) random.nextGaussian());
      }
    }
    return matrix;
  }

  /** Everything an operation could have touched, as entered or as left behind. */
  List<double[]> contents() {
    return List.of(
        a.toArray(),
        b.toArray(),
        c.toArray(),
        x.toArray(),
        y.toArray(),
        out.toArray(),
        targets.toArray(),
        first.toArray(),
        second.toArray(),
        rowSquare.toArray(),
        columnSquare.toArray(),
        force.toArray(),
        gradient.toArray(),
        momentum.toArray(),
        curvature.toArray(),
        theta.toArray(),
        step.toArray(),
        columnFirst.toArray(),
        columnSecond.toArray(),
        image.toArray(),
        patches.toArray(),
        new double[] {
          scalar,
          middleSums.dissipation,
          middleSums.gradientWork,
          middleSums.externalWork,
          sums.momentumBefore,
          sums.momentumAfter,
          sums.force,
          sums.gradientWork,
          sums.externalWork,
          sums.decayWork
        });
  }

  /** A hash of the bits of {@link #contents}. */
  long hash() {
    long hash = 0;
    for (double[] values : contents()) {
      for (double value : values) {
        hash = CounterRandom.bits(hash, Double.doubleToRawLongBits(value));
      }
    }
    return hash;
  }
}
