package io.github.fathomlab.springblock.chain;

/** How an ensemble of chains is moved by one step. */
public enum Scheme {
  /**
   * Second order: half a drift, one proximal kick per block, half a drift.
   *
   * <pre>
   *   x' = x + h v/2;   z = v e^{-γh/m} + c F(x') + ε(t) σ ξ,
   *   c = (1 - e^{-γh/m})/γ,   σ = sqrt((1 - e^{-2γh/m})/(2γm))
   *   v = z - max(-c μ_L, min(c μ_R, z));   x = x' + h v/2
   * </pre>
   *
   * <p>A block below the static threshold stays at velocity exactly 0. Order 2 between changes of
   * contact, order 1 through them. With noise a trustworthy mobility needs h of at most 0.1 (ε/μ̄)²
   * in units of m. Source: our derivation.
   */
  STRANG_PROX,

  /**
   * First order: x += (h/γ) S(F + ε̄ ξ), all blocks from the old positions.
   *
   * <p>Source: the first program published with arXiv:2407.19353.
   */
  FIRST_ORDER_EULER,

  /**
   * Second order with an explicit sign: a = (F - γ v)/m - f(v), f(0) = 0, Euler-Maruyama.
   *
   * <p>Without static friction a block that should stick creeps by about 0.46 h μ per unit of time;
   * for comparison only. Source: the drift of the second program published with arXiv:2407.19353,
   * where friction and noise are accelerations.
   */
  AUTHORS_EULER,

  /**
   * The same drift by Rößler's SRI2, which for additive noise is Heun's method with a predictor
   * without noise.
   *
   * <p>Blocks that should stick creep by about 0.1 h μ per unit of time; for comparison only.
   * Source: the second program published with arXiv:2407.19353.
   */
  AUTHORS_SRI2
}
