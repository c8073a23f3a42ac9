package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Matrix;

/**
 * A named block of a flat parameter vector.
 *
 * @param name {@code W_1}, {@code b_1}, {@code gamma_0}, ...
 * @param layer depth index m of the layer it belongs to
 * @param start first entry; blocks start at multiples of the lane count, the gaps between them stay
 *     zero
 * @param rows outputs for weights, 1 for vectors
 * @param columns inputs for weights, the width for vectors
 */
public record ParameterTensor(String name, int layer, int start, int rows, int columns) {

  /** This tensor inside a flat vector: parameters, gradients, displacements alike. */
  public Matrix of(Matrix flat) {
    return flat.view(start, rows, columns);
  }

  /** One past the last entry, padding included. */
  int end() {
    return start + Matrix.padded(rows * columns);
  }
}
