package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How much of the available information the networks of a sweep have captured when trained, a line
 * for each cell, beside what there was to capture in nats.
 *
 * <p>Fathom's, exact where windows are enumerated, see {@link InformationCourse}. A cell below the
 * gate has not learned its task, and a cell with nothing available is a null.
 */
final class InformationCells {
  private static final int MOST_ROWS = 48;
  private static final double ROW = 20;
  private static final double TOP = 50;
  private static final double SHARES = 250; // left edge of the shares
  private static final double WIDTH = 400;
  private static final double NATS = 700; // left edge of the available nats
  private static final double LENGTH = 190;

  /** One line; whether the losses behind it are those of every context. */
  private record Row(String name, Band captured, double available, boolean enumerated) {}

  private final List<Row> rows;
  private final int found;
  private final Scale shares;
  private final double most;

  private InformationCells(List<Row> found) {
    this.found = found.size();
    rows = found.stream().limit(MOST_ROWS).toList();
    double low =
        rows.stream()
            .map(Row::captured)
            .filter(Band::hasValue)
            .mapToDouble(Band::low)
            .min()
            .orElse(0.9);
    double high =
        rows.stream().map(Row::captured).mapToDouble(Band::high).filter(h -> h > 1).max().orElse(1);
    shares = Scale.Linear.covering(Math.min(low, 0.9), high, 5);
    most = rows.stream().mapToDouble(Row::available).filter(nats -> nats > 0).max().orElse(1);
  }

  static Optional<Figure> of(Recorded recorded) {
    List<Row> rows = new ArrayList<>();
    for (RankPanel panel : RankPanel.of(RankCell.of(recorded))) {
      for (RankCell cell : panel.cells()) {
        Band captured = cell.trained(InformationCourse.CAPTURED);
        if (captured.readings() > 0) {
          double nats = cell.group().exact("information.available");
          boolean enumerated = InformationCourse.isEnumerated(cell.group());
          rows.add(new Row(panel.title(cell), captured, nats, enumerated));
        }
      }
    }
    boolean any = rows.stream().anyMatch(row -> row.captured.hasValue());
    return any ? Optional.of(new InformationCells(rows).figure()) : Optional.empty();
  }

  private Figure figure() {
    Svg svg = new Svg();
    double bottom = TOP + ROW * rows.size();
    axis(svg, bottom);
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), TOP + ROW * (i + 0.5));
    }
    double gate = at(InformationCourse.GATE);
    svg.open("g", "class", "exact").line(gate, TOP - 6, gate, bottom, "law").close("g");
    svg.text(gate, TOP - 12, "tick middle", "gate 0.95");
    svg.text(16, bottom + 62, "tag", RankStanding.OURS.foot());
    String left =
        found > rows.size()
            ? " The first " + rows.size() + " of " + found + " cells are drawn."
            : "";
    return new Figure(
        InformationCourse.ID,
        "Information captured by the trained networks",
        "Which cells have learned what their task allows, and how much there was to learn.",
        "Equal shares are no equal learning: near one the share of a task that offers little moves with a thousandth of a nat. Equal losses leave the states free.",
        "Captured: (H(\u03c0) \u2212 loss)/(H(\u03c0) \u2212 Bayes loss), after training. "
            + losses()
            + " Dot: mean over seeds, whisker: smallest to largest. Right: what is available, H(\u03c0) \u2212 Bayes loss, filled as far as it is captured."
            + left
            + " "
            + RankStanding.OURS.caption("the losses, the exact optimum and the gate."),
        Figure.FULL,
        bottom + 76,
        svg.toString(),
        Map.of("kind", "titles"));
  }

  private String losses() {
    if (rows.stream().allMatch(Row::enumerated)) {
      return InformationCourse.POPULATION;
    }
    return rows.stream().noneMatch(Row::enumerated)
        ? InformationCourse.SEQUENCES
        : "Where windows are enumerated: "
            + InformationCourse.POPULATION
            + " On sequences with neighbours: "
            + InformationCourse.SEQUENCES;
  }

  private double at(double share) {
    return SHARES + WIDTH * Math.clamp(shares.position(share), -0.05, 1.05);
  }

  private void axis(Svg svg, double bottom) {
    svg.text(SHARES, 16, "label", "share of the available information captured");
    svg.text(NATS, 16, "label", "available, nats");
    svg.open("g", "class", "axes", "aria-hidden", "true");
    for (Scale.Tick tick : shares.ticks()) {
      double x = at(tick.value());
      svg.line(x, TOP - 6, x, bottom, "grid");
      svg.text(x, bottom + 19, "tick middle", tick.label());
    }
    svg.line(SHARES, bottom, SHARES + WIDTH, bottom, "axis");
    svg.line(NATS, TOP - 6, NATS, bottom, "axis");
    svg.close("g");
  }

  private void row(Svg svg, Row row, double y) {
    svg.open("g", "class", "c1");
    svg.element("title", words(row));
    svg.rect(0, y - ROW / 2, Figure.FULL, ROW, "hit");
    svg.text(SHARES - 18, y + 4, "tick end", Labels.within(SHARES - 24, row.name));
    Band captured = row.captured;
    if (captured.hasValue()) {
      double low = at(captured.low());
      double high = at(captured.high());
      svg.line(low, y, high, y, "whisker");
      String place =
          "translate("
              + Numbers.coordinate(at(captured.mean()))
              + " "
              + Numbers.coordinate(y)
              + ")";
      String css = captured.flagged() > 0 ? "mark hollow" : "mark";
      svg.leaf("path", "class", css, "transform", place, "d", Series.Look.FIRST.mark);
    } else {
      String why = row.available > 0 ? "no value" : "nothing available";
      svg.text(SHARES + 8, y + 4, "tick", why);
    }
    available(svg, row, y);
    svg.close("g");
  }

  private void available(Svg svg, Row row, double y) {
    if (!(row.available >= 0) || row.available > 1e6) {
      return;
    }
    double length = LENGTH * row.available / most;
    double share = row.captured.hasValue() ? Math.clamp(row.captured.mean(), 0, 1) : 0;
    svg.rect(NATS, y - 5, length, 10, "outline");
    svg.rect(NATS, y - 5, length * share, 10, "bar");
    svg.text(NATS + length + 6, y + 4, "tick", Numbers.show(row.available, 3));
  }

  private static String words(Row row) {
    Band captured = row.captured;
    String spread =
        DoubleStream.of(captured.low(), captured.high()).distinct().count() > 1
            ? " ("
                + Numbers.show(captured.low())
                + " to "
                + Numbers.show(captured.high())
                + ", n = "
                + captured.replicas()
                + ")"
            : "";
    String note = captured.note().isEmpty() ? "" : "\n" + captured.note();
    return row.name
        + "\ncaptured "
        + Numbers.show(captured.mean())
        + spread
        + (Double.isFinite(row.available) ? " of " + Numbers.show(row.available) + " nats" : "")
        + note;
  }
}
