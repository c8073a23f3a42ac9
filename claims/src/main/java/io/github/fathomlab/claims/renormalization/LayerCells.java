package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.renormalization.block.SeedVerdict;
import io.github.fathomlab.renormalization.block.SeedVerdict.Criterion;
import io.github.fathomlab.renormalization.block.SeedVerdict.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Couplings of single layers held against a number each, for claims that every layer renormalizes.
 *
 * <p>There is no gate: no theorem speaks of these layers, and the claims are about networks as they
 * are. One layer that misses its number fails the claim.
 */
final class LayerCells {
  private final Criterion criterion;
  private final Map<String, Object> evidence = new LinkedHashMap<>();
  private final List<String> missed = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private int unread;

  LayerCells(double tolerance) {
    criterion = new Criterion(tolerance, Double.MAX_VALUE);
  }

  void judge(Cell cell, String quantity, int layer, String name, double prediction) {
    double[] trained = from(prediction, cell.trained(quantity, layer));
    double[] untrained = from(prediction, cell.untrained(quantity, layer));
    unread += cell.seeds() - trained.length;
    if (trained.length < 2 || untrained.length < 2 || !Double.isFinite(prediction)) {
      return;
    }
    SeedVerdict verdict = SeedVerdict.of(criterion, trained, untrained, new double[trained.length]);
    SeedEvidence.put(evidence, cell.label() + ": " + name, prediction, criterion, verdict);
    words.add(verdict.word());
    if (verdict.word() == Word.FAIL) {
      missed.add(
          String.format(
              Locale.ROOT,
              "%s, %s %.3f instead of %.3f",
              cell.label(),
              name,
              prediction + verdict.meanDeviation(),
              prediction));
    }
  }

  /** Of the seeds that gave a number and not only a bound, as redundant units do. */
  private static double[] from(double prediction, double[] values) {
    return Arrays.stream(values)
        .filter(Double::isFinite)
        .map(value -> value - prediction)
        .toArray();
  }

  Verdict verdict(Claim claim) {
    evidence.put("networks and layers without a number", (long) unread);
    Outcome outcome =
        !missed.isEmpty()
            ? Outcome.FAILS
            : unread == 0 && !words.isEmpty() && words.stream().allMatch(word -> word == Word.PASS)
                ? Outcome.HOLDS
                : Outcome.UNDECIDED;
    String sentence =
        switch (outcome) {
          case FAILS ->
              "%d of %d layers miss their number: %s."
                  .formatted(missed.size(), words.size(), String.join("; ", missed));
          case HOLDS -> "All %d layers have their number.".formatted(words.size());
          case UNDECIDED ->
              "The layers cannot be judged: at least %d seeds of layers that were read are needed."
                  .formatted(SeedVerdict.FEWEST_SEEDS);
        };
    return new Verdict(claim.id(), outcome, sentence, Outcome.FAILS, evidence, claim.source());
  }
}
