package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;

/** Words that find room: beside points without covering another, or within a width. */
final class Labels {
  private static final double LETTER = 6.3;
  private static final double WIDE_LETTER = 7;
  private static final double HALF_HEIGHT = 6;
  private static final double MARK = 5;
  private static final double[] DISTANCES = {9, 20, 32, 46};
  private static final int DIRECTIONS = 16;

  /** A rectangle that is taken. */
  private record Box(double left, double top, double right, double bottom) {
    private boolean meets(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    private boolean isWithin(Frame frame) {
      return left >= frame.left()
          && top >= frame.top()
          && right <= frame.left() + frame.width()
          && bottom <= frame.top() + frame.height();
    }
  }

  private final Frame frame;
  private final List<Box> taken = new ArrayList<>();

  Labels(Frame frame) {
    this.frame = frame;
  }

  /** The text, or as much of it as fits into a width, ended by three dots. */
  static String within(double width, String text) {
    int most = Math.max(1, (int) (width / WIDE_LETTER));
    return text.length() <= most ? text : text.substring(0, most - 1).strip() + "\u2026";
  }

  /** Keeps a point and its whisker free. */
  void keep(double x, double top, double bottom) {
    taken.add(new Box(x - MARK, top - MARK, x + MARK, bottom + MARK));
  }

  /** Writes the word as near to the point as there is room; a far one gets a line to its point. */
  void write(Svg svg, double x, double y, String word) {
    double half = LETTER * word.length() / 2;
    for (double distance : DISTANCES) {
      for (int i = 0; i < DIRECTIONS; i++) {
        double angle = 2 * Math.PI * i / DIRECTIONS;
        double atX = x + Math.cos(angle) * (distance + half);
        double atY = y + Math.sin(angle) * (distance + HALF_HEIGHT);
        Box box = new Box(atX - half, atY - HALF_HEIGHT, atX + half, atY + HALF_HEIGHT);
        if (box.isWithin(frame) && taken.stream().noneMatch(box::meets)) {
          taken.add(box);
          if (distance > DISTANCES[0]) {
            double near = Math.clamp(x, box.left, box.right);
            svg.line(x, y, near, atY < y ? box.bottom : box.top, "hinge");
          }
          svg.text(atX, atY + 4, "tick middle halo-paper", word);
          return;
        }
      }
    }
  }
}
