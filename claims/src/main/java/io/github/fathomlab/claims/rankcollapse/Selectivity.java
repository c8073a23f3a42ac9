package io.github.fathomlab.claims.rankcollapse;

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

/**
 * In one family of chains the rank collapses at a short correlation length and not at a long one.
 *
 * <pre>
 *   mean ρ(ξ=1) ≤ 0.50,   mean ρ(ξ=7) ≥ 0.75,   ρ_s(ξ=7) - ρ_s(ξ=1) ≥ 0.30 in every seed s
 * </pre>
 *
 * <p>Symbols: ρ effective rank of the last over that of the first representation of the stream,
 * masked positions. Source: arXiv:2606.10324 (abstract); numbers R2 of the rank-collapse
 * specification. UNDECIDED when either cell does not pass the {@link Gate}.
 *
 * @param name of the family in the identifier
 * @param family as {@code tokens.family} calls it
 * @param about the family, for the statement
 * @param documented the outcome on the documented sweep
 */
record Selectivity(String name, String family, String about, Outcome documented) implements Claim {
  static final double COLLAPSED = 0.50;
  static final double KEPT = 0.75;
  private static final double DIFFERENCE = 0.30;

  @Override
  public String id() {
    return "rank-collapse/selectivity-" + name;
  }

  @Override
  public String statement() {
    return "On %s the effective rank at masked positions collapses with depth at correlation length 1 and does not at 7."
        .formatted(about);
  }

  @Override
  public String source() {
    return Wordings.PAPER
        + "the collapse is selective: present at correlation lengths about 1, absent about 7; it does not say on which chains; the bounds"
        + " are those of Fathom's specification, set after seeing the prototype's numbers of hier2, 2 to 5 standard deviations off"
        + " them: regression bounds, not blind tests"
        + Wordings.OURS;
  }

  private Optional<ChainCell> cell(Readings readings, double xi) {
    return ChainCells.only(ChainCells.chains(readings), family, xi);
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return cell(readings, ChainCells.SHORT).isPresent()
        && cell(readings, ChainCells.LONG).isPresent();
  }

  @Override
  public Verdict judge(Readings readings) {
    Optional<ChainCell> shorter = cell(readings, ChainCells.SHORT);
    Optional<ChainCell> longer = cell(readings, ChainCells.LONG);
    Map<String, Object> evidence = new LinkedHashMap<>();
    if (shorter.isEmpty() || longer.isEmpty()) {
      return verdict(
          Outcome.UNDECIDED,
          "One cell of the family at correlation length 1 and one at 7 are needed.",
          evidence);
    }
    return judge(shorter.get(), longer.get(), evidence);
  }

  private Verdict judge(ChainCell shorter, ChainCell longer, Map<String, Object> evidence) {
    CellTable table = new CellTable(View.MASKED, CellField.RANKS, evidence);
    SeedMean collapsed = SeedMean.of(shorter.collapse(View.MASKED));
    SeedMean kept = SeedMean.of(longer.collapse(View.MASKED));
    SeedMean difference =
        SeedMean.ofDifferences(shorter.collapse(View.MASKED), longer.collapse(View.MASKED));
    List<Word> words =
        List.of(
            table.judge(shorter, _ -> Word.of(collapsed.mean() <= COLLAPSED, collapsed.mean())),
            table.judge(longer, _ -> Word.of(kept.mean() >= KEPT, kept.mean())));
    evidence.put("same_seeds", (long) difference.seeds());
    CellEvidence.finite(evidence, "difference", difference.mean());
    CellEvidence.finite(evidence, "least_difference", difference.least());
    if (table.obstacle().isPresent()) {
      return verdict(Outcome.UNDECIDED, table.obstacle().get(), evidence);
    }
    if (difference.seeds() == 0) {
      return verdict(Outcome.UNDECIDED, "The two cells have different numbers of seeds.", evidence);
    }
    boolean holds =
        words.stream().allMatch(word -> word == Word.PASS) && difference.least() >= DIFFERENCE;
    return verdict(
        holds ? Outcome.HOLDS : Outcome.FAILS,
        String.format(
            Locale.ROOT,
            "The rank of the last over the first representation is %s at xi = 1 (task rank %.2f) and %s at xi = 7 (%.2f); in the"
                + " same seed the difference is %s and at least %.2f.",
            collapsed,
            shorter.taskRank(),
            kept,
            longer.taskRank(),
            difference,
            difference.least()),
        evidence);
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id(), outcome, sentence, documented, evidence, source());
  }
}
