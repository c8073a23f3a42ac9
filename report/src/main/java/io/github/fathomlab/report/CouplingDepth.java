package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A coupling of every layer against depth, trained and untrained, beside the exact decimation flow:
 * the canonical coupling of neighbouring blocks, or the layer's own units read as spins.
 *
 * <pre>   K_l = artanh(contraction R_L R_R),   reference: artanh(contraction^(W / n_l)) </pre>
 *
 * <p>Symbols: R_L, R_R correlations of the layer with the block's edge spins; W block, n_l units of
 * layer l. K_l, the units as spins and the reference are Fathom's; no theorem says that a layer
 * follows the reference. A layer wider than the block has none.
 */
final class CouplingDepth {
  private static final int MOST_PANELS = 12;

  /** What is read of a layer. */
  enum Kind {
    BLOCKS(
        "coupling-depth",
        "coupling.layer",
        "The coupling of neighbouring blocks over depth",
        "K_l, coupling of neighbouring blocks",
        "Which layers carry the input's coupling on and where it is lost, trained beside untrained.",
        "That the coupling falls with depth is no sign of training: narrow untrained layers lose it too. The dashed line is no prediction.",
        "K of a layer from the first canonical correlation of neighbouring blocks, the reference.",
        Standing.WEAK),
    UNITS(
        "units-as-spins",
        "coupling.units",
        "The units of a layer read as spins",
        "K of the layer\u2019s units",
        "Whether the units of a layer, cut at their medians, are spins whose couplings flow with depth as under decimation.",
        "A network without this flow may still reach the exact optimum of its task: supervised units become redundant, and their couplings grow.",
        "units as spins by pairwise pseudo-likelihood, K_rms, the literal reading of the abstracts.",
        Standing.LITERAL);

    private final String id;
    private final String quantity;
    private final String title;
    private final String label;
    private final String shows;
    private final String showsNot;
    private final String ours;
    private final Standing standing;

    Kind(
        String id,
        String quantity,
        String title,
        String label,
        String shows,
        String showsNot,
        String ours,
        Standing standing) {
      this.id = id;
      this.quantity = quantity;
      this.title = title;
      this.label = label;
      this.shows = shows;
      this.showsNot = showsNot;
      this.ours = ours;
      this.standing = standing;
    }
  }

  private final Kind kind;
  private final List<SeedGroup> groups;
  private final int found;

  private CouplingDepth(Kind kind, List<SeedGroup> found) {
    this.kind = kind;
    this.found = found.size();
    groups = found.stream().limit(MOST_PANELS).toList();
  }

  static Optional<Figure> of(Kind kind, Recorded recorded) {
    List<SeedGroup> groups =
        SeedGroup.of(recorded).stream().filter(group -> layers(kind, group) >= 2).toList();
    return groups.isEmpty()
        ? Optional.empty()
        : Optional.of(new CouplingDepth(kind, groups).figure());
  }

  private static long layers(Kind kind, SeedGroup group) {
    return group.readings(kind.quantity).stream()
        .filter(reading -> reading.layer() >= 0 && SeedGroup.usable(reading))
        .mapToInt(Reading::layer)
        .distinct()
        .count();
  }

  private Figure figure() {
    List<List<Series>> series = groups.stream().map(this::series).toList();
    double most =
        series.stream()
            .flatMap(List::stream)
            .flatMap(one -> Stream.of(one.bands()))
            .mapToDouble(Band::high)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    Axis y = new Axis(kind.label, Scale.Linear.covering(0, Math.max(most, 1e-3), 5));
    int across = groups.size() <= 3 ? groups.size() : groups.size() == 4 ? 2 : 4;
    List<List<Sheet.Chart>> columns = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      columns.add(
          List.of(
              new Sheet.Chart(
                  groups.get(i).label(),
                  across < 3 ? 220 : 170,
                  depth(series.get(i)),
                  y,
                  series.get(i),
                  Curves.Style.LINES_AND_MARKS)));
    }
    Sheet sheet = Sheet.of(columns, across, kind.standing.foot());
    return new Figure(
        kind.id,
        kind.title,
        kind.shows,
        kind.showsNot,
        method(),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private String method() {
    String left =
        found > groups.size()
            ? " The first " + groups.size() + " of " + found + " cases are drawn."
            : "";
    return "Line: mean over seeds, band: smallest to largest. Depth 0 is the input with the chain's own coupling K\u2080."
        + " Dashed with bars: exact decimation by W/n at a layer of n units, reference only: no theorem says a layer follows it; layers wider than the block have none."
        + left
        + " "
        + kind.standing.caption(kind.ours);
  }

  private static Axis depth(List<Series> series) {
    double last = series.stream().flatMapToDouble(one -> Arrays.stream(one.x())).max().orElse(1);
    return Axis.ofDepth("depth (0 = input)", 0, (int) last);
  }

  private List<Series> series(SeedGroup group) {
    List<Series> series = new ArrayList<>();
    Profile profile = group.overLayers(kind.quantity);
    double input = group.exact("coupling.input");
    Profile reference = group.overLayers("coupling.reference");
    if (!reference.isEmpty()) {
      Series exact =
          curve(
              "exact decimation, reference only: no theorem says a layer follows it",
              Series.Look.EXACT,
              reference,
              0,
              input);
      series.add(exact);
    }
    if (profile.firstStep(0) == 0) {
      series.add(curve("untrained (null)", Series.Look.NULL, profile, 0, input));
    }
    int last = profile.columns - 1;
    if (profile.firstStep(last) > 0) {
      series.add(curve("trained", Series.Look.FIRST, profile, last, input));
    }
    return series;
  }

  /** Layer m stands at depth m + 1; layers of which nothing was read are left out. */
  private static Series curve(
      String name, Series.Look look, Profile profile, int column, double input) {
    Band[] bands = profile.overDepth(column);
    int[] present =
        IntStream.range(0, bands.length)
            .filter(i -> look == Series.Look.EXACT ? bands[i].hasValue() : bands[i].readings() > 0)
            .toArray();
    List<Double> x = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<Band> drawn = new ArrayList<>();
    if (Double.isFinite(input)) {
      x.add(0.0);
      places.add("input");
      drawn.add(Band.exactly(input));
    }
    for (int i : present) {
      x.add(profile.layers[i] + 1.0);
      places.add("depth " + (profile.layers[i] + 1));
      drawn.add(bands[i]);
    }
    return new Series(
        name,
        look,
        x.stream().mapToDouble(Double::doubleValue).toArray(),
        places,
        drawn.toArray(Band[]::new));
  }
}
