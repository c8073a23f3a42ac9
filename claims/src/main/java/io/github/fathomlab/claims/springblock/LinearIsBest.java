package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.PhaseDiagram;
import io.github.fathomlab.springblock.SignPattern;
import io.github.fathomlab.springblock.TiltZero;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Networks whose layers share the load equally generalise best.
 *
 * <p>Criterion, in every row of nonlinear networks whose tilt falls through zero: the accuracy
 * where it does, on the line between the two cells of the bracket (see {@link TiltZero}), is within
 * one point of the best cell of the row and above the cell of the least noise by two standard
 * errors. A row in which it is more than one point and two standard errors below the best fails the
 * claim. Null: the distance to the best of a cell drawn from the row at random; it has to be
 * larger.
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
    return !rows(readings).isEmpty();
  }

  private List<Row> rows(Readings readings) {
    List<Row> rows = new ArrayList<>();
    for (PhaseDiagram diagram : measure.diagram(readings).stream().toList()) {
      List<SignPattern.Row> signs = SignPattern.of(diagram).rows();
      for (int i = 0; i < signs.size(); i++) {
        List<PhaseDiagram.Cell> cells = diagram.rows().get(i);
        Optional<TiltZero> zero = signs.get(i).zero();
        if (zero.isPresent() && cells.getFirst().slope() != 1) {
          Row.of(zero.get(), cells).ifPresent(rows::add);
        }
      }
    }
    return rows;
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Row> rows = rows(readings);
    long agreeing = rows.stream().filter(Row::agrees).count();
    long opposed = rows.stream().filter(Row::opposes).count();
    double farthest = rows.stream().mapToDouble(Row::gap).max().orElseThrow();
    double mean = rows.stream().mapToDouble(Row::gap).average().orElseThrow();
    double chance = rows.stream().mapToDouble(Row::chance).average().orElseThrow();
    Outcome outcome = Outcome.UNDECIDED;
    if (opposed > 0) {
      outcome = Outcome.FAILS;
    } else if (agreeing == rows.size() && chance > mean) {
      outcome = Outcome.HOLDS;
    }
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("rows", (long) rows.size());
    evidence.put("rows_agreeing", agreeing);
    evidence.put("rows_opposed", opposed);
    evidence.put("farthest_below_best", farthest);
    evidence.put("mean_below_best", mean);
    evidence.put("below_best_at_random", chance);
    String words = String.join("; ", rows.stream().map(Row::sentence).toList());
    String sentence =
        String.format(
            Locale.ROOT,
            "Where the loads are equal the accuracy lies %.2f points below the best of the row in the mean and %.2f at most, that of a random cell %.2f (%s).",
            100 * mean,
            100 * farthest,
            100 * chance,
            words);
    return new Verdict(id(), outcome, sentence, documented, evidence, source());
  }

  /**
   * One row with a zero of the tilt.
   *
   * @param slope of the activation, NaN when there is no such axis
   * @param noise where the tilt vanishes
   * @param accuracy there
   * @param error standard error of that accuracy
   * @param least cell of the least noise
   * @param best cell of the best accuracy
   * @param chance mean distance of the row's cells to the best
   */
  private record Row(
      double slope,
      double noise,
      double accuracy,
      double error,
      PhaseDiagram.Cell least,
      PhaseDiagram.Cell best,
      double chance) {

    /** Empty where accuracies are missing. */
    static Optional<Row> of(TiltZero zero, List<PhaseDiagram.Cell> cells) {
      List<PhaseDiagram.Cell> scored =
          cells.stream().filter(cell -> Double.isFinite(cell.accuracyError())).toList();
      if (!scored.contains(zero.from()) || !scored.contains(zero.to())) {
        return Optional.empty();
      }
      double from = zero.from().phase().tilt();
      double share = from / (from - zero.to().phase().tilt());
      PhaseDiagram.Cell best =
          scored.stream()
              .max(Comparator.comparingDouble(PhaseDiagram.Cell::accuracy))
              .orElseThrow();
      double mean =
          scored.stream().mapToDouble(PhaseDiagram.Cell::accuracy).average().orElseThrow();
      return Optional.of(
          new Row(
              cells.getFirst().slope(),
              zero.noise(),
              (1 - share) * zero.from().accuracy() + share * zero.to().accuracy(),
              Math.hypot(
                  (1 - share) * zero.from().accuracyError(), share * zero.to().accuracyError()),
              scored.getFirst(),
              best,
              best.accuracy() - mean));
    }

    double gap() {
      return best.accuracy() - accuracy;
    }

    boolean agrees() {
      return gap() <= POINT
          && accuracy - least.accuracy() > ERRORS * Math.hypot(error, least.accuracyError());
    }

    boolean opposes() {
      return gap() > POINT && gap() > ERRORS * Math.hypot(error, best.accuracyError());
    }

    String sentence() {
      return String.format(
          Locale.ROOT,
          "%sequal at %.3g with %.2f %%, best at %.3g with %.2f %%, least noise %.2f %%",
          Double.isNaN(slope) ? "" : "slope " + slope + ": ",
          noise,
          100 * accuracy,
          best.noise(),
          100 * best.accuracy(),
          100 * least.accuracy());
    }
  }
}
