package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The flow of a quartic chain's features to the Gaussian fixed point with the block, as points of
 * the even family and by their excess kurtosis.
 *
 * <pre>
 *   p(x) ∝ exp(-theta_2 x² - theta_4 x⁴) of the standardised feature,  Gaussian: (1/2, 0)
 * </pre>
 *
 * <p>Symbols: W block in sites; the exact line is the first principal mode of a block, the other
 * rule the plain average of a block. The even family as characteristic parameters is a hint about
 * arXiv:2606.00157 from second hand; the feature, its fit and the exact mode are Fathom's. Nothing
 * is drawn of fewer than two blocks.
 */
final class KurtosisFlow {
  private static final String ID = "kurtosis-flow";
  private static final String KURTOSIS = "coupling.kurtosis";
  private static final String THETA2 = "coupling.theta2";
  private static final String THETA4 = "coupling.theta4";
  private static final double ROOM = 0.05;

  private final List<SeedGroup> groups;

  private KurtosisFlow(List<SeedGroup> groups) {
    this.groups = groups;
  }

  static Optional<Figure> of(Recorded recorded) {
    List<SeedGroup> groups =
        SeedGroup.of(recorded).stream()
            .filter(group ->
                !group.isNull() && window(group) > 0 && trained(group, KURTOSIS).hasValue())
            .sorted(Comparator.comparingDouble(KurtosisFlow::window))
            .toList();
    return groups.stream().mapToDouble(KurtosisFlow::window).distinct().count() < 2
        ? Optional.empty()
        : Optional.of(new KurtosisFlow(groups).figure());
  }

  private static double window(SeedGroup group) {
    return group.exact("coupling.window");
  }

  private static Band trained(SeedGroup group, String quantity) {
    long last = group.lastStep(quantity);
    return last == 0 ? Band.NOTHING : group.band(quantity, last);
  }

  private static Function<SeedGroup, Band> exact(String quantity) {
    return group -> {
      double value = group.exact(quantity);
      return Double.isFinite(value) ? Band.exactly(value) : Band.NOTHING;
    };
  }

