package io.github.fathomlab.report;

import io.github.fathomlab.renormalization.ising.Decimation;
import io.github.fathomlab.renormalization.ising.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Figures of single exact flows: of the Ising chain in its plane, of other chains step by step. */
public final class FlowFigures {

  /**
   * A number that is followed.
   *
   * @param name for the legend
   * @param values at steps 0, 1, 2, ...
   */
  public record Line(String name, double[] values) {
    public Line {
      values = values.clone();
    }

    @Override
    public double[] values() {
      return values.clone();
    }
  }

  /**
   * Numbers on one axis.
   *
   * @param heading above the chart
   * @param label of the vertical axis
   * @param logarithmic whether to draw logarithms of positive numbers
   * @param lines what is followed
   * @param fixed values at which a fixed point lies
   * @param remarks the fixed points with their exponents, in words
   */
  public record Side(
      String heading,
      String label,
      boolean logarithmic,
      List<Line> lines,
      List<Double> fixed,
      List<String> remarks) {
    public Side {
      lines = List.copyOf(lines);
      fixed = List.copyOf(fixed);
      remarks = List.copyOf(remarks);
    }
  }

  private FlowFigures() {}

  /** The plane of coupling and field with this flow on it, and u against the step. */
  public static Figure ising(Flow flow) {
    double[] rates =
        flow.steps().stream()
            .mapToDouble(step -> step.chain().inverseCorrelationLength())
            .toArray();
    List<String> remarks = new ArrayList<>();
    for (Decimation.FixedPoint point : Decimation.fixedPoints()) {
      remarks.add(remark("K", point.coupling(), point.exponent(), point.stable()));
    }
    Side side =
        new Side(
            "Inverse correlation length",
            "u = \u2212ln(\u03bb\u208b/\u03bb\u208a), u\u2032 = b u, log scale",
            true,
            List.of(new Line("u", rates)),
            List.of(),
            remarks);
    return FlowDiagram.figure(
        List.of(List.of(FlowDiagram.chart(flow)), List.of(chart(side, List.of("", "u")))),
        "Blue: the flow that was asked for.");
  }

  /**
   * Numbers of a flow against its steps.
   *
   * @param title what flows
   * @param sides one or two charts
   */
  public static Figure steps(String title, List<Side> sides) {
    List<String> names =
        sides.stream().flatMap(side -> side.lines().stream()).map(Line::name).distinct().toList();
    List<List<Sheet.Chart>> columns = new ArrayList<>();
    for (Side side : sides) {
      columns.add(List.of(chart(side, names)));
    }
    Sheet sheet =
        Sheet.of(
            columns, 2, "Exact flow, textbook; the momentum shell on the lattice is Fathom\u2019s");
    return new Figure(
        "flow",
        title,
        "Where the map takes the chain, step by step.",
        "It is the chain's flow and not a network's.",
        "Grey lines: fixed points; y: a small departure grows as b^y.",
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  /** "stable fixed point K* = 0, y = −∞". */
  public static String remark(String coordinate, double value, double exponent, boolean stable) {
    return (stable ? "stable: " : "unstable: ")
        + coordinate
        + "* = "
        + Numbers.show(value, 3)
        + ", y = "
        + Numbers.show(exponent, 3);
  }

  /**
   * One chart.
   *
   * @param names of all lines of the figure, each at the place of its look
   */
  private static Sheet.Chart chart(Side side, List<String> names) {
    List<Series> series = new ArrayList<>();
    int most = 1;
    for (Line line : side.lines()) {
      double[] values = line.values();
      most = Math.max(most, values.length - 1);
      series.add(
          new Series(
              line.name(),
              Series.Look.of(names.indexOf(line.name())),
              IntStream.range(0, values.length).asDoubleStream().toArray(),
              IntStream.range(0, values.length).mapToObj(n -> "step " + n).toList(),
              Arrays.stream(values)
                  .mapToObj(v -> Double.isFinite(v) ? Band.exactly(v) : Band.NOTHING)
                  .toArray(Band[]::new)));
    }
    return new Sheet.Chart(
            side.heading(),
            300,
            new Axis("step of the flow", Scale.Linear.covering(0, most, 5)),
            vertical(side, series),
            series,
            Curves.Style.LINES_AND_MARKS)
        .over((svg, frame) -> {
          for (double value : side.fixed()) {
            double y = frame.py(value);
            svg.line(frame.left(), y, frame.left() + frame.width(), y, "fixed-value");
          }
          Sheet.lowerRight(side.remarks()).draw(svg, frame);
        });
  }

  private static Axis vertical(Side side, List<Series> series) {
    double[] values =
        series.stream()
            .flatMap(one -> Arrays.stream(one.bands()))
            .mapToDouble(Band::mean)
            .filter(v -> Double.isFinite(v) && (v > 0 || !side.logarithmic()))
            .sorted()
            .toArray();
    if (values.length == 0) {
      return new Axis(
          side.label(),
          side.logarithmic() ? new Scale.Log(0.1, 1) : Scale.Linear.covering(0, 1, 5));
    }
    double low = values[0];
    double high = values[values.length - 1];
    if (side.logarithmic()) {
      return new Axis(side.label(), Scale.Log.covering(low, high));
    }
    for (double value : side.fixed()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new Axis(side.label(), Scale.Linear.covering(low, high, 5));
  }
}
