package io.github.fathomlab.experiment;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
import io.github.fathomlab.record.Safetensors;
import io.github.fathomlab.record.Tensor;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Starting weights from a safetensors file: {@code W_0, b_0, W_1, ...} of shapes (n_{m+1}, n_m) and
 * (n_{m+1}); γ and β too where the file has them.
 */
final class ForeignWeights {
  private ForeignWeights() {}

  /** Gives a network the weights of the file. */
  static void load(Path file, Network network) {
    Safetensors content = Safetensors.read(file);
    for (ParameterTensor tensor : network.tensors()) {
      boolean optional = tensor.name().startsWith("gamma") || tensor.name().startsWith("beta");
      if (!optional || content.tensors().containsKey(tensor.name())) {
        fill(file, content, tensor, tensor.of(network.parameters()));
      }
    }
  }

  private static void fill(Path file, Safetensors content, ParameterTensor tensor, Matrix target) {
    Tensor found = content.tensors().get(tensor.name());
    int[] expected =
        tensor.name().startsWith("W")
            ? new int[] {tensor.rows(), tensor.columns()}
            : new int[] {tensor.columns()};
    if (found == null) {
      throw new ExperimentException(
          "network.weights: expected a tensor %s of shape %s in %s, found only %s"
              .formatted(
                  tensor.name(), Arrays.toString(expected), file, content.tensors().keySet()));
    }
    if (!Arrays.equals(found.shape(), expected)) {
      throw new ExperimentException(
          "network.weights: expected %s of shape %s in %s, found shape %s"
              .formatted(
                  tensor.name(), Arrays.toString(expected), file, Arrays.toString(found.shape())));
    }
    double[] values = EnsembleState.numbers(content, tensor.name());
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new ExperimentException(
            "network.weights: %s in %s contains %s; expected finite numbers"
                .formatted(tensor.name(), file, value));
      }
    }
    target.setAll(values);
  }
}