  private Figure figure() {
    List<List<Sheet.Chart>> columns = new ArrayList<>();
    parameters().ifPresent(chart -> columns.add(List.of(chart)));
    columns.add(List.of(kurtosis()));
    Sheet sheet = Sheet.of(columns, 2, Standing.BOTH.foot());
    return new Figure(
        ID,
        "The features' flow to the Gaussian fixed point",
        "Whether the feature of a trained autoencoder has the characteristic parameters of the exact principal mode at every block, on its way to the Gaussian fixed point.",
        "That features become Gaussian for large blocks is the central limit theorem and true of any average, trained or not: only the numbers at each block tell. Unit variance holds all features of the family on one curve of the left plane: only the place on it is found.",
        "Marks: mean over seeds, band: smallest to largest; W along the flow in sites; dashed: the exact principal mode; grey: before training, on the left each seed."
            + " "
            + Standing.BOTH.caption(
                "the feature, its fit by the even family, the exact mode and the plain average as the wrong rule."),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private Optional<Sheet.Chart> parameters() {
    List<Series> series = new ArrayList<>();
    untrained().ifPresent(series::add);
    add(
        series,
        "exact principal mode",
        Series.Look.EXACT,
        group -> group.exact("coupling.theta2_prediction"),
        exact("coupling.theta4_prediction"));
    ToDoubleFunction<SeedGroup> after = group -> trained(group, THETA2).mean();
    add(series, "trained", Series.Look.FIRST, after, group -> trained(group, THETA4));
    if (series.isEmpty()) {
      return Optional.empty();
    }
    List<Band[]> heights = new ArrayList<>(series.stream().map(Series::bands).toList());
    heights.add(new Band[] {Band.exactly(-ROOM)}); // for the words at the fixed point
    double[] widths = series.stream().flatMapToDouble(one -> Arrays.stream(one.x())).toArray();
    double least = Math.min(0.5, Arrays.stream(widths).min().orElse(0));
    double most = Math.max(0.6, Arrays.stream(widths).max().orElse(1));
    Series named = series.getLast();
    return Optional.of(
        new Sheet.Chart(
                "Characteristic parameters",
                270,
                new Axis("\u03b8\u2082, weight of x\u00b2", Scale.Linear.covering(least, most, 5)),
                Curves.valueAxis("\u03b8_4, weight of x\u2074", heights, false),
                series,
                Curves.Style.LINES_AND_MARKS)
            .over((svg, frame) -> fixedPoint(svg, frame, named)));
  }

  /** Every seed before training, where both of its numbers are known. */
  private Optional<Series> untrained() {
    List<Double> x = new ArrayList<>();
    List<String> places = new ArrayList<>();
    List<Band> y = new ArrayList<>();
    for (SeedGroup group : groups) {
      double[] second = group.values(THETA2, 0);
      double[] fourth = group.values(THETA4, 0);
      for (int seed = 0; seed < second.length && second.length == fourth.length; seed++) {
        x.add(second[seed]);
        y.add(Band.exactly(fourth[seed]));
        places.add("W = " + Numbers.show(window(group)));
      }
    }
    return x.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Series(
                "untrained, each seed",
                Series.Look.SCATTER,
                x.stream().mapToDouble(Double::doubleValue).toArray(),
                places,
                y.toArray(Band[]::new)));
  }

  private void fixedPoint(Svg svg, Frame frame, Series named) {
    double x = frame.px(0.5);
    double y = frame.py(0);
    svg.leaf("circle", "cx", x, "cy", y, "r", 8, "class", "best");
    svg.text(x - 14, y + 17, "entry end halo-paper", "Gaussian fixed point (\u00bd, 0)");
    for (int i = 0; i < named.x().length; i++) {
      if (named.bands()[i].hasValue()) {
        double at = frame.px(named.x()[i]) + 8;
        svg.text(
            at, frame.py(named.bands()[i].mean()) - 8, "entry halo-paper", named.places().get(i));
      }
    }
  }

  private Sheet.Chart kurtosis() {
    List<Series> series = new ArrayList<>();
    ToDoubleFunction<SeedGroup> window = group -> Math.log(window(group)) / Math.log(2);
    add(series, "untrained (null)", Series.Look.NULL, window, group -> group.band(KURTOSIS, 0));
    add(
        series,
        "exact principal mode",
        Series.Look.EXACT,
        window,
        exact("coupling.kurtosis_prediction"));
    add(
        series,
        "plain block average",
        Series.Look.THIRD,
        window,
        exact("coupling.kurtosis_average"));
    add(series, "trained", Series.Look.FIRST, window, group -> trained(group, KURTOSIS));
    List<Scale.Tick> ticks =
        groups.stream()
            .mapToDouble(KurtosisFlow::window)
            .distinct()
            .mapToObj(w -> new Scale.Tick(Math.log(w) / Math.log(2), Numbers.show(w)))
            .toList();
    double low = ticks.getFirst().value();
    double high = ticks.getLast().value();
    List<Band[]> heights = new ArrayList<>(series.stream().map(Series::bands).toList());
    heights.add(new Band[] {Band.exactly(0)});
    return new Sheet.Chart(
        "Excess kurtosis, 0 at the fixed point",
        270,
        new Axis("block W, sites, log scale", new Scale.Linear(low - 0.3, high + 0.3, 1), ticks),
        Curves.valueAxis("excess kurtosis \u03ba of the feature", heights, false),
        series,
        Curves.Style.LINES_AND_MARKS);
  }

  /** Adds a curve over the blocks at which both coordinates are known. */
  private void add(
      List<Series> series,
      String name,
      Series.Look look,
      ToDoubleFunction<SeedGroup> x,
      Function<SeedGroup, Band> y) {
    List<SeedGroup> known =
        groups.stream()
            .filter(group -> Double.isFinite(x.applyAsDouble(group)) && y.apply(group).hasValue())
            .toList();
    if (!known.isEmpty()) {
      series.add(
          new Series(
              name,
              look,
              known.stream().mapToDouble(x).toArray(),
              known.stream().map(group -> "W = " + Numbers.show(window(group))).toList(),
              known.stream().map(y).toArray(Band[]::new)));
    }
  }
}
