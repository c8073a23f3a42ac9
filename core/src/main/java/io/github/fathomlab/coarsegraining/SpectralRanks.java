package io.github.fathomlab.coarsegraining;

/**
 * How many directions a representation uses, by four soft ranks of its singular values.
 *
 * <pre>
 *   effective           exp(-sum_i p_i ln p_i),  p_i = s_i / sum_j s_j
 *   effectiveCovariance exp(-sum_i q_i ln q_i),  q_i = s_i^2 / sum_j s_j^2
 *   participation       (sum_i s_i^2)^2 / sum_i s_i^4
 *   stable              sum_i s_i^2 / s_1^2
 * </pre>
 *
 * <p>Symbols: s_i the singular values of the weighted n x d representation, those at or below 1e-12
 * s_1 left out. All four lie between 1 and the smaller of d and n - 1 (n when measured from zero)
 * and are free of rotation and common scale of the features, and when centred of their shift.
 *
 * <p>Source: effective is the effective rank of Roy and Vetterli (EUSIPCO 2007), the measure that
 * arXiv:2606.10324 follows over depth (rank-collapse specification, section 6); effectiveCovariance
 * is the same with the eigenvalues of the covariance. Order: stable &lt;= participation &lt;=
 * effectiveCovariance &lt;= effective.
 *
 * <p>Cost: O(number of values).
 *
 * @see Representation#ranks
 */
public record SpectralRanks(
    double effective, double effectiveCovariance, double participation, double stable) {

  /** Singular values at or below this fraction of the largest are rounding. */
  static final double RANK_TOLERANCE = 1e-12;

  /**
   * The ranks of a spectrum.
   *
   * @param singularValues descending, the first positive
   * @throws IllegalArgumentException when there is no positive value
   */
  public static SpectralRanks of(double[] singularValues) {
    if (singularValues.length == 0 || !(singularValues[0] > 0)) {
      throw new IllegalArgumentException("expected at least one positive singular value");
    }
    double largest = singularValues[0];
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (double value : singularValues) {
      double s = share(value, largest);
      sum += s;
      squares += s * s;
      fourths += s * s * s * s;
    }
    double entropy = 0;
    double covarianceEntropy = 0;
    for (double value : singularValues) {
      double s = share(value, largest);
      if (s > 0) {
        entropy -= s / sum * Math.log(s / sum);
        covarianceEntropy -= s * s / squares * Math.log(s * s / squares);
      }
    }
    return new SpectralRanks(
        Math.exp(entropy), Math.exp(covarianceEntropy), squares * squares / fourths, squares);
  }

  /** s_i / s_1, or 0 for what is rounding. */
  private static double share(double value, double largest) {
    double share = value / largest;
    return share > RANK_TOLERANCE ? share : 0;
  }
}
