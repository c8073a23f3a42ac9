package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.kernels.Lapack;
import io.github.fathomlab.renormalization.field.Estimate;
import io.github.fathomlab.renormalization.field.ShellFit;
import io.github.fathomlab.renormalization.field.ShellModes;

/**
 * The subspace of a block that a linear bottleneck keeps, beside the principal modes.
 *
 * <pre>
 *   share of mode k = Σ_i (q_i · u_k)²,   overlap = Σ_(k≤M) share / M
 *   1/λ̂_k = r + c (2 - 2 cos θ_k),  g = c/r,   λ̂ eigenvalues of the covariance inside the subspace
 * </pre>
 *
 * <p>Symbols: q_i orthonormal basis of the M rows of the map [M x b], u_k and λ_k principal modes,
 * θ_k their momenta. No invertible remixing of the units changes any of it. Source: our reading of
 * Baldi and Hornik 1989 with Kac, Murdock and Szegő 1953; an overlap of 1 is a momentum shell,
 * random rows have M/b. Cost: O(M² b + M³).
 *
 * @param rows orthonormal, [M x b]; fewer rows than units where the map has lost some
 * @param units M
 */
record LinearBottleneck(double[][] rows, int units) {

  /**
   * The subspace of a map.
   *
   * @param map (M x b), row-major, finite
   */
  static LinearBottleneck of(double[] map, int units, int sites) {
    Lapack.Svd svd = Lapack.thinSvd(map, units, sites);
    double least = sites * Math.ulp(1.0f) * svd.values()[0];
    int rank = 0;
    while (rank < svd.values().length && svd.values()[rank] > least) {
      rank++;
    }
    double[][] rows = new double[rank][sites];
    for (int i = 0; i < rank; i++) {
      System.arraycopy(svd.right(), i * sites, rows[i], 0, sites);
    }
    return new LinearBottleneck(rows, units);
  }

  /** Of every mode, from the lowest; they sum to the number of rows. */
  double[] shares(PrincipalModes modes) {
    double[] shares = new double[modes.sites()];
    for (int k = 0; k < shares.length; k++) {
      for (double[] row : rows) {
        double along = PrincipalModes.dot(row, modes.vector(k));
        shares[k] += along * along;
      }
    }
    return shares;
  }

  double overlap(PrincipalModes modes) {
    double[] shares = shares(modes);
    double sum = 0;
    for (int k = 0; k < units; k++) {
      sum += shares[k];
    }
    return sum / units;
  }

  /** g, from two kept modes on. */
  Estimate<ShellFit> stiffness(PrincipalModes modes, ShellModes shell) {
    int rank = rows.length;
    double[] covariance = new double[rank * rank];
    for (int k = 0; k < modes.sites(); k++) {
      for (int i = 0; i < rank; i++) {
        double along = modes.value(k) * PrincipalModes.dot(rows[i], modes.vector(k));
        for (int j = 0; j < rank; j++) {
          covariance[i * rank + j] += along * PrincipalModes.dot(rows[j], modes.vector(k));
        }
      }
    }
    double[] rising = Lapack.eigen(covariance, rank).values();
    double[] momenta = new double[rank];
    double[] variances = new double[rank];
    for (int k = 0; k < rank; k++) {
      momenta[k] = shell.momenta()[k];
      variances[k] = rising[rank - 1 - k];
    }
    return ShellFit.of(momenta, variances);
  }
}
