package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;

/** A loss: the mean over the batch of a function of output and target, both [outputs x batch]. */
public sealed interface Loss {

  /**
   * Softmax cross entropy, -Σ_i y_i ln p_i per sample; targets are distributions over classes, or
   * any weights of at least 0: a sample of weight Σ_i y_i.
   */
  record CrossEntropy() implements Loss {}

  /** ½|z - y|² per sample. */
  record SquaredError() implements Loss {}

  /**
   * The cross entropy of yes and no: Σ_i ln(1 + e^{z_i}) - y_i z_i per sample, every output a
   * log-odds ln p/(1-p) of its own, targets in [0, 1].
   *
   * <p>Evaluated as (1-y) ln(1+e^z) + y ln(1+e^{-z}), two terms of one sign, in double whatever the
   * precision of the training.
   */
  record Logistic() implements Loss {

    /** ln(1 + e^z) without overflow, the loss of log-odds z where the target is 0. */
    public static double softplus(double z) {
      return Secants.softplus(z);
    }
  }

  /** ℓ; the gradient receives ∂ℓ/∂z. */
  default double evaluate(Kernels k, Matrix output, Matrix targets, Matrix gradient) {
    return switch (this) {
      case CrossEntropy _ -> k.crossEntropy(output, targets, gradient);
      case SquaredError _ -> k.squaredError(output, targets, gradient);
      case Logistic _ -> logistic(output, targets, gradient);
    };
  }

  private static double logistic(Matrix output, Matrix targets, Matrix gradient) {
    int batch = output.columns();
    double loss = 0;
    for (int i = 0; i < output.rows(); i++) {
      for (int j = 0; j < batch; j++) {
        double z = output.get(i, j);
        double y = targets.get(i, j);
        loss += (1 - y) * Secants.softplus(z) + y * Secants.softplus(-z);
        double slope = (1 - y) * Secants.sigmoid(z) - y * Secants.sigmoid(-z);
        gradient.set(i, j, slope / batch);
      }
    }
    return loss / batch;
  }

  /**
   * The discrete gradient δ̄ between outputs z and z + Δ at fixed targets, ⟨δ̄, Δ⟩ = ℓ(z+Δ) - ℓ(z)
   * (bulk-boundary specification, section 5: log and exp by their stable secants; the logistic loss
   * by the same rule, our own).
   */
  default void secant(Matrix output, Matrix step, Matrix targets, Matrix meanGradient) {
    int batch = output.columns();
    for (int j = 0; j < batch; j++) {
      switch (this) {
        case SquaredError _ -> {
          for (int i = 0; i < output.rows(); i++) {
            double middle = output.get(i, j) + 0.5 * step.get(i, j);
            meanGradient.set(i, j, (middle - targets.get(i, j)) / batch);
          }
        }
        case CrossEntropy _ -> crossEntropySecant(output, step, targets, meanGradient, j);
        case Logistic _ -> {
          for (int i = 0; i < output.rows(); i++) {
            double z = output.get(i, j);
            double d = step.get(i, j);
            double y = targets.get(i, j);
            double slope = (1 - y) * Secants.softplus(z, d) - y * Secants.softplus(-z, -d);
            meanGradient.set(i, j, slope / batch);
          }
        }
      }
    }
  }

  private static void crossEntropySecant(
      Matrix output, Matrix step, Matrix targets, Matrix meanGradient, int j) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < output.rows(); i++) {
      max = Math.max(max, Math.max(output.get(i, j), output.get(i, j) + step.get(i, j)));
    }
    double before = 0;
    double after = 0;
    double change = 0;
    double weight = 0;
    for (int i = 0; i < output.rows(); i++) {
      double a = output.get(i, j) - max;
      before += StrictMath.exp(a);
      after += StrictMath.exp(a + step.get(i, j));
      change += Secants.exponential(a, step.get(i, j)) * step.get(i, j);
      weight += targets.get(i, j);
    }
    // From the smaller sum upwards log1p never meets -1; where the sums differ much, the smaller
    // one may underflow.
    double base = Math.min(before, after);
    double x = Math.abs(change) / base;
    double logSecant =
        x < 1
            ? Secants.logarithm(base, Math.abs(change))
            : (logSum(output, step, 1, j) - logSum(output, step, 0, j)) / change;
    for (int i = 0; i < output.rows(); i++) {
      double e = Secants.exponential(output.get(i, j) - max, step.get(i, j));
      meanGradient.set(i, j, (weight * logSecant * e - targets.get(i, j)) / output.columns());
    }
  }

  /** ln Σ e^{z + share·Δ} of one column. */
  private static double logSum(Matrix output, Matrix step, double share, int j) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < output.rows(); i++) {
      max = Math.max(max, output.get(i, j) + share * step.get(i, j));
    }
    double sum = 0;
    for (int i = 0; i < output.rows(); i++) {
      sum += StrictMath.exp(output.get(i, j) + share * step.get(i, j) - max);
    }
    return max + StrictMath.log(sum);
  }
}
