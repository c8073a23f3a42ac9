package io.github.fathomlab.renormalization.field;

/**
 * The best possible classifier of windows from two Gaussian chains, and the chain its outputs form.
 *
 * <pre>
 *   f = xᵀ M x + constant,  M = (P₀ - P₁)/2,  Var f = 2 Tr(M C M C),
 *   ρ₁ = Tr(M C₁₂ M C₁₂ᵀ)/Tr(M C M C),  C_ij = φ^|i-j|,  (C₁₂)_ij = φ^(b-i+j)
 * </pre>
 *
 * <p>Symbols: P₀, P₁ (b x b) inverse covariances of a window at φ₀ and φ₁, unit variance; f log
 * odds of φ₁ in nats; φ of the chain that is read; ρ₁ correlation of f on neighbouring windows.
 * Source: Bayes' rule and Wick's theorem. f is even, so from window to window its correlation falls
 * by φ^(2b), where an odd output has φ^b. Validity: both φ within (-1, 1), different. Cost: O(b²).
 *
 * @param sites b
 * @param phi0 φ₀
 * @param phi1 φ₁
 */
public record GaussianThermometer(int sites, double phi0, double phi1) {

  /**
   * The outputs on one chain.
   *
   * @param variance of f
   * @param correlation ρ₁
   * @param ratio φ^(2b), by which it falls from window to window
   * @param oddRatio φ^b, of an odd output
   */
  public record Output(double variance, double correlation, double ratio, double oddRatio) {}

  public GaussianThermometer {
    if (sites < 2) {
      throw new IllegalArgumentException(
          "a window of %d sites of unit variance says nothing about phi; expected 2 or more"
              .formatted(sites));
    }
    new GaussianChain(phi0, 1);
    new GaussianChain(phi1, 1);
    if (phi0 == phi1) {
      throw new IllegalArgumentException(
          "a thermometer tells two different phi apart, found " + phi0 + " twice");
    }
  }

  /** What the classifier gives on the chain with correlation φ. */
  public Output on(double phi) {
    GaussianChain chain = new GaussianChain(phi, 1);
    double[][] within = new double[sites][sites];
    double[][] across = new double[sites][sites];
    for (int i = 0; i < sites; i++) {
      for (int j = 0; j < sites; j++) {
        within[i][j] = chain.covariance(i - j);
        across[i][j] = chain.covariance(sites - i + j);
      }
    }
    double own = trace(timesForm(within), timesForm(within));
    double neighbours = trace(timesForm(across), timesForm(transposed(across)));
    return new Output(
        2 * own, neighbours / own, chain.covariance(2 * sites), chain.covariance(sites));
  }

  /** M C, of the three diagonals of M. */
  private double[][] timesForm(double[][] covariance) {
    double end = (1 / share(phi0) - 1 / share(phi1)) / 2;
    double bulk = ((1 + phi0 * phi0) / share(phi0) - (1 + phi1 * phi1) / share(phi1)) / 2;
    double beside = (phi1 / share(phi1) - phi0 / share(phi0)) / 2;
    double[][] product = new double[sites][sites];
    for (int i = 0; i < sites; i++) {
      double own = i == 0 || i == sites - 1 ? end : bulk;
      for (int j = 0; j < sites; j++) {
        product[i][j] =
            own * covariance[i][j]
                + (i > 0 ? beside * covariance[i - 1][j] : 0)
                + (i < sites - 1 ? beside * covariance[i + 1][j] : 0);
      }
    }
    return product;
  }

  private static double share(double phi) {
    return (1 - phi) * (1 + phi);
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] turned = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        turned[j][i] = matrix[i][j];
      }
    }
    return turned;
  }

  private static double trace(double[][] left, double[][] right) {
    double trace = 0;
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < left.length; j++) {
        trace += left[i][j] * right[j][i];
      }
    }
    return trace;
  }
}
