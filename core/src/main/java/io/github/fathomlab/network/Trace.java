package io.github.fathomlab.network;

import io.github.fathomlab.kernels.BlockMap;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All tensors of one pass through a network for one batch size: reused step after step, and by one
 * replica after the other.
 *
 * <p>What is in it is valid until the next pass; instruments that keep numbers copy them.
 */
public final class Trace {
  private final Kernels kernels;
  final Matrix input;
  final LayerTrace[] layers;
  final Matrix gradient;

  Trace(Kernels k, Network network, int batch) {
    kernels = k;
    List<Layer> chain = network.layers();
    int widest = chain.stream().filter(Trace::isFlat).mapToInt(Layer::outputs).max().orElse(0);
    Matrix[] shared = {k.zeros(widest, batch), k.zeros(widest, batch)};
    input = k.zeros(chain.getFirst().inputs(), batch);
    layers = new LayerTrace[chain.size()];
    for (int m = 0; m < layers.length; m++) {
      Layer layer = chain.get(m);
      layers[m] = layer.trace(k, batch, isFlat(layer) ? shared[m % 2] : null);
    }
    gradient = k.vector(network.parameters().columns());
  }

  private static boolean isFlat(Layer layer) {
    return layer.shape().positions() == 1;
  }

  /** Number of samples. */
  public int batch() {
    return input.columns();
  }

  /** z_0, the network's input [inputs x batch]; fill it before a forward pass. */
  public Matrix input() {
    return input;
  }

  /** The state that leaves layer m, after mask and nonlinearity: [width x positions·batch]. */
  public Matrix out(int m) {
    return layers[m].out();
  }

  /** The state that leaves layer m with one column per sample: [width·positions x batch]. */
  public Matrix representation(int m) {
    Matrix out = layers[m].out();
    int positions = out.columns() / batch();
    if (positions == 1) {
      return out;
    }
    int rows = out.rows() * positions;
    Matrix flat = kernels.zeros(rows, batch());
    int[] inOrder = IntStream.range(0, rows).toArray();
    kernels.gatherBlocks(new BlockMap(inOrder, rows, 1, positions, 0), out, flat);
    return flat;
  }

  /** ∂ℓ/∂out of layer m; of a layer below the last one only with {@link #keepGradients}. */
  public Matrix outGradient(int m) {
    return layers[m].outGradient();
  }

  /** Derivative of out along the direction of the last tangent pass. */
  public Matrix outTangent(int m) {
    return layers[m].outTangent();
  }

  /** The output of the last layer. */
  public Matrix output() {
    return layers[layers.length - 1].out();
  }

  /** ∂ℓ/∂output; fill it before a backward pass. */
  public Matrix outputGradient() {
    return layers[layers.length - 1].outGradient();
  }

  /** ∂ℓ/∂θ, flat. */
  public Matrix gradient() {
    return gradient;
  }

  /**
   * Whether every layer's gradients survive the backward pass; call before the loss is evaluated.
   */
  public void keepGradients(boolean keep) {
    for (LayerTrace layer : layers) {
      layer.keepGradients(keep);
    }
  }
}
