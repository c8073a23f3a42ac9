package io.github.fathomlab.bulkboundary.lagrangian;

import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.dot;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.plus;

/**
 * The local Lagrangian of a batch of any size: the forward pass enters as a constraint.
 *
 * <pre>
 *    L = Σ_m (½|Ẇ_m|² + ½|ḃ_m|²) - ℓ - Σ_{m,a} λ_{m+1,a}·(W_m s_{m,a} + b_m - z_{m+1,a})    (3.1)
 * </pre>
 *
 * <p>Symbols: z, λ [M+1][B][n_m] neurons and multipliers, free variables here (z_0 is X, λ_0
 * unused); L in loss units. Its stationary point in z has λ = δ, in λ the forward pass, in W the
 * damped gradient dynamics. Source: Y. le Cun, A theoretical framework for back-propagation, 1988,
 * for the constraint; kinetic terms as in arXiv:2511.02003 (bulk-boundary specification, §3).
 * Validity: any batch, any σ. Cost: one pass.
 */
public final class ConstrainedLagrangian {
  private ConstrainedLagrangian() {}

  /** L at free neurons and multipliers. */
  public static double value(ChainState state, double[][][] neurons, double[][][] multipliers) {
    Chain chain = state.chain();
    double sum = 0;
    for (int m = 0; m < chain.depth(); m++) {
      LayerVector layer = state.parameters().get(m);
      sum += state.velocity().get(m).weightEnergy() + state.velocity().get(m).biasEnergy();
      for (int a = 0; a < state.data().batch(); a++) {
        double[] forward = layer.apply(chain.sigma(m, neurons[m][a]));
        sum -= dot(multipliers[m + 1][a], plus(forward, -1, neurons[m + 1][a]));
      }
    }
    for (int a = 0; a < state.data().batch(); a++) {
      double own = chain.loss().value(neurons[chain.depth()][a], state.data().targets()[a]);
      sum -= own / state.data().batch();
    }
    return sum;
  }
}
