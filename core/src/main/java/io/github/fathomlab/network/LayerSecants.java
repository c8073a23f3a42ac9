package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;

/**
 * Tensors of one layer's secant maps, [width x batch] unless noted; allocated when a secant is
 * first asked for.
 */
final class LayerSecants {
  final RowSecants rows;
  final Matrix zStep;
  final Matrix source;
  final Matrix outStep;
  final Matrix meanZ;

  /** [inputs x batch]. */
  final Matrix midIn;

  /** [inputs x batch]. */
  final Matrix meanIn;

  LayerSecants(Kernels k, RowMaps maps, int inputs, int batch) {
    rows = new RowSecants(k, maps, batch);
    zStep = k.zeros(maps.width(), batch);
    source = k.zeros(maps.width(), batch);
    outStep = k.zeros(maps.width(), batch);
    meanZ = k.zeros(maps.width(), batch);
    midIn = k.zeros(inputs, batch);
    meanIn = k.zeros(inputs, batch);
  }
}
