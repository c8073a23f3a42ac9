package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * The decimation flow u' = b u read from trained networks of several block lengths, log-log, with
 * the exponent y that their slope gives.
 *
 * <pre>   u = -ln contraction,   u' = -ln |rho_1|,   y = slope of ln u' against ln b, exactly 1
 * </pre>
 *
 * <p>Symbols: contraction of neighbours of the input chain, b block, rho_1 correlation of
 * neighbouring outputs. u' = b u is textbook; that the optimum of predicting the environment is the
 * decimated chain, and the fit, are Fathom's. Fitted by least squares through the means over the
 * seeds of ln u', its error propagated from theirs; blocks where rho_1 is below three times its
 * scatter over the seeds are drawn but not fitted. The same is drawn of rho_2 / rho_1, which obeys
 * u' = b u before training too. Nothing is drawn of tasks whose optimum is another number, nor of
 * fewer than two block lengths.
 */
final class ScalingFigure {
  private static final String ID = "scaling";
  private static final int MOST_CURVES = 5;

  /** One coupling of the input. */
  private record Curve(String name, double rate, Series.Look look, List<SeedGroup> groups) {
    private List<BlockScaling> points(String quantity) {
      return groups.stream()
          .map(group ->
              new BlockScaling(
                  group.exact("coupling.window"),
                  group.values(quantity, group.lastStep(quantity)),
                  group.values(quantity, 0)))
          .sorted(Comparator.comparingDouble(BlockScaling::window))
          .toList();
    }
  }

  private final List<Curve> curves;

  private ScalingFigure(List<Curve> curves) {
    this.curves = curves;
  }

  static Optional<Figure> of(Recorded recorded) {
    Map<Double, List<SeedGroup>> byRate = new TreeMap<>();
    for (SeedGroup group : SeedGroup.of(recorded)) {
      if (!group.isNull() && decimates(group)) {
        byRate
            .computeIfAbsent(-Math.log(group.exact("coupling.contraction")), _ -> new ArrayList<>())
            .add(group);
      }
    }
    List<Curve> curves = new ArrayList<>();
    for (List<SeedGroup> groups : byRate.values()) {
      long windows =
          groups.stream().mapToDouble(group -> group.exact("coupling.window")).distinct().count();
      if (windows >= 2 && curves.size() < MOST_CURVES) {
        double contraction = groups.getFirst().exact("coupling.contraction");
        curves.add(
            new Curve(
                name(groups.getFirst()),
                -Math.log(contraction),
                Series.Look.of(curves.size()),
                List.copyOf(groups)));
      }
    }
    return curves.isEmpty() ? Optional.empty() : Optional.of(new ScalingFigure(curves).figure());
  }

  private static String name(SeedGroup group) {
    double input = group.exact("coupling.input");
    return Double.isFinite(input)
        ? "K = " + Numbers.show(input, 3)
        : "contraction " + Numbers.show(group.exact("coupling.contraction"), 3);
  }

  /** Whether this group was trained on a task whose optimum is the decimated chain. */
  private static boolean decimates(SeedGroup group) {
    double contraction = group.exact("coupling.contraction");
    double window = group.exact("coupling.window");
    double prediction = group.exact("coupling.prediction");
    long last = group.lastStep("coupling.correlation");
    return contraction > 0
        && contraction < 1
        && window >= 1
        && Math.abs(prediction - Math.pow(contraction, window)) < 1e-6
        && last > 0
        && group.values("coupling.correlation", last).length > 0;
  }

