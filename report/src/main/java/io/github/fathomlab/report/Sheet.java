package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Small charts on one full page under one legend: columns of charts, several columns side by side,
 * at the foot a line that says what the figure claims.
 */
final class Sheet {
  private static final double GUTTER = 56; // room for the numbers left of a chart
  private static final double RIGHT = 22;
  private static final double HEAD = 42; // heading and label above a chart
  private static final double FOOT = 30; // ticks below a chart
  private static final double AXIS_LABEL = 18;
  private static final double BELOW = 15; // height of a line below a chart
  private static final double TOP = 16;
  private static final double END = 30;

  /**
   * One chart.
   *
   * @param heading stands above it in bold; may be empty
   * @param height of its data area
   * @param x horizontal axis; a label is drawn below when there is one
   * @param y vertical axis, its label drawn above
   * @param series the curves
   * @param style how they are drawn
   * @param under drawn below the curves
   * @param remarks lines of text that stand under the chart
   */
  record Chart(
      String heading,
      double height,
      Axis x,
      Axis y,
      List<Series> series,
      Curves.Style style,
      Layer under,
      List<String> remarks) {

    Chart(
        String heading,
        double height,
        Axis x,
        Axis y,
        List<Series> series,
        Curves.Style style,
        Layer under) {
      this(heading, height, x, y, series, style, under, List.of());
    }

    Chart(String heading, double height, Axis x, Axis y, List<Series> series, Curves.Style style) {
      this(heading, height, x, y, series, style, (_, _) -> {});
    }

    /** The same with something below its curves. */
    Chart over(Layer layer) {
      return new Chart(heading, height, x, y, series, style, layer, remarks);
    }

    /** The same with lines of text under the chart. */
    Chart with(List<String> lines) {
      return new Chart(heading, height, x, y, series, style, under, lines);
    }
  }

  /** Something drawn into a frame besides curves. */
  @FunctionalInterface
  interface Layer {
    void draw(Svg svg, Frame frame);
  }

  /** Lines of text in the lower right corner of a chart. */
  static Layer lowerRight(List<String> lines) {
    return (svg, frame) -> {
      double x = frame.left() + frame.width() - 6;
      remarks(svg, x, frame, "entry end halo-paper", lines);
    };
  }

  /** Lines of text in the lower left corner of a chart. */
  static Layer lowerLeft(List<String> lines) {
    return (svg, frame) -> remarks(svg, frame.left() + 8, frame, "entry halo-paper", lines);
  }

  private static void remarks(Svg svg, double x, Frame frame, String css, List<String> lines) {
    double y = frame.top() + frame.height() - 16 * lines.size() + 8;
    for (String line : lines) {
      svg.text(x, y, css, line);
      y += 16;
    }
  }

  private final Svg svg = new Svg();
  private final int across;
  private final String foot;
  private double height;

  private Sheet(int across, String foot) {
    this.across = across;
    this.foot = foot;
  }

  /**
   * Draws the sheet.
   *
   * @param columns each a list of charts from top to bottom; columns of one line of the sheet have
   *     charts of equal heights
   * @param most columns side by side
   * @param foot the line below everything
   */
  static Sheet of(List<List<Chart>> columns, int most, String foot) {
    Sheet sheet = new Sheet(Math.min(most, columns.size()), foot);
    sheet.draw(columns);
    return sheet;
  }

  /** Width of a chart's heading when so many stand side by side. */
  static double headingWidth(int across) {
    return Figure.FULL / across - GUTTER + 40;
  }

  /** Width of a chart's data area when so many stand side by side. */
  static double width(int across) {
    return Figure.FULL / across - GUTTER - RIGHT;
  }

  double height() {
    return height;
  }

  String body() {
    return svg.toString();
  }

  private void draw(List<List<Chart>> columns) {
    Map<String, Series> names = new LinkedHashMap<>();
    boolean lines = false;
    for (List<Chart> column : columns) {
      for (Chart chart : column) {
        lines |= chart.style() == Curves.Style.LINES_AND_MARKS;
        chart.series().forEach(series -> names.putIfAbsent(series.name(), series));
      }
    }
    double top =
        Curves.legend(
                svg,
                GUTTER,
                TOP,
                Figure.FULL - RIGHT,
                new ArrayList<>(names.values()),
                lines ? Curves.Style.LINES_AND_MARKS : Curves.Style.MARKS)
            + TOP;
    double pitch = Figure.FULL / across;
    for (int from = 0; from < columns.size(); from += across) {
      double bottom = top;
      for (int i = from; i < Math.min(columns.size(), from + across); i++) {
        double left = (i - from) * pitch + GUTTER;
        bottom = Math.max(bottom, draw(columns.get(i), left, width(across), top));
      }
      top = bottom + 8;
    }
    svg.text(GUTTER - 40, top + 14, "tag", foot);
    height = top + END;
  }

  private double draw(List<Chart> column, double left, double width, double from) {
    double top = from;
    for (Chart chart : column) {
      top += chart.heading().isEmpty() ? HEAD - 18 : HEAD;
      Axis unnamed = new Axis("", chart.y().scale(), chart.y().ticks());
      Frame frame = new Frame(left, top, width, chart.height(), chart.x(), unnamed);
      if (!chart.heading().isEmpty()) {
        svg.text(left - 40, top - 25, "heading", chart.heading());
      }
      svg.formula(left - 40, top - 9, "tick", chart.y().label());
      frame.draw(svg);
      chart.under().draw(svg, frame);
      Curves.drawTitled(svg, frame, chart.series(), chart.style());
      top += chart.height() + FOOT + (chart.x().label().isEmpty() ? 0 : AXIS_LABEL);
      for (String remark : chart.remarks()) {
        svg.text(left - 40, top + 6, "tag", remark);
        top += BELOW;
      }
    }
    return top;
  }
}
