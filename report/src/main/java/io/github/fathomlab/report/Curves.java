package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Draws series with bands, marks, gaps and a legend into a frame. */
final class Curves {
  /** Beyond this ratio of largest to smallest positive number an axis turns logarithmic. */
  private static final double LOG_RATIO = 20;

  /** What is drawn of a series; points that need a remark are always marked. */
  enum Style {
    LINES,
    LINES_AND_MARKS,
    MARKS,
    /** Marks with their bands as bars. */
    WHISKERS;

    private boolean lines() {
      return this == LINES || this == LINES_AND_MARKS;
    }
  }

  private final Svg svg;
  private final Frame frame;
  private final Style style;

  /** Whether every mark says its number, for figures without the page's tooltips. */
  private final boolean titled;

  private Curves(Svg svg, Frame frame, Style style, boolean titled) {
    this.svg = svg;
    this.frame = frame;
    this.style = style;
    this.titled = titled;
  }

  /** Frame, legend and all series. */
  static String draw(Frame frame, List<Series> series, Style style) {
    Svg svg = new Svg();
    frame.draw(svg);
    new Curves(svg, frame, style, false).draw(series);
    legend(svg, frame.left(), frame.top() - 19, Double.POSITIVE_INFINITY, series, style);
    return svg.toString();
  }

  /** All series without frame and legend; every mark says its number. */
  static void drawTitled(Svg svg, Frame frame, List<Series> series, Style style) {
    new Curves(svg, frame, style, true).draw(series);
  }

  private void draw(List<Series> series) {
    for (int i = 0; i < series.size(); i++) {
      svg.open("g", "class", "series " + series.get(i).look().css, "data-series", i);
      draw(series.get(i));
      svg.close("g");
    }
  }

