package io.github.fathomlab.report;

import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.Phase;
import io.github.fathomlab.springblock.PhaseDiagram;

/** What hovering over a cell of a phase diagram says: where it lies, its phase, its numbers. */
final class CellTitle {
  private CellTitle() {}

  /**
   * The lines for one cell.
   *
   * @param samples which samples the accuracy was measured on
   */
  static String of(PhaseDiagram diagram, PhaseDiagram.Cell cell, String samples) {
    String place =
        (Double.isNaN(cell.slope()) ? "" : "slope " + Sweep.value(cell.slope()) + ", ")
            + diagram.noise().key()
            + " "
            + Sweep.value(cell.noise());
    int trained = cell.curves().size() + cell.lost();
    String replicas =
        trained == 0
            ? "not trained"
            : cell.curves().size()
                + (cell.curves().size() == 1 ? " replica" : " replicas")
                + (cell.lost() == 0 ? "" : ", " + cell.lost() + " lost (diverged or failed)");
    return place + ": " + sentence(cell) + "\n" + replicas + accuracy(cell, samples);
  }

  private static String sentence(PhaseDiagram.Cell cell) {
    CurvePhase phase = cell.phase();
    if (cell.curves().isEmpty()) {
      return "no curve";
    }
    String reason = phase.reason();
    boolean why = phase.phase() == Phase.UNDEFINED || phase.phase() == Phase.UNDECIDED;
    return phase.phase().name()
        + "\ntilt s = "
        + interval(phase.tilt(), phase.tiltLow(), phase.tiltHigh())
        + "\nrelative tilt q = "
        + interval(phase.relativeTilt(), phase.relativeTiltLow(), phase.relativeTiltHigh())
        + (why ? "\n" + reason : "");
  }

  /** A number with its interval where there is one. */
  static String interval(double value, double low, double high) {
    return Numbers.show(value, 3)
        + (Double.isFinite(low)
            ? " [" + Numbers.show(low, 3) + ", " + Numbers.show(high, 3) + "]"
            : "");
  }

  private static String accuracy(PhaseDiagram.Cell cell, String samples) {
    if (!Double.isFinite(cell.accuracy())) {
      return "";
    }
    double error = cell.accuracyError();
    return "\n"
        + samples
        + " accuracy "
        + Sweep.percent(cell.accuracy())
        + (Double.isFinite(error) ? " \u00b1 " + Numbers.fixed(100 * error, 2) : "")
        + " %";
  }
}
