package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.CellField.CAPTURED;
import static io.github.fathomlab.claims.rankcollapse.CellField.PLATEAU;
import static io.github.fathomlab.claims.rankcollapse.CellField.TASK_RANK;
import static io.github.fathomlab.claims.rankcollapse.CellField.TOP1;
import static io.github.fathomlab.claims.rankcollapse.CellField.TOP2;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED_TOP1;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED_TOP2;
import static io.github.fathomlab.claims.rankcollapse.CellField.UPDATE;
import static io.github.fathomlab.claims.rankcollapse.CellField.WITH_PLATEAU;

import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import io.github.fathomlab.claims.rankcollapse.EveryChain.Criterion;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Claims about where along the residual stream its kernel changes, arXiv:2606.10324.
 *
 * <p>Symbols: drift 1 - CKA of a transition; top1, top2 the share of the largest one and two drifts
 * in their sum; plateau the share of transitions with a drift of at most a tenth of the largest.
 * Means over seeds, masked positions.
 */
final class DriftClaims {
  static final String TOP = "drift.top_share";
  static final String TOP_TWO = "drift.top_two_share";
  static final String PLATEAUS = "drift.plateau";

  /** Transitions up to this share of the largest drift stand still. */
  static final double STILL = 0.1;

  private static final double REST = 0.1;
  private static final double HALF = 0.5;
  private static final double ONE_TRANSITION = 0.70;
  private static final double TWO_TRANSITIONS = 0.85;
  private static final double TWO_OF_LONG = 0.72;
  private static final double AS_BUILT = 0.45;
  private static final double ERRORS = 3;
  private static final String SITE =
      "kernel drift is concentrated at one or two transitions and has a plateau elsewhere";
  private static final String BOUNDS =
      "; that a plateau is half of the transitions and more was set after the first runs, as a round number";

  private DriftClaims() {}

  /** As the paper states it: top2 ≥ 0.72, three errors above untrained, and plateau ≥ 1/2. */
  static Claim everywhere() {
    return new EveryChain(
        "rank-collapse/drift-concentrated-everywhere",
        "After training the kernel changes at one or two transitions and stands still at the others, whatever the chain.",
        Wordings.PAPER
            + SITE
            + "; the bound of the two largest drifts is that of Fathom's specification for hier2 at xi = 7, asked of every chain"
            + BOUNDS
            + Wordings.OURS,
        ChainCells::dependent,
        StreamClaims.FEWEST_CHAINS,
        concentration(DriftClaims::concentrated),
        List.of(nulls(DriftClaims::concentrated)),
        Outcome.FAILS);
  }

  private static Word concentrated(ChainCell cell) {
    SeedMean gain = SeedMean.ofDifferences(cell.cell().untrained(TOP_TWO), cell.trained(TOP_TWO));
    double share = cell.mean(TOP_TWO).mean();
    double plateau = cell.mean(PLATEAUS).mean();
    return Word.of(
        share >= TWO_OF_LONG && plateau >= HALF && gain.mean() > ERRORS * gain.error(),
        share,
        plateau,
        gain.mean());
  }

  /**
   * Of the chain that selectivity is found on: top1 ≥ 0.70 and top2 ≥ 0.85 at ξ = 1, top2 ≥ 0.72 at
   * ξ = 7, plateau ≥ 1/2 in both.
   */
  static Claim hierarchical() {
    return new EveryChain(
        "rank-collapse/drift-concentrated-hierarchical",
        "On the hierarchical chain of two groups, after training, the kernel changes at one or two transitions and stands"
            + " still at the others.",
        Wordings.PAPER
            + SITE
            + "; that the chain is this one is Fathom's choice, and the largest drift sits where the stream is smallest, partly by"
            + " construction"
            + Wordings.REGRESSION
            + BOUNDS
            + Wordings.OURS,
        cell -> cell.is("hier2", ChainCells.SHORT) || cell.is("hier2", ChainCells.LONG),
        2,
        concentration(DriftClaims::asHierarchical),
        List.of(
            new Control.Untrained(
                "But untrained networks are as concentrated: %s.",
                cell -> Word.atMost(cell.untrainedMean(TOP).mean(), AS_BUILT)),
            nulls(DriftClaims::asHierarchical)),
        Outcome.UNDECIDED);
  }

  /** What is asked at ξ = 7; more of all others. */
  private static Word asHierarchical(ChainCell cell) {
    double one = cell.mean(TOP).mean();
    double two = cell.mean(TOP_TWO).mean();
    double plateau = cell.mean(PLATEAUS).mean();
    boolean concentrated =
        cell.xi() == ChainCells.LONG
            ? two >= TWO_OF_LONG
            : one >= ONE_TRANSITION && two >= TWO_TRANSITIONS;
    return Word.of(concentrated && plateau >= HALF, one, two, plateau);
  }

  private static Criterion concentration(Function<ChainCell, Word> test) {
    return new Criterion(
        "the share of the two largest drifts",
        cell -> cell.mean(TOP_TWO).mean(),
        DriftClaims::numbers,
        test,
        View.MASKED,
        Set.of(TASK_RANK, CAPTURED, TOP1, TOP2, UNTRAINED_TOP1, UNTRAINED_TOP2, PLATEAU));
  }

  private static String numbers(ChainCell cell) {
    return String.format(
        Locale.ROOT,
        "%s (%.2f, plateau %.2f)",
        cell.label(),
        cell.mean(TOP_TWO).mean(),
        cell.mean(PLATEAUS).mean());
  }

  /** Networks that can learn nothing must miss the criterion. */
  private static Control nulls(Function<ChainCell, Word> criterion) {
    return new Control.OfNulls(
        "But training on what cannot be learned concentrates the drift as much, %s: concentration comes with training, not with"
            + " what is learned.",
        DriftClaims::numbers,
        cell ->
            switch (criterion.apply(cell)) {
              case PASS -> Word.FAIL;
              case FAIL -> Word.PASS;
              case Word other -> other;
            });
  }

  /** The paper's reading of the plateau. */
  static Claim fixedPoint() {
    return new EveryChain(
        "rank-collapse/stream-at-fixed-point",
        "Where the kernel stands still the residual stream is at a fixed point: its blocks hardly change it.",
        Wordings.PAPER
            + "the plateau of the kernel drift is to be read as a fixed point; up to which update a stream is at rest is a round"
            + " number of Fathom's, set after seeing updates of 0.2 to 0.6 in the prototype"
            + Wordings.OURS,
        ChainCells::dependent,
        StreamClaims.FEWEST_CHAINS,
        new Criterion(
            "the relative update where the drift is at most a tenth of the largest",
            cell -> SeedMean.of(cell.plateauUpdates(STILL)).mean(),
            DriftClaims::atRest,
            View.MASKED,
            Set.of(TASK_RANK, CAPTURED, TOP1, TOP2, UPDATE, WITH_PLATEAU)),
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
        : Word.atMost(SeedMean.of(updates).mean(), REST);
  }
}
