package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.cells.CellEvidence;
import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.LeastSquaresLine;
import io.github.fathomlab.instrument.RankCorrelation;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The rank of the task decides how far the rank of the stream falls.
 *
 * <pre>
 *   r(ρ, task rank) ≥ 0.9   and   r(ρ, task rank) - r(ρ, ξ) ≥ 0.5
 * </pre>
 *
 * <p>Symbols: r Spearman's correlation over chains, ρ the mean over seeds as in {@link
 * Selectivity}, task rank the effective rank of the Bayes log-posterior over contexts. Beside them
 * a bootstrap interval over chains, as if those of one family were independent, and the least
 * squares line ρ = a + b · task rank. Source: X2c of the rank-collapse specification, ours.
 * Validity: at least {@value #FEWEST_CHAINS} chains that pass the {@link Gate}; fewer, or a
 * correlation that does not exist, make it UNDECIDED.
 */
final class TaskRankDecides implements Claim {
  static final int FEWEST_CHAINS = 8;
  private static final double CORRELATION = 0.9;
  private static final double MARGIN = 0.5;

  @Override
  public String id() {
    return "rank-collapse/task-rank-decides";
  }

  @Override
  public String statement() {
    return "How far the effective rank falls with depth follows the rank of the task, the effective rank of the Bayes"
        + " log-posterior, and not the correlation length of the chain.";
  }

  @Override
  public String source() {
    return "the law is Fathom's: in the prototype task rank (Spearman 0.95) was the best of seven candidate predictors (others"
        + " up to 0.93), chosen after about fifteen set-ups without selectivity, so its strength is mildly selected; at 16 states"
        + " it was met out of sample; both bounds were set after seeing 0.95 and 0.12 in the prototype, regression bounds and not"
        + " blind tests; the interval resamples chains, of which several are of one family and not independent, so it is likely"
        + " too narrow"
        + Wordings.OURS;
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return ChainCells.chains(readings).size() >= 2;
  }

  @Override
  public Verdict judge(Readings readings) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    CellTable table = new CellTable(View.MASKED, CellField.RANKS, evidence);
    ChainCells.chains(readings)
        .forEach(cell ->
            table.judge(
                cell,
                c -> {
                  Word read = Word.of(true, c.rho(View.MASKED), c.taskRank(), c.xi());
                  return read == Word.PASS ? Word.MEASURED : read;
                }));
    List<ChainCell> chains = table.with(Word.MEASURED);
    Law law = Law.of(chains);
    law.put(evidence);
    if (table.wrong().isPresent()) {
      return verdict(Outcome.UNDECIDED, table.wrong().get(), evidence);
    }
    if (chains.size() < FEWEST_CHAINS) {
      return verdict(
          Outcome.UNDECIDED,
          "%d chains can be judged, and at least %d are needed.%s"
              .formatted(chains.size(), FEWEST_CHAINS, table.leftOut()),
          evidence);
    }
    double margin = law.byTaskRank - law.byLength;
    if (Double.isNaN(margin)) {
      return verdict(
          Outcome.UNDECIDED,
          "Task ranks, correlation lengths or falls are the same throughout, so nothing correlates."
              + table.leftOut(),
          evidence);
    }
    return verdict(
        law.byTaskRank >= CORRELATION && margin >= MARGIN ? Outcome.HOLDS : Outcome.FAILS,
        law.sentence() + table.leftOut(),
        evidence);
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id(), outcome, sentence, Outcome.HOLDS, evidence, source());
  }

  /** What goes with ρ over chains. */
  private record Law(
      int chains,
      double byTaskRank,
      double lower,
      double upper,
      double byLength,
      double intercept,
      double slope,
      double determination) {

    static Law of(List<ChainCell> cells) {
      double[] rho = cells.stream().mapToDouble(cell -> cell.rho(View.MASKED)).toArray();
      double[] rank = cells.stream().mapToDouble(ChainCell::taskRank).toArray();
      double[] xi = cells.stream().mapToDouble(ChainCell::xi).toArray();
      double[] interval = RankCorrelation.interval(rank, rho);
      LeastSquaresLine line = LeastSquaresLine.of(rank, rho);
      return new Law(
          rho.length,
          RankCorrelation.of(rank, rho),
          interval[0],
          interval[1],
          RankCorrelation.of(xi, rho),
          line.intercept(),
          line.slope(),
          line.explained());
    }

    void put(Map<String, Object> evidence) {
      evidence.put("chains", (long) chains);
      CellEvidence.finite(evidence, "spearman_task_rank", byTaskRank);
      CellEvidence.finite(evidence, "spearman_task_rank_lower", lower);
      CellEvidence.finite(evidence, "spearman_task_rank_upper", upper);
      CellEvidence.finite(evidence, "spearman_correlation_length", byLength);
      CellEvidence.finite(evidence, "intercept", intercept);
      CellEvidence.finite(evidence, "slope", slope);
      CellEvidence.finite(evidence, "r_squared", determination);
    }

    String sentence() {
      return String.format(
          Locale.ROOT,
          "Over %d chains the fall of the rank has Spearman correlation %.2f with the task rank (bootstrap over chains, 95 %%: %.2f to %.2f) and"
              + " %.2f with the correlation length; last over first rank is %.2f + %.3f times the task rank (R\u00b2 %.2f).",
          chains,
          byTaskRank,
          lower,
          upper,
          byLength,
          intercept,
          slope,
          determination);
    }
  }
}
