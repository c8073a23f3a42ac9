package io.github.fathomlab.report;

import java.util.List;

/**
 * Maps of load curves on one sheet: side by side when they have few columns, else below each other.
 */
final class PhaseSheet {
  /** Room above the first map for legend and colour bar. */
  static final double HEAD = 62;

  private static final double GUTTER = 84;
  private static final double MARGIN = 16;
  private static final double HEADING = 26;
  private static final double FOOT = 56;
  private static final double WORDS = 150;
  private static final double WIDEST = 150;

  /**
   * An axis of cells.
   *
   * @param label what changes along it
   * @param ticks one per row (top first) or column
   * @param first word beside the first row; empty for columns
   * @param last word beside the last row
   */
  record Side(String label, List<String> ticks, String first, String last) {}

  /**
   * One map.
   *
   * @param heading what it is a map of
   * @param detail the same in full, where there is room
   * @param rows from top to bottom
   * @param columns from left to right
   * @param cells [row][column]
   */
  record Map(String heading, String detail, Side rows, Side columns, List<List<PhaseCell>> cells) {}

  private final List<Map> maps;
  private final int across;
  private final double cellWidth;
  private final double cellHeight;

  PhaseSheet(List<Map> maps) {
    this.maps = maps;
    int columns = maps.stream().mapToInt(map -> map.columns().ticks().size()).max().orElse(1);
    int rows = maps.stream().mapToInt(map -> map.rows().ticks().size()).max().orElse(1);
    across = columns <= 3 ? Math.clamp(maps.size(), 1, 3) : columns <= 7 && maps.size() > 1 ? 2 : 1;
    cellWidth = Math.min(WIDEST, (Figure.FULL / across - GUTTER - MARGIN) / columns);
    cellHeight = Math.clamp(0.8 * cellWidth, Math.clamp(WORDS / rows, 46, 66), 96);
  }

  /** Height of the whole figure. */
  double height() {
    return HEAD + Math.ceilDiv(maps.size(), across) * pitch() - 8;
  }

  private double pitch() {
    int rows = maps.stream().mapToInt(map -> map.rows().ticks().size()).max().orElse(1);
    return HEADING + rows * cellHeight + FOOT;
  }

  void draw(Svg svg, Marks marks) {
    for (int i = 0; i < maps.size(); i++) {
      double left = GUTTER + i % across * (Figure.FULL / across);
      draw(svg, marks, maps.get(i), left, HEAD + i / across * pitch() + HEADING);
    }
  }

  private void draw(Svg svg, Marks marks, Map map, double left, double top) {
    svg.formula(left, top - 9, "label", across == 1 ? map.detail() : map.heading());
    for (int row = 0; row < map.cells().size(); row++) {
      List<PhaseCell> cells = map.cells().get(row);
      for (int column = 0; column < cells.size(); column++) {
        cells
            .get(column)
            .draw(
                svg,
                marks,
                left + column * cellWidth,
                top + row * cellHeight,
                cellWidth,
                cellHeight);
      }
    }
    drawRows(svg, map.rows(), left, top);
    drawColumns(svg, map.columns(), left, top + map.rows().ticks().size() * cellHeight);
  }

  private void drawRows(Svg svg, Side rows, double left, double top) {
    for (int row = 0; row < rows.ticks().size(); row++) {
      double middle = top + (row + 0.5) * cellHeight;
      svg.text(left - 8, middle + 4, "tick end", rows.ticks().get(row));
    }
    double height = rows.ticks().size() * cellHeight;
    double x = left - GUTTER + 14;
    if (!rows.label().isEmpty()) {
      svg.text(left - 8, top - 9, "small end", rows.label());
    }
    if (height >= WORDS) {
      turned(svg, x, top, "tick end", rows.first());
      turned(svg, x, top + height, "tick", rows.last());
    }
  }

  /** Text that reads upwards. */
  private static void turned(Svg svg, double x, double y, String css, String text) {
    if (!text.isEmpty()) {
      String turn = "rotate(-90 " + Numbers.coordinate(x) + " " + Numbers.coordinate(y) + ")";
      svg.element("text", text, "x", x, "y", y, "class", css, "transform", turn);
    }
  }

  private void drawColumns(Svg svg, Side columns, double left, double bottom) {
    double free = Double.NEGATIVE_INFINITY;
    for (int column = 0; column < columns.ticks().size(); column++) {
      String tick = columns.ticks().get(column);
      double at = left + (column + 0.5) * cellWidth;
      double half = 3.4 * tick.length() + 3;
      if (at - half > free) {
        svg.text(at, bottom + 16, "tick middle", tick);
        free = at + half;
      }
    }
    double width = columns.ticks().size() * cellWidth;
    double half = 3.3 * columns.label().length();
    double middle = Math.max(left + width / 2, left - GUTTER + half);
    svg.text(middle, bottom + 34, "label middle", columns.label());
  }
}
