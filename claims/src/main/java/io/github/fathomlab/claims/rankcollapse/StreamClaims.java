package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.CellField.CAPTURED;
import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE;
import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE_SD;
import static io.github.fathomlab.claims.rankcollapse.CellField.FIRST;
import static io.github.fathomlab.claims.rankcollapse.CellField.LAST;
import static io.github.fathomlab.claims.rankcollapse.CellField.MONOTONE;
import static io.github.fathomlab.claims.rankcollapse.CellField.OTHER_GROWTH;
import static io.github.fathomlab.claims.rankcollapse.CellField.TASK_RANK;
import static io.github.fathomlab.claims.rankcollapse.CellField.TOP1;
import static io.github.fathomlab.claims.rankcollapse.CellField.TOP2;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED_TOP1;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED_TOP2;
import static io.github.fathomlab.claims.rankcollapse.CellField.UPDATE;

import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import io.github.fathomlab.claims.rankcollapse.EveryChain.Control;
import io.github.fathomlab.claims.rankcollapse.EveryChain.Criterion;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Claims about the residual stream of every chain, arXiv:2606.10324. */
final class StreamClaims {
  static final String TOP = "drift.top_share";
  static final String TOP_TWO = "drift.top_two_share";

  /** A rank that rises by no more than this share of its first value does not rise. */
  static final double RISE = 0.02;

  /** Transitions below this share of the largest drift stand still. */
  static final double STILL = 0.1;

  /** Relative updates up to this would be those of a stream at rest. */
  static final double REST = 0.1;

  private static final double COLLAPSED = 0.80;
  private static final double UNTRAINED_ALL = 0.95;
  private static final double UNTRAINED_MASKED = 1.1;
  private static final double INDEPENDENT = 1.05;
  private static final double SHUFFLED = 1.0;
  private static final double TWO_TRANSITIONS = 0.72;
  private static final double ERRORS = 3;
  private static final int FEWEST_CHAINS = 4;
  private static final String RANK =
      "the effective rank of the residual stream falls monotonically with depth after training";

  private StreamClaims() {}

  /** Over all positions, which is where every chain falls. */
  static Claim fall() {
    return new EveryChain(
        "rank-collapse/fall-all-positions",
        "Training makes the effective rank of the residual stream, over all positions, fall with depth on every chain of"
            + " dependent states.",
        Wordings.PAPER
            + RANK
            + ", without saying over which positions; the bound of shuffled targets was set before any were trained on"
            + Wordings.OURS,
        ChainCells::dependent,
        FEWEST_CHAINS,
        new Criterion(
            "the rank of the last over the first representation",
            cell -> cell.rho(View.ALL),
            cell -> atMost(cell.rho(View.ALL), COLLAPSED),
            View.ALL,
            CellField.RANKS),
        List.of(
            Control.ofJudged(
                "It falls in untrained networks too: %s.",
                cell -> atLeast(cell.untrainedCollapse(View.ALL).mean(), UNTRAINED_ALL)),
            Control.of(
                "At masked positions it does not stay on independent states, where nothing can be learned: %s.",
                cell -> ChainCells.independent(cell) && ChainCells.window(cell) && cell.draws() > 0,
                cell -> atLeast(cell.rho(View.MASKED), INDEPENDENT)),
            Control.of(
                "At masked positions it does not stay on shuffled targets, where nothing can be learned: %s.",
                cell ->
                    ChainCells.dependent(cell)
                        && ChainCells.shuffled(cell)
                        && ChainCells.window(cell)
                        && cell.draws() > 0,
                cell -> atLeast(cell.rho(View.MASKED), SHUFFLED))),
        Outcome.HOLDS);
  }

  /** As the paper states it, at the positions that are predicted. */
  static Claim monotoneEverywhere() {
    return monotone(
        "rank-collapse/monotone-everywhere",
        "At masked positions the effective rank of the trained residual stream never rises with depth, whatever the chain.",
        Wordings.PAPER + RANK + Wordings.OURS,
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
            + "; that it does so where the task needs few modes, and not everywhere, is Fathom's finding"
            + Wordings.OURS,
        1,
        Outcome.HOLDS);
  }

