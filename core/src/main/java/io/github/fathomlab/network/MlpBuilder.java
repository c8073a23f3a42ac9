package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;
import java.util.ArrayList;
import java.util.List;

/** Lays out parameters and statistics layer by layer. */
final class MlpBuilder {
  final List<Layer> layers = new ArrayList<>();
  final List<ParameterTensor> statistics = new ArrayList<>();
  int next;
  int nextStatistic;

  void inputNorm(int width) {
    List<ParameterTensor> tensors = new ArrayList<>();
    RowMaps.Norm norm = norm(width, tensors);
    RowMaps rows = new RowMaps(0, width, new Activation.Identity(), 0, null, norm);
    layers.add(new Normalise("input", tensors, rows));
  }

  void dense(MlpSpec spec, int index, boolean last) {
    int m = layers.size();
    int outputs = spec.widths().get(index + 1);
    List<ParameterTensor> tensors = new ArrayList<>();
    ParameterTensor weights = tensor("W_" + index, outputs, spec.widths().get(index));
    tensors.add(weights);
    ParameterTensor bias = null;
    if (spec.bias()) {
      bias = tensor("b_" + index, 1, outputs);
      tensors.add(bias);
    }
    RowMaps.Norm norm = spec.batchNorm() && !last ? norm(outputs, tensors) : null;
    Activation activation = last ? new Activation.Identity() : spec.activation();
    RowMaps rows = new RowMaps(m, outputs, activation, last ? 0 : spec.dropout(), bias, norm);
    layers.add(new Dense(last ? "output" : "hidden " + (index + 1), weights, tensors, rows));
  }

  private RowMaps.Norm norm(int width, List<ParameterTensor> tensors) {
    int m = layers.size();
    ParameterTensor gamma = tensor("gamma_" + m, 1, width);
    ParameterTensor beta = tensor("beta_" + m, 1, width);
    tensors.add(gamma);
    tensors.add(beta);
    return new RowMaps.Norm(
        gamma, beta, statistic("mean_" + m, width), statistic("variance_" + m, width));
  }

  private ParameterTensor tensor(String name, int rows, int columns) {
    ParameterTensor tensor = new ParameterTensor(name, layers.size(), next, rows, columns);
    next = tensor.end();
    return tensor;
  }

  private ParameterTensor statistic(String name, int width) {
    ParameterTensor tensor = new ParameterTensor(name, layers.size(), nextStatistic, 1, width);
    nextStatistic = tensor.end();
    statistics.add(tensor);
    return tensor;
  }
}
