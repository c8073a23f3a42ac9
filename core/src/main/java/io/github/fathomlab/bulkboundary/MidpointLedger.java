package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.kernels.MiddleSums;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.training.OptimizerRule;

/**
 * The exact discrete energy balance of an optimizer step, per layer, in midpoint (MP) form.
 *
 * <pre>
 *   T' - T = Π - D - X - (J_{m+1} - J_m),   J_m = ⟨δ_m, ż_m⟩,   ż the tangent along w̄ = (p + p')/(2N)
 *   T(p;N) = a Σ p²/N,   a = (1+μ)/(4(1-μ));   Π = T(p_k;N_k) - T(p_k;N_{k-1})
 *   D = Σ N w̄²,   X = w̄·(f-g)
 * </pre>
 *
 * with the normal form of {@link KickDriftLedger}. Mass and friction are those of the continuous
 * Lagrangian to second order ((1+μ)/(2 lr) for heavy-ball), so this is the form to compare with the
 * theory; decoupled weight decay does not enter it. With noisy gradients its finite-step energy Q
 * is of the order of -D/2 and says little: the kick-drift form is the one to read.
 *
 * <p>Source: our derivation (bulk-boundary specification, §4.2), for the balance claimed in
 * arXiv:2511.02003. Cost: O(1) per layer beyond the sums.
 */
public final class MidpointLedger {
  private final double massShare;

  public MidpointLedger(OptimizerRule rule) {
    double mu = rule.memory();
    massShare = (1 + mu) / (4 * (1 - mu));
  }

  /**
   * The balance of one layer.
   *
   * @param sums of this step
   * @param middle of this step
   * @param storedKinetic T after the previous step in this form, 0 before the first
   */
  public LedgerRow row(StepSums sums, MiddleSums middle, double storedKinetic) {
    return new LedgerRow(
        storedKinetic,
        massShare * sums.momentumAfter,
        massShare * sums.momentumBefore - storedKinetic,
        middle.dissipation,
        middle.externalWork,
        middle.gradientWork);
  }
}
