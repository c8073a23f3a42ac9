package io.github.fathomlab.renormalization.field;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * A stationary Gaussian chain in which every site remembers a share of its neighbour.
 *
 * <pre>
 *   x_(i+1) = φ x_i + e_i,  Var e = σ_e² = σ²(1 - φ²),  Cov(x_i, x_j) = σ² φ^|i-j|
 *   p(x) ∝ exp(η₁ Σ x_i x_(i+1) + η₂ Σ x_i²),  η₁ = φ/σ_e²,  η₂ = -(1 + φ²)/(2 σ_e²)  in the bulk
 * </pre>
 *
 * <p>Symbols: φ correlation of neighbours, σ² variance of a site, σ_e² variance of an innovation.
 * Source: the autoregressive process of order 1; it has the correlations of the Ising chain without
 * field at φ = tanh K. Validity: |φ| below 1 and σ² above 0; φ = 0 is white noise. Cost: O(1), a
 * sample one normal number for a site.
 *
 * @param phi φ
 * @param variance σ²
 */
public record GaussianChain(double phi, double variance) {

  /**
   * The coefficients of the two sufficient statistics far from the ends.
   *
   * @param product η₁ of Σ x_i x_(i+1)
   * @param square η₂ of Σ x_i²
   */
  public record NaturalParameters(double product, double square) {}

  public GaussianChain {
    if (!(Math.abs(phi) < 1)) {
      throw new IllegalArgumentException(
          "a stationary Gaussian chain needs phi between -1 and 1, both excluded, found " + phi);
    }
    if (!(variance > 0) || Double.isInfinite(variance)) {
      throw new IllegalArgumentException(
          "a Gaussian chain needs a finite variance above 0, found " + variance);
    }
  }

  /** σ_e². */
  public double innovationVariance() {
    return variance * (1 - phi) * (1 + phi);
  }

  /** η₁ and η₂. */
  public NaturalParameters naturalParameters() {
    double innovation = innovationVariance();
    return new NaturalParameters(phi / innovation, -(1 + phi * phi) / (2 * innovation));
  }

  /** Cov(x_i, x_(i+lag)). */
  public double covariance(int lag) {
    return variance * StrictMath.pow(phi, Math.abs(lag));
  }

  /** g = φ/(1 - φ)², stiffness over mass of the spectrum 1/S(θ) = r + c (2 - 2 cos θ). */
  public double stiffness() {
    return phi / ((1 - phi) * (1 - phi));
  }

  /**
   * A window of the infinite chain, drawn exactly.
   *
   * @param sites length of the window
   * @param key of {@link CounterRandom}; the same key gives the same window, and a longer window
   *     begins with the shorter one
   */
  public double[] sample(int sites, long key) {
    if (sites < 1) {
      throw new IllegalArgumentException("a window needs at least 1 site, found " + sites);
    }
    double[] x = new double[sites];
    double innovation = Math.sqrt(innovationVariance());
    CounterRandom.gaussians(key, x);
    x[0] *= Math.sqrt(variance);
    for (int i = 1; i < sites; i++) {
      x[i] = phi * x[i - 1] + innovation * x[i];
    }
    return x;
  }

  /** -ln p(x) of one window, with its first site drawn from the stationary law; in nats. */
  public double negativeLogLikelihood(double[] window) {
    double innovation = innovationVariance();
    double residuals = (1 - phi) * (1 + phi) * window[0] * window[0];
    for (int i = 1; i < window.length; i++) {
      double residual = window[i] - phi * window[i - 1];
      residuals += residual * residual;
    }
    return window.length / 2.0 * StrictMath.log(2 * Math.PI * innovation)
        - StrictMath.log1p(-phi * phi) / 2
        + residuals / (2 * innovation);
  }
}
