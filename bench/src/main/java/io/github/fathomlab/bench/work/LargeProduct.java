package io.github.fathomlab.bench.work;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;

/** A float product of size 2048, in the way networks call it: what this core can do at best. */
final class LargeProduct {
  private static final int SIZE = 2048;
  static final double FLOPS = 2.0 * SIZE * SIZE * SIZE;

  private final Kernels kernels = Kernels.of(Precision.FLOAT32);
  private final Matrix left = random(1);
  private final Matrix right = random(2);
  private final Matrix out = kernels.zeros(SIZE, SIZE);

  private Matrix random(long key) {
    Matrix matrix = kernels.zeros(SIZE, SIZE);
    for (int r = 0; r < SIZE; r++) {
      for (int c = 0; c < SIZE; c++) {
        matrix.set(r, c, CounterRandom.gaussian(key, (long) r * SIZE + c));
      }
    }
    return matrix;
  }

  void compute() {
    kernels.multiply(false, left, false, right, 0, out);
  }
}
