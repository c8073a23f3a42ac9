package io.github.fathomlab.report;

import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.Locale;

/** Every cell of a sweep with its numbers. */
final class SweepTable {
  private SweepTable() {}

  static String of(Sweep sweep) {
    PhaseDiagram grid = sweep.first().orElseThrow();
    StringBuilder out = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
    boolean slopes = grid.nonlinearity() != null;
    head(out, slopes ? "slope" : "");
    head(out, grid.noise().key());
    for (Sweep.View view : sweep.views) {
      head(out, view.measure().choice());
      head(out, "tilt s [95 %]");
      head(out, "relative tilt q [95 %]");
    }
    head(out, (sweep.heldOut ? "held-out" : "training") + " accuracy, %");
    head(out, "replicas");
    head(out, "lost");
    out.append("</tr></thead><tbody>");
    for (int row = 0; row < grid.rows().size(); row++) {
      for (int column = 0; column < grid.rows().get(row).size(); column++) {
        PhaseDiagram.Cell cell = grid.rows().get(row).get(column);
        out.append("<tr>");
        number(out, slopes ? Sweep.value(cell.slope()) : "");
        number(out, Sweep.value(cell.noise()));
        for (Sweep.View view : sweep.views) {
          phase(out, view.diagram().rows().get(row).get(column).phase());
        }
        number(out, accuracy(cell));
        number(out, Integer.toString(cell.curves().size()));
        number(out, Integer.toString(cell.lost()));
        out.append("</tr>\n");
      }
    }
    return out.append("</tbody></table></div>").toString();
  }

  private static void phase(StringBuilder out, CurvePhase phase) {
    out.append("<td><abbr title=\"")
        .append(Markup.escape(phase.reason()))
        .append("\">")
        .append(phase.phase().name().toLowerCase(Locale.ROOT))
        .append("</abbr></td>");
    number(out, CellTitle.interval(phase.tilt(), phase.tiltLow(), phase.tiltHigh()));
    number(
        out,
        CellTitle.interval(
            phase.relativeTilt(), phase.relativeTiltLow(), phase.relativeTiltHigh()));
  }

  private static String accuracy(PhaseDiagram.Cell cell) {
    double error = cell.accuracyError();
    return Sweep.percent(cell.accuracy())
        + (Double.isFinite(error) ? " \u00b1 " + Numbers.fixed(100 * error, 2) : "");
  }

  /** An empty text makes no column. */
  private static void head(StringBuilder out, String text) {
    if (!text.isEmpty()) {
      out.append("<th scope=\"col\">").append(Markup.escape(text)).append("</th>");
    }
  }

  private static void number(StringBuilder out, String text) {
    if (!text.isEmpty()) {
      out.append("<td class=\"number\">").append(Markup.escape(text)).append("</td>");
    }
  }
}
