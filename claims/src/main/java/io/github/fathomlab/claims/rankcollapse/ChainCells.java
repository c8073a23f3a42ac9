package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.cells.Cells;
import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Readings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The cells of a sweep over Markov chains, or a run on one, that claims speak of. */
final class ChainCells {
  static final double SHORT = 1;
  static final double LONG = 7;

  private static final double MASK_RATE = 0.15;

  private ChainCells() {}

  /** All of them, named by their chains and, where that names several, by their place. */
  static List<ChainCell> of(Readings readings) {
    List<Cell> cells = Cells.of(readings, "information.loss", ChainCells::symbol);
    List<String> chains = cells.stream().map(ChainCells::chain).toList();
    List<ChainCell> named = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String chain = chains.get(i);
      boolean alone = chains.indexOf(chain) == chains.lastIndexOf(chain);
      named.add(new ChainCell(cells.get(i), alone ? chain : cells.get(i).label()));
    }
    return named;
  }

  private static String symbol(Cell cell, String axis) {
    return axis.equals("correlation_length") ? "xi" : axis;
  }

  private static String chain(Cell cell) {
    String family = cell.word("tokens.family");
    double xi = cell.exact("tokens.correlation_length");
    String number =
        xi == Math.rint(xi) ? String.format(Locale.ROOT, "%.0f", xi) : Double.toString(xi);
    return xi > 0 ? family + ", xi = " + number : family;
  }

  /** Dependent states, predicted as they are from a window. */
  static List<ChainCell> windows(Readings readings) {
    return of(readings).stream()
        .filter(cell -> dependent(cell) && window(cell) && cell.shuffle() == 0)
        .toList();
  }

  /** What thresholds were set on: one state on either side, and no ends of sequences. */
  static boolean window(ChainCell cell) {
    return plain(cell) && cell.window() == 1 && cell.exact("tokens.sequence") == 0;
  }

  /** Residual stacks whose hidden states are all replaced by the mask, at the documented rate. */
  static boolean plain(ChainCell cell) {
    return cell.cell().word("tokens.masking").equals("plain")
        && Math.abs(cell.exact("tokens.mask_rate") - MASK_RATE) <= 1e-9
        && cell.exact("tokens.residual") == 1;
  }

  /**
   * The windows trained on drawn positions in a sweep that has each chain once; empty where a chain
   * stands for several settings, of which the claims about chains do not speak.
   */
  static List<ChainCell> chains(Readings readings) {
    List<ChainCell> chains = windows(readings).stream().filter(cell -> cell.draws() > 0).toList();
    Set<String> seen = new HashSet<>();
    return chains.stream().allMatch(cell -> seen.add(chain(cell.cell()))) ? chains : List.of();
  }

  /** Trainings on states that do not depend on each other. */
  static boolean independent(ChainCell cell) {
    return cell.family().equals("iid");
  }

  /** Trainings on targets that depend on nothing that is seen. */
  static boolean shuffled(ChainCell cell) {
    return cell.shuffle() == 1;
  }

  static boolean dependent(ChainCell cell) {
    return !cell.family().isEmpty() && !independent(cell);
  }

  /** The one cell of a kind; empty where there are none or several. */
  static Optional<ChainCell> only(List<ChainCell> cells, Predicate<ChainCell> kind) {
    List<ChainCell> found = cells.stream().filter(kind).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** The one cell of a chain. */
  static Optional<ChainCell> only(List<ChainCell> cells, String family, double xi) {
    return only(cells, cell -> cell.is(family, xi));
  }
}
