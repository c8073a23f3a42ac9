package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells of a depth x time picture: one column per time bin, one row per layer, the deepest
 * layer on top.
 *
 * @param left left edge
 * @param top top edge
 * @param width width of all columns
 * @param rowHeight height of a row
 * @param profile the numbers
 */
record Grid(double left, double top, double width, double rowHeight, Profile profile) {
  /** Neighbouring cells overlap a little, because rounded coordinates would leave seams. */
  private static final double OVERLAP = 0.5;

  double height() {
    return rowHeight * profile.layers.length;
  }

  double rowTop(int layerIndex) {
    return top + rowHeight * (profile.layers.length - 1 - layerIndex);
  }

  double columnLeft(int column) {
    return left + width * column / profile.columns;
  }

  /**
   * All cells, one path per class, so that thousands of cells stay small; the order of classes is
   * fixed.
   */
  void drawCells(Svg svg, String[][] classes) {
    Map<String, StringBuilder> paths = new java.util.TreeMap<>();
    for (int column = 0; column < profile.columns; column++) {
      double from = columnLeft(column);
      double wide = columnLeft(column + 1) - from + (column + 1 < profile.columns ? OVERLAP : 0);
      for (int row = 0; row < profile.layers.length; row++) {
        paths
            .computeIfAbsent(classes[column][row], _ -> new StringBuilder())
            .append('M')
            .append(Numbers.coordinate(from))
            .append(',')
            .append(Numbers.coordinate(rowTop(row)))
            .append('h')
            .append(Numbers.coordinate(wide))
            .append('v')
            .append(Numbers.coordinate(rowHeight))
            .append('h')
            .append(Numbers.coordinate(-wide))
            .append('z');
      }
    }
    paths.forEach((css, path) -> svg.leaf("path", "class", "cell " + css, "d", path));
  }

  /** Frame, layer numbers on the left and steps below. */
  void drawAxes(Svg svg, boolean withSteps) {
    svg.rect(left, top, width, height(), "outline");
    int stride = Math.max(1, (int) Math.ceil(13 / rowHeight));
    for (int row = 0; row < profile.layers.length; row += stride) {
      svg.text(
          left - 8,
          rowTop(row) + rowHeight / 2 + 4,
          "tick end",
          Integer.toString(profile.layers[row]));
    }
    if (withSteps) {
      drawSteps(svg);
    }
  }

  private void drawSteps(Svg svg) {
    double bottom = top + height();
    double first = profile.steps[0];
    double last = profile.lastStep(profile.columns - 1);
    double free = Double.NEGATIVE_INFINITY;
    for (Scale.Tick tick : Scale.Linear.between(first, Math.max(last, first + 1), 8).ticks()) {
      if (tick.value() != Math.rint(tick.value()) || tick.value() > last) {
        continue;
      }
      double at = placeOf(tick.value());
      double half = 3.4 * tick.label().length() + 4;
      svg.line(at, bottom, at, bottom + 5, "axis");
      if (at - half > free) {
        svg.text(at, bottom + 19, "tick middle", tick.label());
        free = at + half;
      }
    }
    svg.text(left + width / 2, bottom + 38, "label middle", "optimizer step");
  }

  /** Where a step lies: columns are equally wide, steps within a column are interpolated. */
  private double placeOf(double step) {
    int column = 0;
    while (column + 1 < profile.columns && profile.firstStep(column + 1) <= step) {
      column++;
    }
    double from = profile.firstStep(column);
    double to =
        column + 1 < profile.columns ? profile.firstStep(column + 1) : profile.lastStep(column) + 1;
    return columnLeft(column)
        + (columnLeft(column + 1) - columnLeft(column)) * Math.min(1, (step - from) / (to - from));
  }

  /** What the page's script needs to name a cell. */
  Map<String, Object> data(
      String name, boolean largest, double sign, Recorded recorded, Notes notes) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put(
        "box",
        List.of(
            Numbers.coordinate(left),
            Numbers.coordinate(top),
            Numbers.coordinate(width),
            Numbers.coordinate(height())));
    List<String> columns = new ArrayList<>();
    for (int column = 0; column < profile.columns; column++) {
      columns.add(profile.columnName(column));
    }
    data.put("columns", columns);
    data.put("rows", Arrays.stream(profile.layers).mapToObj(recorded::layerName).toList());
    List<Object> values = new ArrayList<>();
    List<Object> remarks = new ArrayList<>();
    for (int row = 0; row < profile.layers.length; row++) {
      Band[] bands = profile.overTime(row);
      values.add(
          Markup.numbers(
              Arrays.stream(bands)
                  .mapToDouble(band -> sign * (largest ? band.high() : band.mean()))
                  .toArray()));
      remarks.add(Arrays.stream(bands).mapToInt(band -> notes.index(band.note())).toArray());
    }
    data.put("values", values);
    data.put("notes", remarks);
    return data;
  }
}
