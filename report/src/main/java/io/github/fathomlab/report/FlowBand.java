package io.github.fathomlab.report;

import java.util.Arrays;

/**
 * The geometry of a flow that runs from right to left along the layers and branches off into each.
 *
 * <p>The flow at cut m lies between the zero line and {@code scale * flow} below it; flow to the
 * right lies above the line. A layer's foot is as wide as what it takes or gives, on the same
 * scale, so that areas can be compared.
 */
final class FlowBand {
  private static final double HIGHEST = 120;
  private static final double DROP = 46;

  private final double[] flow; // at cut 0..M
  private final double left;
  private final double spacing;
  private final double scale;
  private final double zero;

  /**
   * @param flow at cut 0..M, positive towards the input
   * @param top upper edge of the drawing
   * @param left place of cut 0
   * @param spacing distance of cuts
   */
  FlowBand(double[] flow, double top, double left, double spacing) {
    this.flow = flow;
    this.left = left;
    this.spacing = spacing;
    double down = Math.max(0, Arrays.stream(flow).max().orElse(0));
    double up = Math.max(0, -Arrays.stream(flow).min().orElse(0));
    double widest = 0;
    for (int m = 0; m + 1 < flow.length; m++) {
      widest = Math.max(widest, Math.abs(flow[m + 1] - flow[m]));
    }
    double fitting = Math.min(HIGHEST / (down + up), 0.8 * spacing / widest);
    scale = Double.isFinite(fitting) ? fitting : 0;
    zero = top + scale * up;
  }

  double zero() {
    return zero;
  }

  /** Height of the flow to the right. */
  double above() {
    return scale * Math.max(0, -Arrays.stream(flow).min().orElse(0));
  }

  /** Height of the flow to the left. */
  double below() {
    return scale * Math.max(0, Arrays.stream(flow).max().orElse(0));
  }

  double bottom() {
    return zero + below() + DROP;
  }

  private double y(double value) {
    return zero + scale * value;
  }

  private double cut(int m) {
    return left + spacing * m;
  }

  /** Draws all layers; returns whether anything flows the unusual way. */
  boolean draw(Svg svg, Marks marks) {
    StringBuilder back = new StringBuilder();
    StringBuilder given = new StringBuilder();
    int depth = flow.length - 1;
    for (int m = 0; m < depth; m++) {
      double right = flow[m + 1];
      double leftFlow = flow[m];
      boolean sameWay = Math.signum(right) == Math.signum(leftFlow);
      double passing =
          sameWay ? Math.signum(right) * Math.min(Math.abs(right), Math.abs(leftFlow)) : 0;
      through(svg, cut(m), spacing, passing, back);
      branch(svg, m, right, leftFlow, given);
    }
    through(svg, cut(depth), 14, flow[depth], back);
    svg.line(left, zero, cut(depth) + 14, zero, "zero");
    // Apart, because areas of opposite winding in one path would cut holes into each other.
    boolean through = marks.cover(svg, back, Marks.Kind.NON_POSITIVE);
    return marks.cover(svg, given, Marks.Kind.NON_POSITIVE) || through;
  }

  private void through(Svg svg, double x, double width, double value, StringBuilder back) {
    if (value == 0) {
      return;
    }
    double top = Math.min(y(value), zero);
    double height = Math.abs(y(value) - zero);
    svg.rect(x, top, width, height, value > 0 ? "flow through" : "flow through back");
    if (value < 0) {
      Marks.box(back, x, top, width, height);
    }
  }

  /** What a layer takes from its right and its left side, or gives to them. */
  private void branch(Svg svg, int m, double right, double leftFlow, StringBuilder given) {
    double taken = right - leftFlow;
    double[] fromRight = taken > 0 ? part(leftFlow, right, true) : part(right, leftFlow, false);
    double[] fromLeft = taken > 0 ? part(leftFlow, right, false) : part(right, leftFlow, true);
    double centre = cut(m) + spacing / 2;
    double edge = centre + scale * Math.abs(taken) / 2;
    double widthRight = scale * (fromRight[1] - fromRight[0]);
    String css = taken > 0 ? "flow taken" : "flow back";
    StringBuilder paths = new StringBuilder();
    ribbon(paths, cut(m + 1), fromRight, edge - widthRight, edge, true);
    ribbon(paths, cut(m), fromLeft, centre - scale * Math.abs(taken) / 2, edge - widthRight, false);
    if (paths.isEmpty()) {
      return;
    }
    svg.leaf("path", "class", css, "d", paths);
    if (taken < 0) {
      given.append(paths);
    }
  }

  /** The part of an interval of flow below the zero line (positive) or above it (negative). */
  private static double[] part(double low, double high, boolean positive) {
    return positive
        ? new double[] {Math.max(0, low), Math.max(0, high)}
        : new double[] {Math.min(0, low), Math.min(0, high)};
  }

  /**
   * From an upright edge at x, between two flows, down into a foot between two places.
   *
   * @param fromRight whether the edge lies to the right of the foot
   */
  private void ribbon(
      StringBuilder path,
      double x,
      double[] flows,
      double footLeft,
      double footRight,
      boolean fromRight) {
    if (!(footRight - footLeft > 0)) {
      return;
    }
    double turn = y(flows[1]) + 16;
    double outer = fromRight ? footLeft : footRight;
    double inner = fromRight ? footRight : footLeft;
    point(path, "M", x, y(flows[0]));
    point(path, "Q", outer, y(flows[0]));
    point(path, " ", outer, turn);
    point(path, "L", outer, bottom());
    point(path, "L", inner, bottom());
    point(path, "L", inner, turn);
    point(path, "Q", inner, y(flows[1]));
    point(path, " ", x, y(flows[1]));
    path.append('Z');
  }

  /** Another flow as a dashed outline, brought to the height of this one. */
  void outline(Svg svg, double[] other) {
    double most = Arrays.stream(other).map(Math::abs).max().orElse(0);
    double own = Arrays.stream(flow).map(Math::abs).max().orElse(0);
    if (!(most > 0) || !Double.isFinite(own / most)) {
      return;
    }
    StringBuilder path = new StringBuilder();
    int depth = other.length - 1;
    point(path, "M", cut(depth) + 14, y(other[depth] * own / most));
    for (int m = depth; m >= 0; m--) {
      double height = y(other[m] * own / most);
      point(path, "L", cut(Math.min(depth, m + 1)), height);
      point(path, "L", cut(m), height);
    }
    svg.leaf("path", "class", "first-tenth", "d", path);
  }

  private static void point(StringBuilder path, String command, double x, double y) {
    path.append(command).append(Numbers.coordinate(x)).append(',').append(Numbers.coordinate(y));
  }
}
