package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import java.util.List;
import java.util.function.Predicate;

/**
 * The hidden layers of a network that reads temperatures renormalize: documented to fail.
 *
 * <p>Criterion: in thermometers of two hidden layers and more, the coupling K_l of a layer with n
 * units, fewer than the b sites of the block, is that of the chain decimated by b/n, and that of
 * the last hidden layer, where it is not narrower, is the fixed point 0; within {@value
 * #TOLERANCE}, over seeds. Null: the untrained networks.
 */
final class HiddenLayers implements Claim {
  static final double TOLERANCE = 0.05;
  private static final String LAYERS = "coupling.layer";

  @Override
  public String id() {
    return "renormalization/hidden-layers-decimate";
  }

  @Override
  public String statement() {
    return "The couplings of the hidden layers of a trained thermometer follow the renormalization flow, layer by layer.";
  }

  @Override
  public String source() {
    return "arXiv:2212.00005 speaks of the output only; that hidden layers follow is how the slogan is often read, and this test"
        + " of it is Fathom's";
  }

  private static boolean isDeep(Cell cell) {
    return cell.layers(LAYERS).size() > 2;
  }

  private static List<Cell> cells(Readings readings) {
    Predicate<Cell> judged = CellKinds.trained("thermometer", "ising");
    return CellKinds.cells(readings).stream()
        .filter(judged.and(HiddenLayers::isDeep))
        .filter(cell -> cell.exact("coupling.field") == 0)
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
      double input = cell.exact("coupling.input");
      List<Integer> hidden = cell.layers(LAYERS).subList(0, cell.layers(LAYERS).size() - 1);
      for (int m : hidden) {
        double reference = cell.untrained("coupling.reference", m)[0];
        boolean narrow = reference < input * (1 - 1e-9);
        if (narrow || m == hidden.getLast()) {
          layers.judge(cell, LAYERS, m, "hidden " + (m + 1), narrow ? reference : 0);
        }
      }
    }
    return layers.verdict(this);
  }
}
