package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.kernels.DenseProducts;
import io.github.fathomlab.kernels.Lapack;

/**
 * Weighted samples of the units of a layer with the axes of their covariance C_0 = sum_j l_j u_j
 * u_j^T, for regressions on the units and canonical correlations with others.
 *
 * <p>R^2 of a target y is sum_j (u_j . a)^2 / (l_j Var y) with a the covariance of the units with
 * y. Axes with l_j below a cut times the largest are left out. O(n^2 N + n^3) for n units and N
 * samples.
 */
final class Whitening {
  /** Where the variance is below this share of the mean square, it is rounding. */
  private static final double ROUNDING = 1e-26;

  private final int units;
  private final double[] roots;
  private final double[] centred;
  private final Lapack.Eigen eigen;
  private final int dropped;

  /**
   * @param states (units x all), row-major, finite
   * @param from the first of the {@code weights.length} samples in use
   * @param weights of these samples, with sum one
   * @param cut smallest kept eigenvalue over the largest
   */
  Whitening(double[] states, int all, int from, double[] weights, double cut) {
    units = states.length / all;
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
        double h = states[i * all + from + c];
        mean += weights[c] * h;
        squares += weights[c] * h * h;
      }
      for (int c = 0; c < samples; c++) {
        centred[i * samples + c] = roots[c] * (states[i * all + from + c] - mean);
      }
    }
    eigen = Lapack.eigen(covariance(centred, units, samples), units);
    double floor = Math.max(cut * eigen.values()[units - 1], ROUNDING * squares);
    int low = 0;
    while (low < units && !(eigen.values()[low] > floor)) {
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

  /** Number of axes that vary by more than rounding; 0 when no unit does. */
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

  /** Covariance with the same samples of other units, both in units of their axes [rank x rank]. */
  double[] whitenedCovariance(Whitening other) {
    double[] mine = whitened();
    double[] theirs = other.whitened();
    int samples = roots.length;
    double[] covariance = new double[rank() * other.rank()];
    for (int i = 0; i < rank(); i++) {
      for (int j = 0; j < other.rank(); j++) {
        double sum = 0;
        for (int c = 0; c < samples; c++) {
          sum += mine[i * samples + c] * theirs[j * samples + c];
        }
        covariance[i * other.rank() + j] = sum;
      }
    }
    return covariance;
  }

  private double[] whitened() {
    double[] axes = new double[rank() * units];
    for (int j = 0; j < rank(); j++) {
      double scale = 1 / Math.sqrt(eigen.values()[dropped + j]);
      for (int i = 0; i < units; i++) {
        axes[j * units + i] = scale * eigen.vectors()[(dropped + j) * units + i];
      }
    }
    double[] whitened = new double[rank() * roots.length];
    DenseProducts.product(axes, centred, rank(), units, roots.length, whitened);
    return whitened;
  }

  /** The direction among the units of a vector given in units of the axes. */
  double[] direction(double[] inAxes) {
    double[] direction = new double[units];
    for (int j = 0; j < inAxes.length; j++) {
      double scale = inAxes[j] / Math.sqrt(eigen.values()[dropped + j]);
      for (int i = 0; i < units; i++) {
        direction[i] += scale * eigen.vectors()[(dropped + j) * units + i];
      }
    }
    return direction;
  }

  /** The centred samples, times the roots of their weights, along a direction among the units. */
  double[] along(double[] direction) {
    double[] values = new double[roots.length];
    DenseProducts.product(direction, centred, 1, units, roots.length, values);
    return values;
  }

  private static double dot(double[] rows, int from, double[] vector) {
    double sum = 0;
    for (int k = 0; k < vector.length; k++) {
      sum += rows[from + k] * vector[k];
    }
    return sum;
  }
}
