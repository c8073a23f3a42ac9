package io.github.fathomlab.report;

/** A named horizontal line that measured numbers are held against. */
final class Reference {
  private Reference() {}

  /**
   * Draws the line at {@code value}; its name stands in the row of the axis label, on the right.
   */
  static void draw(Svg svg, Frame frame, double value, String name) {
    double y = frame.py(value);
    double right = frame.left() + frame.width();
    svg.line(frame.left(), y, right, y, "reference");
    double row = frame.top() - 36;
    svg.text(right, row, "entry end", name);
    double sample = right - 6.6 * name.length() - 8;
    svg.line(sample - 26, row - 4, sample, row - 4, "reference");
  }
}
