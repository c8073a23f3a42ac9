package io.github.fathomlab.renormalization.field;

/**
 * A stationary Gaussian chain whose covariance falls geometrically from the first neighbour on.
 *
 * <pre>   Cov(0) = V,   Cov(m) = C ψ^(m-1)  for m ≥ 1 </pre>
 *
 * <p>Symbols: V variance, C covariance of neighbours, ψ ratio of successive lags. A chain with C =
 * V ψ is a {@link GaussianChain}; block averages of one have another C. Both decimation and block
 * averages stay in this class. Source: Fathom's parametrisation of the ARMA(1,1) process.
 *
 * @param variance V
 * @param neighbour C
 * @param ratio ψ
 */
public record BlockedChain(double variance, double neighbour, double ratio) {

  public BlockedChain {
    if (!(Math.abs(ratio) < 1) || !(variance > 0) || !(Math.abs(neighbour) <= variance)) {
      throw new IllegalArgumentException(
          "expected a variance above 0, a covariance of neighbours within it and a ratio between"
              + " -1 and 1, found %s, %s and %s".formatted(variance, neighbour, ratio));
    }
  }

  /** A chain before any block is formed. */
  public static BlockedChain of(GaussianChain chain) {
    return new BlockedChain(chain.variance(), chain.covariance(1), chain.phi());
  }

  /** Cov(m). */
  public double covariance(int lag) {
    return lag == 0 ? variance : neighbour * StrictMath.pow(ratio, Math.abs(lag) - 1.0);
  }

  /** Correlation at lag m. */
  public double correlation(int lag) {
    return covariance(lag) / variance;
  }

  /** S(0) = V + 2 Σ Cov(m), the variance of a long block times its length. */
  public double zeroMomentum() {
    return variance + 2 * neighbour / (1 - ratio);
  }
}
