package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.kernels.Lapack;
import java.util.Arrays;

/**
 * The principal modes of a block of any stationary chain: C u_k = λ_k u_k with C_ij = Cov(x_i,
 * x_j).
 *
 * <p>What a linear autoencoder keeps at its optimum (Baldi and Hornik 1989). For correlations φ^lag
 * they are the waves of {@link io.github.fathomlab.renormalization.field.ShellModes}. Cost: O(b³).
 */
final class PrincipalModes {
  private final double[] values;
  private final double[][] vectors;

  PrincipalModes(SolvedChain chain, int sites) {
    double[] covariance = new double[sites * sites];
    for (int i = 0; i < sites; i++) {
      for (int j = 0; j < sites; j++) {
        covariance[i * sites + j] = chain.covariance(i - j);
      }
    }
    Lapack.Eigen eigen = Lapack.eigen(covariance, sites);
    values = new double[sites];
    vectors = new double[sites][];
    for (int k = 0; k < sites; k++) {
      int rising = sites - 1 - k;
      values[k] = eigen.values()[rising];
      vectors[k] = Arrays.copyOfRange(eigen.vectors(), rising * sites, (rising + 1) * sites);
    }
  }

  int sites() {
    return values.length;
  }

  /** λ_k, falling from k = 0. */
  double value(int k) {
    return values[k];
  }

  /** u_k, of unit length; not to be changed. */
  double[] vector(int k) {
    return vectors[k];
  }

  /** The squared error of a whole block of which the first modes are kept, Σ_(k≥M) λ_k. */
  double loss(int kept) {
    double sum = 0;
    for (int k = kept; k < values.length; k++) {
      sum += values[k];
    }
    return sum;
  }

  /** The part of a block that lies in the first modes. */
  double[] projection(double[] block, int kept) {
    double[] projection = new double[block.length];
    for (int k = 0; k < kept; k++) {
      double[] u = vectors[k];
      double along = dot(u, block);
      for (int i = 0; i < block.length; i++) {
        projection[i] += along * u[i];
      }
    }
    return projection;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
