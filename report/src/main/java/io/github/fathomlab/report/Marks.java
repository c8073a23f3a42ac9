package io.github.fathomlab.report;

import java.util.function.Predicate;

/** Patterns laid over the cells of a grid where colour alone would hide something. */
final class Marks {

  /** What a pattern says. */
  enum Kind {
    NON_POSITIVE("hatch"),
    FAILED("slash"),
    MISSING("cross"),
    FLAGGED("ruled"),
    OPEN("open");

    private final String css;

    Kind(String css) {
      this.css = css;
    }
  }

  private final String figure;

  Marks(String figure) {
    this.figure = figure;
  }

  /** The patterns; their names carry the figure's id, because ids are shared by a whole page. */
  void define(Svg svg) {
    svg.open("defs");
    pattern(svg, Kind.NON_POSITIVE, "M-1,7L7,-1M-1,1L1,-1M5,7L7,5");
    pattern(svg, Kind.FAILED, "M-1,7L7,-1M-1,1L1,-1M5,7L7,5");
    pattern(svg, Kind.MISSING, "M0,0L6,6M6,0L0,6");
    pattern(svg, Kind.FLAGGED, "M0,3h6");
    pattern(svg, Kind.OPEN, "M-1,7L7,-1M-1,1L1,-1M5,7L7,5");
    svg.close("defs");
  }

  private void pattern(Svg svg, Kind kind, String path) {
    svg.open(
        "pattern",
        "id",
        figure + "-" + kind.css,
        "width",
        6,
        "height",
        6,
        "patternUnits",
        "userSpaceOnUse");
    svg.leaf("path", "class", "pattern " + kind.css, "d", path);
    svg.close("pattern");
  }

  /** Covers the cells that meet the condition; returns whether there was one. */
  boolean overlay(Svg svg, Grid grid, Predicate<Band> condition, Kind kind) {
    StringBuilder path = new StringBuilder();
    Profile profile = grid.profile();
    for (int row = 0; row < profile.layers.length; row++) {
      int column = 0;
      while (column < profile.columns) {
        int end = column;
        while (end < profile.columns && condition.test(profile.at(end, row))) {
          end++;
        }
        if (end > column) {
          double from = grid.columnLeft(column);
          double wide = grid.columnLeft(end) - from;
          box(path, from, grid.rowTop(row), wide, grid.rowHeight());
        }
        column = end + 1;
      }
    }
    return cover(svg, path, kind);
  }

  /** Adds a rectangle to a path. */
  static void box(StringBuilder path, double left, double top, double width, double height) {
    path.append('M')
        .append(Numbers.coordinate(left))
        .append(',')
        .append(Numbers.coordinate(top))
        .append('h')
        .append(Numbers.coordinate(width))
        .append('v')
        .append(Numbers.coordinate(height))
        .append('h')
        .append(Numbers.coordinate(-width))
        .append('z');
  }

  /** Covers the area of a path; returns whether there is one. */
  boolean cover(Svg svg, CharSequence path, Kind kind) {
    if (path.isEmpty()) {
      return false;
    }
    svg.leaf(
        "path",
        "class",
        "overlay " + kind.css,
        "fill",
        "url(#" + figure + "-" + kind.css + ")",
        "d",
        path);
    return true;
  }
}
