package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;

/**
 * A finite displacement of a network's parameters, rounding included: Δθ = (θ + u) - θ of the
 * stored numbers (exact where |Δθ| ≤ |θ|) and the point half way, θ̄ = θ + ½Δθ.
 *
 * <p>Both are made layer by layer, when a layer is entered and just before its products need them.
 * Δθ lies in scratch that holds one layer and stays in the second-level cache; θ̄ is kept for the
 * way back.
 */
public final class FiniteStep {
  private final Kernels kernels;
  private final Matrix theta;
  private final Matrix u;
  private final Matrix displacement;
  private final Matrix middle;
  private int base;

  /**
   * Room for a step.
   *
   * @param displacement as long as the longest layer
   * @param middle as long as all parameters
   */
  public record Scratch(Matrix displacement, Matrix middle) {

    /** For steps of networks of this shape. */
    public static Scratch of(Network network) {
      int longest =
          network.layers().stream().mapToInt(layer -> layer.end() - layer.start()).max().orElse(0);
      Kernels k = network.kernels();
      return new Scratch(k.vector(longest), k.vector(network.parameters().columns()));
    }
  }

  /** The step that the network makes when it is told to move by u, a flat vector. */
  public FiniteStep(Network network, Matrix u, Scratch scratch) {
    this(network.kernels(), network.parameters(), u, scratch);
  }

  FiniteStep(Kernels kernels, Matrix theta, Matrix u, Scratch scratch) {
    this.kernels = kernels;
    this.theta = theta;
    this.u = u;
    displacement = scratch.displacement;
    middle = scratch.middle;
  }

  /** The step that the network makes when it is told to move by u, with scratch of its own. */
  public static FiniteStep of(Network network, Matrix u) {
    return new FiniteStep(network, u, Scratch.of(network));
  }

  /** Makes the step of one layer; the displacement of the layer before is lost. */
  void enter(Layer layer) {
    base = layer.start();
    kernels.roundedStep(theta, u, base, layer.end(), displacement, middle);
  }

  /** Δθ of a tensor of the layer entered last. */
  Matrix displacement(ParameterTensor tensor) {
    return displacement.view(tensor.start() - base, tensor.rows(), tensor.columns());
  }

  /** θ̄ of a tensor of a layer that was entered. */
  Matrix middle(ParameterTensor tensor) {
    return tensor.of(middle);
  }
}
