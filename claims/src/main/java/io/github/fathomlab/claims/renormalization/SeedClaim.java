package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.renormalization.block.SeedVerdict;
import io.github.fathomlab.renormalization.block.SeedVerdict.Criterion;
import io.github.fathomlab.renormalization.block.SeedVerdict.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A number read from trained networks is the number of the exact optimum, and untrained networks
 * miss it: the rule of {@link SeedVerdict} in every cell of a run or sweep.
 *
 * <p>HOLDS when every cell that reached its optimum passes, more than half of the cells do, and no
 * control comes to the prediction; FAILS when a cell at its optimum misses the prediction;
 * UNDECIDED otherwise. Cells off their optimum are named: the theory does not speak of them.
 * Controls are trainings with targets of other blocks and networks that cannot represent the
 * optimum. A cell whose seeds cannot tell the prediction from another exact rule (decimation,
 * majority, block sum, momentum shell) makes the claim UNDECIDED. The finer word of every cell
 * stands in the evidence.
 *
 * @param id identifier of the claim
 * @param statement in one sentence
 * @param source what is the paper's and what is ours
 * @param measured the quantity read from every network
 * @param predicted the exact number of a cell; NaN where there is none
 * @param cells which cells are judged
 * @param controls which must not come to the prediction
 * @param tolerance τ
 * @param gate bound of the excess over the optimum
 * @param documented the outcome on the documented experiment
 */
