package io.github.fathomlab.bulkboundary.lagrangian;

/**
 * The Lagrangian as a bulk, which knows no data, and a boundary, which does.
 *
 * @param bulk kinetic energy between the ends, in units of the loss
 * @param boundary what the inputs and the targets enter, in units of the loss
 */
public record LagrangianSplit(double bulk, double boundary) {

  /** L. */
  public double total() {
    return bulk + boundary;
  }
}
