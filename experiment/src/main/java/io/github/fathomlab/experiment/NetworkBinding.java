package io.github.fathomlab.experiment;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.ImageShape;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.NetworkSpec.Norm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the block {@code network} into an architecture. */
final class NetworkBinding {
  private final Given given;
  private final GivenFiles files;

  NetworkBinding(Given given, GivenFiles files) {
    this.given = given;
    this.files = files;
  }

  Architecture bind(Block network) {
    if (network.text("kind").equals("tokens")) {
      return tokens(network);
    }
    return new Architecture(
        shape(network),
        activation(network),
        network.flag("input_norm"),
        norm(network),
        network.number("dropout"),
        network.flag("bias"),
        initialisation(network),
        files.fileOrNull(network, "weights"));
  }

  private Architecture tokens(Block network) {
    return new Architecture(
        new Architecture.Tokens(
            network.integer("width"),
            network.integer("blocks"),
            network.integer("inner"),
            network.flag("final_norm"),
            network.number("embedding")),
        activation(network),
        false,
        norm(network),
        0,
        true,
        initialisation(network),
        files.fileOrNull(network, "weights"));
  }

  private Architecture.Shape shape(Block network) {
    return switch (network.text("kind")) {
      case "mlp" -> perceptron(network);
      case "residual" ->
          new Architecture.Residual(
              network.integer("width"),
              network.integer("blocks"),
              network.integer("inner"),
              network.number("scale"));
      default ->
          new Architecture.Convolution(
              stages(network), network.integer("kernel"), network.flag("residual"), image(network));
    };
  }

  private Architecture.Mlp perceptron(Block network) {
    List<Integer> hidden = hidden(network);
    List<Integer> linear = network.has("linear") ? network.integers("linear") : List.of();
    KeyPath path = network.path().key("linear");
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < linear.size(); i++) {
      int number = linear.get(i);
      if (number > hidden.size()) {
        given.report(
            path.item(i),
            hidden.isEmpty()
                ? "this network has no hidden layers, found %d; delete network.linear"
                    .formatted(number)
                : "expected the number of a hidden layer, 1 to %d, found %d"
                    .formatted(hidden.size(), number));
      } else if (!seen.add(number)) {
        given.report(path.item(i), "hidden layer %d is given twice".formatted(number));
      }
    }
    return new Architecture.Mlp(hidden, linear);
  }

  private static List<Integer> hidden(Block network) {
    return network.has("widths")
        ? network.integers("widths")
        : Collections.nCopies(network.integer("depth") - 1, network.integer("width"));
  }

  private List<ConvolutionSpec.Stage> stages(Block network) {
    List<Integer> channels = network.integers("channels");
    List<Integer> strides =
        network.has("strides")
            ? network.integers("strides")
            : Collections.nCopies(channels.size(), 1);
    if (strides.size() != channels.size()) {
      given.report(
          network.path().key("strides"),
          "expected as many entries as network.channels has, %d, found %d"
              .formatted(channels.size(), strides.size()));
    }
    List<ConvolutionSpec.Stage> stages = new ArrayList<>();
    for (int i = 0; i < Math.min(channels.size(), strides.size()); i++) {
      stages.add(new ConvolutionSpec.Stage(channels.get(i), strides.get(i)));
    }
    return stages;
  }

  private static @Nullable ImageShape image(Block network) {
    if (!network.has("image")) {
      return null;
    }
    List<Integer> sizes = network.integers("image");
    return new ImageShape(sizes.get(0), sizes.get(1), sizes.get(2));
  }

  private static Norm norm(Block network) {
    if (network.has("batch_norm")) {
      return network.flag("batch_norm") ? Norm.BATCH : Norm.NONE;
    }
    return Norm.valueOf(network.text("norm").toUpperCase(Locale.ROOT));
  }

  private static Activation activation(Block network) {
    return switch (network.choice("activation")) {
      case "identity" -> new Activation.Identity();
      case "tanh" -> new Activation.Tanh();
      case "relu" -> Activation.relu();
      case "gelu" -> new Activation.Gelu();
      default -> new Activation.LeakyRelu(network.block("activation").number("slope"));
    };
  }

  private static Initialisation initialisation(Block network) {
    return switch (network.choice("initialisation")) {
      case "pytorch" -> new Initialisation.Pytorch();
      case "he" -> new Initialisation.He();
      case "orthogonal" ->
          new Initialisation.Orthogonal(network.block("initialisation").number("gain"));
      default -> {
        Block scaled = network.block("initialisation");
        yield new Initialisation.Scaled(scaled.number("gain"), scaled.number("bias"));
      }
    };
  }
}