  /** What the page's script needs to redraw and to name every point. */
  static Map<String, Object> data(Frame frame, List<Series> series, Notes notes) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "curves");
    data.put("box", frame.box());
    data.put("xAxis", frame.x().data());
    data.put("yAxis", frame.y().data());
    List<Object> curves = new ArrayList<>();
    series.forEach(one -> curves.add(one.data(notes)));
    data.put("series", curves);
    return data;
  }

  /**
   * An axis that covers means and bands; logarithmic when allowed, nothing is negative and the span
   * is long.
   */
  static Axis valueAxis(String label, List<Band[]> numbers, boolean logAllowed) {
    double low = Double.NaN;
    double high = Double.NaN;
    double smallestPositive = Double.NaN;
    for (Band[] bands : numbers) {
      for (Band band : bands) {
        if (band.hasValue()) {
          low = Double.isNaN(low) ? band.low() : Math.min(low, band.low());
          high = Double.isNaN(high) ? band.high() : Math.max(high, band.high());
          double positive = band.low() > 0 ? band.low() : band.mean();
          if (positive > 0) {
            smallestPositive =
                Double.isNaN(smallestPositive) ? positive : Math.min(smallestPositive, positive);
          }
        }
      }
    }
    if (logAllowed && low >= 0 && high / smallestPositive >= LOG_RATIO) {
      return new Axis(label + ", log scale", Scale.Log.covering(smallestPositive, high));
    }
    return new Axis(label, Scale.Linear.covering(low, high, 5));
  }

  /** A logarithmic axis over the positive means; what is not positive is marked below it. */
  static Axis logAxis(String label, List<Band[]> numbers) {
    double[] positive =
        numbers.stream()
            .flatMap(Arrays::stream)
            .flatMapToDouble(band -> DoubleStream.of(band.mean(), band.high()))
            .filter(mean -> mean > 0 && mean < Double.POSITIVE_INFINITY)
            .sorted()
            .toArray();
    return new Axis(
        label,
        positive.length == 0
            ? new Scale.Log(0.1, 1)
            : Scale.Log.covering(positive[0], positive[positive.length - 1]));
  }

  private void draw(Series series) {
    if (style.lines() && series.look() != Series.Look.SCATTER) {
      drawLine(series);
    }
    svg.open("g", "class", "marks");
    for (int i = 0; i < series.bands().length; i++) {
      if (style == Style.WHISKERS) {
        whisker(series.x()[i], series.bands()[i]);
      }
      mark(series, i);
    }
    svg.close("g");
  }

  /** The mean as a line and the band around it, both broken where there is no number. */
  private void drawLine(Series series) {
    Band[] bands = series.bands();
    StringBuilder area = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int from = 0; from < bands.length; from++) {
      int to = from;
      while (to < bands.length && frame.drawable(bands[to].mean())) {
        to++;
      }
      if (to > from) {
        segment(series, from, to, area, line);
        from = to;
      }
    }
    svg.leaf("path", "class", "band", "d", area);
    svg.leaf("path", "class", "line", "d", line);
  }

  private void segment(Series series, int from, int to, StringBuilder area, StringBuilder line) {
    Band[] bands = series.bands();
    boolean wide = false;
    for (int i = from; i < to; i++) {
      point(line, i == from ? 'M' : 'L', series.x()[i], bands[i].mean());
      wide |= bands[i].high() > bands[i].low();
    }
    if (!wide) {
      return;
    }
    for (int i = from; i < to; i++) {
      point(area, i == from ? 'M' : 'L', series.x()[i], bands[i].high());
    }
    for (int i = to - 1; i >= from; i--) {
      point(area, 'L', series.x()[i], bands[i].low());
    }
    area.append('Z');
  }

  private void point(StringBuilder path, char command, double x, double y) {
    double at = frame.drawable(y) ? frame.py(y) : frame.top() + frame.height();
    path.append(command)
        .append(Numbers.coordinate(frame.px(x)))
        .append(',')
        .append(Numbers.coordinate(at));
  }

  private void mark(Series series, int i) {
    Band band = series.bands()[i];
    double x = frame.px(series.x()[i]);
    double bottom = frame.top() + frame.height();
    if (!band.hasValue()) {
      place(
          x,
          bottom - 6,
          "mark none",
          "M-3.5,-3.5l7,7M-3.5,3.5l7,-7",
          series.places().get(i) + ": no value; " + band.note());
    } else if (!frame.drawable(band.mean())) {
      place(
          x,
          bottom - 5,
          "mark hollow",
          "M-4,-4h8l-4,8z",
          series.places().get(i)
              + ": "
              + Numbers.show(band.mean())
              + " lies below a logarithmic axis");
    } else if (band.flagged() > 0) {
      place(
          x,
          frame.py(band.mean()),
          "mark hollow",
          series.look().mark,
          series.places().get(i) + ": " + Numbers.show(band.mean()) + "; " + band.note());
    } else if (style != Style.LINES || isolated(series, i)) {
      String title = titled ? title(series, i) : "";
      place(x, frame.py(band.mean()), series.markCss(), series.look().mark, title);
    }
  }

  private static String title(Series series, int i) {
    Band band = series.bands()[i];
    String range =
        band.high() > band.low()
            ? Numbers.show(band.low()) + " to " + Numbers.show(band.high()) + ", "
            : "";
    return series.places().get(i)
        + "\n"
        + series.name()
        + ": "
        + Numbers.show(band.mean())
        + (band.replicas() > 1 ? " (" + range + "n = " + band.replicas() + ")" : "");
  }

  private void whisker(double x, Band band) {
    if (frame.drawable(band.low()) && band.high() > band.low()) {
      double at = frame.px(x);
      svg.line(at, frame.py(band.low()), at, frame.py(band.high()), "whisker");
    }
  }

  private boolean isolated(Series series, int i) {
    Band[] bands = series.bands();
    return (i == 0 || !frame.drawable(bands[i - 1].mean()))
        && (i == bands.length - 1 || !frame.drawable(bands[i + 1].mean()));
  }

  private void place(double x, double y, String css, String shape, String title) {
    String where = "translate(" + Numbers.coordinate(x) + " " + Numbers.coordinate(y) + ")";
    if (title.isEmpty()) {
      svg.leaf("path", "class", css, "transform", where, "d", shape);
    } else {
      svg.open("path", "class", css, "transform", where, "d", shape)
          .element("title", title)
          .close("path");
    }
  }

  /** Names the series in lines between left and right; returns the height of the last line. */
  static double legend(
      Svg svg, double left, double top, double right, List<Series> series, Style style) {
    double x = left;
    double y = top;
    for (int i = 0; i < series.size(); i++) {
      Series one = series.get(i);
      double width = 38 + 6.6 * one.name().length();
      if (x > left && x + width > right) {
        x = left;
        y += 20;
      }
      svg.open("g", "class", "legend " + one.look().css, "data-series", i);
      svg.rect(x - 4, y - 10, width, 20, "hit");
      if (style.lines() && one.look() != Series.Look.SCATTER) {
        svg.line(x, y, x + 22, y, "line");
      }
      svg.leaf(
          "path",
          "class",
          one.markCss(),
          "transform",
          "translate(" + Numbers.coordinate(x + 11) + " " + Numbers.coordinate(y) + ")",
          "d",
          one.look().mark);
      svg.text(x + 28, y + 4, "entry", one.name());
      svg.close("g");
      x += width + 8;
    }
    return y;
  }
}
