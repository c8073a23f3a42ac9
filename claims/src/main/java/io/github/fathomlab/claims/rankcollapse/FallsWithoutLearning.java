package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE;
import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE_SD;
import static io.github.fathomlab.claims.rankcollapse.CellField.FIRST;
import static io.github.fathomlab.claims.rankcollapse.CellField.LAST;
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
 * The rank of a stack that sees one position, and so can learn nothing, falls all the same: the
 * null of every other claim.
 *
 * <pre>
 *   mean loss - H(π) in [-0.002, 0.006],   mean ρ ≤ 0.35 at ξ = 1 and at ξ = 7,   |difference| ≤ 0.08
 *   with the exact gradient of the population: mean ρ ≥ 0.7
 * </pre>
 *
 * <p>Symbols: H(π) the loss without any context, nats; ρ the effective rank of the last over that
 * of the first representation of the stream, all positions. FAILS when a ρ lies elsewhere;
 * UNDECIDED when a network learned, or a cell is missing. Source: N1 of the rank-collapse
 * specification, ours.
 */
final class FallsWithoutLearning implements Claim {
  private static final double LEAST_LOSS = -0.002;
  private static final double MOST_LOSS = 0.006;
  private static final double FALLEN = 0.35;
  private static final double ALIKE = 0.08;
  private static final double STAYED = 0.7;

  @Override
  public String id() {
    return "rank-collapse/falls-without-learning";
  }

  @Override
  public String statement() {
    return "A position-wise stack, which can learn nothing from masked tokens, loses its effective rank with depth all the same,"
        + " alike at both correlation lengths, through gradient noise.";
  }

  @Override
  public String source() {
    return "the null of arXiv:2606.10324 that its abstract does not speak of, Fathom's: a fall of the rank by itself is no evidence"
        + " that anything was learned"
        + Wordings.REGRESSION
        + Wordings.OURS;
  }

  /** Networks that see the hidden position alone. */
  private static List<ChainCell> cells(Readings readings) {
    return ChainCells.of(readings).stream()
        .filter(cell -> ChainCells.plain(cell) && ChainCells.dependent(cell))
        .filter(cell -> cell.window() == 0 && cell.shuffle() == 0)
        .filter(cell -> cell.available() <= Gate.NOTHING)
        .toList();
  }

  private static boolean noisy(ChainCell cell) {
    return cell.draws() > 0;
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return cells(readings).stream().anyMatch(FallsWithoutLearning::noisy);
  }

  private static Word word(ChainCell cell) {
    return Word.of(
        noisy(cell) ? cell.rho(View.ALL) <= FALLEN : cell.rho(View.ALL) >= STAYED,
        cell.rho(View.ALL));
  }

  private static double learned(ChainCell cell) {
    return cell.mean("information.loss").mean() - cell.exact("information.blind_loss");
  }

  @Override
  public Verdict judge(Readings readings) {
    List<ChainCell> cells = cells(readings);
    Map<String, Object> evidence = new LinkedHashMap<>();
    CellTable table =
        new CellTable(View.ALL, Set.of(FIRST, LAST, COLLAPSE, COLLAPSE_SD, UNTRAINED), evidence);
    for (ChainCell cell : cells) {
      table.judge(cell, FallsWithoutLearning::word);
      CellEvidence.finite(evidence, "loss above H(pi), " + cell.label(), learned(cell));
    }
    Optional<ChainCell> shorter = noisy(cells, ChainCells.SHORT);
    Optional<ChainCell> longer = noisy(cells, ChainCells.LONG);
    boolean exact = cells.stream().anyMatch(cell -> !noisy(cell));
    if (shorter.isEmpty() || longer.isEmpty() || !exact) {
      return verdict(
          Outcome.UNDECIDED,
          "One chain of correlation length 1, one of 7 and one trained with the exact gradient are needed, all position-wise.",
          evidence);
    }
    Optional<String> doubt = table.obstacle().or(() -> learning(cells));
    if (doubt.isPresent()) {
      return verdict(Outcome.UNDECIDED, doubt.get(), evidence);
    }
    double difference = longer.get().rho(View.ALL) - shorter.get().rho(View.ALL);
    evidence.put("difference", difference);
    boolean holds = table.with(Word.FAIL).isEmpty() && Math.abs(difference) <= ALIKE;
    return verdict(
        holds ? Outcome.HOLDS : Outcome.FAILS,
        "The loss stays within %s nats of H(pi), and the rank of the last over the first representation, over all positions, is %s."
            .formatted(MOST_LOSS, CellTable.named(cells, FallsWithoutLearning::sentence)),
        evidence);
  }

  private static Optional<ChainCell> noisy(List<ChainCell> cells, double xi) {
    return ChainCells.only(cells, cell -> noisy(cell) && cell.xi() == xi);
  }

  private static Optional<String> learning(List<ChainCell> cells) {
    List<ChainCell> elsewhere =
        cells.stream()
            .filter(cell -> !(learned(cell) >= LEAST_LOSS && learned(cell) <= MOST_LOSS))
            .toList();
    return elsewhere.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The loss is not that of a network that knows nothing but pi: "
                + CellTable.labels(elsewhere)
                + ".");
  }

  private static String sentence(ChainCell cell) {
    return String.format(
        Locale.ROOT,
        "%s at xi = %.0f%s",
        SeedMean.of(cell.collapse(View.ALL)),
        cell.xi(),
        noisy(cell) ? "" : " with the exact gradient");
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id(), outcome, sentence, Outcome.HOLDS, evidence, source());
  }
}
