package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.CellEvidence;
import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
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
 * Training selects the scaling sector: a thermometer of Gaussian chains leaves the leading one.
 *
 * <p>Criterion: in every cell the output's correlation falls from block to block by φ^(2b), within
 * {@value #TOLERANCE} (root mean square over seeds), and the first sector is below {@value #SHARE}
 * of ρ_1 in every seed; gate: excess loss below {@value #GATE} nats. Null: untrained networks,
 * which fall by φ^b; control: shuffled labels.
 */
final class SectorSwitch implements Claim {
  static final double TOLERANCE = 0.03;
  static final double SHARE = 0.01;
  static final double GATE = 0.005;
  private static final String RATIO = "coupling.lag_ratio";

  @Override
  public String id() {
    return "renormalization/sector-switch";
  }

  @Override
  public String statement() {
    return "A network trained as a thermometer of Gaussian chains has an output that falls by phi^(2b) from block to block, the"
        + " second scaling sector, where an untrained one falls by phi^b, the first.";
  }

  @Override
  public String source() {
    return "arXiv:2606.00157 speaks of fixed points of continuous fields (abstract); the sectors, that the optimum is even, and"
        + " this test are Fathom's";
  }

  private static List<Cell> cells(Readings readings) {
    return CellKinds.cells(readings).stream()
        .filter(CellKinds.trained("thermometer", "gaussian"))
        .filter(cell -> cell.seeds() > 1)
        .toList();
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !cells(readings).isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Cell> cells = cells(readings);
    Criterion criterion = new Criterion(TOLERANCE, GATE, false, cells.size());
    Map<String, Object> evidence = new LinkedHashMap<>();
    List<Word> words = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (Cell cell : cells) {
      double even = Math.pow(CellKinds.decimated(cell), 2);
      SeedVerdict verdict =
          SeedVerdict.of(
              criterion,
              SeedEvidence.from(even, cell.trained(RATIO)),
              SeedEvidence.from(even, cell.untrained(RATIO)),
              cell.trained("coupling.excess"));
      SeedEvidence.put(evidence, cell.label() + ": rho_2/rho_1", even, criterion, verdict);
      double share = largestShare(cell);
      CellEvidence.finite(evidence, "largest share of the first sector, " + cell.label(), share);
      double rho = Arrays.stream(cell.trained("coupling.correlation")).average().orElse(Double.NaN);
      CellEvidence.finite(evidence, "mean rho, " + cell.label(), rho);
      CellEvidence.finite(
          evidence, "rho of the optimum, " + cell.label(), cell.exact("coupling.prediction"));
      words.add(
          verdict.word() != Word.NOT_CONVERGED && !(share < SHARE) ? Word.FAIL : verdict.word());
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s: rho_2/rho_1 is %.3f (second sector %.3f, first %.3f; untrained off by %.3f), first sector at most %.2f %% of"
                  + " rho_1 = %.4f (optimum %.4f)",
              cell.label(),
              even + verdict.meanDeviation(),
              even,
              CellKinds.decimated(cell),
              verdict.nullRms(),
              100 * share,
              rho,
              cell.exact("coupling.prediction")));
    }
    controls(readings, evidence);
    Outcome outcome =
        words.contains(Word.FAIL)
            ? Outcome.FAILS
            : words.stream().allMatch(word -> word == Word.PASS)
                ? Outcome.HOLDS
                : Outcome.UNDECIDED;
    return new Verdict(
        id(), outcome, String.join("; ", sentences) + ".", Outcome.HOLDS, evidence, source());
  }

  private static double largestShare(Cell cell) {
    double[] first = cell.trained("coupling.sector", 1);
    double[] rho = cell.trained("coupling.correlation");
    double largest = 0;
    for (int s = 0; s < rho.length; s++) {
      largest = Math.max(largest, Math.abs(first[s] / rho[s]));
    }
    return largest;
  }

  private static void controls(Readings readings, Map<String, Object> evidence) {
    for (Cell cell : CellKinds.cells(readings)) {
      if (CellKinds.shuffled(cell)
          && cell.word("coupling.law").equals("gaussian")
          && cell.word("coupling.task").equals("thermometer")) {
        Arrays.stream(cell.trained(RATIO))
            .average()
            .ifPresent(mean ->
                CellEvidence.finite(evidence, "control, mean ratio, " + cell.label(), mean));
      }
    }
  }
}
