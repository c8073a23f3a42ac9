package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.Phase;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * With little noise the deep layers of a nonlinear network carry more of the load, with much noise
 * the shallow ones.
 *
 * <p>Criterion: in every row of strongly nonlinear networks (slope at most 0.5; a weaker
 * nonlinearity leaves no concave phase, which is the claim {@link ChainSigns} on the boundary) the
 * cell of the least noise is CONCAVE and that of the most noise CONVEX (see {@link CurvePhase}). A
 * row whose ends are the other way round at either end fails it; an end without a decided phase
 * leaves it undecided. Null: the same rows of the untrained networks, which must have been measured
 * and must not show the pattern too.
 *
 * @param measure what the loads are read from
 */
public record ConcaveThenConvex(LoadMeasure measure, Outcome documented) implements Claim {
  @Override
  public String id() {
    return measure.id("concave-then-convex");
  }

  @Override
  public String statement() {
    return "Load curves of strongly nonlinear networks are concave at low noise and convex at high noise, by the %s."
        .formatted(measure.words());
  }

  @Override
  public String source() {
    return "arXiv:2407.19353 (abstract and public phase diagrams, where the phase is read by eye); the criterion with its intervals is Fathom's";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return measure.diagram(readings).stream()
        .flatMap(diagram -> Row.all(diagram).stream())
        .anyMatch(row -> row.columns() > 1);
  }

  @Override
  public Verdict judge(Readings readings) {
    PhaseDiagram trained = measure.diagram(readings).orElseThrow();
    List<Row> rows = Row.all(trained);
    List<Row> untrained =
        PhaseDiagram.untrained(readings, measure.quantity()).stream()
            .flatMap(diagram -> Row.all(diagram).stream())
            .toList();
    long agreeing = rows.stream().filter(Row::agrees).count();
    long opposed = rows.stream().filter(Row::opposes).count();
    long nullAgreeing = untrained.stream().filter(Row::agrees).count();
    Outcome outcome = Outcome.UNDECIDED;
    if (opposed > 0) {
      outcome = Outcome.FAILS;
    } else if (agreeing == rows.size() && nullAgreeing == 0 && measure.hasNull(readings)) {
      outcome = Outcome.HOLDS;
    }
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("rows", (long) rows.size());
    evidence.put("rows_agreeing", agreeing);
    evidence.put("rows_opposed", opposed);
    evidence.put("rows_agreeing_null", nullAgreeing);
    List<String> words = new ArrayList<>();
    for (Row row : rows) {
      evidence.put("phases_" + row.name(), word(row.least.phase()) + ", " + word(row.most.phase()));
      words.add(row.sentence());
    }
    String sentence =
        "From the least noise to the most, %d of %d rows go from concave to convex, %d of the untrained ones: %s."
            .formatted(agreeing, rows.size(), nullAgreeing, String.join("; ", words));
    return new Verdict(id(), outcome, sentence, documented, evidence, source());
  }

  private static String word(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /** The ends of one row. */
  private record Row(double slope, int columns, CurvePhase least, CurvePhase most) {

    static List<Row> all(PhaseDiagram diagram) {
      return LoadMeasure.stronglyNonlinear(diagram).stream().map(Row::of).toList();
    }

    private static Row of(List<PhaseDiagram.Cell> cells) {
      PhaseDiagram.Cell first = cells.getFirst();
      return new Row(first.slope(), cells.size(), first.phase(), cells.getLast().phase());
    }

    boolean agrees() {
      return least.phase() == Phase.CONCAVE && most.phase() == Phase.CONVEX;
    }

    boolean opposes() {
      return least.phase() == Phase.CONVEX || most.phase() == Phase.CONCAVE;
    }

    String name() {
      return Double.isNaN(slope) ? "row" : "slope_" + slope;
    }

    String sentence() {
      String name = Double.isNaN(slope) ? "" : "slope " + slope + " ";
      return name + words(least) + " to " + words(most);
    }

    private static String words(CurvePhase end) {
      double q = end.relativeTilt();
      return word(end.phase())
          + (Double.isNaN(q) ? "" : String.format(Locale.ROOT, " (q %.2f)", q));
    }
  }
}
