package io.github.fathomlab.report;

import org.jspecify.annotations.Nullable;

/**
 * One cell of a map of load curves, ready to be drawn.
 *
 * @param curve D over depth, drawn on its own scale; empty when there is none
 * @param low lower edge of the band around it; empty when there is no band
 * @param high upper edge
 * @param colour class of the background, such as {@code d12}
 * @param overlay pattern over it, or null
 * @param caption small text, its lines separated by line feeds; may be empty
 * @param best whether the cell is marked as the best of its row
 * @param lost how many trainings of the cell gave no curve
 * @param title what hovering shows
 */
record PhaseCell(
    double[] curve,
    double[] low,
    double[] high,
    String colour,
    Marks.@Nullable Kind overlay,
    String caption,
    boolean best,
    int lost,
    String title) {

  private static final double ROOM = 5;
  private static final double CAPTION = 13;

  void draw(Svg svg, Marks marks, double left, double top, double width, double height) {
    svg.open("g");
    svg.element("title", title);
    svg.rect(left, top, width, height, "box " + colour);
    if (overlay != null) {
      StringBuilder area = new StringBuilder();
      Marks.box(area, left + 1, top + 1, width - 2, height - 2);
      marks.cover(svg, area, overlay);
    }
    double foot = caption.isEmpty() ? 0 : CAPTION;
    drawCurve(svg, left + ROOM, top + ROOM, width - 2 * ROOM, height - 2 * ROOM - foot);
    drawCaption(svg, left + width / 2, top, height);
    if (lost > 0) {
      String corner =
          "M" + Numbers.coordinate(left + width - 10) + "," + Numbers.coordinate(top + 1);
      svg.leaf("path", "class", "lost", "d", corner + "h9v9z");
    }
    if (best) {
      svg.rect(left + 1.5, top + 1.5, width - 3, height - 3, "best");
    }
    svg.close("g");
  }

  /** At the foot, or in the middle of a cell without a curve. */
  private void drawCaption(Svg svg, double middle, double top, double height) {
    String[] lines = caption.split("\n", -1);
    double y = curve.length == 0 ? top + height / 2 + 4 - 6 * (lines.length - 1) : top + height - 4;
    String css =
        "small middle"
            + (best ? " best-number" : "")
            + (overlay == Marks.Kind.MISSING ? " halo" : "");
    for (String line : lines) {
      svg.text(middle, y, css, line);
      y += 13;
    }
  }

  /** The curve with its band and the straight line between its ends. */
  private void drawCurve(Svg svg, double left, double top, double width, double height) {
    int last = curve.length - 1;
    if (last < 1) {
      return;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int l = 0; l <= last; l++) {
      double below = low.length == 0 ? curve[l] : low[l];
      double above = high.length == 0 ? curve[l] : high[l];
      least = Double.isFinite(below) ? Math.min(least, below) : least;
      most = Double.isFinite(above) ? Math.max(most, above) : most;
    }
    if (!(most > least)) {
      return;
    }
    double floor = least;
    double range = most - least;
    Place place =
        (l, value) ->
            Numbers.coordinate(left + width * l / last)
                + ","
                + Numbers.coordinate(top + height * (1 - (value - floor) / range));
    if (overlay == Marks.Kind.MISSING) {
      svg.open("g", "class", "faint");
    }
    drawBand(svg, place);
    if (Double.isFinite(curve[0]) && Double.isFinite(curve[last])) {
      String chord = "M" + place.of(0, curve[0]) + "L" + place.of(last, curve[last]);
      svg.leaf("path", "class", "chord", "d", chord);
    }
    StringBuilder line = new StringBuilder();
    for (int l = 0; l <= last; l++) {
      if (Double.isFinite(curve[l])) {
        boolean first = l == 0 || !Double.isFinite(curve[l - 1]);
        line.append(first ? 'M' : 'L').append(place.of(l, curve[l]));
      }
    }
    svg.leaf("path", "class", "curve", "d", line);
    if (overlay == Marks.Kind.MISSING) {
      svg.close("g");
    }
  }

  private void drawBand(Svg svg, Place place) {
    StringBuilder band = new StringBuilder();
    for (int l = 0; l < low.length; l++) {
      if (!Double.isFinite(low[l]) || !Double.isFinite(high[l])) {
        return;
      }
      band.append(l == 0 ? 'M' : 'L').append(place.of(l, high[l]));
    }
    for (int l = low.length - 1; l >= 0; l--) {
      band.append('L').append(place.of(l, low[l]));
    }
    if (!band.isEmpty()) {
      svg.leaf("path", "class", "spread", "d", band.append('Z'));
    }
  }

  /** Where a number of the curve is drawn. */
  private interface Place {
    String of(int index, double value);
  }
}
