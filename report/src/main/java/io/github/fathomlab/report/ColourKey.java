package io.github.fathomlab.report;

import java.util.List;

/** The legend above a map: a bar of its colours on the right, samples of its marks on the left. */
final class ColourKey {
  private static final double WIDTH = 240;
  private static final double RIGHT = Figure.FULL - 46;

  /**
   * A place on the bar.
   *
   * @param position 0 left to 1 right
   * @param text below it
   */
  record Stop(double position, String text) {}

  private ColourKey() {}

  /** The bar of classes {@code prefix}0 to {@code prefix}(levels - 1). */
  static void bar(Svg svg, char prefix, int levels, String label, List<Stop> stops) {
    double left = RIGHT - WIDTH;
    for (int level = 0; level < levels; level++) {
      double from = left + WIDTH * level / levels;
      svg.rect(from, 24, WIDTH / levels + 0.3, 9, "cell " + prefix + level);
    }
    svg.rect(left, 24, WIDTH, 9, "outline");
    for (Stop stop : stops) {
      double at = left + WIDTH * stop.position();
      svg.line(at, 33, at, 37, "axis");
      svg.text(at, 49, "tick middle", stop.text());
    }
    svg.text(Figure.FULL - 8, 16, "label end", label);
  }

  /** Samples of the marks that occur in the cells, each with its word. */
  static void marks(Svg svg, Marks marks, List<PhaseCell> cells, String bestWord) {
    double x = 16;
    if (cells.stream().anyMatch(cell -> cell.overlay() == Marks.Kind.OPEN)) {
      x = sample(svg, marks, x, Marks.Kind.OPEN, "undecided");
    }
    if (cells.stream().anyMatch(cell -> cell.overlay() == Marks.Kind.MISSING)) {
      x = sample(svg, marks, x, Marks.Kind.MISSING, "undefined");
    }
    if (cells.stream().anyMatch(cell -> cell.lost() > 0)) {
      svg.rect(x, 22, 18, 14, "outline");
      svg.leaf("path", "class", "lost", "d", "M" + Numbers.coordinate(x + 9) + ",22h9v9z");
      x = word(svg, x, "trainings lost");
    }
    if (cells.stream().anyMatch(PhaseCell::best)) {
      svg.rect(x, 22, 18, 14, "best");
      word(svg, x, bestWord);
    }
  }

  private static double sample(Svg svg, Marks marks, double x, Marks.Kind kind, String word) {
    StringBuilder area = new StringBuilder();
    Marks.box(area, x, 22, 18, 14);
    marks.cover(svg, area, kind);
    svg.rect(x, 22, 18, 14, "outline");
    return word(svg, x, word);
  }

  private static double word(Svg svg, double x, String word) {
    svg.text(x + 24, 33, "entry", word);
    return x + 44 + 6.4 * word.length();
  }
}
