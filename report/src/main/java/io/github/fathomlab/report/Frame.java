package io.github.fathomlab.report;

import java.util.List;

/**
 * The rectangle that data are drawn in, with its two axes.
 *
 * @param left left edge in user units
 * @param top top edge
 * @param width width of the data area
 * @param height height of the data area
 * @param x horizontal axis
 * @param y vertical axis
 */
record Frame(double left, double top, double width, double height, Axis x, Axis y) {

  double px(double value) {
    return left + width * x.scale().position(value);
  }

  /**
   * Vertical place of a value, held inside the frame by half its height so that huge values stay
   * drawable.
   */
  double py(double value) {
    double position = Math.clamp(y.scale().position(value), -0.5, 1.5);
    return top + height * (1 - position);
  }

  /** Whether the vertical axis can show the value; a logarithm shows positive ones only. */
  boolean drawable(double value) {
    return Double.isFinite(value) && (!y.logarithmic() || value > 0);
  }

  void draw(Svg svg) {
    svg.open("g", "class", "axes", "aria-hidden", "true");
    for (Scale.Tick tick : y.ticks()) {
      double at = py(tick.value());
      if (!tick.label().isEmpty()) {
        svg.line(left, at, left + width, at, "grid");
        svg.text(left - 8, at + 4, "tick end", tick.label());
      } else {
        svg.line(left - 4, at, left, at, "axis");
      }
    }
    double bottom = top + height;
    double free = Double.NEGATIVE_INFINITY;
    for (Scale.Tick tick : x.ticks()) {
      double at = px(tick.value());
      svg.line(at, bottom, at, bottom + 5, "axis");
      double half = 3.4 * tick.label().length() + 4;
      if (at - half > free) {
        svg.text(at, bottom + 19, "tick middle", tick.label());
        free = at + half;
      }
    }
    svg.line(left, bottom, left + width, bottom, "axis");
    if (!x.label().isEmpty()) {
      svg.text(left + width / 2, bottom + 38, "label middle", x.label());
    }
    if (!y.label().isEmpty()) {
      svg.formula(4, top - 36, "label", y.label());
    }
    svg.close("g");
  }

  List<String> box() {
    return List.of(
        Numbers.coordinate(left),
        Numbers.coordinate(top),
        Numbers.coordinate(width),
        Numbers.coordinate(height));
  }
}
