package io.github.fathomlab.kernels;

/**
 * Inner products over the parameters of one layer that an optimizer step can give away for nothing:
 * the numbers every energy ledger is made of.
 *
 * <p>Normal form of the optimizer (bulk-boundary ledger): p' = μp - (1-μ)f, w' = p'/N, u = θ' - θ;
 * f is the gradient actually used, g the gradient of the loss.
 */
public final class StepSums {
  /** Σ p²/N with the momentum before the step and the mass of this step. */
  public double momentumBefore;

  /** Σ p'²/N. */
  public double momentumAfter;

  /** Σ f²/N. */
  public double force;

  /** Σ g·u: what the layer takes from the current, J_{m+1} - J_m. */
  public double gradientWork;

  /** Σ u·(f-g): work of everything that is not the loss (clipping, L2, injected noise). */
  public double externalWork;

  /** Σ θ·f, needed by decoupled weight decay. */
  public double decayWork;

  /** Sets all sums to zero. */
  public void clear() {
    momentumBefore = 0;
    momentumAfter = 0;
    force = 0;
    gradientWork = 0;
    externalWork = 0;
    decayWork = 0;
  }
}
