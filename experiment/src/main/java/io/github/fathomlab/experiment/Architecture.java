package io.github.fathomlab.experiment;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.ImageShape;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.network.ResidualSpec;
import io.github.fathomlab.network.TokenSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A network whose first and last widths are still open.
 *
 * @param shape what its kind needs
 * @param inputNorm whether the input is normalised over the batch
 * @param norm before every activation
 * @param weights safetensors file that every replica starts from; null for random weights
 */
public record Architecture(
    Shape shape,
    Activation activation,
    boolean inputNorm,
    NetworkSpec.Norm norm,
    double dropout,
    boolean bias,
    Initialisation initialisation,
    @Nullable Path weights) {

  /** What the kinds of networks do not have in common. */
  public sealed interface Shape {}

  /**
   * A multilayer perceptron.
   *
   * @param hidden widths of the hidden layers; the output layer comes on top
   * @param linear numbers of the hidden layers without an activation, from 1, ascending
   */
  public record Mlp(List<Integer> hidden, List<Integer> linear) implements Shape {
    public Mlp {
      hidden = List.copyOf(hidden);
      linear = List.copyOf(new TreeSet<>(linear));
    }
  }

  /** Residual blocks; see {@link ResidualSpec}. */
  public record Residual(int width, int blocks, int inner, double scale) implements Shape {}

  /** Residual blocks on embedded tokens; see {@link TokenSpec}. */
  public record Tokens(int width, int blocks, int inner, boolean finalNorm, double embedding)
      implements Shape {

    /** Two symbols beside the states, and the whole of a window. */
    private TokenSpec between(Architecture network, int inputs, int states) {
      int symbols = states + 2;
      return new TokenSpec(
          inputs / symbols,
          symbols,
          width,
          blocks,
          inner,
          states,
          network.activation,
          network.norm == NetworkSpec.Norm.LAYER,
          finalNorm,
          embedding,
          network.initialisation);
    }
  }

  /**
   * Stages of convolutions; see {@link ConvolutionSpec}.
   *
   * @param image null for one channel of a square, as large as the samples are
   */
  public record Convolution(
      List<ConvolutionSpec.Stage> stages, int kernel, boolean residual, @Nullable ImageShape image)
      implements Shape {
    public Convolution {
      stages = List.copyOf(stages);
    }

    /** The image that samples of so many numbers are. */
    private ImageShape imageOf(int features) {
      if (image == null) {
        int side = (int) Math.round(Math.sqrt(features));
        if (side * side != features) {
          throw new ExperimentException(
              "network.image: missing; the samples have %d numbers, which is not the square of a whole number, so write network.image: [channels, height, width] with a product of %d"
                  .formatted(features, features));
        }
        return new ImageShape(1, side, side);
      }
      if (image.features() != features) {
        throw new ExperimentException(
            "network.image: expected samples of %d x %d x %d = %d numbers, but they have %d; write [channels, height, width] with a product of %d"
                .formatted(
                    image.channels(),
                    image.height(),
                    image.width(),
                    image.features(),
                    features,
                    features));
      }
      return image;
    }
  }

  /** Whether some layer is normalised over the batch, the input or what lies before a state. */
  boolean normalisesBatches() {
    boolean hidden = !(shape instanceof Mlp mlp && mlp.hidden.isEmpty());
    return inputNorm || (norm == NetworkSpec.Norm.BATCH && hidden);
  }

  /** Whether every hidden layer is linear. */
  boolean isLinear() {
    return activation.isLinear()
        || (shape instanceof Mlp mlp
            && !mlp.linear.isEmpty()
            && mlp.linear.size() == mlp.hidden.size());
  }

  /**
   * The network for data of these widths.
   *
   * @throws ExperimentException when the inputs are not the images that the shape needs
   */
  public NetworkSpec between(int inputs, int outputs) {
    return switch (shape) {
      case Mlp mlp -> {
        List<Integer> widths = new ArrayList<>();
        widths.add(inputs);
        widths.addAll(mlp.hidden);
        widths.add(outputs);
        yield new MlpSpec(
            widths, activation, mlp.linear, inputNorm, norm, dropout, bias, initialisation);
      }
      case Residual residual ->
          new ResidualSpec(
              inputs,
              residual.width,
              residual.blocks,
              residual.inner,
              outputs,
              activation,
              norm,
              residual.scale,
              inputNorm,
              dropout,
              bias,
              initialisation);
      case Tokens tokens -> tokens.between(this, inputs, outputs);
      case Convolution convolution ->
          new ConvolutionSpec(
              convolution.imageOf(inputs),
              convolution.stages,
              convolution.kernel,
              convolution.residual,
              outputs,
              activation,
              norm,
              inputNorm,
              dropout,
              bias,
              initialisation);
    };
  }
}
