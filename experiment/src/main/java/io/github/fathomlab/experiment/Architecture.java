package io.github.fathomlab.experiment;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.MlpSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A multilayer perceptron whose first and last widths are still open.
 *
 * @param hidden widths of the hidden layers; the output layer comes on top
 * @param weights safetensors file that every replica starts from; null for random weights
 */
public record Architecture(
    List<Integer> hidden,
    Activation activation,
    boolean inputNorm,
    boolean batchNorm,
    double dropout,
    boolean bias,
    Initialisation initialisation,
    @Nullable Path weights) {

  public Architecture {
    hidden = List.copyOf(hidden);
  }

  /** The network for data of these widths. */
  public MlpSpec between(int inputs, int outputs) {
    List<Integer> widths = new ArrayList<>();
    widths.add(inputs);
    widths.addAll(hidden);
    widths.add(outputs);
    return new MlpSpec(widths, activation, inputNorm, batchNorm, dropout, bias, initialisation);
  }

  /** Whether any layer divides by a standard deviation over the batch. */
  boolean normalises() {
    return inputNorm || (batchNorm && !hidden.isEmpty());
  }
}
