package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the energy that the loss releases goes: the inflow Phi_m = -J_m as a band from the loss to
 * the input, each layer branching off what it takes, t_m = Phi_(m+1) - Phi_m.
 *
 * <p>Drawn is the mean over the last tenth of the steps that have every layer; the first tenth is
 * an outline of the same height. Below the band the layers' parts are shown with their spread.
 */
final class CurrentProfile {
  private static final double LEFT = 64;
  private static final double RIGHT = 108;
  private static final double TOP = 40;
  private static final double CHART = 110;

  private final Recorded recorded;
  private final List<Long> parameterCounts;
  private final Cells current;
  private final Inflow last;
  private final Inflow first;

  private CurrentProfile(
      Recorded recorded, List<Long> parameterCounts, Cells current, long[] steps) {
    this.recorded = recorded;
    this.parameterCounts = parameterCounts;
    this.current = current;
    int tenth = Math.ceilDiv(steps.length, 10);
    last = Inflow.over(Arrays.copyOfRange(steps, steps.length - tenth, steps.length), current);
    first = Inflow.over(Arrays.copyOf(steps, tenth), current);
  }

  static Optional<Figure> of(Recorded recorded, List<Long> parameterCounts) {
    Cells current = Cells.ofLayers(recorded, "ledger.current");
    if (!current.coversDepth()) {
      return Optional.empty();
    }
    long[] steps =
        Arrays.stream(current.steps)
            .filter(step ->
                Arrays.stream(current.replicas)
                    .anyMatch(replica -> current.overDepth(step, replica) != null))
            .toArray();
    return steps.length == 0
        ? Optional.empty()
        : Optional.of(new CurrentProfile(recorded, parameterCounts, current, steps).figure());
  }

  private Figure figure() {
    Svg svg = new Svg();
    Marks marks = new Marks("current-profile");
    marks.define(svg);
    int depth = current.layers.length;
    double width = Figure.FULL - LEFT - RIGHT;
    FlowBand flow = new FlowBand(last.atCuts(), TOP, LEFT, width / depth);
    boolean back = band(svg, marks, flow, width / depth);
    List<Series> series = drawnSeries();
    List<Band[]> covered = new ArrayList<>(series.stream().map(Series::bands).toList());
    covered.add(new Band[] {Band.exactly(0)});
    Frame frame =
        new Frame(
            LEFT,
            flow.bottom() + 76,
            width,
            CHART,
            Axis.ofDepth("layer m (0 = next to the input)", 0, depth - 1),
            Curves.valueAxis("part of the energy taken, per cent", covered, false));
    svg.append(Curves.draw(frame, series, Curves.Style.MARKS));
    series.forEach(one -> whiskers(svg, frame, one));
    svg.line(LEFT, frame.py(0), LEFT + width, frame.py(0), "zero");
    return new Figure(
        "current-profile",
        "Which layers take the energy that the loss releases",
        "How the energy released by the loss is handed down from layer to layer and what each takes off: a stretch without branches is a group of layers that receive nothing.",
        "The band is the running sum of g\u00b7u over the layers: it adds nothing to these products, and a large branch means large steps along the gradient, not an important layer.",
        method(back),
        Figure.FULL,
        frame.top() + CHART + 50,
        svg.toString(),
        data(frame, series));
  }

  /** Draws the flow with its outline and numbers; returns whether any of it runs backwards. */
  private boolean band(Svg svg, Marks marks, FlowBand flow, double spacing) {
    svg.text(4, 16, "label", "inflow \u03a6 = \u2212J, from the loss (right) to the input (left)");
    boolean back = flow.draw(svg, marks);
    flow.outline(svg, first.atCuts());
    lossBox(svg, flow);
    if (spacing >= 36) {
      for (int m = 0; m < last.shares().length; m++) {
        String share = LayerShares.percent(last.shares()[m].mean());
        svg.text(LEFT + spacing * (m + 0.5), flow.bottom() + 14, "tick middle", share);
      }
    }
    return back;
  }

  /** The numbers of the chart, and those of the band, which the chart's tooltips show too. */
  private Map<String, Object> data(Frame frame, List<Series> series) {
    Notes notes = new Notes();
    List<Series> all = new ArrayList<>(series);
    all.add(series("\u03a6 at its upper cut, last tenth", Series.Look.NULL, last.cuts()));
    Map<String, Object> data = Curves.data(frame, all, notes);
    double height = frame.top() + frame.height() - TOP;
    data.put("box", new Frame(LEFT, TOP, frame.width(), height, frame.x(), frame.y()).box());
    data.put("notes", notes.all());
    return data;
  }

  private List<Series> drawnSeries() {
    List<Series> series = new ArrayList<>();
    series.add(series("last tenth", Series.Look.FIRST, percent(last.shares())));
    series.add(series("first tenth", Series.Look.SECOND, percent(first.shares())));
    double[] parameters = LayerShares.ofCounts(current.layers, parameterCounts);
    if (parameters.length > 0) {
      series.add(
          series(
              "parameters (null)",
              Series.Look.NULL,
              Arrays.stream(parameters)
                  .mapToObj(share -> Band.exactly(100 * share))
                  .toArray(Band[]::new)));
    }
    return series;
  }

  private Series series(String name, Series.Look look, Band[] bands) {
    int depth = current.layers.length;
    double[] x = IntStream.range(0, depth).asDoubleStream().toArray();
    return new Series(
        name, look, x, IntStream.range(0, depth).mapToObj(recorded::layerName).toList(), bands);
  }

  private static Band[] percent(Band[] shares) {
    return Arrays.stream(shares)
        .map(band ->
            new Band(
                band.replicas(),
                100 * band.mean(),
                100 * band.low(),
                100 * band.high(),
                band.flagged(),
                band.readings(),
                band.reason()))
        .toArray(Band[]::new);
  }

  private static void whiskers(Svg svg, Frame frame, Series series) {
    svg.open("g", "class", series.look().css);
    for (int m = 0; m < series.x().length; m++) {
      Band band = series.bands()[m];
      if (band.hasValue() && band.high() > band.low()) {
        double x = frame.px(series.x()[m]);
        svg.line(x, frame.py(band.low()), x, frame.py(band.high()), "whisker");
      }
    }
    svg.close("g");
  }

  private void lossBox(Svg svg, FlowBand flow) {
    double x = Figure.FULL - RIGHT + 14;
    svg.rect(x, flow.zero() - flow.above() - 4, 20, flow.above() + flow.below() + 8, "loss-box");
    svg.text(x + 26, flow.zero() + 12, "label", "loss");
    svg.text(x + 26, flow.zero() + 28, "tick", Numbers.show(last.released(), 3));
    svg.text(x + 26, flow.zero() + 42, "tick", "per step");
  }

  private String method(boolean back) {
    int n = current.replicas.length;
    return "Band: mean of the last tenth ("
        + last.name()
        + "), releasing "
        + Numbers.show(last.released(), 3)
        + " loss units per step. Dashed outline: the first tenth ("
        + first.name()
        + "), releasing "
        + Numbers.show(first.released(), 3)
        + ", drawn to the same height."
        + (back
            ? " Hatched: energy that a layer gives back, or that flows the other way, towards the output, and then lies above the line."
            : "")
        + " Points: part of each layer in the sum of the sizes of all layers' parts"
        + (n == 1
            ? " (one replica, so there is no spread)."
            : ", with the spread over n = " + n + " replicas.");
  }
}
