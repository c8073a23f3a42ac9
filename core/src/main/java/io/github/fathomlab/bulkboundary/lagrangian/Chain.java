package io.github.fathomlab.bulkboundary.lagrangian;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.ScalarActivations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A chain of affine layers z_{m+1} = W_m s_m + b_m, s_m = σ(z_m), m = 0..M-1, with a loss at its
 * end: the smallest network in which training is mechanics.
 *
 * @param widths n_0, ..., n_M
 * @param activation σ
 * @param inputActivation whether s_0 = σ(X), as in arXiv:2511.02003, or s_0 = X, as in practice
 * @param loss of one sample; over a batch the mean counts
 */
public record Chain(
    List<Integer> widths, Activation activation, boolean inputActivation, OutputLoss loss) {

  public Chain {
    widths = List.copyOf(widths);
    if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "a chain needs at least two widths, all of them at least 1, found " + widths);
    }
  }

  /** M, the number of affine layers. */
  public int depth() {
    return widths.size() - 1;
  }

  /** The number of weights and biases. */
  public int parameterCount() {
    int count = 0;
    for (int m = 0; m < depth(); m++) {
      count += widths.get(m + 1) * (widths.get(m) + 1);
    }
    return count;
  }

  /** The same chain with the loss switched off, the bulk alone. */
  public Chain withoutLoss() {
    return new Chain(widths, activation, inputActivation, OutputLoss.OFF);
  }

  /** All layers in one array: W_0 by rows, b_0, W_1, ... */
  public double[] pack(List<LayerVector> layers) {
    double[] packed = new double[parameterCount()];
    int at = 0;
    for (LayerVector layer : layers) {
      for (double[] row : layer.w()) {
        System.arraycopy(row, 0, packed, at, row.length);
        at += row.length;
      }
      System.arraycopy(layer.b(), 0, packed, at, layer.b().length);
      at += layer.b().length;
    }
    return packed;
  }

  /** The layers that were packed from an offset on. */
  public List<LayerVector> unpack(double[] packed, int offset) {
    List<LayerVector> layers = new ArrayList<>();
    int at = offset;
    for (int m = 0; m < depth(); m++) {
      double[][] w = new double[widths.get(m + 1)][widths.get(m)];
      double[] b = new double[w.length];
      for (double[] row : w) {
        System.arraycopy(packed, at, row, 0, row.length);
        at += row.length;
      }
      System.arraycopy(packed, at, b, 0, b.length);
      at += b.length;
      layers.add(new LayerVector(w, b));
    }
    return layers;
  }

  /** s_m for the neurons z_m of one sample. */
  double[] sigma(int m, double[] z) {
    return map(z, n -> linear(m) ? n : ScalarActivations.value(activation, n));
  }

  /** ∂s_m/∂z_m. */
  double[] slope(int m, double[] z) {
    return map(z, n -> linear(m) ? 1 : ScalarActivations.derivative(activation, n));
  }

  /** ∂²s_m/∂z_m². */
  double[] curvature(int m, double[] z) {
    return map(z, n -> linear(m) ? 0 : ScalarActivations.secondDerivative(activation, n));
  }

  /** Whether σ' is continuous, so that accelerations of neurons exist. */
  boolean smooth() {
    return !(activation instanceof Activation.LeakyRelu leaky) || leaky.slope() == 1;
  }

  private boolean linear(int m) {
    return m == 0 && !inputActivation;
  }

  private static double[] map(double[] z, DoubleUnaryOperator f) {
    double[] values = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      values[i] = f.applyAsDouble(z[i]);
    }
    return values;
  }
}
