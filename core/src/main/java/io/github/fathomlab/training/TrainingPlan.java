package io.github.fathomlab.training;

import io.github.fathomlab.network.Loss;

/**
 * How a replica is trained.
 *
 * @param learningRate base rate
 * @param l2 λ of a penalty ½λ|θ|² whose gradient is added after clipping, as torch's {@code
 *     weight_decay}
 * @param clipNorm largest norm of the whole gradient, 0 for none
 * @param batch samples per step; 0 for the whole training set
 * @param steps optimizer steps in all
 */
public record TrainingPlan(
    Loss loss,
    OptimizerRule rule,
    double learningRate,
    Schedule schedule,
    double l2,
    double clipNorm,
    int batch,
    long steps,
    Noise noise) {

  public TrainingPlan {
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      throw new IllegalArgumentException(
          "the learning rate must be positive, found " + learningRate);
    }
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)
        || !(clipNorm >= 0 && clipNorm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "l2 and clip norm must be finite and not negative, found " + l2 + " and " + clipNorm);
    }
    if (batch < 0 || steps < 0) {
      throw new IllegalArgumentException(
          "batch and steps must not be negative, found " + batch + " and " + steps);
    }
  }

  /** Learning rate of step k. */
  public double rateAt(long k) {
    return learningRate * schedule.factor(k, steps);
  }
}
