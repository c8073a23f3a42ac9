package io.github.fathomlab.bulkboundary.lagrangian;

/** The loss of one sample, a function ℓ(z, y) of output and target alone. */
public enum OutputLoss {
  /** ½|z - y|². */
  SQUARED_ERROR,
  /** -Σ y_i ln softmax(z)_i; targets are distributions over classes. */
  CROSS_ENTROPY,
  /** 0: the bulk alone, on which no force acts. */
  OFF;

  /** ℓ(z, y). */
  double value(double[] z, double[] y) {
    return switch (this) {
      case SQUARED_ERROR -> {
        double[] error = SmallMatrices.plus(z, -1, y);
        yield 0.5 * SmallMatrices.dot(error, error);
      }
      case CROSS_ENTROPY -> -SmallMatrices.dot(y, logSoftmax(z));
      case OFF -> 0;
    };
  }

  /** ∂ℓ/∂z. */
  double[] gradient(double[] z, double[] y) {
    return switch (this) {
      case SQUARED_ERROR -> SmallMatrices.plus(z, -1, y);
      case CROSS_ENTROPY -> {
        double mass = 0;
        for (double share : y) {
          mass += share;
        }
        double[] log = logSoftmax(z);
        double[] gradient = new double[z.length];
        for (int i = 0; i < z.length; i++) {
          gradient[i] = mass * StrictMath.exp(log[i]) - y[i];
        }
        yield gradient;
      }
      case OFF -> new double[z.length];
    };
  }

  /** ∂ℓ/∂y. */
  double[] targetGradient(double[] z, double[] y) {
    return switch (this) {
      case SQUARED_ERROR -> SmallMatrices.plus(y, -1, z);
      case CROSS_ENTROPY -> SmallMatrices.scaled(-1, logSoftmax(z));
      case OFF -> new double[z.length];
    };
  }

  private static double[] logSoftmax(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : z) {
      sum += StrictMath.exp(value - max);
    }
    double norm = max + StrictMath.log(sum);
    double[] log = z.clone();
    for (int i = 0; i < log.length; i++) {
      log[i] -= norm;
    }
    return log;
  }
}
