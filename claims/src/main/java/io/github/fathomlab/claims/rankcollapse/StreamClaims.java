package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.CellField.CAPTURED;
import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE;
import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE_SD;
import static io.github.fathomlab.claims.rankcollapse.CellField.FIRST;
import static io.github.fathomlab.claims.rankcollapse.CellField.LAST;
import static io.github.fathomlab.claims.rankcollapse.CellField.MONOTONE;
import static io.github.fathomlab.claims.rankcollapse.CellField.TASK_RANK;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED;

import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import io.github.fathomlab.claims.rankcollapse.EveryChain.Criterion;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Claims about the effective rank along the residual stream of every chain, arXiv:2606.10324. */
final class StreamClaims {
  /** A rank that rises by no more than this share of its first value does not rise. */
  static final double RISE = 0.02;

  /** Chains without which nothing is said of every chain. */
  static final int FEWEST_CHAINS = 4;

  private static final int FEW_MODES = 5;
  private static final double COLLAPSED = 0.80;
  private static final double UNTRAINED_ALL = 0.95;
  private static final double UNTRAINED_MASKED = 1.1;
  private static final double INDEPENDENT = 1.05;
  private static final double SHUFFLED = 1.0;
  private static final String RANK =
      "the effective rank of the residual stream falls monotonically with depth after training";

  private StreamClaims() {}

  /** Over all positions, which is where every chain falls, and every null. */
  static Claim fall() {
    return new EveryChain(
        "rank-collapse/fall-all-positions",
        "Training makes the effective rank of the residual stream, over all positions, fall with depth on every chain of"
            + " dependent states.",
        Wordings.PAPER
            + RANK
            + ", without saying over which positions; that networks which can learn nothing must not fall so far is Fathom's"
            + " control"
            + Wordings.REGRESSION
            + Wordings.OURS,
        ChainCells::dependent,
        FEWEST_CHAINS,
        new Criterion(
            "the rank of the last over the first representation",
            cell -> cell.rho(View.ALL),
            cell -> Word.atMost(cell.rho(View.ALL), COLLAPSED),
            View.ALL,
            CellField.RANKS),
        List.of(
            new Control.Untrained(
                "But it falls in untrained networks too: %s.",
                cell -> Word.atLeast(cell.untrainedCollapse(View.ALL).mean(), UNTRAINED_ALL)),
            new Control.OfNulls(
                "But it falls in networks that can learn nothing too, %s, so the fall over all positions is no evidence of"
                    + " coarse-graining.",
                cell -> fallen(cell, View.ALL),
                cell -> Word.of(cell.rho(View.ALL) > COLLAPSED, cell.rho(View.ALL)))),
        Outcome.UNDECIDED);
  }

  private static String fallen(ChainCell cell, View view) {
    return "%s (%s)".formatted(cell.label(), SeedMean.of(cell.collapse(view)));
  }

  /** As the paper states it, at the positions that are predicted. */
  static Claim monotoneEverywhere() {
    return monotone(
        "rank-collapse/monotone-everywhere",
        "At masked positions the effective rank of the trained residual stream never rises with depth, whatever the chain.",
        Wordings.PAPER + RANK,
        ChainCells::dependent,
        FEWEST_CHAINS,
        Outcome.FAILS);
  }

  /** Where the statement is reproduced. */
  static Claim monotoneFewModes() {
    return monotone(
        "rank-collapse/monotone-few-modes",
        "At masked positions the effective rank of the trained residual stream never rises with depth on chains whose task"
            + " has few modes: hier2 at xi = 1, block2 and heat.",
        Wordings.PAPER
            + RANK
            + "; that it does so where the task needs few modes, and not everywhere, is Fathom's finding",
        StreamClaims::hasFewModes,
        FEW_MODES,
        Outcome.HOLDS);
  }

  private static boolean hasFewModes(ChainCell cell) {
    return cell.is("hier2", ChainCells.SHORT)
        || (Set.of("block2", "heat").contains(cell.family())
            && (cell.xi() == ChainCells.SHORT || cell.xi() == ChainCells.LONG));
  }

  private static EveryChain monotone(
      String id,
      String statement,
      String source,
      Predicate<ChainCell> chains,
      int fewest,
      Outcome documented) {
    return new EveryChain(
        id,
        statement,
        source
            + "; the tolerance of 2 % and the bounds of untrained networks and of independent tokens were set after seeing the"
            + " prototype's numbers, regression bounds and not blind tests, that of shuffled targets before any were trained on"
            + Wordings.OURS,
        chains,
        fewest,
        new Criterion(
            "the share of seeds in which the rank never rises",
            cell -> cell.monotone(View.MASKED, RISE) / cell.seeds(),
            cell -> {
              double seeds = cell.monotone(View.MASKED, RISE);
              return Word.of(seeds == cell.seeds(), seeds);
            },
            View.MASKED,
            Set.of(TASK_RANK, CAPTURED, FIRST, LAST, COLLAPSE, COLLAPSE_SD, UNTRAINED, MONOTONE)),
        List.of(
            new Control.Untrained(
                "But it does not rise in untrained networks either: %s.",
                cell -> Word.atLeast(cell.untrainedCollapse(View.MASKED).mean(), UNTRAINED_MASKED)),
            new Control.OfNulls(
                "But it falls in networks that can learn nothing too: %s.",
                cell -> fallen(cell, View.MASKED),
                cell ->
                    Word.atLeast(
                        cell.rho(View.MASKED),
                        ChainCells.shuffled(cell) ? SHUFFLED : INDEPENDENT))),
        documented);
  }
}
