package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Trace;

/**
 * The energy current through every cut between layers, from an exact tangent pass: J_m = ⟨δ_m,
 * ż_m⟩, J_0 = 0 for fixed inputs.
 *
 * <p>Cut m+1 lies behind layer m: δ is the gradient with respect to that layer's output and ż its
 * tangent along the displacement, on the batch and masks of the step. Independent of g·u, which the
 * zero-cost ledger uses: their agreement audits forward, backward, optimizer and bookkeeping of
 * each layer. Source: bulk-boundary specification, §4.4 (4b), §4.5. Cost: one tangent pass, two
 * thirds of a training step.
 *
 * @param current J_0, ..., J_M
 * @param magnitude Σ|δ ż| at each cut, the size against which J is a difference of large numbers
 */
public record CurrentAudit(double[] current, double[] magnitude) {

  /** Measures along a displacement; the trace must hold the gradients of all layers. */
  public static CurrentAudit along(Network network, Trace trace, Matrix displacement) {
    Kernels k = network.kernels();
    network.tangent(trace, displacement);
    int depth = network.layers().size();
    double[] current = new double[depth + 1];
    double[] magnitude = new double[depth + 1];
    for (int m = 0; m < depth; m++) {
      current[m + 1] = k.dot(trace.outGradient(m), trace.outTangent(m));
      magnitude[m + 1] = k.absoluteDot(trace.outGradient(m), trace.outTangent(m));
    }
    return new CurrentAudit(current, magnitude);
  }

  /** |r_m| / scale_m of layer m: the closing error of its balance (specification §4.5). */
  public double relativeResidual(int m, LedgerRow row) {
    return relative(m, row, row.residual(current[m + 1] - current[m]));
  }

  /** |ΔJ_m| / scale_m: how visible an error of the layer's displacement would be. */
  double share(int m, LedgerRow row) {
    return relative(m, row, row.currentDrop());
  }

  private double relative(int m, LedgerRow row, double energy) {
    double scale = row.scale() + magnitude[m + 1] + magnitude[m];
    return scale == 0 ? 0 : Math.abs(energy) / scale;
  }
}
