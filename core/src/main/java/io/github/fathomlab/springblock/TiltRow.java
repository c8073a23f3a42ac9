package io.github.fathomlab.springblock;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cells of one row of a phase diagram whose tilt has a meaning and an error. */
final class TiltRow {
  private static final double ERRORS = 2;

  private final PhaseDiagram diagram;
  private final List<PhaseDiagram.Cell> all;
  private final List<PhaseDiagram.Cell> cells;

  TiltRow(PhaseDiagram diagram, int row) {
    if (row < 0 || row >= diagram.rows().size()) {
      throw new IllegalArgumentException(
          "expected a row of the diagram, 0 to %d, found %d"
              .formatted(diagram.rows().size() - 1, row));
    }
    this.diagram = diagram;
    all = diagram.rows().get(row);
    cells = all.stream().filter(TiltRow::isUsable).toList();
  }

  private static boolean isUsable(PhaseDiagram.Cell cell) {
    CurvePhase phase = cell.phase();
    return phase.phase() != Phase.UNDEFINED
        && Double.isFinite(phase.tilt())
        && Double.isFinite(phase.tiltError());
  }

  /** Three digits for people. */
  static String number(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  /** From the least noise to the most. */
  List<PhaseDiagram.Cell> cells() {
    return cells;
  }

  /** Cells left out. */
  int unusable() {
    return all.size() - cells.size();
  }

  /** 1 or -1 when at least three replicas put the tilt on one side of zero, else 0. */
  static int sign(PhaseDiagram.Cell cell) {
    CurvePhase phase = cell.phase();
    if (phase.replicas() < CurvePhase.FEWEST_REPLICAS) {
      return 0;
    }
    return phase.tiltLow() > 0 ? 1 : phase.tiltHigh() < 0 ? -1 : 0;
  }

  private boolean isLogarithmic() {
    String key = diagram.noise().key();
    return key.equals(PhaseDiagram.BATCH) || key.endsWith("learning_rate");
  }

  /** The coordinate of a noise in which the secant is drawn; more is noisier. */
  double coordinate(double noise) {
    double strength = diagram.strength(noise);
    return isLogarithmic() ? Math.log(strength) : strength;
  }

  /** The noise of a coordinate, in the units of the axis. */
  double noise(double coordinate) {
    double strength = isLogarithmic() ? Math.exp(coordinate) : coordinate;
    return diagram.noise().key().equals(PhaseDiagram.BATCH) ? 1 / strength : strength;
  }

  /**
   * Where the tilt falls through zero; of several places the one whose tilts are decided best, then
   * that of the least noise.
   */
  Optional<TiltZero> zero() {
    List<TiltZero> zeros = new ArrayList<>();
    int most = -1;
    int best = 0;
    int crossings = 0;
    for (int i = 0; i + 1 < cells.size(); i++) {
      double before = cells.get(i).phase().tilt();
      double after = cells.get(i + 1).phase().tilt();
      crossings += before > 0 && after <= 0 ? 1 : 0;
    }
    for (int i = 0; i + 1 < cells.size(); i++) {
      PhaseDiagram.Cell from = cells.get(i);
      PhaseDiagram.Cell to = cells.get(i + 1);
      if (from.phase().tilt() > 0 && to.phase().tilt() <= 0) {
        int decided = sign(from) - sign(to);
        if (decided > most) {
          most = decided;
          best = zeros.size();
        }
        zeros.add(secant(from, to, decided == 2, crossings));
      }
    }
    return zeros.isEmpty() ? Optional.empty() : Optional.of(zeros.get(best));
  }

  private TiltZero secant(
      PhaseDiagram.Cell from, PhaseDiagram.Cell to, boolean decided, int crossings) {
    double a = coordinate(from.noise());
    double b = coordinate(to.noise());
    double before = from.phase().tilt();
    double after = to.phase().tilt();
    double fall = before - after;
    double zero = a + (b - a) * before / fall;
    double error =
        (b - a)
            / (fall * fall)
            * Math.hypot(after * from.phase().tiltError(), before * to.phase().tiltError());
    double least = decided ? a : coordinate(cells.getFirst().noise());
    double most = decided ? b : coordinate(cells.getLast().noise());
    return new TiltZero(
        noise(zero),
        noise(Math.max(least, zero - ERRORS * error)),
        noise(Math.min(most, zero + ERRORS * error)),
        from,
        to,
        zero,
        error,
        decided,
        crossings);
  }
}
