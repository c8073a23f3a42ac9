package io.github.fathomlab.report;

/**
 * One folding ruler: segments end to end, a negative one folded back below the one before it.
 *
 * @param lengths of the segments, in order
 * @param left where the scale begins
 * @param width how wide it is
 * @param scale of lengths
 */
record Ruler(double[] lengths, double left, double width, Scale scale) {
  private static final double HEIGHT = 36;
  private static final double THICKEST = 16;
  private static final int PALEST = 3;
  private static final int DARKEST = 26;

  void draw(Svg svg, Marks marks, double top, String when, String part) {
    int lanes = lanes();
    double lane = Math.min(THICKEST, HEIGHT / lanes);
    double y = top + (HEIGHT - lanes * lane) / 2;
    double end = 0;
    boolean back = lengths[0] < 0;
    for (int l = 0; l < lengths.length; l++) {
      if (lengths[l] < 0 != back) {
        back = !back;
        double hinge = at(end);
        y += lane;
        svg.line(hinge, y - lane, hinge, y + lane, "hinge");
      }
      double next = end + lengths[l];
      segment(svg, marks, l, Math.min(at(end), at(next)), y, lane, when, part);
      end = next;
    }
  }

  /** One more than the changes of direction. */
  private int lanes() {
    int lanes = 1;
    for (int l = 1; l < lengths.length; l++) {
      lanes += lengths[l] < 0 != lengths[l - 1] < 0 ? 1 : 0;
    }
    return lanes;
  }

  private double at(double length) {
    return left + width * scale.position(length);
  }

  private void segment(
      Svg svg, Marks marks, int l, double x, double y, double lane, String when, String part) {
    double wide = Math.abs(at(lengths[l]) - at(0));
    int last = lengths.length - 1;
    int level = last == 0 ? DARKEST : PALEST + (DARKEST - PALEST) * l / last;
    svg.open("g");
    svg.element(
        "title", when + ", " + part + " " + (l + 1) + ": load " + Numbers.show(lengths[l], 3));
    svg.rect(x, y, wide, lane, "segment q" + level);
    if (lengths[l] < 0) {
      StringBuilder area = new StringBuilder();
      Marks.box(area, x, y, wide, lane);
      marks.cover(svg, area, Marks.Kind.NON_POSITIVE);
    }
    if (wide > 14 && lane > 11) {
      String css = level > Palette.LEVELS / 2 ? "small middle on-dark" : "small middle";
      svg.text(x + wide / 2, y + lane / 2 + 4, css, Integer.toString(l + 1));
    }
    if (l == last) {
      svg.rect(x, y, wide, lane, "best");
    }
    svg.close("g");
  }
}
