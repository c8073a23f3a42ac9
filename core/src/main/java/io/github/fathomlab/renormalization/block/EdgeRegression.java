package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.kernels.DenseProducts;
import io.github.fathomlab.kernels.Lapack;

/**
 * The linear regression of any target on the units of a layer, prepared once: with the weighted
 * covariance C_0 = sum_j l_j u_j u_j^T of the units, R^2 = sum_j (u_j . a)^2 / (l_j Var y), where a
 * is the covariance of the units with the target y.
 *
 * <p>Directions with l_j below a cut times the largest are left out. O(n^2 N + n^3) for n units and
 * N samples.
 */
final class EdgeRegression {
  private final int units;
  private final double[] roots;
  private final double[] centred;
  private final Lapack.Eigen eigen;
  private final int dropped;
  private final double magnitude;

  /**
   * @param activations (units x samples), row-major, finite
   * @param weights of the samples, with sum one
   * @param cut smallest kept eigenvalue over the largest
   */
  EdgeRegression(double[] activations, int units, double[] weights, double cut) {
    this.units = units;
    int samples = weights.length;
    roots = new double[samples];
    for (int c = 0; c < samples; c++) {
      roots[c] = Math.sqrt(weights[c]);
    }
    centred = new double[units * samples];
    double squares = 0;
    for (int i = 0; i < units; i++) {
      double mean = 0;
      for (int c = 0; c < samples; c++) {
        double h = activations[i * samples + c];
        mean += weights[c] * h;
        squares += weights[c] * h * h;
      }
      for (int c = 0; c < samples; c++) {
        centred[i * samples + c] = roots[c] * (activations[i * samples + c] - mean);
      }
    }
    magnitude = squares;
    eigen = Lapack.eigen(covariance(centred, units, samples), units);
    int low = 0;
    while (low < units && !(eigen.values()[low] > cut * eigen.values()[units - 1])) {
      low++;
    }
    dropped = low;
  }

  private static double[] covariance(double[] centred, int units, int samples) {
    double[] gram = new double[units * units];
    DenseProducts.gram(centred, units, samples, gram);
    for (int i = 0; i < units; i++) {
      for (int j = 0; j < i; j++) {
        gram[j * units + i] = gram[i * units + j];
      }
    }
    return gram;
  }

  /** Whether no unit varies by more than rounding. */
  boolean isConstant() {
    return dropped == units || eigen.values()[units - 1] <= 1e-26 * magnitude;
  }

  /** Number of directions that are kept. */
  int rank() {
    return units - dropped;
  }

  /** R^2 of the regression of the target, clipped to [0, 1]; 0 for a target that does not vary. */
  double explained(double[] target) {
    int samples = roots.length;
    double mean = 0;
    for (int c = 0; c < samples; c++) {
      mean += roots[c] * roots[c] * target[c];
    }
    double[] weighted = new double[samples];
    double variance = 0;
    for (int c = 0; c < samples; c++) {
      weighted[c] = roots[c] * (target[c] - mean);
      variance += weighted[c] * weighted[c];
    }
    if (variance == 0) {
      return 0;
    }
    double[] covariance = new double[units];
    for (int i = 0; i < units; i++) {
      covariance[i] = dot(centred, i * samples, weighted);
    }
    double sum = 0;
    for (int j = dropped; j < units; j++) {
      double component = dot(eigen.vectors(), j * units, covariance);
      sum += component * component / eigen.values()[j];
    }
    return Math.clamp(sum / variance, 0, 1);
  }

  private static double dot(double[] rows, int from, double[] vector) {
    double sum = 0;
    for (int k = 0; k < vector.length; k++) {
      sum += rows[from + k] * vector[k];
    }
    return sum;
  }
}
