package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;
import java.util.List;

/**
 * A convolutional network: [input norm] → stages → dense.
 *
 * <p>A stage is conv → norm → activation → dropout. With {@code residual} every stage after the
 * first is activation(skip(z) + norm(conv(dropout(activation(norm(conv(z))))))), the skip being the
 * identity, or a 1 x 1 convolution where channels or size change (arXiv:1512.03385). Images are
 * padded with zeros, so that a stride of 1 keeps their size; there is no pooling.
 *
 * @param image shape of the inputs
 * @param stages channels and stride of each
 * @param kernel side of the patches, odd
 * @param inputNorm batch normalisation of every pixel
 * @param dropout rate after every activation
 * @param bias whether convolutions and the dense map have biases
 */
public record ConvolutionSpec(
    ImageShape image,
    List<Stage> stages,
    int kernel,
    boolean residual,
    int outputs,
    Activation activation,
    Norm norm,
    boolean inputNorm,
    double dropout,
    boolean bias,
    Initialisation initialisation)
    implements NetworkSpec {

  /** Channels that leave a stage, and the step from one patch to the next. */
  public record Stage(int channels, int stride) {
    public Stage {
      if (channels < 1 || stride < 1) {
        throw new IllegalArgumentException(
            "channels and stride must be at least 1, found %d and %d".formatted(channels, stride));
      }
    }
  }

  public ConvolutionSpec {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a convolutional network needs at least one stage");
    }
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException("the kernel must be odd, found " + kernel);
    }
    if (outputs < 1) {
      throw new IllegalArgumentException(
          "a convolutional network needs at least one output, found " + outputs);
    }
    MlpSpec.requireRate(dropout);
  }
}
