package io.github.fathomlab.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What part of a run's sum each layer has, drawn beside the rows of a grid and held against the
 * layer's part of the parameters, without which a share is a trivial count.
 *
 * <p>A share is taken of the sum of the layers' sizes, so that layers of opposite sign do not blow
 * each other up; where all have one sign this is the sum itself.
 */
final class LayerShares {
  /** Room that the bars and their numbers need beside a grid. */
  static final double WIDTH = 168;

  private static final double BAR = 62;

  private final Grid grid;
  private final double[] shares; // by row, NaN when nothing was summed
  private final double[] parameters; // by row, empty when unknown

  private LayerShares(Grid grid, double[] shares, double[] parameters) {
    this.grid = grid;
    this.shares = shares;
    this.parameters = parameters;
  }

  /** The layers' parts of {@code sign} times the quantity, over all readings with a number. */
  static LayerShares of(Grid grid, double sign, List<Long> parameterCounts) {
    Profile profile = grid.profile();
    double[] totals = new double[profile.layers.length];
    for (int row = 0; row < totals.length; row++) {
      for (Band band : profile.overTime(row)) {
        totals[row] += band.hasValue() ? sign * band.mean() * band.readings() : 0;
      }
    }
    return new LayerShares(grid, ofSizes(totals), ofCounts(profile.layers, parameterCounts));
  }

  /** Each number over the sum of all sizes; NaN when that is zero or not finite. */
  static double[] ofSizes(double[] totals) {
    double all = Arrays.stream(totals).map(Math::abs).sum();
    return Arrays.stream(totals)
        .map(total -> all > 0 && Double.isFinite(all) ? total / all : Double.NaN)
        .toArray();
  }

  /** Each layer's part of the parameters; empty unless every layer's count is known. */
  static double[] ofCounts(int[] layers, List<Long> counts) {
    double all = counts.stream().mapToDouble(Long::doubleValue).sum();
    boolean known = all > 0 && Arrays.stream(layers).allMatch(m -> m >= 0 && m < counts.size());
    return known
        ? Arrays.stream(layers).mapToDouble(m -> counts.get(m) / all).toArray()
        : new double[0];
  }

  void draw(Svg svg, Marks marks) {
    double most = Arrays.stream(shares).map(Math::abs).max().orElse(Double.NaN);
    if (!(most > 0)) {
      return;
    }
    for (double share : parameters) {
      most = Math.max(most, share);
    }
    double left = grid.left() + grid.width() + 16;
    svg.text(left, 60, "tick", "share of the run");
    if (parameters.length > 0) {
      svg.text(left + WIDTH - 16, 60, "tick end", "param.");
    }
    StringBuilder back = new StringBuilder();
    for (int row = 0; row < shares.length; row++) {
      row(svg, row, left, BAR / most, back);
    }
    marks.cover(svg, back, Marks.Kind.NON_POSITIVE);
  }

  private void row(Svg svg, int row, double left, double unit, StringBuilder back) {
    double height = grid.rowHeight();
    double top = grid.rowTop(row);
    double length = unit * Math.abs(shares[row]);
    boolean negative = shares[row] < 0;
    svg.rect(left, top + 0.22 * height, length, 0.56 * height, negative ? "share back" : "share");
    if (negative) {
      Marks.box(back, left, top + 0.22 * height, length, 0.56 * height);
    }
    boolean labelled = height >= 12;
    if (labelled) {
      svg.text(left + BAR + 34, top + height / 2 + 4, "tick end", percent(shares[row]));
    }
    if (parameters.length > 0) {
      double at = left + unit * parameters[row];
      svg.line(at, top + 0.1 * height, at, top + 0.9 * height, "null-share");
      if (labelled) {
        svg.text(left + WIDTH - 16, top + height / 2 + 4, "tick end", percent(parameters[row]));
      }
    }
  }

  /** The bars in words: boundary layer against bulk, and what the upright stroke is. */
  String describe(String what) {
    if (Arrays.stream(shares).anyMatch(Double::isNaN)) {
      return "";
    }
    String strokes =
        parameters.length > 0
            ? " Upright stroke: the layer's share of the parameters, its null."
            : " How many parameters each layer has was not given, so the shares have no null.";
    if (Arrays.stream(shares).anyMatch(share -> share < 0)) {
      strokes += " Some layers are negative, so the shares are parts of the sum of the sizes.";
    }
    if (grid.profile().layers[0] != 0 || shares.length == 1) {
      return strokes;
    }
    String boundary = percent(shares[0]);
    String bulk = percent(Arrays.stream(shares).skip(1).sum());
    String counts =
        parameters.length > 0 ? " with " + percent(parameters[0]) + " of the parameters" : "";
    String bulkCounts = parameters.length > 0 ? " with " + percent(1 - parameters[0]) : "";
    return strokes
        + String.format(
            Locale.ROOT,
            " Boundary layer m = 0: %s of the %s%s; bulk m \u2265 1: %s%s.",
            boundary,
            what,
            counts,
            bulk,
            bulkCounts);
  }

  static String percent(double share) {
    return Numbers.show(100 * share, 2) + " %";
  }
}
