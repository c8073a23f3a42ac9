package io.github.fathomlab.bulkboundary;

/**
 * The energy balance of one layer over one optimizer step, in units of the loss: T' - T = Π - D - X
 * - ΔJ.
 *
 * @param kineticBefore T, as it stood after the previous step
 * @param kineticAfter T'
 * @param metricWork Π, from a change of the mass (schedule, Adam's second moment); either sign
 * @param dissipation D ≥ 0, what the optimizer's friction takes
 * @param external X, work against everything that is not the loss: clipping, L2, decay, injected
 *     noise
 * @param currentDrop ΔJ = J_{m+1} - J_m = g·u, what the layer takes from the current; negative in
 *     descent
 */
public record LedgerRow(
    double kineticBefore,
    double kineticAfter,
    double metricWork,
    double dissipation,
    double external,
    double currentDrop) {

  /** T' - T - Π + D + X + ΔJ with the current drop measured some other way; zero to rounding. */
  public double residual(double otherCurrentDrop) {
    // T and Π only ever occur as T + Π: subtracting them in turn would lose what Π gained over T.
    return kineticAfter - (kineticBefore + metricWork) + dissipation + external + otherCurrentDrop;
  }

  /** T' + T + |Π| + D + |X|: the size against which a residual is small. */
  public double scale() {
    return kineticAfter + kineticBefore + Math.abs(metricWork) + dissipation + Math.abs(external);
  }
}
