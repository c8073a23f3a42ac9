package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;

/** The shape of a network and how it starts. */
public sealed interface NetworkSpec permits MlpSpec, ResidualSpec, ConvolutionSpec, TokenSpec {

  Activation activation();

  Initialisation initialisation();

  /** How the weights and biases of one layer start. */
  default Initialisation initialisation(int layer) {
    return initialisation();
  }

  /** The normalisation before an activation. */
  enum Norm {
    NONE,
    /** Over the batch, and the positions of an image. */
    BATCH,
    /** Over the units of a sample, or the channels of a position. */
    LAYER
  }
}
