package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.springblock.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The curvature of a pulled chain over friction and noise, with and without mass, as a study
 * recorded it.
 *
 * <p>In the readings of this study the step counts the frictions and the replica the noises.
 */
final class ChainTopologyFigure {
  private static final String ID = "chain-topology";
  private static final double BENT = 0.1;

  /** Below this, two lines of text do not fit side by side into a cell. */
  private static final int MOST_COLUMNS = 18;

  private final Recorded recorded;
  private final List<String> orders;
  private final TiltColour colours;

  private ChainTopologyFigure(Recorded recorded, List<String> orders) {
    this.recorded = recorded;
    this.orders = orders;
    colours =
        TiltColour.covering(
            orders.stream()
                .flatMap(order -> recorded.of(name(order, "curvature")).stream())
                .mapToDouble(Reading::value),
            1);
  }

  static Optional<Figure> of(Recorded recorded) {
    List<String> orders =
        List.of("first", "second").stream()
            .filter(order ->
                !recorded.of(name(order, "curvature")).isEmpty()
                    && !recorded.of(name(order, "friction")).isEmpty()
                    && !recorded.of(name(order, "noise")).isEmpty())
            .toList();
    return orders.isEmpty()
        ? Optional.empty()
        : Optional.of(new ChainTopologyFigure(recorded, orders).figure());
  }

  private static String name(String order, String quantity) {
    return "chain." + order + "_" + quantity;
  }

  private Figure figure() {
    List<PhaseSheet.Map> maps = orders.stream().map(this::map).toList();
    List<PhaseCell> cells =
        maps.stream().flatMap(map -> map.cells().stream()).flatMap(List::stream).toList();
    PhaseSheet sheet = new PhaseSheet(maps);
    Svg svg = new Svg();
    Marks marks = new Marks(ID);
    marks.define(svg);
    ColourKey.marks(svg, marks, cells, "also simulated");
    colours.bar(svg, "curvature c = d(1) \u2212 d(7)", -1);
    sheet.draw(svg, marks);
    return new Figure(
        ID,
        "The topology of the chain: friction and noise",
        "Concave load curves at low noise and high friction, convex ones at high noise, and the band between them.",
        "It is the chain's mean field, not a network; only the outlined cells were also simulated.",
        "Number: c of the mean field, in lengths of the pull; word: the phase by the relative tilt q, |q| \u2264 0.1 is linear."
            + " \u03bc_L/\u03bc_R = 4/3; row: \u03bc_R. From arXiv:2407.19353 and its code: the chain, c, and the claim that a chain reproduces the diagram of networks. Ours: the mean field, the grid and the rule for the word.",
        Figure.FULL,
        sheet.height(),
        svg.toString(),
        Map.of("kind", "titles"));
  }

  private PhaseSheet.Map map(String order) {
    List<Reading> frictions = recorded.of(name(order, "friction")).reversed();
    List<Reading> noises = recorded.of(name(order, "noise"));
    List<List<PhaseCell>> rows = new ArrayList<>();
    for (Reading friction : frictions) {
      rows.add(
          noises.stream()
              .map(noise -> cell(order, friction, noise, noises.size() <= MOST_COLUMNS))
              .toList());
    }
    String heading =
        order.equals("first") ? "without mass (first order)" : "with mass (second order)";
    return new PhaseSheet.Map(
        heading,
        heading,
        new PhaseSheet.Side(
            "\u03bc",
            frictions.stream().map(reading -> Numbers.show(reading.value(), 3)).toList(),
            "more friction",
            frictions.size() < 2 ? "" : "less friction"),
        new PhaseSheet.Side(
            "amplitude of the random forces, more noise to the right",
            noises.stream().map(reading -> Numbers.show(reading.value(), 2)).toList(),
            "",
            ""),
        rows);
  }

  private PhaseCell cell(String order, Reading friction, Reading noise, boolean wordFits) {
    long row = friction.step();
    int column = noise.replica();
    double c = value(order, "curvature", row, column);
    double q = value(order, "tilt", row, column);
    Optional<Reading> sampled = find(order, "curvature_sampled", row, column);
    Phase phase =
        !Double.isFinite(q)
            ? Phase.UNDEFINED
            : Math.abs(q) <= BENT ? Phase.LINEAR : q > 0 ? Phase.CONCAVE : Phase.CONVEX;
    String word = phase.name().toLowerCase(Locale.ROOT);
    String title =
        "friction "
            + Numbers.show(friction.value(), 3)
            + ", noise "
            + Numbers.show(noise.value(), 3)
            + ": "
            + phase.name()
            + "\ncurvature c = "
            + Numbers.show(c, 3)
            + "\nrelative tilt q = "
            + Numbers.show(q, 3)
            + sampled.map(ChainTopologyFigure::simulation).orElse("");
    String number = Double.isFinite(c) ? Numbers.fixed(c, 3) : "no value";
    return new PhaseCell(
        new double[0],
        new double[0],
        new double[0],
        colours.css(-c),
        phase == Phase.UNDEFINED ? Marks.Kind.MISSING : null,
        wordFits ? number + "\n" + word : number,
        sampled.isPresent(),
        0,
        title);
  }

  private static String simulation(Reading reading) {
    return "\nsimulated: c = "
        + Numbers.show(reading.value(), 3)
        + " \u00b1 "
        + Numbers.show(reading.standardError(), 2);
  }

  private double value(String order, String quantity, long row, int column) {
    return find(order, quantity, row, column).map(Reading::value).orElse(Double.NaN);
  }

  private Optional<Reading> find(String order, String quantity, long row, int column) {
    return recorded.of(name(order, quantity)).stream()
        .filter(reading -> reading.step() == row && reading.replica() == column)
        .findFirst();
  }
}
