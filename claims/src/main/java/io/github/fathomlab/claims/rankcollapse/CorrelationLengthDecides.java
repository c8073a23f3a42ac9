package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.CellField.CAPTURED;
import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE;
import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE_SD;
import static io.github.fathomlab.claims.rankcollapse.CellField.TASK_RANK;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED;

import io.github.fathomlab.claims.cells.CellEvidence;
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
 * The correlation length decides whether the rank collapses: documented to fail, by a double
 * dissociation.
 *
 * <p>Criterion: FAILS when a chain of ξ = 7 collapses, mean ρ ≤ {@value #COLLAPSED}, and one of ξ =
 * 1 does not, mean ρ ≥ {@value #KEPT}, so that ξ is neither sufficient nor necessary. HOLDS when
 * all chains, of two families and more with both ξ, have mean ρ ≤ 0.50 at ξ = 1 and ≥ 0.75 at ξ =
 * 7; UNDECIDED otherwise. The differences ρ(7) - ρ(1) of families whose spectrum keeps its shape
 * are shown, not judged.
 *
 * <p>Symbols: ρ as in {@link Selectivity}, masked positions. Source: X2a and X2b of the
 * rank-collapse specification.
 */
final class CorrelationLengthDecides implements Claim {
  static final double COLLAPSED = 0.45;
  static final double KEPT = 0.85;

  /** Families whose eigenvalues are ξ's or 0. */
  private static final List<String> FIXED_SHAPE = List.of("block2", "block4", "sticky");

  private static final int FEWEST_FAMILIES = 2;

  @Override
  public String id() {
    return "rank-collapse/correlation-length-decides";
  }

  @Override
  public String statement() {
    return "The correlation length of the chain decides whether the effective rank collapses with depth: it does at 1 and does"
        + " not at 7.";
  }

  @Override
  public String source() {
    return Wordings.PAPER
        + "the collapse is present at correlation lengths about 1 and absent about 7; that the length is the cause is how this is"
        + " read, and the double dissociation is Fathom's; the differences between 7 and 1 in families whose spectrum keeps its"
        + " shape are shown, not judged"
        + Wordings.REGRESSION
        + Wordings.OURS;
  }

  private static List<ChainCell> cells(Readings readings) {
    return ChainCells.chains(readings).stream()
        .filter(cell -> isShort(cell) || isLong(cell))
        .toList();
  }

  private static boolean isShort(ChainCell cell) {
    return cell.xi() == ChainCells.SHORT;
  }

  private static boolean isLong(ChainCell cell) {
    return cell.xi() == ChainCells.LONG;
  }

  /** Needs chains of both lengths. */
  @Override
  public boolean appliesTo(Readings readings) {
    List<ChainCell> cells = cells(readings);
    return cells.stream().anyMatch(CorrelationLengthDecides::isShort)
        && cells.stream().anyMatch(CorrelationLengthDecides::isLong);
  }

  /** PASS as the length says, FAIL against it, MEASURED in between. */
  private static Word word(ChainCell cell) {
    double rho = cell.rho(View.MASKED);
    boolean against = isShort(cell) ? rho >= KEPT : rho <= COLLAPSED;
    boolean with = isShort(cell) ? rho <= Selectivity.COLLAPSED : rho >= Selectivity.KEPT;
    Word word = Word.of(with, rho);
    return word != Word.FAIL || against ? word : Word.MEASURED;
  }

  @Override
  public Verdict judge(Readings readings) {
    List<ChainCell> cells = cells(readings);
    Map<String, Object> evidence = new LinkedHashMap<>();
    CellTable table =
        new CellTable(
            View.MASKED, Set.of(TASK_RANK, CAPTURED, COLLAPSE, COLLAPSE_SD, UNTRAINED), evidence);
    cells.forEach(cell -> table.judge(cell, CorrelationLengthDecides::word));
    fixedShape(cells, evidence);
    if (table.wrong().isPresent()) {
      return verdict(Outcome.UNDECIDED, table.wrong().get(), evidence);
    }
    List<ChainCell> against = table.with(Word.FAIL);
    List<ChainCell> collapsed = against.stream().filter(CorrelationLengthDecides::isLong).toList();
    List<ChainCell> kept = against.stream().filter(CorrelationLengthDecides::isShort).toList();
    if (!collapsed.isEmpty() && !kept.isEmpty()) {
      return verdict(
          Outcome.FAILS,
          "The rank collapses at correlation length 7 in %s, and stays at 1 in %s: the length is neither necessary nor sufficient."
                  .formatted(named(collapsed), named(kept))
              + table.leftOut(),
          evidence);
    }
    long families = families(table.with(Word.PASS));
    boolean holds = table.with(Word.PASS).size() == table.size() && families >= FEWEST_FAMILIES;
    return verdict(
        holds ? Outcome.HOLDS : Outcome.UNDECIDED,
        holds
            ? "In %d families the rank collapses at correlation length 1 and stays at 7."
                .formatted(families)
            : table
                .doubt()
                .orElse(
                    "It is open: not refuted at both lengths, and not every chain, of %d families and more, collapses at 1 and stays at 7."
                            .formatted(FEWEST_FAMILIES)
                        + table.leftOut()),
        evidence);
  }

  /** Families that pass at both lengths. */
  private static long families(List<ChainCell> passed) {
    return passed.stream()
        .filter(cell ->
            isShort(cell) && ChainCells.only(passed, cell.family(), ChainCells.LONG).isPresent())
        .count();
  }

  private static String named(List<ChainCell> cells) {
    return CellTable.named(
        cells,
        cell -> String.format(Locale.ROOT, "%s (%.2f)", cell.label(), cell.rho(View.MASKED)));
  }

  private static void fixedShape(List<ChainCell> cells, Map<String, Object> evidence) {
    for (String family : FIXED_SHAPE) {
      Optional<ChainCell> shorter = ChainCells.only(cells, family, ChainCells.SHORT);
      Optional<ChainCell> longer = ChainCells.only(cells, family, ChainCells.LONG);
      if (shorter.isPresent() && longer.isPresent()) {
        CellEvidence.finite(
            evidence,
            "difference, " + family,
            longer.get().rho(View.MASKED) - shorter.get().rho(View.MASKED));
      }
    }
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id(), outcome, sentence, Outcome.FAILS, evidence, source());
  }
}
