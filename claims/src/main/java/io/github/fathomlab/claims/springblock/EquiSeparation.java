package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.LoadStatistics;
import io.github.fathomlab.springblock.Phase;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The law of data separation: in a well trained network every layer separates the classes by the
 * same factor.
 *
 * <p>Criterion: in every row of nonlinear networks take the cell of the best accuracy; the Pearson
 * correlation of log D_l with depth l, averaged over seeds, is at most -0.98 there. One row above
 * -0.95 fails it. Null: the mean correlation of the nonlinear networks before training. A bent
 * curve is highly correlated with depth too, so the correlation of the bent cells is shown beside
 * it, and the phase of the chosen cells: where those are not LINEAR, the factor is equal only as
 * far as r can tell.
 */
public record EquiSeparation(Outcome documented) implements Claim {
  private static final LoadMeasure MEASURE = LoadMeasure.LOG;
  private static final double STRAIGHT = -0.98;
  private static final double BENT = -0.95;

  @Override
  public String id() {
    return "spring-block/equi-separation";
  }

  @Override
  public String statement() {
    return "In the best trained nonlinear networks the logarithm of the separation falls linearly with depth.";
  }

  @Override
  public String source() {
    return "arXiv:2210.17020 (law of data separation); the choice of the cells and the bounds are Fathom's";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return MEASURE.diagram(readings).stream()
        .flatMap(diagram -> LoadMeasure.nonlinear(diagram).stream())
        .anyMatch(row -> best(row).isPresent());
  }

  private static Optional<PhaseDiagram.Cell> best(List<PhaseDiagram.Cell> row) {
    return row.stream()
        .filter(cell -> Double.isFinite(cell.accuracy()))
        .max(Comparator.comparingDouble(PhaseDiagram.Cell::accuracy));
  }

  private static double correlation(PhaseDiagram.Cell cell) {
    return cell.curves().stream()
        .map(curve -> curve.statistics(true))
        .mapToDouble(LoadStatistics::correlation)
        .average()
        .orElse(Double.NaN);
  }

  @Override
  public Verdict judge(Readings readings) {
    PhaseDiagram diagram = MEASURE.diagram(readings).orElseThrow();
    List<PhaseDiagram.Cell> best =
        LoadMeasure.nonlinear(diagram).stream().flatMap(row -> best(row).stream()).toList();
    double weakest = best.stream().mapToDouble(EquiSeparation::correlation).max().orElseThrow();
    double untrained =
        PhaseDiagram.untrained(readings, MEASURE.quantity()).stream()
            .flatMap(same -> LoadMeasure.nonlinear(same).stream())
            .flatMap(List::stream)
            .mapToDouble(EquiSeparation::correlation)
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    double bent =
        LoadMeasure.nonlinear(diagram).stream()
            .flatMap(List::stream)
            .filter(cell -> cell.phase().phase() == Phase.CONCAVE)
            .mapToDouble(EquiSeparation::correlation)
            .average()
            .orElse(Double.NaN);
    long linear = best.stream().filter(cell -> cell.phase().phase() == Phase.LINEAR).count();
    boolean usable = best.stream().flatMap(cell -> cell.curves().stream()).allMatch(usable());
    Outcome outcome = Outcome.UNDECIDED;
    if (weakest > BENT) {
      outcome = Outcome.FAILS;
    } else if (usable && weakest <= STRAIGHT && untrained > STRAIGHT) {
      outcome = Outcome.HOLDS;
    }
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("rows", (long) best.size());
    put(evidence, "weakest_correlation", weakest);
    put(evidence, "correlation_untrained", untrained);
    put(evidence, "correlation_of_concave_cells", bent);
    evidence.put("rows_with_a_linear_curve", linear);
    String sentence =
        String.format(
            Locale.ROOT,
            "At the best accuracy of each of %d rows log D correlates with depth to at most %s (untrained %s; concave cells, which are bent, %s), and %d of these curves are linear by their loads.",
            best.size(),
            words("%.4f", weakest, "nothing measured"),
            words("%.3f", untrained, "not measured"),
            words("still %.3f", bent, "none"),
            linear);
    return new Verdict(id(), outcome, sentence, documented, evidence, source());
  }

  private static String words(String format, double value, String missing) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : missing;
  }

  private static Predicate<LoadCurve> usable() {
    return curve -> curve.status() == Status.OK;
  }

  private static void put(Map<String, Object> evidence, String key, double value) {
    if (Double.isFinite(value)) {
      evidence.put(key, value);
    }
  }
}
