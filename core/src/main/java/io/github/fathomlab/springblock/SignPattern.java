package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What the chain of blocks predicts of the signs in a measured phase diagram, held against them.
 *
 * <pre>
 *   falls      s_{j+1} - s_j &lt; 0 for neighbouring noises j of each row
 *   oneChange  the sign of s changes at most once along each row
 *   moves      the noise at which s = 0 rises as the slope of the activation falls
 * </pre>
 *
 * <p>Symbols: s the mean tilt of a cell. Source: arXiv:2407.19353 draws both diagrams; these three
 * predictions and their criteria are our derivation. A step and a difference of zeros within two
 * standard errors is a tie and counts for neither side; a sign counts when the 95 % interval of at
 * least three replicas excludes zero. Cells without usable loads are left out. Validity: cells that
 * are independent of each other; at two standard errors about one step in twenty rises by chance,
 * which is why one rise in ten is allowed. The chain keeps the first prediction only while its pull
 * stretches all springs (y &gt; N (N+1) μ_R / 2k); under more friction the noise first sets the
 * other springs free, and s rises before it falls. Cost: O(cells + rows²).
 *
 * @param rows per row of the diagram
 * @param falls whether the tilt falls with noise
 * @param oneChange whether its sign changes at most once
 * @param moves whether the zero moves to more noise for more nonlinear networks
 */
