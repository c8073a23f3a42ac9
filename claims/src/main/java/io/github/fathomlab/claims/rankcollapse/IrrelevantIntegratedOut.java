package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.CellField.CAPTURED;
import static io.github.fathomlab.claims.rankcollapse.CellField.COLLAPSE;
import static io.github.fathomlab.claims.rankcollapse.CellField.OTHER_GROWTH;
import static io.github.fathomlab.claims.rankcollapse.CellField.OTHER_SHARE_FIRST;
import static io.github.fathomlab.claims.rankcollapse.CellField.OTHER_SHARE_LAST;
import static io.github.fathomlab.claims.rankcollapse.CellField.RELEVANT_GROWTH;
import static io.github.fathomlab.claims.rankcollapse.CellField.TASK_RANK;
import static io.github.fathomlab.claims.rankcollapse.CellField.UNTRAINED_OTHER_GROWTH;

import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import io.github.fathomlab.claims.rankcollapse.EveryChain.Criterion;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the task does not need loses its share of the stream, the paper's reading of the fall.
 *
 * <pre>
 *   φ(l) = V_other(l) / (V_other(l) + V_relevant(l)),   φ(last) < φ(first) in every seed of every chain
 * </pre>
 *
 * <p>Symbols: V_relevant the variance of representation l, masked positions, inside the span of the
 * Bayes log-posterior; V_other that outside. Variances themselves say nothing: a stream that is not
 * normalised grows, also untrained, so their growth is shown and not judged. Source: our reading of
 * arXiv:2606.10324, after X4 of the rank-collapse specification. Judged as {@link EveryChain} is.
 */
final class IrrelevantIntegratedOut implements Claim {
  private final EveryChain share =
      new EveryChain(
          "rank-collapse/irrelevant-integrated-out",
          "What the task does not need is integrated out over depth: outside the span of the Bayes log-posterior its share of"
              + " the variance shrinks along the trained residual stream, whatever the chain.",
          Wordings.PAPER
              + "the fall is to be read as irrelevant modes being integrated out; the share is judged because the variance itself"
              + " grows in untrained networks too, and there is no bound but that it shrinks"
              + Wordings.OURS,
          ChainCells::dependent,
          StreamClaims.FEWEST_CHAINS,
          new Criterion(
              "the change of the share of variance outside the task's span",
              cell -> shrinkage(cell).mean(),
              cell -> Word.of(shrinkage(cell).most() < 0, shrinkage(cell).mean()),
              View.MASKED,
              Set.of(
                  TASK_RANK,
                  CAPTURED,
                  COLLAPSE,
                  OTHER_SHARE_FIRST,
                  OTHER_SHARE_LAST,
                  OTHER_GROWTH,
                  UNTRAINED_OTHER_GROWTH,
                  RELEVANT_GROWTH)),
          List.of(),
          Outcome.FAILS);

  private static SeedMean shrinkage(ChainCell cell) {
    return SeedMean.ofDifferences(cell.otherShare(false), cell.otherShare(true));
  }

  @Override
  public String id() {
    return share.id();
  }

  @Override
  public String statement() {
    return share.statement();
  }

  @Override
  public String source() {
    return share.source();
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return share.appliesTo(readings);
  }

  @Override
  public Verdict judge(Readings readings) {
    Verdict verdict = share.judge(readings);
    List<double[]> growths =
        ChainCells.chains(readings).stream()
            .filter(cell -> Gate.of(cell) == Word.MEASURED)
            .map(cell -> cell.growth(ChainCell.OTHER))
            .toList();
    Map<String, Object> evidence = new LinkedHashMap<>(verdict.evidence());
    evidence.put(
        "networks whose other variance grows",
        growths.stream().flatMapToDouble(Arrays::stream).filter(growth -> growth > 1).count());
    evidence.put(
        "networks whose other variance was read",
        growths.stream().flatMapToDouble(Arrays::stream).filter(Double::isFinite).count());
    return new Verdict(
        id(), verdict.outcome(), verdict.sentence(), verdict.expected(), evidence, source());
  }
}
