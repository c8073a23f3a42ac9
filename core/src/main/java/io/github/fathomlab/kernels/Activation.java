package io.github.fathomlab.kernels;

/**
 * The elementwise nonlinearity σ of a layer. At kinks σ' takes the value of the left side, in every
 * map alike.
 */
public sealed interface Activation {

  /** σ(n) = n. */
  record Identity() implements Activation {}

  /** σ(n) = tanh n. */
  record Tanh() implements Activation {}

  /**
   * σ(n) = max(n, αn); ReLU is α = 0.
   *
   * @param slope α in [0, 1]
   */
  record LeakyRelu(double slope) implements Activation {
    public LeakyRelu {
      if (!(slope >= 0 && slope <= 1)) {
        throw new IllegalArgumentException(
            "the slope of LeakyReLU must lie in [0, 1], found " + slope);
      }
    }
  }

  /** σ(n) = n Φ(n) with the exact normal distribution function Φ. */
  record Gelu() implements Activation {}

  /** Whether it is the identity, by whatever name. */
  default boolean isLinear() {
    return this instanceof Identity || (this instanceof LeakyRelu leaky && leaky.slope() == 1);
  }

  /** ReLU, the leaky one without a leak. */
  static Activation relu() {
    return new LeakyRelu(0);
  }
}
