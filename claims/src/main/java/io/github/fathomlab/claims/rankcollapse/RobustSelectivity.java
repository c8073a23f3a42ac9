package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.cells.CellEvidence;
import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The selectivity of the hierarchical chain survives every change of network and training:
 * documented to fail without the normalisation before the output.
 *
 * <p>Criterion: mean ρ(ξ=7) - mean ρ(ξ=1) ≥ {@value #DIFFERENCE} in every variant, a case of the
 * sweep with one cell of each ξ; ρ as in {@link Selectivity}. A variant of which a cell does not
 * pass the {@link Gate} is named and not judged. HOLDS needs two variants and more than half of
 * all. Source: E6 of the rank-collapse specification, ours.
 */
final class RobustSelectivity implements Claim {
  static final double DIFFERENCE = 0.25;
  private static final int FEWEST = 2;
  private static final String FAMILY = "hier2";

  @Override
  public String id() {
    return "rank-collapse/robust-selectivity";
  }

  @Override
  public String statement() {
    return "On the hierarchical chain the effective rank falls further at correlation length 1 than at 7, by at least "
        + DIFFERENCE
        + ", whatever the width, depth, activation, normalisation and optimizer.";
  }

  @Override
  public String source() {
    return "Fathom's test of how far its own reproduction of the selectivity of arXiv:2606.10324 reaches; the bound was set after"
        + " seeing the prototype, of whose variants two, momentum and large embeddings, lay on it with two seeds"
        + Wordings.OURS;
  }

  /**
   * One case with both lengths.
   *
   * @param name of the case
   */
  private record Variant(String name, ChainCell shorter, ChainCell longer) {

    double difference() {
      return longer.rho(View.MASKED) - shorter.rho(View.MASKED);
    }

    Word word() {
      return Word.of(difference() >= DIFFERENCE, difference());
    }

    /** Of the difference of both means. */
    double error() {
      return Math.hypot(
          SeedMean.of(shorter.collapse(View.MASKED)).error(),
          SeedMean.of(longer.collapse(View.MASKED)).error());
    }

    String sentence() {
      return String.format(Locale.ROOT, "%s (%.2f \u00b1 %.2f)", name, difference(), error());
    }
  }

  private static List<Variant> variants(Readings readings) {
    List<ChainCell> cells =
        ChainCells.windows(readings).stream()
            .filter(cell -> cell.draws() > 0 && !cell.cell().caseName().isEmpty())
            .toList();
    List<Variant> variants = new ArrayList<>();
    for (String name : cells.stream().map(cell -> cell.cell().caseName()).distinct().toList()) {
      List<ChainCell> ofCase =
          cells.stream().filter(cell -> cell.cell().caseName().equals(name)).toList();
      Optional<ChainCell> shorter = ChainCells.only(ofCase, FAMILY, ChainCells.SHORT);
      Optional<ChainCell> longer = ChainCells.only(ofCase, FAMILY, ChainCells.LONG);
      if (shorter.isPresent() && longer.isPresent()) {
        variants.add(new Variant(name, shorter.get(), longer.get()));
      }
    }
    return variants;
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return variants(readings).size() >= FEWEST;
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Variant> variants = variants(readings);
    Map<String, Object> evidence = new LinkedHashMap<>();
    CellTable table = new CellTable(View.MASKED, CellField.RANKS, evidence);
    List<Variant> passed = new ArrayList<>();
    List<Variant> failed = new ArrayList<>();
    for (Variant variant : variants) {
      Word shorter = table.judge(variant.shorter, _ -> variant.word());
      Word longer = table.judge(variant.longer, _ -> variant.word());
      if (shorter.usable() && longer.usable()) {
        (variant.word() == Word.PASS ? passed : failed).add(variant);
      }
      CellEvidence.finite(evidence, "difference, " + variant.name, variant.difference());
    }
    evidence.put("variants", (long) variants.size());
    evidence.put("variants_passing", (long) passed.size());
    evidence.put("variants_failing", (long) failed.size());
    if (table.wrong().isPresent()) {
      return verdict(Outcome.UNDECIDED, table.wrong().get(), evidence);
    }
    if (!failed.isEmpty()) {
      return verdict(Outcome.FAILS, failure(passed, failed) + table.leftOut(), evidence);
    }
    boolean holds = passed.size() >= FEWEST && 2 * passed.size() > variants.size();
    String agreement =
        "The difference is at least %s in %d of %d variants."
            .formatted(DIFFERENCE, passed.size(), variants.size());
    return table.doubt().isEmpty() && holds
        ? verdict(Outcome.HOLDS, agreement + table.leftOut(), evidence)
        : verdict(
            Outcome.UNDECIDED,
            table.doubt().orElse(agreement + " That is too few." + table.leftOut()),
            evidence);
  }

  private static String failure(List<Variant> passed, List<Variant> failed) {
    return "The selectivity is weaker than %s in: %s; it is at least that in %d other variant%s (differences and standard errors)."
        .formatted(
            DIFFERENCE,
            String.join("; ", failed.stream().map(Variant::sentence).toList()),
            passed.size(),
            passed.size() == 1 ? "" : "s");
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id(), outcome, sentence, Outcome.FAILS, evidence, source());
  }
}
