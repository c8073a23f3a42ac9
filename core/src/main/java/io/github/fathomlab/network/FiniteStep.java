package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;

/**
 * A finite displacement of the parameters, flat vectors.
 *
 * @param theta θ before the step
 * @param displacement Δθ = θ' - θ of the stored numbers: exactly where |Δθ| <= |θ|, else rounded
 * @param middle θ̄ = θ + ½Δθ
 */
public record FiniteStep(Matrix theta, Matrix displacement, Matrix middle) {

  /** The step that a network makes when it is told to move by u, rounding included. */
  public static FiniteStep of(Network network, Matrix u) {
    Kernels k = network.kernels();
    FiniteStep step =
        new FiniteStep(network.parameters(), k.vector(u.columns()), k.vector(u.columns()));
    step.set(k, u);
    return step;
  }

  /** Takes another displacement from the same place. */
  public void set(Kernels k, Matrix u) {
    k.roundedStep(theta, u, displacement, middle);
  }
}
