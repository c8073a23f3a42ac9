package io.github.fathomlab.experiment;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.ImageShape;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.NetworkSpec.Norm;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The canonical form of a network. */
final class CanonicalNetwork {
  private CanonicalNetwork() {}

  static CanonicalKeys of(Architecture network) {
    if (network.shape() instanceof Architecture.Tokens tokens) {
      return tokens(network, tokens);
    }
    CanonicalKeys keys = shape(network.shape());
    keys.put("activation", activation(network.activation())).put("input_norm", network.inputNorm());
    Norm norm = network.norm();
    if (network.shape() instanceof Architecture.Mlp && norm != Norm.LAYER) {
      // As it was written before there were other norms, so that hashes stay.
      keys.put("batch_norm", norm == Norm.BATCH);
    } else {
      keys.put("norm", norm.name().toLowerCase(Locale.ROOT));
    }
    return keys.put("dropout", network.dropout())
        .put("bias", network.bias())
        .put("initialisation", initialisation(network.initialisation()))
        .put("weights", weights(network));
  }

  private static @Nullable String weights(Architecture network) {
    return network.weights() == null ? null : network.weights().toString();
  }

  private static CanonicalKeys tokens(Architecture network, Architecture.Tokens tokens) {
    return CanonicalKeys.ofKind("tokens")
        .put("width", tokens.width())
        .put("blocks", tokens.blocks())
        .put("inner", tokens.inner())
        .put("activation", activation(network.activation()))
        .put("norm", network.norm().name().toLowerCase(Locale.ROOT))
        .put("final_norm", tokens.finalNorm())
        .put("embedding", tokens.embedding())
        .put("initialisation", initialisation(network.initialisation()))
        .put("weights", weights(network));
  }

  /** The kind is left out of a perceptron, which there was before there were kinds. */
  private static CanonicalKeys shape(Architecture.Shape shape) {
    return switch (shape) {
      case Architecture.Mlp(List<Integer> hidden, List<Integer> linear) -> {
        CanonicalKeys keys =
            hidden.stream().distinct().count() == 1
                ? new CanonicalKeys()
                    .put("depth", hidden.size() + 1)
                    .put("width", hidden.getFirst())
                : new CanonicalKeys().put("widths", hidden);
        yield keys.put("linear", linear.isEmpty() ? null : linear);
      }
      case Architecture.Tokens _ -> throw new IllegalArgumentException("tokens have other keys");
      case Architecture.Residual residual ->
          CanonicalKeys.ofKind("residual")
              .put("width", residual.width())
              .put("blocks", residual.blocks())
              .put("inner", residual.inner())
              .put("scale", residual.scale());
      case Architecture.Convolution convolution -> {
        List<ConvolutionSpec.Stage> stages = convolution.stages();
        ImageShape image = convolution.image();
        yield CanonicalKeys.ofKind("convolution")
            .put("channels", stages.stream().map(ConvolutionSpec.Stage::channels).toList())
            .put("strides", stages.stream().map(ConvolutionSpec.Stage::stride).toList())
            .put("kernel", convolution.kernel())
            .put("residual", convolution.residual())
            .put(
                "image",
                image == null ? null : List.of(image.channels(), image.height(), image.width()));
      }
    };
  }

  private static Object activation(Activation activation) {
    return switch (activation) {
      case Activation.Identity _ -> "identity";
      case Activation.Tanh _ -> "tanh";
      case Activation.Gelu _ -> "gelu";
      case Activation.LeakyRelu(double slope) ->
          slope == 0 ? "relu" : CanonicalKeys.ofKind("leaky_relu").put("slope", slope);
    };
  }

  private static Object initialisation(Initialisation initialisation) {
    return switch (initialisation) {
      case Initialisation.Pytorch _ -> "pytorch";
      case Initialisation.He _ -> "he";
      case Initialisation.Orthogonal(double gain) ->
          CanonicalKeys.ofKind("orthogonal").put("gain", gain);
      case Initialisation.Scaled(double gain, double bias) ->
          CanonicalKeys.ofKind("scaled").put("gain", gain).put("bias", bias == 0 ? null : bias);
    };
  }
}