record SeedClaim(
    String id,
    String statement,
    String source,
    String measured,
    ToDoubleFunction<Cell> predicted,
    Predicate<Cell> cells,
    Predicate<Cell> controls,
    double tolerance,
    double gate,
    Outcome documented)
    implements Claim {
  private static final int MOST_NAMED = 4;

  /** Rules whose numbers differ by less are the predicted one. */
  private static final double SAME = 1e-9;

  @Override
  public boolean appliesTo(Readings readings) {
    return CellKinds.cells(readings).stream().anyMatch(cells);
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Cell> all = CellKinds.cells(readings);
    List<Cell> judged = all.stream().filter(cells).toList();
    Map<String, Object> evidence = new LinkedHashMap<>();
    Map<String, SeedVerdict> verdicts = new LinkedHashMap<>();
    List<String> alike = new ArrayList<>();
    Criterion criterion = new Criterion(tolerance, gate, true, Math.max(1, judged.size()));
    for (Cell cell : judged) {
      if (cell.seeds() < 2 || Double.isNaN(predicted.applyAsDouble(cell))) {
        return verdict(
            Outcome.UNDECIDED,
            "The claim cannot be judged in cell %s: at least 2 seeds and an exact prediction are needed."
                .formatted(cell.label()),
            evidence);
      }
      SeedVerdict verdict = judge(cell, criterion, excess(cell));
      if (verdict.word() == Word.PASS && anotherRuleFits(cell, verdict)) {
        alike.add(cell.label());
      }
      verdicts.put(cell.label(), verdict);
      SeedEvidence.put(evidence, cell.label(), predicted.applyAsDouble(cell), criterion, verdict);
    }
    List<String> deceived = new ArrayList<>();
    for (Cell cell : all.stream().filter(controls).filter(cell -> cell.seeds() > 1).toList()) {
      Criterion ungated = new Criterion(tolerance, Double.MAX_VALUE);
      SeedVerdict verdict = judge(cell, ungated, new double[cell.seeds()]);
      SeedEvidence.put(
          evidence, "control: " + cell.label(), predicted.applyAsDouble(cell), ungated, verdict);
      if (verdict.word() == Word.PASS) {
        deceived.add(cell.label());
      }
    }
    if (!alike.isEmpty()) {
      evidence.put("another exact rule fits as well in", String.join("; ", alike));
    }
    return verdict(verdicts, deceived, alike, evidence);
  }

  /** Whether the interval of the seeds holds the number of another exact rule too. */
  private boolean anotherRuleFits(Cell cell, SeedVerdict verdict) {
    double prediction = predicted.applyAsDouble(cell);
    return measured.equals("coupling.correlation")
        && cell.named("coupling.rule").values().stream()
            .mapToDouble(rule -> Math.abs(rule - prediction))
            .anyMatch(distance -> distance > SAME && distance <= verdict.equivalenceBound());
  }

  private SeedVerdict judge(Cell cell, Criterion criterion, double[] excess) {
    double prediction = predicted.applyAsDouble(cell);
    return SeedVerdict.of(
        criterion,
        SeedEvidence.from(prediction, cell.trained(measured)),
        SeedEvidence.from(prediction, cell.untrained(measured)),
        excess);
  }

  /** How far every seed is from its optimum; where a subspace was read, by what it misses too. */
  private static double[] excess(Cell cell) {
    double[] excess = cell.trained("coupling.excess");
    double[] overlap = cell.trained("coupling.overlap");
    for (int s = 0; s < excess.length; s++) {
      if (!Double.isNaN(overlap[s])) {
        excess[s] = Math.max(excess[s], 1 - overlap[s]);
      }
    }
    return excess;
  }

  private Verdict verdict(
      Map<String, SeedVerdict> verdicts,
      List<String> deceived,
      List<String> alike,
      Map<String, Object> evidence) {
    String missed = labels(verdicts, Word.FAIL);
    String behind = labels(verdicts, Word.NOT_CONVERGED);
    String untold = labels(verdicts, Word.PASS_NONDISCRIMINATING);
    long passed = verdicts.values().stream().filter(v -> v.word() == Word.PASS).count();
    String off = behind.isEmpty() ? "" : " Not at the optimum, so not judged: " + behind + ".";
    if (!missed.isEmpty()) {
      return verdict(
          Outcome.FAILS,
          "Networks within the gate miss the prediction in " + missed + "." + off,
          evidence);
    }
    if (!untold.isEmpty()) {
      return verdict(
          Outcome.UNDECIDED,
          "The prediction is met, but "
              + (fewSeeds(verdicts)
                  ? "fewer than " + SeedVerdict.FEWEST_SEEDS + " seeds cannot pass: "
                  : "untrained networks meet it as well: ")
              + untold
              + "."
              + off,
          evidence);
    }
    if (!alike.isEmpty()) {
      return verdict(
          Outcome.UNDECIDED,
          "The prediction is met, but another exact rule fits as well in "
              + String.join("; ", alike)
              + "."
              + off,
          evidence);
    }
    if (!deceived.isEmpty()) {
      return verdict(
          Outcome.UNDECIDED,
          "A control comes to the prediction too: " + String.join("; ", deceived) + "." + off,
          evidence);
    }
    if (2 * passed <= verdicts.size()) {
      return verdict(
          Outcome.UNDECIDED,
          "Only %d of %d cells reached the optimum that the prediction speaks of.%s"
              .formatted(passed, verdicts.size(), off),
          evidence);
    }
    return verdict(Outcome.HOLDS, agreement(verdicts) + off, evidence);
  }

  private String agreement(Map<String, SeedVerdict> verdicts) {
    List<SeedVerdict> passed =
        verdicts.values().stream().filter(v -> v.word() == Word.PASS).toList();
    return String.format(
        Locale.ROOT,
        "The prediction is met in %d of %d cells: root mean square deviation at most %.1e (tolerance %.3f), untrained networks"
            + " %.0f times as far and more.",
        passed.size(),
        verdicts.size(),
        passed.stream().mapToDouble(SeedVerdict::rms).max().orElse(Double.NaN),
        tolerance,
        Math.floor(passed.stream().mapToDouble(SeedVerdict::ratio).min().orElse(Double.NaN)));
  }

  private static boolean fewSeeds(Map<String, SeedVerdict> verdicts) {
    return verdicts.values().stream().anyMatch(v -> v.seeds() < SeedVerdict.FEWEST_SEEDS);
  }

  private static String labels(Map<String, SeedVerdict> verdicts, Word word) {
    List<String> labels =
        verdicts.entrySet().stream()
            .filter(entry -> entry.getValue().word() == word)
            .map(Map.Entry::getKey)
            .toList();
    return labels.size() <= MOST_NAMED
        ? String.join("; ", labels)
        : "%s and %d more cells"
            .formatted(
                String.join("; ", labels.subList(0, MOST_NAMED)), labels.size() - MOST_NAMED);
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id, outcome, sentence, documented, evidence, source);
  }
}
