package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.CellField.CAPTURED;
import static io.github.fathomlab.claims.rankcollapse.CellField.TASK_RANK;
import static io.github.fathomlab.claims.rankcollapse.CellField.TOP1;
import static io.github.fathomlab.claims.rankcollapse.CellField.TOP2;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED_TOP1;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED_TOP2;

import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * On the hierarchical chain the kernel drift sits at one or two transitions.
 *
 * <pre>
 *   ξ = 1: mean top1 ≥ 0.70, mean top2 ≥ 0.85;   ξ = 7: mean top2 ≥ 0.72
 *   null: mean top1 of the untrained networks ≤ 0.45 in both
 * </pre>
 *
 * <p>Symbols: top1, top2 the share of the largest one and two of the drifts 1 - CKA in their sum.
 * Source: arXiv:2606.10324 (abstract); numbers R3 of the rank-collapse specification. An untrained
 * network that is as concentrated makes it UNDECIDED: the drift would be the architecture's.
 */
final class DriftConcentratedHierarchical implements Claim {
  private static final String FAMILY = "hier2";
  private static final double ONE = 0.70;
  private static final double TWO = 0.85;
  private static final double TWO_LONG = 0.72;
  private static final double AS_BUILT = 0.45;

  @Override
  public String id() {
    return "rank-collapse/drift-concentrated-hierarchical";
  }

  @Override
  public String statement() {
    return "On the hierarchical chain of two groups, after training, the kernel changes at one or two transitions and stands"
        + " still at the others.";
  }

  @Override
  public String source() {
    return Wordings.PAPER
        + "kernel drift is concentrated at one or two transitions and has a plateau elsewhere; that the chain is this one is"
        + " Fathom's choice, and the largest drift sits where the stream is smallest, partly by construction"
        + Wordings.OURS;
  }

  private static Optional<ChainCell> cell(Readings readings, double xi) {
    return ChainCells.only(ChainCells.chains(readings), FAMILY, xi);
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return cell(readings, ChainCells.SHORT).isPresent()
        && cell(readings, ChainCells.LONG).isPresent();
  }

  private static double top(ChainCell cell) {
    return cell.mean(StreamClaims.TOP).mean();
  }

  private static double topTwo(ChainCell cell) {
    return cell.mean(StreamClaims.TOP_TWO).mean();
  }

  private static Word word(ChainCell cell) {
    boolean concentrated =
        cell.xi() == ChainCells.SHORT
            ? top(cell) >= ONE && topTwo(cell) >= TWO
            : topTwo(cell) >= TWO_LONG;
    return Word.of(concentrated, top(cell), topTwo(cell));
  }

  @Override
  public Verdict judge(Readings readings) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    Optional<ChainCell> shorter = cell(readings, ChainCells.SHORT);
    Optional<ChainCell> longer = cell(readings, ChainCells.LONG);
    if (shorter.isEmpty() || longer.isEmpty()) {
      return verdict(
          Outcome.UNDECIDED,
          "One hierarchical chain of correlation length 1 and one of 7 are needed.",
          evidence);
    }
    List<ChainCell> cells = List.of(shorter.get(), longer.get());
    CellTable table =
        new CellTable(
            View.MASKED,
            Set.of(TASK_RANK, CAPTURED, TOP1, TOP2, UNTRAINED_TOP1, UNTRAINED_TOP2),
            evidence);
    cells.forEach(cell -> table.judge(cell, DriftConcentratedHierarchical::word));
    if (table.obstacle().isPresent()) {
      return verdict(Outcome.UNDECIDED, table.obstacle().get(), evidence);
    }
    boolean concentrated = table.with(Word.PASS).size() == cells.size();
    boolean even =
        cells.stream().allMatch(cell -> cell.untrainedMean(StreamClaims.TOP).mean() <= AS_BUILT);
    return verdict(
        !concentrated ? Outcome.FAILS : even ? Outcome.HOLDS : Outcome.UNDECIDED,
        "The largest drift and the largest two have shares "
            + CellTable.named(cells, DriftConcentratedHierarchical::shares)
            + "."
            + (even ? "" : " Untrained networks are as concentrated, or were not measured."),
        evidence);
  }

  private static String shares(ChainCell cell) {
    return String.format(
        Locale.ROOT,
        "%.2f and %.2f at xi = %.0f (untrained %.2f and %.2f)",
        top(cell),
        topTwo(cell),
        cell.xi(),
        cell.untrainedMean(StreamClaims.TOP).mean(),
        cell.untrainedMean(StreamClaims.TOP_TWO).mean());
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id(), outcome, sentence, Outcome.HOLDS, evidence, source());
  }
}
