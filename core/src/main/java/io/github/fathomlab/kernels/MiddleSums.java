package io.github.fathomlab.kernels;

/**
 * Inner products over the parameters of one layer for the midpoint form of the ledger, with w̄ = (p
 * + p')/(2N).
 */
public final class MiddleSums {
  /** Σ N w̄². */
  public double dissipation;

  /** Σ g·w̄: J_{m+1} - J_m along w̄. */
  public double gradientWork;

  /** Σ w̄·(f-g). */
  public double externalWork;

  /** Sets all sums to zero. */
  public void clear() {
    dissipation = 0;
    gradientWork = 0;
    externalWork = 0;
  }
}
