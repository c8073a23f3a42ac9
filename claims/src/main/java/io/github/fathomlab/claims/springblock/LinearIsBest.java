package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Networks whose layers share the load equally generalise best.
 *
 * <p>Criterion, in every row of nonlinear networks: the cell with the smallest relative tilt |q|
 * has a mean accuracy within one point of the best cell of the row, and is better than the cell of
 * the least noise by two standard errors. A row whose straightest cell is more than one point and
 * two standard errors below its best fails the claim. Null: the distance to the best of a cell
 * drawn from the row at random; the claim says something only where that is larger than one point.
 *
 * @param measure what the loads are read from
 */
public record LinearIsBest(LoadMeasure measure, Outcome documented) implements Claim {
  private static final double POINT = 0.01;
  private static final double ERRORS = 2;

  @Override
  public String id() {
    return measure.id("linear-is-best");
  }

  @Override
  public String statement() {
    return "Of the networks of one nonlinearity those with equal loads generalise best, by the %s."
        .formatted(measure.words());
  }

  @Override
  public String source() {
    return "arXiv:2407.19353 (abstract: the distribution of learning over layers and generalisation); the criterion and its null are Fathom's";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return measure.diagram(readings).stream()
        .flatMap(diagram -> LoadMeasure.nonlinear(diagram).stream())
        .anyMatch(row -> Row.measured(row).size() > 1);
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Row> rows =
        LoadMeasure.nonlinear(measure.diagram(readings).orElseThrow()).stream()
            .filter(row -> Row.measured(row).size() > 1)
            .map(Row::of)
            .toList();
    long agreeing = rows.stream().filter(Row::agrees).count();
    long opposed = rows.stream().filter(Row::opposes).count();
    double farthest = rows.stream().mapToDouble(Row::gap).max().orElseThrow();
    double chance = rows.stream().mapToDouble(Row::chance).average().orElseThrow();
    Outcome outcome = Outcome.UNDECIDED;
    if (opposed > 0) {
      outcome = Outcome.FAILS;
    } else if (agreeing == rows.size() && chance > POINT) {
      outcome = Outcome.HOLDS;
    }
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("rows", (long) rows.size());
    evidence.put("rows_agreeing", agreeing);
    evidence.put("rows_opposed", opposed);
    evidence.put("farthest_below_best", farthest);
    evidence.put("below_best_at_random", chance);
    List<String> words = new ArrayList<>();
    for (Row row : rows) {
      words.add(row.sentence());
    }
    String sentence =
        String.format(
            Locale.ROOT,
            "The straightest load curve lies at most %.2f points below the best accuracy of its row, a random cell %.2f (%s).",
            100 * farthest,
            100 * chance,
            String.join("; ", words));
    return new Verdict(id(), outcome, sentence, documented, evidence, source());
  }

  /**
   * One row.
   *
   * @param chance mean distance of its cells to the best
   */
  private record Row(
      PhaseDiagram.Cell least,
      PhaseDiagram.Cell straightest,
      PhaseDiagram.Cell best,
      double chance) {

    /** Cells with loads and an accuracy. */
    static List<PhaseDiagram.Cell> measured(List<PhaseDiagram.Cell> cells) {
      return cells.stream()
          .filter(cell -> Double.isFinite(cell.phase().relativeTilt()))
          .filter(cell -> Double.isFinite(cell.accuracyError()))
          .toList();
    }

    static Row of(List<PhaseDiagram.Cell> all) {
      List<PhaseDiagram.Cell> cells = measured(all);
      PhaseDiagram.Cell best = cells.getFirst();
      PhaseDiagram.Cell straightest = best;
      double sum = 0;
      for (PhaseDiagram.Cell cell : cells) {
        best = cell.accuracy() > best.accuracy() ? cell : best;
        straightest = bend(cell) < bend(straightest) ? cell : straightest;
        sum += cell.accuracy();
      }
      return new Row(cells.getFirst(), straightest, best, best.accuracy() - sum / cells.size());
    }

    private static double bend(PhaseDiagram.Cell cell) {
      CurvePhase phase = cell.phase();
      return Math.abs(phase.relativeTilt());
    }

    double gap() {
      return best.accuracy() - straightest.accuracy();
    }

    boolean agrees() {
      double gain = straightest.accuracy() - least.accuracy();
      return gap() <= POINT && gain > ERRORS * error(straightest, least);
    }

    boolean opposes() {
      return gap() > POINT && gap() > ERRORS * error(best, straightest);
    }

    private static double error(PhaseDiagram.Cell one, PhaseDiagram.Cell other) {
      return Math.hypot(one.accuracyError(), other.accuracyError());
    }

    String sentence() {
      return String.format(
          Locale.ROOT,
          "%sstraightest at %s with %.2f %%, best at %s with %.2f %%, least noise %.2f %%",
          Double.isNaN(least.slope()) ? "" : "slope " + least.slope() + ": ",
          straightest.noise(),
          100 * straightest.accuracy(),
          best.noise(),
          100 * best.accuracy(),
          100 * least.accuracy());
    }
  }
}
