package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network in evaluation mode makes of blocks, layer by layer.
 *
 * @param layers (units x N) of every layer's output, row-major, in depth order
 */
record BlockStates(List<double[]> layers, int count) {
  private static final int CHUNK = 4096;

  /**
   * Runs the network on blocks.
   *
   * @param states (b x N), row-major
   * @param sign 1, or -1 for the same blocks with all sites turned
   */
  static BlockStates of(Network network, double[] states, int count, int sign) {
    int sites = states.length / count;
    int depth = network.layers().size();
    List<double[]> layers = new ArrayList<>();
    for (int m = 0; m < depth; m++) {
      layers.add(new double[network.layers().get(m).outputs() * count]);
    }
    Trace trace = network.trace(Math.min(CHUNK, count));
    for (int from = 0; from < count; from += CHUNK) {
      int size = Math.min(CHUNK, count - from);
      if (size < trace.batch()) {
        trace = network.trace(size);
      }
      for (int i = 0; i < sites; i++) {
        for (int j = 0; j < size; j++) {
          trace.input().set(i, j, sign * states[i * count + from + j]);
        }
      }
      network.forward(trace, Pass.evaluation());
      for (int m = 0; m < depth; m++) {
        copy(trace.representation(m), layers.get(m), from, count);
      }
    }
    return new BlockStates(layers, count);
  }

  private static void copy(Matrix state, double[] into, int from, int count) {
    for (int i = 0; i < state.rows(); i++) {
      for (int j = 0; j < state.columns(); j++) {
        into[i * count + from + j] = state.get(i, j);
      }
    }
  }

  int units(int layer) {
    return layers.get(layer).length / count;
  }

  /** One unit of a layer over all blocks. */
  double[] unit(int layer, int unit) {
    double[] values = new double[count];
    System.arraycopy(layers.get(layer), unit * count, values, 0, count);
    return values;
  }

  /** All units of a layer, [units][N]. */
  double[][] rows(int layer) {
    double[][] rows = new double[units(layer)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = unit(layer, i);
    }
    return rows;
  }
}
