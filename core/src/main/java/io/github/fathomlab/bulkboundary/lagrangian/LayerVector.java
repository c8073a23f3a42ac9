package io.github.fathomlab.bulkboundary.lagrangian;

/**
 * A vector in the space θ_m = (W_m, b_m) of one layer: its parameters, velocity, acceleration or
 * gradient.
 *
 * @param w [n_{m+1}][n_m]
 * @param b [n_{m+1}]
 */
public record LayerVector(double[][] w, double[] b) {
  public LayerVector {
    if (w.length == 0 || w.length != b.length || w[0].length == 0) {
      throw new IllegalArgumentException(
          "a layer needs a weight row per bias and at least one column, found %d rows and %d biases"
              .formatted(w.length, b.length));
    }
    for (double[] row : w) {
      if (row.length != w[0].length) {
        throw new IllegalArgumentException(
            "weight rows must be equally long, found %d and %d".formatted(w[0].length, row.length));
      }
    }
  }

  /** Wx + b. */
  double[] apply(double[] x) {
    return SmallMatrices.plus(SmallMatrices.times(w, x), 1, b);
  }

  /** The inner product over all entries. */
  public double dot(LayerVector other) {
    return SmallMatrices.dot(w, other.w) + SmallMatrices.dot(b, other.b);
  }

  /** this + c·other. */
  public LayerVector plus(double c, LayerVector other) {
    return new LayerVector(SmallMatrices.plus(w, c, other.w), SmallMatrices.plus(b, c, other.b));
  }

  /** c·this. */
  public LayerVector times(double c) {
    return new LayerVector(SmallMatrices.scaled(c, w), SmallMatrices.scaled(c, b));
  }

  /** ½|W|². */
  double weightEnergy() {
    return 0.5 * SmallMatrices.dot(w, w);
  }

  /** ½|b|². */
  double biasEnergy() {
    return 0.5 * SmallMatrices.dot(b, b);
  }
}
