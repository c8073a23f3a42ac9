package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Effective rank of the residual stream over depth, trained and untrained: of a run one panel for
 * each view of its samples, of a sweep one for each family of chains.
 *
 * <pre>   effective rank = exp(-Σ p ln p),  p = s / Σ s,   ρ = rank where the stream ends / begins
 * </pre>
 *
 * <p>Symbols: s singular values of the centred states, one row per sample. The measure is O. Roy
 * and M. Vetterli's; that arXiv:2606.10324 takes it of s and not of s² is inferred from a digest of
 * a companion paper. Rank falls without learning too, and a soft measure counts directions of
 * little variance: view and measure stand with every number.
 */
final class RankDepth {
  private static final String ID = "rank-depth";
  private static final int MOST_PANELS = 16;

  /** One panel: its heading, and the curves that stand in it. */
  private record Panel(String heading, String words, List<Series> series, List<String> remarks) {}

  private final List<RankCell> cells;
  private final List<RankPanel> grouped;
  private final boolean sweep;

  private RankDepth(List<RankCell> cells, boolean sweep) {
    this.cells = cells;
    this.sweep = sweep;
    grouped = RankPanel.of(cells);
  }

  static Optional<Figure> of(Recorded recorded) {
    List<RankCell> cells =
        RankCell.of(recorded).stream()
            .filter(cell -> cell.hasStream() && isDrawable(cell, RankView.main(cell)))
            .toList();
    return cells.isEmpty()
        ? Optional.empty()
        : Optional.of(new RankDepth(cells, Sweep.isIn(recorded)).figure());
  }

  /** Whether at least two representations have a number. */
  private static boolean isDrawable(RankCell cell, RankView view) {
    return cell.group().readings(view.of(RankCell.RANK)).stream()
            .filter(r -> r.layer() >= cell.first() && r.layer() <= cell.last())
            .filter(SeedGroup::usable)
            .mapToInt(reading -> reading.layer())
            .distinct()
            .count()
        >= 2;
  }

  private Figure figure() {
    List<Panel> found = sweep ? families() : views();
    List<Panel> panels = found.stream().limit(MOST_PANELS).toList();
    double most =
        panels.stream()
            .flatMap(panel -> panel.series.stream())
            .flatMap(one -> Stream.of(one.bands()))
            .mapToDouble(Band::high)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    Scale y = Scale.Linear.covering(0, Math.max(most, 1), 5);
    int depth = cells.stream().mapToInt(cell -> cell.last() - cell.first()).max().orElse(1);
    int across = RankPanel.across(panels.size(), depth);
    List<List<Sheet.Chart>> columns =
        panels.stream().map(panel -> List.of(chart(panel, y, across))).toList();
    RankStanding standing = RankStanding.of(cells);
    Sheet sheet = Sheet.of(columns, across, standing.foot());
    return new Figure(
        ID,
        "Effective rank over depth",
        "Where along the stream the states lose directions or gain them, and whether training did it.",
        "A falling rank is no sign of learning: stacks that see no neighbour and learn nothing lose rank too. Directions of little variance count, so that another measure may fall where this one does not.",
        method(panels.size(), found.size(), standing),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private static Sheet.Chart chart(Panel panel, Scale y, int across) {
    double last = panel.series.stream().flatMapToDouble(s -> Arrays.stream(s.x())).max().orElse(1);
    return new Sheet.Chart(
            Labels.within(Sheet.headingWidth(across), panel.heading),
            across < 3 ? 220 : 170,
            Axis.ofDepth("depth (0 = start of the stream)", 0, (int) last),
            new Axis("effective rank, " + panel.words, y),
            panel.series,
            Curves.Style.LINES_AND_MARKS)
        .over(Sheet.lowerLeft(panel.remarks));
  }

  private String method(int drawn, int found, RankStanding standing) {
    String left =
        drawn < found ? " The first " + drawn + " of " + found + " panels are drawn." : "";
    String colours =
        grouped.stream().anyMatch(panel -> panel.cells().getFirst().hasChain()) && sweep
            ? " Colour: correlation length \u03be of the chain, the longer the further along the ramp."
            : "";
    return "exp of the entropy of s/\u03a3s, s the singular values of the centred states. Line: mean over seeds, band: smallest to largest; dashed: the same networks before training, the null."
        + colours
        + left
        + " "
        + standing.caption(
            standing == RankStanding.TESTED
                ? "network, chains, views and the null; the measure is inferred from a companion paper."
                : "the choice of network and views, and the null.");
  }

  private List<Panel> views() {
    RankCell cell = cells.getFirst();
    List<Panel> panels = new ArrayList<>();
    for (RankView view : RankView.of(cell)) {
      if (isDrawable(cell, view)) {
        Profile profile = cell.stream(view.of(RankCell.RANK), cell.last());
        List<Series> series = new ArrayList<>();
        before(cell, profile, "").ifPresent(series::add);
        after(cell, profile, "trained", Series.Look.FIRST, "").ifPresent(series::add);
        panels.add(new Panel(view.words(), view.words(), series, ratio(cell, view)));
      }
    }
    return panels;
  }

  private static List<String> ratio(RankCell cell, RankView view) {
    Band trained = cell.trained(view.of(RankCell.RATIO));
    Band untrained = cell.untrained(view.of(RankCell.RATIO));
    if (!trained.hasValue()) {
      return List.of();
    }
    String before = untrained.hasValue() ? ", untrained " + Numbers.show(untrained.mean(), 3) : "";
    return List.of("\u03c1 = " + Numbers.show(trained.mean(), 3) + before);
  }

  private List<Panel> families() {
    List<Panel> panels = new ArrayList<>();
    for (RankPanel group : grouped) {
      List<Series> before = new ArrayList<>();
      List<Series> after = new ArrayList<>();
      List<Series.Look> looks = group.looks(grouped);
      for (int i = 0; i < group.cells().size(); i++) {
        RankCell cell = group.cells().get(i);
        RankView view = RankView.main(cell);
        Profile profile = cell.stream(view.of(RankCell.RANK), cell.last());
        String title = ", " + group.title(cell);
        before(cell, profile, title).ifPresent(before::add);
        Band ratio = cell.trained(view.of(RankCell.RATIO));
        String remark = ratio.hasValue() ? ", \u03c1 = " + Numbers.show(ratio.mean(), 3) : "";
        after(cell, profile, group.entry(cell), looks.get(i), title + remark).ifPresent(after::add);
      }
      before.addAll(after);
      String words = RankView.main(group.cells().getFirst()).words();
      panels.add(new Panel(group.heading(), words, before, List.of()));
    }
    return panels;
  }

  private static Optional<Series> before(RankCell cell, Profile profile, String remark) {
    return profile.firstStep(0) == 0
        ? Optional.of(cell.curve("untrained (null)", Series.Look.NULL, profile, 0, remark))
        : Optional.empty();
  }

  private static Optional<Series> after(
      RankCell cell, Profile profile, String name, Series.Look look, String remark) {
    int last = profile.columns - 1;
    return profile.firstStep(last) > 0
        ? Optional.of(cell.curve(name, look, profile, last, remark))
        : Optional.empty();
  }
}
