package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variance of the stream that the exact posterior can use, and all other, over depth.
 *
 * <pre>   relevant = |uᵀ A|²,   other = |A|² - relevant </pre>
 *
 * <p>Symbols: A centred states of the masked positions, u orthonormal basis of the centred exact
 * log-posterior over contexts. Fathom's. The projection is linear: what a nonlinear function of the
 * neighbours adds counts as other, needed or not.
 */
final class RelevanceFigure {
  private static final String ID = "relevance";
  private static final String RELEVANT = "relevance.relevant_variance";
  private static final String OTHER = "relevance.other_variance";
  private static final int MOST_PANELS = 12;

  /** A cell, what it is called, and its curves. */
  private record Panel(String heading, RankCell cell, List<Series> series) {}

  private final List<Panel> panels;
  private final int found;

  private RelevanceFigure(List<Panel> found) {
    this.found = found.size();
    panels = found.stream().limit(MOST_PANELS).toList();
  }

  static Optional<Figure> of(Recorded recorded) {
    List<RankCell> cells =
        RankCell.of(recorded).stream()
            .filter(RankCell::hasStream)
            .filter(cell -> cell.group().readings(OTHER).stream().anyMatch(SeedGroup::usable))
            .toList();
    List<RankPanel> groups = RankPanel.of(cells);
    boolean hierarchical = groups.stream().anyMatch(RankPanel::isHierarchical);
    List<Panel> panels = new ArrayList<>();
    for (RankPanel group : groups) {
      if (!hierarchical || group.isHierarchical()) {
        for (RankCell cell : group.cells()) {
          List<Series> series = series(cell);
          if (!series.isEmpty()) {
            panels.add(new Panel(Sweep.isIn(recorded) ? group.title(cell) : "", cell, series));
          }
        }
      }
    }
    return panels.isEmpty() ? Optional.empty() : Optional.of(new RelevanceFigure(panels).figure());
  }

  private static List<Series> series(RankCell cell) {
    List<Series> series = new ArrayList<>();
    add(series, cell, OTHER, "other", Series.Look.SECOND_NULL, Series.Look.SECOND);
    add(series, cell, RELEVANT, "relevant", Series.Look.FIRST_NULL, Series.Look.FIRST);
    return series;
  }

  private static void add(
      List<Series> series,
      RankCell cell,
      String quantity,
      String name,
      Series.Look before,
      Series.Look after) {
    Profile profile = cell.stream(quantity, cell.last());
    if (profile.isEmpty()) {
      return;
    }
    if (profile.firstStep(0) == 0) {
      series.add(cell.curve(name + " variance, untrained", before, profile, 0, ""));
    }
    int last = profile.columns - 1;
    if (profile.firstStep(last) > 0) {
      series.add(cell.curve(name + " variance, trained", after, profile, last, ""));
    }
  }

  private Figure figure() {
    Axis y =
        Curves.logAxis(
            "variance, masked positions, log scale",
            panels.stream().flatMap(p -> p.series.stream()).map(Series::bands).toList());
    int most = panels.stream().mapToInt(p -> p.cell.last() - p.cell.first()).max().orElse(1);
    int across = RankPanel.across(panels.size(), most);
    List<List<Sheet.Chart>> columns =
        panels.stream().map(panel -> List.of(chart(panel, y, across))).toList();
    Sheet sheet = Sheet.of(columns, across, RankStanding.OURS.foot());
    String left =
        found > panels.size()
            ? " The first " + panels.size() + " of " + found + " cells are drawn."
            : "";
    return new Figure(
        ID,
        "Relevant and other variance over depth",
        "Whether the rank falls because other variance is taken away, or because relevant variance outgrows it.",
        "The paper\u2019s word \u201cintegrated out\u201d would need the other variance to fall with depth; where it grows, the word does not describe what happens. The projection is linear, so that useful nonlinear functions of the neighbours count as other.",
        "Relevant: variance in the span of the exact log-posterior over contexts; other: all the rest. Line: mean over seeds, band: smallest to largest; dashed: untrained, the null. Growth: mean where the stream ends over mean where it begins."
            + left
            + " "
            + RankStanding.OURS.caption("both variances and the exact posterior behind them."),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private static Sheet.Chart chart(Panel panel, Axis y, int across) {
    int depth = panel.cell.last() - panel.cell.first();
    return new Sheet.Chart(
            Labels.within(Sheet.headingWidth(across), panel.heading),
            across < 3 ? 220 : 170,
            Axis.ofDepth("depth (0 = start of the stream)", 0, depth),
            y,
            panel.series,
            Curves.Style.LINES_AND_MARKS)
        .with(growth(panel.cell));
  }

  private static List<String> growth(RankCell cell) {
    List<String> lines = new ArrayList<>();
    growth("other", cell.stream(OTHER, cell.last())).ifPresent(lines::add);
    growth("relevant", cell.stream(RELEVANT, cell.last())).ifPresent(lines::add);
    return lines;
  }

  private static Optional<String> growth(String name, Profile profile) {
    if (profile.isEmpty()) {
      return Optional.empty();
    }
    double trained = factor(profile, profile.columns - 1);
    double untrained = profile.columns > 1 && profile.firstStep(0) == 0 ? factor(profile, 0) : 0;
    return trained > 0 && Double.isFinite(trained)
        ? Optional.of(
            name
                + ": \u00d7"
                + Numbers.show(trained, 2)
                + " over the stream"
                + (untrained > 0 && Double.isFinite(untrained)
                    ? " (untrained \u00d7" + Numbers.show(untrained, 2) + ")"
                    : ""))
        : Optional.empty();
  }

  private static double factor(Profile profile, int column) {
    Band[] bands = profile.overDepth(column);
    return bands[bands.length - 1].mean() / bands[0].mean();
  }
}
