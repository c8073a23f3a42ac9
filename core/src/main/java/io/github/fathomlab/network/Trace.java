package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Dropout;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * All tensors of one pass through a network for one batch size: reused step after step, and by one
 * replica after the other.
 *
 * <p>What is in it is valid until the next pass; instruments that keep numbers copy them.
 */
public final class Trace {
  final Matrix input;
  final LayerTrace[] layers;
  final Matrix gradient;

  Trace(Kernels k, Network network, int batch) {
    int widest = 0;
    for (Layer layer : network.layers()) {
      widest = Math.max(widest, layer.outputs());
    }
    Matrix[] sharedGradients = {k.zeros(widest, batch), k.zeros(widest, batch)};
    input = k.zeros(network.layers().getFirst().inputs(), batch);
    layers = new LayerTrace[network.layers().size()];
    for (int m = 0; m < layers.length; m++) {
      layers[m] = network.layers().get(m).trace(k, sharedGradients[m % 2]);
    }
    gradient = k.vector(network.parameters().columns());
  }

  /** Number of samples. */
  public int batch() {
    return input.columns();
  }

  /** z_0, the network's input [inputs x batch]; fill it before a forward pass. */
  public Matrix input() {
    return input;
  }

  /** The state that leaves layer m: activations, after mask and nonlinearity. */
  public Matrix out(int m) {
    return layers[m].out;
  }

  /**
   * The affine map W in of layer m, without bias and before normalisation; the input for layers
   * without weights.
   */
  public Matrix preActivation(int m) {
    Matrix affine = layers[m].affine;
    return affine == null ? input : affine;
  }

  /**
   * The dropout mask of layer m in the last pass, as the function that it is; null when nothing was
   * dropped.
   */
  public @Nullable Dropout mask(int m) {
    return layers[m].rows.mask;
  }

  /** ∂ℓ/∂out of layer m; of a layer below the last one only with {@link #keepGradients}. */
  public Matrix outGradient(int m) {
    return layers[m].outGradient;
  }

  /** δ of layer m, ∂ℓ/∂(pre-activation); kept only with {@link #keepGradients}. */
  public Matrix delta(int m) {
    return layers[m].delta;
  }

  /** Derivative of out along the direction of the last tangent pass. */
  public Matrix outTangent(int m) {
    return layers[m].outTangent();
  }

  /** The output of the last layer. */
  public Matrix output() {
    return layers[layers.length - 1].out;
  }

  /** ∂ℓ/∂output; fill it before a backward pass. */
  public Matrix outputGradient() {
    return layers[layers.length - 1].outGradient;
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
