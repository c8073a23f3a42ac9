package io.github.fathomlab.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The diverging colours of a bend: convex on one side, concave on the other, straight in the
 * middle.
 *
 * @param limit bend at which the colours end
 */
record TiltColour(double limit) {

  /** Covers the numbers, but no more than {@code most}: what lies beyond has the end colour. */
  static TiltColour covering(DoubleStream numbers, double most) {
    double largest = numbers.filter(Double::isFinite).map(Math::abs).max().orElse(0);
    double limit = largest > 0 ? Scale.Linear.covering(0, largest, 4).high() : most;
    return new TiltColour(Math.min(most, limit));
  }

  /** Class of a bend, positive for concave; the plain panel where there is no number. */
  String css(double bend) {
    if (!Double.isFinite(bend)) {
      return "blank";
    }
    int half = (Palette.DIVERGING_LEVELS - 1) / 2;
    return "d" + (half + Math.round(half * Math.clamp(bend / limit, -1, 1)));
  }

  /**
   * The bar; {@code sign} turns the written numbers round where a quantity counts the other way.
   */
  void bar(Svg svg, String label, int sign) {
    ColourKey.bar(
        svg,
        'd',
        Palette.DIVERGING_LEVELS,
        label,
        List.of(
            new ColourKey.Stop(0, "convex " + Numbers.show(-sign * limit, 2)),
            new ColourKey.Stop(0.5, "0"),
            new ColourKey.Stop(1, "concave " + Numbers.show(sign * limit, 2))));
  }
}
