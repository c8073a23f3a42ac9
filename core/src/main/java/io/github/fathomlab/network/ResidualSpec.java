package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;

/**
 * A residual network: [input norm] → affine → (z + ε branch(z)) x blocks → affine.
 *
 * <p>The branch is norm → activation → dropout → affine, the lattice z' = z + ε(Wσ(z) + b) of a
 * field over depth; with an inner width it is norm → affine → activation → dropout → affine.
 *
 * @param inputs n_0
 * @param width of all blocks
 * @param blocks residual blocks between the first and the last affine map
 * @param inner width inside a branch, 0 for branches of one affine map
 * @param outputs classes or targets
 * @param scale ε
 * @param inputNorm batch normalisation of the input, a layer of its own
 * @param dropout rate after every activation
 * @param bias whether affine maps have biases
 */
public record ResidualSpec(
    int inputs,
    int width,
    int blocks,
    int inner,
    int outputs,
    Activation activation,
    Norm norm,
    double scale,
    boolean inputNorm,
    double dropout,
    boolean bias,
    Initialisation initialisation)
    implements NetworkSpec {

  public ResidualSpec {
    if (inputs < 1 || width < 1 || blocks < 1 || inner < 0 || outputs < 1) {
      throw new IllegalArgumentException(
          "a residual network needs positive widths and at least one block, found inputs %d, width %d, blocks %d, inner %d, outputs %d"
              .formatted(inputs, width, blocks, inner, outputs));
    }
    if (!(scale > 0) || !Double.isFinite(scale)) {
      throw new IllegalArgumentException(
          "the scale of residual branches must be positive and finite, found " + scale);
    }
    MlpSpec.requireRate(dropout);
  }
}
