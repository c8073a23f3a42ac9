package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * At which transitions of the stream the kernel drifts: shares of the sum, trained beside
 * untrained.
 *
 * <pre>   D_l = 1 - CKA(l, l+1),   share_l = D_l / Σ D,   top1, top2 = the largest one, two shares
 * </pre>
 *
 * <p>Symbols: CKA linear centred kernel alignment (Kornblith et al. 2019). Shares make top1 and
 * top2 readable; the size of a drift stands in its tooltip. Shares, plateau and both nulls
 * (untrained networks, independent exponential drifts) are Fathom's. Nothing is drawn of a stream
 * with drifts missing in every seed.
 */
final class KernelDrift {
  private static final String ID = "kernel-drift";
  private static final int MOST_PANELS = 12;
  private static final int MOST_ACROSS = 3; // as wide as the lines of text under a panel
  private static final double ASIDE = 0.19; // of a transition
  private static final double NARROW = 20; // but no more than this
  private static final double ROOM = 0.2; // at both ends together
  private static final double LETTER = 7; // of a label such as "10→11"

  /** A cell, what it is called, and its bars. */
  private record Panel(String heading, RankCell cell, DriftBars trained, DriftBars untrained) {}

  private final List<Panel> panels;
  private final int found;

  private KernelDrift(List<Panel> found) {
    this.found = found.size();
    panels = found.stream().limit(MOST_PANELS).toList();
  }

  static Optional<Figure> of(Recorded recorded) {
    List<RankCell> cells = RankCell.of(recorded).stream().filter(RankCell::hasStream).toList();
    List<Panel> panels = new ArrayList<>();
    for (RankPanel group : RankPanel.of(cells)) {
      for (RankCell cell : group.cells()) {
        DriftBars trained =
            DriftBars.of(cell, cell.group().lastStep(RankView.main(cell).of(DriftBars.DRIFT)));
        if (trained.isDrawable()) {
          String heading = Sweep.isIn(recorded) ? group.title(cell) : "";
          panels.add(new Panel(heading, cell, trained, DriftBars.of(cell, 0)));
        }
      }
    }
    return panels.isEmpty() ? Optional.empty() : Optional.of(new KernelDrift(panels).figure());
  }

  private Figure figure() {
    int most = panels.stream().mapToInt(panel -> panel.trained.shares().size()).max().orElse(1);
    int across = Math.min(MOST_ACROSS, RankPanel.across(panels.size(), most));
    double largest =
        panels.stream()
            .flatMap(p -> Stream.concat(p.trained.shares().stream(), p.untrained.shares().stream()))
            .mapToDouble(Band::high)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    Scale y = Scale.Linear.covering(0, Math.max(largest, 0.01), 5);
    List<List<Sheet.Chart>> columns =
        panels.stream().map(panel -> List.of(chart(panel, across, y))).toList();
    RankStanding standing = RankStanding.of(panels.stream().map(Panel::cell).toList());
    Sheet sheet = Sheet.of(columns, across, standing.foot());
    String left =
        found > panels.size()
            ? " The first " + panels.size() + " of " + found + " cells are drawn."
            : "";
    return new Figure(
        ID,
        "Where the kernel drifts",
        "At how many transitions the kernel of the states changes, which they are, and whether untrained networks are as uneven.",
        "Shares hide the size: all drifts may be small. The first transition is large partly by construction, the stream is short there. A kernel at rest is normalised: the states themselves may go on growing.",
        "Drift D = 1 \u2212 CKA of neighbouring representations. Bar: mean share over seeds, whisker: smallest to largest; hollow: untrained, the null. top1, top2: share of the largest one and two. Plateau: share of transitions with at most a tenth of the largest drift. Chance: expected of independent exponential drifts."
            + left
            + " "
            + standing.caption("shares, plateau, both nulls."),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private static Sheet.Chart chart(Panel panel, int across, Scale y) {
    boolean learned = panel.trained.step() > 0;
    boolean both = learned && panel.untrained.isDrawable();
    int count = panel.trained.shares().size();
    double unit = Sheet.width(across) / (count + ROOM);
    double aside = Math.min(ASIDE, NARROW / unit);
    List<Series> series = new ArrayList<>();
    if (learned) {
      series.add(panel.trained.series("trained", Series.Look.FIRST, panel.cell, both ? -aside : 0));
    }
    if (panel.untrained.isDrawable()) {
      series.add(
          panel.untrained.series(
              "untrained (null)", Series.Look.NULL, panel.cell, learned ? aside : 0));
    }
    return new Sheet.Chart(
            Labels.within(Sheet.headingWidth(across), panel.heading),
            across < 3 ? 200 : 130,
            transitions(count, unit),
            new Axis("share of the drift, " + RankView.main(panel.cell).words(), y),
            series,
            Curves.Style.WHISKERS)
        .over((svg, frame) -> series.forEach(one -> DriftBars.draw(svg, frame, one)))
        .with(remarks(panel.cell));
  }

  /** Ticks such as "0→1", as many as there is room for. */
  private static Axis transitions(int count, double unit) {
    String longest = (count - 1) + "\u2192" + count;
    int stride = (int) Math.ceil(LETTER * (longest.length() + 1) / unit);
    List<Scale.Tick> ticks = new ArrayList<>();
    for (int l = 0; l < count; l += stride) {
      ticks.add(new Scale.Tick(l, l + "\u2192" + (l + 1)));
    }
    return new Axis(
        "transition, by depth",
        new Scale.Linear(-0.5 - ROOM / 2, count - 0.5 + ROOM / 2, 1),
        List.copyOf(ticks));
  }

  private static List<String> remarks(RankCell cell) {
    List<String> lines = new ArrayList<>();
    remark("top1", "drift.top_share", cell).ifPresent(lines::add);
    remark("top2", "drift.top_two_share", cell).ifPresent(lines::add);
    remark("plateau", "drift.plateau", cell).ifPresent(lines::add);
    return lines;
  }

  private static Optional<String> remark(String name, String measure, RankCell cell) {
    String quantity = RankView.main(cell).of(measure);
    Band trained = cell.trained(quantity);
    if (!trained.hasValue()) {
      return Optional.empty();
    }
    List<String> nulls = new ArrayList<>();
    Band untrained = cell.untrained(quantity);
    if (untrained.hasValue() && cell.group().lastStep(quantity) > 0) {
      nulls.add("untrained " + Numbers.fixed(untrained.mean(), 2));
    }
    double chance = cell.group().exact(quantity + ".null");
    if (Double.isFinite(chance)) {
      nulls.add("chance " + Numbers.fixed(chance, 2));
    }
    return Optional.of(
        name
            + " "
            + Numbers.fixed(trained.mean(), 2)
            + (nulls.isEmpty() ? "" : " (" + String.join(", ", nulls) + ")"));
  }
}
