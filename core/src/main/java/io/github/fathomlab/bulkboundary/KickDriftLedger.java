package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.training.OptimizerRule;

/**
 * The exact discrete energy balance of an optimizer step, per layer, in kick-drift (KD) form.
 *
 * <pre>
 *   T' - T = Π - D - X - (J_{m+1} - J_m),   J_m = ⟨δ_m, ż_m⟩,   ż the tangent along u
 *   T(p;N) = a Σ p²/N,   a = 1/(2(1-μ));   Nesterov a = μ/(2(1-μ))
 *   Π = T(p_k;N_k) - T(p_k;N_{k-1}),   X = u·(f-g)  [AdamW: + lr wd θ·f]
 *   D = (1-μ²) T(p_k;N_k) + ½(1-μ) Σ f²/N;   Nesterov: (1-μ²) T + (1+μ/2)(1-μ) Σ f²/N
 * </pre>
 *
 * with the normal form p' = μp - (1-μ)f, masses N per parameter (1/lr for SGD; for Adam
 * (√v̂+ε)(1-β₁^t)/lr), displacement u and force f. Symbols are sums over the parameters of one
 * layer; everything is in loss units, one step is the unit of time.
 *
 * <p>Source: our derivation for the energy balance claimed in arXiv:2511.02003 (bulk-boundary
 * specification, §4.1-4.2). It is a consequence of the chain rule and the update rule: it holds for
 * good and bad training alike, it diagnoses and does not predict. T and D depend on the
 * parametrisation, on the optimizer's metric and on the KD convention. Valid for SGD, heavy-ball,
 * Nesterov, Adam, AdamW with schedules, clipping, L2 and Langevin noise. Cost: O(1) per layer
 * beyond the sums.
 */
public final class KickDriftLedger {
  private final OptimizerRule rule;

  public KickDriftLedger(OptimizerRule rule) {
    this.rule = rule;
  }

  /**
   * The balance of one layer.
   *
   * @param sums of this step
   * @param storedKinetic T after the previous step, 0 before the first
   * @param learningRate of this step
   */
  public LedgerRow row(StepSums sums, double storedKinetic, double learningRate) {
    double mu = rule.memory();
    boolean nesterov = rule instanceof OptimizerRule.Nesterov;
    double a = (nesterov ? mu : 1) / (2 * (1 - mu));
    double kinetic = a * sums.momentumBefore;
    double forceShare = nesterov ? (1 + mu / 2) * (1 - mu) : 0.5 * (1 - mu);
    double external = sums.externalWork;
    if (rule instanceof OptimizerRule.AdamW adamW) {
      external += learningRate * adamW.weightDecay() * sums.decayWork;
    }
    return new LedgerRow(
        storedKinetic,
        a * sums.momentumAfter,
        kinetic - storedKinetic,
        (1 - mu * mu) * kinetic + forceShare * sums.force,
        external,
        sums.gradientWork);
  }
}
