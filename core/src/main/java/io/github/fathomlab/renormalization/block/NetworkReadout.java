package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The couplings of all layers of a network that reads a window of the chain, exactly: one pass over
 * all 2^W configurations, each weighted with its probability.
 *
 * <p>The network has W inputs, which are the spins, and runs in evaluation mode. A network in
 * single precision is read as it is, its averages are taken in double. Source, validity and status:
 * {@link LayerCoupling} and {@link BlockFeature}. Cost: the pass, and O(n^2 2^W + n^3) for each
 * layer of n units.
 *
 * @param layers K_l of every layer's output, in depth order
 * @param outputs f(c) of every output unit over all configurations
 * @param features what every output unit is worth as a coarse spin
 */
public record NetworkReadout(
    List<LayerCoupling> layers, List<double[]> outputs, List<BlockFeature> features) {

  public NetworkReadout {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
    features = List.copyOf(features);
  }

  /** Reads a network on all configurations of a window. */
  public static NetworkReadout of(Window window, Network network) {
    int inputs = network.layers().getFirst().inputs();
    if (inputs != window.width()) {
      throw new IllegalArgumentException(
          "a network that reads a window of %d spins needs as many inputs, found %d"
              .formatted(window.width(), inputs));
    }
    Trace trace = network.trace(window.count());
    fill(window, trace.input());
    network.forward(trace, Pass.evaluation());
    Precision precision = network.kernels().precision();
    List<LayerCoupling> layers = new ArrayList<>();
    for (int m = 0; m < network.layers().size(); m++) {
      layers.add(LayerCoupling.of(window, trace.representation(m), precision));
    }
    int last = network.layers().size() - 1;
    Matrix state = trace.representation(last);
    double[] all = state.toArray();
    List<double[]> outputs = new ArrayList<>();
    List<BlockFeature> features = new ArrayList<>();
    for (int i = 0; i < state.rows(); i++) {
      double[] values = Arrays.copyOfRange(all, i * window.count(), (i + 1) * window.count());
      outputs.add(values);
      features.add(BlockFeature.of(window, values));
    }
    return new NetworkReadout(layers, outputs, features);
  }

  private static void fill(Window window, Matrix input) {
    for (int site = 0; site < window.width(); site++) {
      for (int c = 0; c < window.count(); c++) {
        input.set(site, c, Window.spin(c, site));
      }
    }
  }
}