public record SignPattern(
    List<Row> rows, Prediction falls, Prediction oneChange, Prediction moves) {
  private static final double ERRORS = 2;
  private static final double RISES_ALLOWED = 0.1;

  /**
   * One row.
   *
   * @param slope of the activation; empty when the sweep has no such axis
   * @param falls neighbouring steps in which the tilt falls
   * @param rises in which it rises
   * @param ties in which it does neither within two standard errors
   * @param decided cells with a decided sign
   * @param changes of the decided sign along the row
   * @param unusable cells left out
   * @param zero where the tilt falls through zero
   * @param bounds the zero in the coordinate of {@link TiltZero}, in which more is noisier
   */
  public record Row(
      OptionalDouble slope,
      int falls,
      int rises,
      int ties,
      int decided,
      int changes,
      int unusable,
      Optional<TiltZero> zero,
      Bounds bounds) {}

  /**
   * What a row says of the place of its zero; infinite on a side that was not measured.
   *
   * @param low at least, two standard errors of the zero or the last concave cell
   * @param high at most, two standard errors of the zero or the first convex cell
   */
  public record Bounds(double low, double high) {}

  /**
   * How one prediction fares.
   *
   * @param outcome the word
   * @param agreeing observations for it
   * @param against observations against it
   * @param sentence with the numbers
   */
  public record Prediction(Outcome outcome, int agreeing, int against, String sentence) {}

  /** The pattern of a diagram. */
  public static SignPattern of(PhaseDiagram diagram) {
    List<Row> rows =
        IntStream.range(0, diagram.rows().size()).mapToObj(r -> row(diagram, r)).toList();
    return new SignPattern(rows, falls(rows), oneChange(rows), moves(rows));
  }

  private static Row row(PhaseDiagram diagram, int index) {
    TiltRow tilts = new TiltRow(diagram, index);
    List<PhaseDiagram.Cell> cells = tilts.cells();
    int[] steps = new int[3];
    for (int j = 0; j + 1 < cells.size(); j++) {
      CurvePhase from = cells.get(j).phase();
      CurvePhase to = cells.get(j + 1).phase();
      double error = Math.hypot(from.tiltError(), to.tiltError());
      steps[1 + compare(to.tilt() - from.tilt(), ERRORS * error)]++;
    }
    List<Integer> signs = cells.stream().map(TiltRow::sign).filter(sign -> sign != 0).toList();
    int changes = 0;
    for (int j = 0; j + 1 < signs.size(); j++) {
      changes += signs.get(j).equals(signs.get(j + 1)) ? 0 : 1;
    }
    double slope = diagram.rows().get(index).getFirst().slope();
    return new Row(
        Double.isNaN(slope) ? OptionalDouble.empty() : OptionalDouble.of(slope),
        steps[0],
        steps[2],
        steps[1],
        signs.size(),
        changes,
        tilts.unusable(),
        tilts.zero(),
        bounds(tilts));
  }

  private static int compare(double difference, double tolerance) {
    return Math.abs(difference) <= tolerance ? 0 : difference > 0 ? 1 : -1;
  }

  private static Bounds bounds(TiltRow tilts) {
    Optional<TiltZero> zero = tilts.zero();
    if (zero.isPresent()) {
      double error = ERRORS * zero.get().error();
      return new Bounds(zero.get().coordinate() - error, zero.get().coordinate() + error);
    }
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    List<PhaseDiagram.Cell> cells = tilts.cells();
    if (!cells.isEmpty() && TiltRow.sign(cells.getLast()) > 0) {
      low = tilts.coordinate(cells.getLast().noise());
    } else if (!cells.isEmpty() && TiltRow.sign(cells.getFirst()) < 0) {
      high = tilts.coordinate(cells.getFirst().noise());
    }
    return new Bounds(low, high);
  }

  private static Prediction falls(List<Row> rows) {
    int falls = rows.stream().mapToInt(Row::falls).sum();
    int rises = rows.stream().mapToInt(Row::rises).sum();
    int ties = rows.stream().mapToInt(Row::ties).sum();
    boolean holds = falls > 0 && rises <= RISES_ALLOWED * (falls + rises);
    Outcome outcome =
        holds ? Outcome.HOLDS : rises > 0 && rises >= falls ? Outcome.FAILS : Outcome.UNDECIDED;
    return new Prediction(
        outcome,
        falls,
        rises,
        "the tilt falls in %d neighbouring steps of noise, rises in %d and does neither within two standard errors in %d"
            .formatted(falls, rises, ties));
  }

  private static Prediction oneChange(List<Row> rows) {
    int told = (int) rows.stream().filter(row -> row.decided() >= 2).count();
    int against = (int) rows.stream().filter(row -> row.changes() > 1).count();
    Outcome outcome = against > 0 ? Outcome.FAILS : told > 0 ? Outcome.HOLDS : Outcome.UNDECIDED;
    return new Prediction(
        outcome,
        told - against,
        against,
        "the sign of the tilt changes at most once in %d of the %d rows with at least two decided signs"
            .formatted(told - against, told));
  }

  /** Every pair of rows, the more nonlinear one first. */
  private static Prediction moves(List<Row> rows) {
    int agreeing = 0;
    int against = 0;
    List<String> places = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row bent = rows.get(i);
      places.add(place(bent));
      for (Row straight : rows.subList(i + 1, rows.size())) {
        int order = order(bent, straight);
        agreeing += order > 0 ? 1 : 0;
        against += order < 0 ? 1 : 0;
      }
    }
    Outcome outcome =
        agreeing + against == 0 || (against > 0 && agreeing > against)
            ? Outcome.UNDECIDED
            : against > 0 ? Outcome.FAILS : Outcome.HOLDS;
    return new Prediction(
        outcome,
        agreeing,
        against,
        "of the pairs of rows %d have their zero at more noise in the more nonlinear row and %d at less (%s)"
            .formatted(agreeing, against, String.join(", ", places)));
  }

  private static int order(Row bent, Row straight) {
    if (bent.zero().isPresent() && straight.zero().isPresent()) {
      TiltZero a = bent.zero().get();
      TiltZero b = straight.zero().get();
      return compare(a.coordinate() - b.coordinate(), ERRORS * Math.hypot(a.error(), b.error()));
    }
    if (bent.bounds().low() >= straight.bounds().high()) {
      return 1;
    }
    return bent.bounds().high() <= straight.bounds().low() ? -1 : 0;
  }

  private static String place(Row row) {
    String slope =
        row.slope().isPresent() ? "slope " + TiltRow.number(row.slope().getAsDouble()) + ": " : "";
    if (row.zero().isPresent()) {
      return slope + TiltRow.number(row.zero().get().noise());
    }
    boolean above = Double.isFinite(row.bounds().low());
    boolean below = Double.isFinite(row.bounds().high());
    return slope + (above ? "beyond the most noise" : below ? "below the least noise" : "unknown");
  }
}