  private static boolean hasFewModes(ChainCell cell) {
    return cell.is("hier2", ChainCells.SHORT)
        || (Set.of("block2", "heat").contains(cell.family())
            && (cell.xi() == ChainCells.SHORT || cell.xi() == ChainCells.LONG));
  }

  private static EveryChain monotone(
      String id, String statement, String source, int fewest, Outcome documented) {
    return new EveryChain(
        id,
        statement,
        source,
        documented == Outcome.FAILS ? ChainCells::dependent : StreamClaims::hasFewModes,
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
            Control.ofJudged(
                "It does not rise in untrained networks either: %s.",
                cell -> atLeast(cell.untrainedCollapse(View.MASKED).mean(), UNTRAINED_MASKED))),
        documented);
  }

  /** As the paper states it. */
  static Claim driftConcentrated() {
    return new EveryChain(
        "rank-collapse/drift-concentrated-everywhere",
        "After training the kernel changes at one or two transitions and stands still at the others, whatever the chain.",
        Wordings.PAPER
            + "kernel drift is concentrated at one or two transitions and has a plateau elsewhere"
            + Wordings.OURS,
        ChainCells::dependent,
        FEWEST_CHAINS,
        new Criterion(
            "the share of the two largest drifts",
            cell -> cell.mean(TOP_TWO).mean(),
            StreamClaims::concentrated,
            View.MASKED,
            Set.of(TASK_RANK, CAPTURED, TOP1, TOP2, UNTRAINED_TOP1, UNTRAINED_TOP2)),
        List.of(),
        Outcome.FAILS);
  }

  private static Word concentrated(ChainCell cell) {
    SeedMean gain = SeedMean.ofDifferences(cell.cell().untrained(TOP_TWO), cell.trained(TOP_TWO));
    double share = cell.mean(TOP_TWO).mean();
    return Word.of(
        share >= TWO_TRANSITIONS && gain.mean() > ERRORS * gain.error(), share, gain.mean());
  }

  /** The paper's reading of the fall. */
  static Claim integratedOut() {
    return new EveryChain(
        "rank-collapse/irrelevant-integrated-out",
        "What the task does not need is integrated out over depth: the variance outside the span of the Bayes log-posterior"
            + " shrinks along the trained residual stream.",
        Wordings.PAPER
            + "the fall is to be read as irrelevant modes being integrated out"
            + Wordings.OURS,
        ChainCells::dependent,
        FEWEST_CHAINS,
        new Criterion(
            "the variance outside the task's span, last over first representation",
            cell -> SeedMean.of(cell.otherGrowth()).mean(),
            cell -> {
              SeedMean growth = SeedMean.of(cell.otherGrowth());
              return Word.of(growth.most() < 1, growth.mean());
            },
            View.MASKED,
            Set.of(TASK_RANK, CAPTURED, COLLAPSE, OTHER_GROWTH)),
        List.of(),
        Outcome.FAILS);
  }

  /** The paper's reading of the plateau. */
  static Claim fixedPoint() {
    return new EveryChain(
        "rank-collapse/stream-at-fixed-point",
        "Where the kernel stands still the residual stream is at a fixed point: its blocks hardly change it.",
        Wordings.PAPER
            + "the plateau of the kernel drift is to be read as a fixed point"
            + Wordings.OURS,
        ChainCells::dependent,
        FEWEST_CHAINS,
        new Criterion(
            "the relative update where the drift is below a tenth of the largest",
            cell -> SeedMean.of(cell.plateauUpdates(STILL)).mean(),
            StreamClaims::atRest,
            View.MASKED,
            Set.of(TASK_RANK, CAPTURED, TOP1, TOP2, UPDATE)),
        List.of(),
        Outcome.FAILS);
  }

  private static Word atRest(ChainCell cell) {
    double[] updates = cell.plateauUpdates(STILL);
    if (Arrays.stream(updates).anyMatch(Double::isNaN)) {
      return Word.UNREAD;
    }
    return updates.length < Gate.FEWEST_SEEDS
        ? Word.NO_PLATEAU
        : atMost(SeedMean.of(updates).mean(), REST);
  }

  private static Word atMost(double number, double bound) {
    return Word.of(number <= bound, number);
  }

  private static Word atLeast(double number, double bound) {
    return Word.of(number >= bound, number);
  }
}
