package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;
import java.util.List;
import java.util.TreeSet;

/**
 * A multilayer perceptron: [input norm] → (affine → [norm] → [activation] → [dropout]) x (L-1) →
 * affine.
 *
 * @param widths n_0 (inputs), ..., n_L (outputs); L affine layers
 * @param activation after every affine layer but the last and the linear ones
 * @param linear numbers of the hidden layers without an activation, counted from 1 as in their
 *     names; ascending
 * @param inputNorm batch normalisation of the input, a layer of its own
 * @param norm before every activation
 * @param dropout rate after every activation
 * @param bias whether affine layers have biases
 * @param initialisation of the affine layers; γ = 1, β = 0
 */
public record MlpSpec(
    List<Integer> widths,
    Activation activation,
    List<Integer> linear,
    boolean inputNorm,
    Norm norm,
    double dropout,
    boolean bias,
    Initialisation initialisation)
    implements NetworkSpec {

  public MlpSpec {
    widths = List.copyOf(widths);
    if (widths.size() < 2) {
      throw new IllegalArgumentException(
          "a network needs at least an input and an output width, found " + widths);
    }
    for (int width : widths) {
      if (width < 1) {
        throw new IllegalArgumentException("every width must be at least 1, found " + widths);
      }
    }
    linear = List.copyOf(new TreeSet<>(linear));
    int hidden = widths.size() - 2;
    if (!linear.isEmpty() && (linear.getFirst() < 1 || linear.getLast() > hidden)) {
      throw new IllegalArgumentException(
          "linear layers must be hidden layers, 1 to %d, found %s".formatted(hidden, linear));
    }
    requireRate(dropout);
  }

  /** With the activation in every hidden layer. */
  public MlpSpec(
      List<Integer> widths,
      Activation activation,
      boolean inputNorm,
      Norm norm,
      double dropout,
      boolean bias,
      Initialisation initialisation) {
    this(widths, activation, List.of(), inputNorm, norm, dropout, bias, initialisation);
  }

  /** With or without batch normalisation. */
  public MlpSpec(
      List<Integer> widths,
      Activation activation,
      boolean inputNorm,
      boolean batchNorm,
      double dropout,
      boolean bias,
      Initialisation initialisation) {
    this(
        widths,
        activation,
        inputNorm,
        batchNorm ? Norm.BATCH : Norm.NONE,
        dropout,
        bias,
        initialisation);
  }

  /** Whether every activation has a batch normalisation before it. */
  public boolean batchNorm() {
    return norm == Norm.BATCH;
  }

  static void requireRate(double dropout) {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("the dropout rate must lie in [0, 1), found " + dropout);
    }
  }
}
