package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.cells.CellEvidence;
import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/** The numbers of a cell that a verdict can show, in the order of their columns. */
enum CellField {
  TASK_RANK((cell, _) -> cell.taskRank()),
  CAPTURED((cell, _) -> cell.captured().mean()),
  FIRST((cell, view) -> SeedMean.of(cell.ranks(view)[0]).mean()),
  LAST((cell, view) -> last(cell.ranks(view))),
  COLLAPSE((cell, view) -> cell.rho(view)),
  COLLAPSE_SD((cell, view) -> SeedMean.of(cell.collapse(view)).sd()),
  UNTRAINED((cell, view) -> cell.untrainedCollapse(view).mean()),
  MONOTONE((cell, view) -> cell.monotone(view, StreamClaims.RISE)),
  TOP1((cell, _) -> cell.mean(DriftClaims.TOP).mean()),
  TOP2((cell, _) -> cell.mean(DriftClaims.TOP_TWO).mean()),
  UNTRAINED_TOP1((cell, _) -> cell.untrainedMean(DriftClaims.TOP).mean()),
  UNTRAINED_TOP2((cell, _) -> cell.untrainedMean(DriftClaims.TOP_TWO).mean()),
  PLATEAU((cell, _) -> cell.mean(DriftClaims.PLATEAUS).mean()),
  OTHER_SHARE_FIRST((cell, _) -> SeedMean.of(cell.otherShare(false)).mean()),
  OTHER_SHARE_LAST((cell, _) -> SeedMean.of(cell.otherShare(true)).mean()),
  OTHER_GROWTH((cell, _) -> SeedMean.of(cell.growth(ChainCell.OTHER)).mean()),
  UNTRAINED_OTHER_GROWTH((cell, _) -> SeedMean.of(cell.untrainedGrowth(ChainCell.OTHER)).mean()),
  RELEVANT_GROWTH((cell, _) -> SeedMean.of(cell.growth(ChainCell.RELEVANT)).mean()),
  UPDATE((cell, _) -> SeedMean.of(cell.plateauUpdates(DriftClaims.STILL)).mean()),
  WITH_PLATEAU((cell, _) -> cell.withPlateau(DriftClaims.STILL));

  /** What claims about the fall of the rank show. */
  static final Set<CellField> RANKS =
      Set.of(TASK_RANK, CAPTURED, FIRST, LAST, COLLAPSE, COLLAPSE_SD, UNTRAINED);

  private static final Set<CellField> COUNTS = Set.of(MONOTONE, WITH_PLATEAU);

  private final ToDoubleBiFunction<ChainCell, View> number;

  CellField(ToDoubleBiFunction<ChainCell, View> number) {
    this.number = number;
  }

  private static double last(double[][] ranks) {
    return SeedMean.of(ranks[ranks.length - 1]).mean();
  }

  /** Adds the number of a cell where there is one. */
  void put(CellEvidence row, ChainCell cell, View view) {
    String name = name().toLowerCase(Locale.ROOT);
    double value = number.applyAsDouble(cell, view);
    if (!COUNTS.contains(this)) {
      row.number(name, value);
    } else if (!Double.isNaN(value)) {
      row.count(name, Math.round(value));
    }
  }
}
