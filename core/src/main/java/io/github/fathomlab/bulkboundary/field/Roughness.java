package io.github.fathomlab.bulkboundary.field;

import io.github.fathomlab.instrument.Status;

/**
 * How far the parameters of neighbouring blocks are apart: whether a network is in the regime of a
 * depth field.
 *
 * <p>Formula: {@code R = Σ_{m<M-1} |θ_{m+1} - θ_m|² / Σ_m |θ_m|²}, θ_m all parameters of block m,
 * the same in the same order; dimensionless.
 *
 * <p>Source: Fathom's derivation, beside (6.3). Samples of a smooth field give R = O(1/M²),
 * independent blocks R near 2 (1 - 1/M). R is not invariant under a permutation of the units of one
 * block. Cost: O(number of parameters).
 *
 * @param value R, NaN unless the status is OK
 * @param status NOT_APPLICABLE for fewer than two blocks or blocks of different shape,
 *     ZERO_VARIANCE when all parameters vanish, NOT_FINITE
 */
public record Roughness(double value, Status status) {

  /** The roughness of the parameters of consecutive blocks of one shape. */
  public static Roughness of(double[][] blocks) {
    if (blocks.length < 2) {
      return new Roughness(Double.NaN, Status.NOT_APPLICABLE);
    }
    double change = 0;
    double size = 0;
    for (int m = 0; m < blocks.length; m++) {
      if (blocks[m].length != blocks[0].length) {
        return new Roughness(Double.NaN, Status.NOT_APPLICABLE);
      }
      for (int k = 0; k < blocks[m].length; k++) {
        size += blocks[m][k] * blocks[m][k];
        if (m > 0) {
          double step = blocks[m][k] - blocks[m - 1][k];
          change += step * step;
        }
      }
    }
    if (size == 0) {
      return new Roughness(Double.NaN, Status.ZERO_VARIANCE);
    }
    double value = change / size;
    return Double.isFinite(value)
        ? new Roughness(value, Status.OK)
        : new Roughness(Double.NaN, Status.NOT_FINITE);
  }

  /** The roughness of a field on its lattice. */
  public static Roughness of(FieldState state) {
    FieldShape shape = state.shape();
    double[][] blocks = new double[shape.sites()][shape.block()];
    for (int m = 0; m < shape.sites(); m++) {
      System.arraycopy(state.field(), m * shape.block(), blocks[m], 0, shape.block());
    }
    return of(blocks);
  }
}
