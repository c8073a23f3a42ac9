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
 * (n_{m+1}); γ and β too where the file has them. The inputs of an output may be spread over
 * several dimensions, as those of a convolution are: (channels above, channels below, kernel,
 * kernel).
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
    if (found == null) {
      throw new ExperimentException(
          "network.weights: expected a tensor %s of shape %s in %s, found only %s"
              .formatted(tensor.name(), expected(tensor), file, content.tensors().keySet()));
    }
    if (!fits(tensor, found.shape())) {
      throw new ExperimentException(
          "network.weights: expected %s of shape %s in %s, found shape %s"
              .formatted(tensor.name(), expected(tensor), file, Arrays.toString(found.shape())));
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

  private static boolean isMatrix(ParameterTensor tensor) {
    return tensor.name().startsWith("W");
  }

  private static String expected(ParameterTensor tensor) {
    return isMatrix(tensor)
        ? "[%1$d, %2$d] (or [%1$d, ...] with %2$d numbers for each of the %1$d)"
            .formatted(tensor.rows(), tensor.columns())
        : "[" + tensor.columns() + "]";
  }

  private static boolean fits(ParameterTensor tensor, int[] shape) {
    if (!isMatrix(tensor)) {
      return Arrays.equals(shape, new int[] {tensor.columns()});
    }
    long numbers = 1;
    for (int size : shape) {
      numbers *= size;
    }
    return shape.length >= 2
        && shape[0] == tensor.rows()
        && numbers == (long) tensor.rows() * tensor.columns();
  }
}
