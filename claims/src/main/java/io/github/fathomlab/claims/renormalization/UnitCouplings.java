package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import java.util.List;

/**
 * The units of a layer, read as spins of one system, have the couplings of the decimated chain:
 * documented to fail.
 *
 * <p>Criterion: the root mean square K of the pairwise pseudo-likelihood of a hidden layer's units,
 * signs at the median, is that of the chain decimated by b/n within {@value #TOLERANCE}, over
 * seeds; n units of a block of b sites. Null: the untrained networks.
 */
final class UnitCouplings implements Claim {
  static final double TOLERANCE = 0.05;
  private static final String UNITS = "coupling.units";

  @Override
  public String id() {
    return "renormalization/units-as-spins";
  }

  @Override
  public String statement() {
    return "The units of each layer, taken literally as the spins of a coarser system, have the couplings of the decimated chain.";
  }

  @Override
  public String source() {
    return "the literal reading of arXiv:2212.00005, where main features are a statistical-physics system; thresholds, estimator"
        + " and this test are Fathom's";
  }

  /**
   * What the estimate gives for an open chain of n > 2 spins with coupling K': K' sqrt(1 - 1/n).
   */
  private static double ofOpenChain(Cell cell, double reference) {
    double block = Math.log(Math.tanh(reference)) / Math.log(cell.exact("coupling.contraction"));
    long units = Math.round(cell.exact("coupling.window") / block);
    return units > 2 ? reference * Math.sqrt(1 - 1.0 / units) : reference;
  }

  private static List<Cell> cells(Readings readings) {
    return CellKinds.cells(readings).stream()
        .filter(cell -> !cell.layers(UNITS).isEmpty() && !CellKinds.shuffled(cell))
        .toList();
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !cells(readings).isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    LayerCells layers = new LayerCells(TOLERANCE);
    for (Cell cell : cells(readings)) {
      for (int m : cell.layers(UNITS)) {
        double reference = cell.untrained("coupling.reference", m)[0];
        if (reference < cell.exact("coupling.input") * (1 - 1e-9)) {
          layers.judge(cell, UNITS, m, "layer " + (m + 1), ofOpenChain(cell, reference));
        }
      }
    }
    return layers.verdict(this);
  }
}