  private Figure figure() {
    List<List<Sheet.Chart>> columns = new ArrayList<>();
    columns.add(List.of(chart("Strong: neighbouring outputs", "coupling.correlation", "\u03c1_1")));
    boolean lags =
        curves.stream()
            .flatMap(curve -> curve.points("coupling.lag_ratio").stream())
            .anyMatch(point -> point.rates().length > 0);
    if (lags) {
      columns.add(
          List.of(
              chart(
                  "Weak: the ratio of lags, by the blocking alone",
                  "coupling.lag_ratio",
                  "\u03c1_2/\u03c1_1")));
    }
    Sheet sheet = Sheet.of(columns, 2, Standing.BOTH.foot());
    return new Figure(
        ID,
        "The decimation flow u\u2032 = b u in trained networks",
        "Whether the inverse correlation length of the outputs grows with the block as under decimation, and which exponent y the networks give.",
        "The ratio of later lags obeys the same law before training: that the correlation length renormalizes is no evidence. Only the left side tells trained from untrained.",
        "Marks: mean over seeds of u\u2032 = \u2212ln|\u03c1|, bars: smallest to largest; dashed: exact; grey: untrained, each seed."
            + " y: least squares of ln u\u2032 against ln b, error from the seeds' standard errors, over the blocks where \u03c1\u2081 is at least three times its scatter over the seeds."
            + " "
            + Standing.BOTH.caption(
                "that the environment's prediction has the decimated chain as its optimum, and the fit; u\u2032 = b u is textbook."),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private Sheet.Chart chart(String heading, String quantity, String symbol) {
    List<Series> series = new ArrayList<>();
    List<double[]> scattered = new ArrayList<>();
    Map<Curve, List<BlockScaling>> drawn = new LinkedHashMap<>();
    List<String> remarks = new ArrayList<>();
    for (Curve curve : curves) {
      List<BlockScaling> points =
          curve.points(quantity).stream().filter(p -> p.rates().length > 0).toList();
      drawn.put(curve, points);
      for (BlockScaling point : points) {
        for (double rate : point.untrainedRates()) {
          scattered.add(new double[] {point.window(), rate});
        }
      }
      BlockScaling.exponent(points).ifPresent(fit -> remarks.add(curve.name + ": " + fit));
    }
    if (!scattered.isEmpty()) {
      series.add(
          new Series(
              "untrained, each seed",
              Series.Look.SCATTER,
              scattered.stream().mapToDouble(p -> p[0]).toArray(),
              scattered.stream().map(p -> "b = " + Numbers.show(p[0])).toList(),
              scattered.stream().map(p -> Band.exactly(p[1])).toArray(Band[]::new)));
    }
    drawn.forEach((curve, points) -> series.add(marks(curve, points)));
    return new Sheet.Chart(
        heading,
        300,
        windows(),
        rates(series, "u\u2032 = \u2212ln|" + symbol + "|, log scale"),
        series,
        Curves.Style.WHISKERS,
        (svg, frame) -> {
          laws(svg, frame);
          Sheet.lowerRight(remarks).draw(svg, frame);
        });
  }

  private static Series marks(Curve curve, List<BlockScaling> points) {
    return new Series(
        curve.name,
        curve.look,
        points.stream().mapToDouble(BlockScaling::window).toArray(),
        points.stream().map(point -> "b = " + Numbers.show(point.window())).toList(),
        points.stream().map(point -> Band.of(point.rates(), Status.OK)).toArray(Band[]::new));
  }

  private Axis windows() {
    double[] all =
        curves.stream()
            .flatMap(curve -> curve.groups.stream())
            .mapToDouble(group -> group.exact("coupling.window"))
            .distinct()
            .sorted()
            .toArray();
    List<Scale.Tick> ticks =
        Arrays.stream(all).mapToObj(b -> new Scale.Tick(b, Numbers.show(b))).toList();
    return new Axis(
        "block b, sites, log scale",
        new Scale.Log(all[0] / 1.15, all[all.length - 1] * 1.15),
        ticks);
  }

  private Axis rates(List<Series> series, String label) {
    double[] all =
        DoubleStream.concat(
                series.stream()
                    .filter(one -> one.look() != Series.Look.SCATTER)
                    .flatMap(one -> Arrays.stream(one.bands()))
                    .flatMapToDouble(band -> DoubleStream.of(band.low(), band.high())),
                curves.stream().mapToDouble(Curve::rate))
            .filter(rate -> rate > 0)
            .sorted()
            .toArray();
    return new Axis(label, Scale.Log.covering(all[0], all[all.length - 1]));
  }

  /** The exact lines, from the smallest to the largest block. */
  private void laws(Svg svg, Frame frame) {
    for (Curve curve : curves) {
      double from = frame.x().scale().low();
      double to = frame.x().scale().high();
      svg.open("g", "class", curve.look.css);
      svg.line(
          frame.px(from),
          frame.py(from * curve.rate),
          frame.px(to),
          frame.py(to * curve.rate),
          "law");
      svg.close("g");
    }
  }
}
