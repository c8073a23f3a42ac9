package io.github.fathomlab.training;

/**
 * Sources of noise besides mini-batches and dropout; all redrawn at every step.
 *
 * @param labels fraction ν of the batch's labels replaced by uniformly drawn ones (true flip rate
 *     ν(1-1/C))
 * @param inputs standard deviation of Gaussian noise on the inputs, in units of the training
 *     inputs' standard deviation
 * @param temperature T of Langevin dynamics: the gradient gets noise of variance 2T/lr, so SGD
 *     samples e^{-ℓ/T}
 */
public record Noise(double labels, double inputs, double temperature) {

  public Noise {
    if (!(labels >= 0 && labels <= 1)) {
      throw new IllegalArgumentException("label noise must lie in [0, 1], found " + labels);
    }
    if (!(inputs >= 0 && inputs < Double.POSITIVE_INFINITY)
        || !(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "noise amplitudes must be finite and not negative, found "
              + inputs
              + " and "
              + temperature);
    }
  }

  public static Noise none() {
    return new Noise(0, 0, 0);
  }
}
