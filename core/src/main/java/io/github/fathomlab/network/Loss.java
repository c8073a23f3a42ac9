package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;

/** A loss: the mean over the batch of a function of output and target, both [classes x batch]. */
public sealed interface Loss {

  /** Softmax cross entropy; targets are distributions over classes. */
  record CrossEntropy() implements Loss {}

  /** ½|z - y|² per sample. */
  record SquaredError() implements Loss {}

  /** ℓ; the gradient receives ∂ℓ/∂z. */
  default double evaluate(Kernels k, Matrix output, Matrix targets, Matrix gradient) {
    return switch (this) {
      case CrossEntropy _ -> k.crossEntropy(output, targets, gradient);
      case SquaredError _ -> k.squaredError(output, targets, gradient);
    };
  }

  /**
   * The discrete gradient δ̄ between outputs z and z + Δ at fixed targets, ⟨δ̄, Δ⟩ = ℓ(z+Δ) - ℓ(z) (bulk-boundary
   * specification, section 5: log and exp by their stable secants).
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
    double change = 0;
    for (int i = 0; i < output.rows(); i++) {
      before += StrictMath.exp(output.get(i, j) - max);
      change += exponentialSecant(output.get(i, j) - max, step.get(i, j)) * step.get(i, j);
    }
    double x = change / before;
    double logSecant = (x == 0 ? 1 : StrictMath.log1p(x) / x) / before;
    for (int i = 0; i < output.rows(); i++) {
      double e = exponentialSecant(output.get(i, j) - max, step.get(i, j));
      meanGradient.set(i, j, (logSecant * e - targets.get(i, j)) / output.columns());
    }
  }

  /** (e^{a+d} - e^a)/d = e^{a+d/2} sinh(d/2)/(d/2). */
  private static double exponentialSecant(double a, double d) {
    double h = d / 2;
    return StrictMath.exp(a + h) * (h == 0 ? 1 : StrictMath.sinh(h) / h);
  }
}
