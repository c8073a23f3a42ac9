package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A quantity of every layer over the whole training: depth upwards, time to the right, logarithmic
 * colour.
 */
final class HeatMap {
  private static final int MOST_COLUMNS = 160;
  private static final double MOST_DECADES = 12;

  /**
   * What to draw.
   *
   * @param id name of the figure
   * @param what one word for the quantity in running text
   * @param sign factor 1 or -1 applied to every value
   * @param title what is drawn
   * @param label what the colour means, with its unit
   * @param negative what a value at or below zero means
   * @param shares whether bars on the right show each layer's share of the sum over the run
   * @param shows what can be read off
   * @param showsNot what must not be concluded
   */
  record Subject(
      String id,
      String what,
      double sign,
      String title,
      String label,
      String negative,
      boolean shares,
      String shows,
      String showsNot) {}

  private final Subject subject;
  private final Profile profile;
  private final Grid grid;
  private final Optional<LayerShares> shares;
  private final Scale.Log colour;

  private HeatMap(Subject subject, Profile profile, List<Long> parameterCounts) {
    this.subject = subject;
    this.profile = profile;
    double rowHeight = Math.clamp(300.0 / profile.layers.length, 7, 30);
    double right = subject.shares() ? LayerShares.WIDTH + 8 : 24;
    grid = new Grid(58, 66, Figure.FULL - 58 - right, rowHeight, profile);
    shares =
        subject.shares()
            ? Optional.of(LayerShares.of(grid, subject.sign(), parameterCounts))
            : Optional.empty();
    colour = colourScale();
  }

  static Optional<Figure> of(
      Subject subject, List<Reading> readings, List<Long> parameterCounts, Recorded recorded) {
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    HeatMap map =
        new HeatMap(
            subject,
            Profile.binned(readings, MOST_COLUMNS, Profile.Reduction.MEAN),
            parameterCounts);
    return Optional.of(map.figure(recorded));
  }

  private Figure figure(Recorded recorded) {
    Svg svg = new Svg();
    Marks marks = new Marks(subject.id());
    marks.define(svg);
    grid.drawCells(svg, classes());
    boolean nonPositive =
        marks.overlay(
            svg, grid, band -> subject.sign() * band.mean() <= 0, Marks.Kind.NON_POSITIVE);
    boolean missing = marks.overlay(svg, grid, band -> !band.hasValue(), Marks.Kind.MISSING);
    boolean flagged =
        marks.overlay(svg, grid, band -> band.hasValue() && band.flagged() > 0, Marks.Kind.FLAGGED);
    grid.drawAxes(svg, true);
    svg.text(4, 16, "label", "layer m (0 = next to the input)");
    colourBar(svg);
    shares.ifPresent(bars -> bars.draw(svg, marks));
    String method =
        profile.binning(Profile.Reduction.MEAN)
            + " Mean over n = "
            + profile.replicas
            + (profile.replicas == 1 ? " replica." : " replicas.")
            + (nonPositive ? " Hatched: " + subject.negative() + ", coloured by its size." : "")
            + (missing ? " Crossed: no value; the reason is in the tooltip." : "")
            + (flagged ? " Ruled across: some readings carry a warning; see the tooltip." : "")
            + shares.map(bars -> bars.describe(subject.what())).orElse("");
    Notes notes = new Notes();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "grid");
    data.put("panels", List.of(grid.data(subject.label(), false, subject.sign(), recorded, notes)));
    data.put("notes", notes.all());
    return new Figure(
        subject.id(),
        subject.title(),
        subject.shows(),
        subject.showsNot(),
        method,
        Figure.FULL,
        66 + grid.height() + 50,
        svg.toString(),
        data);
  }

  private Scale.Log colourScale() {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (int column = 0; column < profile.columns; column++) {
      for (Band band : profile.overDepth(column)) {
        double size = Math.abs(band.mean());
        if (size > 0) {
          low = Math.min(low, size);
          high = Math.max(high, size);
        }
      }
    }
    return Scale.Log.covering(Math.max(low, high * Math.pow(10, -MOST_DECADES)), high);
  }

  private String[][] classes() {
    String[][] out = new String[profile.columns][profile.layers.length];
    for (int column = 0; column < profile.columns; column++) {
      for (int row = 0; row < profile.layers.length; row++) {
        double size = Math.abs(profile.at(column, row).mean());
        double place = size > 0 ? Math.clamp(colour.position(size), 0, 1) : 0;
        out[column][row] =
            "q" + (int) Math.min(Palette.LEVELS - 1, Math.floor(place * Palette.LEVELS));
      }
    }
    return out;
  }

  private void colourBar(Svg svg) {
    double width = 300;
    double left = grid.left() + grid.width() - width;
    double y = 24;
    for (int level = 0; level < Palette.LEVELS; level++) {
      svg.rect(
          left + width * level / Palette.LEVELS, y, width / Palette.LEVELS, 9, "cell q" + level);
    }
    svg.rect(left, y, width, 9, "outline");
    for (Scale.Tick tick : colour.ticks()) {
      if (!tick.label().isEmpty()) {
        double at = left + width * colour.position(tick.value());
        svg.line(at, y + 9, at, y + 13, "axis");
        svg.text(at, y + 26, "tick middle", tick.label());
      }
    }
    svg.text(left + width, 16, "label end", subject.label());
  }
}
