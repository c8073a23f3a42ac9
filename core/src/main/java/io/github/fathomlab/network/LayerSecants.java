package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;

/**
 * Tensors of one layer's secant maps, [width x columns] unless noted; allocated when a secant is
 * first asked for.
 */
final class LayerSecants {
  final RowSecants rows;
  final Matrix zStep;
  final Matrix source;
  final Matrix outStep;
  final Matrix meanZ;

  /** Shaped like the state below. */
  final Matrix midIn;

  /** Shaped like the state below. */
  final Matrix meanIn;

  /** ½ for every row of the state below. */
  final Matrix half;

  LayerSecants(Kernels k, RowMaps maps, Matrix in, int columns) {
    rows = new RowSecants(k, maps, columns);
    zStep = k.zeros(maps.width(), columns);
    source = k.zeros(maps.width(), columns);
    outStep = k.zeros(maps.width(), columns);
    meanZ = k.zeros(maps.width(), columns);
    midIn = k.zeros(in.rows(), in.columns());
    meanIn = k.zeros(in.rows(), in.columns());
    half = k.vector(in.rows());
    half.fill(0.5);
  }
}
