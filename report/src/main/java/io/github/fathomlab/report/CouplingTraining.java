package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the output's neighbours have in common, over the steps of training: rho with the exact
 * optimum, its distance from it over the seeds, and how far the training is from its optimum.
 *
 * <pre>   T = sqrt(mean over seeds of (rho_1 - prediction)^2) </pre>
 *
 * <p>Symbols: rho_1 correlation of the feature on neighbouring blocks. T at step 0 is the null T_0.
 * The mean of the untrained networks lies near many predictions, so T is drawn and not the distance
 * of the mean. The prediction and T are Fathom's; cases whose name says that they are nulls stand
 * beside the others. Without a prediction the distance is left out; many cells of which only the
 * first and the last moment are known are no course and not drawn.
 */
final class CouplingTraining {
  private static final String ID = "coupling-training";
  private static final String RHO = "coupling.correlation";
  private static final String ODD = "coupling.odd_fraction";
  private static final String EXCESS = "coupling.excess";
  private static final int MOST_PANELS = 6;
  private static final int ACROSS = 3;
  private static final int MOST_NULLS = 2;
  private static final int MOST_MARKS = 40;

  /** One column of the figure: the trained networks and the nulls of the same place. */
  private record Panel(SeedGroup subject, List<SeedGroup> nulls) {}

  private final List<Panel> panels;
  private final int found;
  private final TrainingAxis steps;

  private CouplingTraining(List<Panel> panels, int found) {
    this.panels = panels;
    this.found = found;
    steps =
        TrainingAxis.covering(
            panels.stream()
                .flatMap(panel -> Stream.concat(Stream.of(panel.subject), panel.nulls.stream()))
                .flatMap(group -> group.readings(RHO).stream())
                .mapToLong(Reading::step)
                .toArray());
  }

  static Optional<Figure> of(Recorded recorded) {
    List<SeedGroup> groups =
        SeedGroup.of(recorded).stream()
            .filter(group ->
                group.lastStep(RHO) > 0 && group.readings(RHO).stream().anyMatch(SeedGroup::usable))
            .toList();
    List<SeedGroup> named = groups.stream().filter(group -> !group.isNull()).toList();
    List<SeedGroup> subjects = named.isEmpty() ? groups : named;
    int found = subjects.size();
    boolean course = subjects.stream().anyMatch(group -> group.overTime(RHO).columns > 2);
    List<Panel> panels =
        subjects.stream().limit(MOST_PANELS).map(group -> panel(group, groups)).toList();
    return panels.isEmpty() || (!course && found > MOST_PANELS)
        ? Optional.empty()
        : Optional.of(new CouplingTraining(panels, found).figure());
  }

  private static Panel panel(SeedGroup subject, List<SeedGroup> groups) {
    return new Panel(
        subject,
        groups.stream()
            .filter(group ->
                group.isNull() && group != subject && group.place().equals(subject.place()))
            .limit(MOST_NULLS)
            .toList());
  }

  private Figure figure() {
    Sheet sheet = Sheet.of(columns(), panels.size() == 4 ? 2 : ACROSS, Standing.STRONG.foot());
    String left =
        found > panels.size()
            ? " The first " + panels.size() + " of " + found + " cases are drawn."
            : "";
    return new Figure(
        ID,
        "The output's correlation while the network learns",
        "Whether the correlation of neighbouring outputs goes to the exact optimum of the task, in every seed, and whether networks that cannot learn the task stay away.",
        "The null's mean lies near many predictions by itself: only the scatter over the seeds, T, tells trained from untrained. Where the loss has not reached its optimum, nothing is predicted.",
        "Upper: line mean, band smallest to largest seed; dashed: the exact optimum (Bayes line). Middle: T = \u221amean(\u03c1\u2081 \u2212 prediction)\u00b2 over the seeds; at step 0 it is the null T\u2080."
            + " Lower: odd fraction of the output's variance and excess over the optimal loss, means over seeds. Steps are logarithmic, step 0 stands at the left edge."
            + left
            + " "
            + Standing.STRONG.caption("task, optimum, T and the nulls."),
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  private List<List<Sheet.Chart>> columns() {
    List<List<Series>> correlations = new ArrayList<>();
    List<List<Series>> distances = new ArrayList<>();
    List<List<Series>> gates = new ArrayList<>();
    for (Panel panel : panels) {
      correlations.add(correlations(panel));
      distances.add(distances(panel));
      gates.add(gate(panel.subject));
    }
    Axis rho = linear("\u03c1_1, correlation of neighbouring outputs", correlations);
    Axis distance = log("T, RMS distance over seeds, log scale", distances);
    Axis gate = log("odd fraction, excess loss, log scale", gates);
    boolean hasDistance = distances.stream().anyMatch(list -> !list.isEmpty());
    boolean hasGate = gates.stream().anyMatch(list -> !list.isEmpty());
    List<List<Sheet.Chart>> columns = new ArrayList<>();
    for (int i = 0; i < panels.size(); i++) {
      List<Sheet.Chart> column = new ArrayList<>();
      String heading = panels.get(i).subject.label();
      column.add(chart(heading, 150, !hasDistance && !hasGate, rho, correlations.get(i)));
      if (hasDistance) {
        column.add(
            chart("", 130, !hasGate, distance, distances.get(i))
                .over(Sheet.lowerLeft(ratio(distances.get(i)))));
      }
      if (hasGate) {
        column.add(chart("", 90, true, gate, gates.get(i)));
      }
      columns.add(column);
    }
    return columns;
  }

  private Sheet.Chart chart(
      String heading, double height, boolean lowest, Axis y, List<Series> series) {
    int points = series.stream().mapToInt(one -> one.x().length).max().orElse(0);
    return new Sheet.Chart(
        heading,
        height,
        steps.axis(lowest ? "optimizer step, log scale" : ""),
        y,
        series,
        points > MOST_MARKS ? Curves.Style.LINES : Curves.Style.LINES_AND_MARKS);
  }

  private List<Series> correlations(Panel panel) {
    List<Series> series = new ArrayList<>();
    double exact = panel.subject.exact("coupling.prediction");
    if (Double.isFinite(exact)) {
      Band[] both = {Band.exactly(exact), Band.exactly(exact)};
      series.add(
          new Series(
              "exact optimum (Bayes line)",
              Series.Look.EXACT,
              new double[] {steps.x(0), steps.x(steps.last())},
              List.of("every step", "every step"),
              both));
    }
    for (int i = 0; i < panel.nulls.size(); i++) {
      Profile profile = panel.nulls.get(i).overTime(RHO);
      series.add(
          curve(
              panel.nulls.get(i).caseName(),
              Series.Look.of(i + 1),
              profile,
              column -> profile.at(column, 0)));
    }
    Profile trained = panel.subject.overTime(RHO);
    series.add(curve("trained", Series.Look.FIRST, trained, column -> trained.at(column, 0)));
    return series;
  }

  private List<Series> distances(Panel panel) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < panel.nulls.size(); i++) {
      SeedGroup one = panel.nulls.get(i);
      distance(one.caseName(), Series.Look.of(i + 1), one, panel.subject).ifPresent(series::add);
    }
    distance("trained", Series.Look.FIRST, panel.subject, panel.subject).ifPresent(series::add);
    return series;
  }

  /** T of a group; a null without a prediction of its own is held against that of its subject. */
  private Optional<Series> distance(
      String name, Series.Look look, SeedGroup group, SeedGroup subject) {
    double own = group.exact("coupling.prediction");
    double exact = Double.isFinite(own) ? own : subject.exact("coupling.prediction");
    if (!Double.isFinite(exact)) {
      return Optional.empty();
    }
    Profile profile = group.overTime(RHO);
    Map<Long, double[]> values = group.usable(RHO);
    return Optional.of(
        curve(
            name,
            look,
            profile,
            column -> {
              Band band = profile.at(column, 0);
              double[] seeds = values.getOrDefault(profile.firstStep(column), new double[0]);
              double rms =
                  Math.sqrt(
                      Arrays.stream(seeds).map(r -> (r - exact) * (r - exact)).average().orElse(0));
              return seeds.length == 0
                  ? new Band(
                      0,
                      Double.NaN,
                      Double.NaN,
                      Double.NaN,
                      band.flagged(),
                      band.readings(),
                      band.reason())
                  : new Band(
                      seeds.length, rms, rms, rms, band.flagged(), band.readings(), band.reason());
            }));
  }

  /** "T_0 = 0.151, T = 0.004": the two ends of the trained curve. */
  private static List<String> ratio(List<Series> series) {
    if (series.isEmpty()) {
      return List.of();
    }
    Series trained = series.getLast();
    double first = trained.bands()[0].mean();
    double last = trained.bands()[trained.bands().length - 1].mean();
    return trained.x().length < 2 || !Double.isFinite(first) || !Double.isFinite(last)
        ? List.of()
        : List.of("T\u2080 = " + Numbers.show(first, 2) + ",  T = " + Numbers.show(last, 2));
  }

  private List<Series> gate(SeedGroup group) {
    List<Series> series = new ArrayList<>();
    Profile odd = group.overTime(ODD);
    if (!odd.isEmpty()) {
      series.add(curve("odd fraction", Series.Look.FOURTH, odd, column -> odd.at(column, 0)));
    }
    Profile excess = group.overTime(EXCESS);
    if (!excess.isEmpty()) {
      series.add(curve("excess over the optimum", Series.Look.FIFTH, excess, c -> excess.at(c, 0)));
    }
    return series;
  }

  private Series curve(String name, Series.Look look, Profile profile, IntFunction<Band> bands) {
    double[] x =
        IntStream.range(0, profile.columns)
            .mapToDouble(column -> steps.x(profile.firstStep(column)))
            .toArray();
    List<String> places =
        IntStream.range(0, profile.columns).mapToObj(profile::columnName).toList();
    return new Series(
        name,
        look,
        x,
        places,
        IntStream.range(0, profile.columns).mapToObj(bands).toArray(Band[]::new));
  }

  private static Axis linear(String label, List<List<Series>> columns) {
    return Curves.valueAxis(label, bands(columns), false);
  }

  /** A logarithmic axis over the positive means; what is not positive is marked below it. */
  private static Axis log(String label, List<List<Series>> columns) {
    double[] positive =
        bands(columns).stream()
            .flatMap(Arrays::stream)
            .flatMapToDouble(band -> DoubleStream.of(band.mean(), band.high()))
            .filter(mean -> mean > 0 && mean < Double.POSITIVE_INFINITY)
            .sorted()
            .toArray();
    return new Axis(
        label,
        positive.length == 0
            ? new Scale.Log(0.1, 1)
            : Scale.Log.covering(positive[0], positive[positive.length - 1]));
  }

  private static List<Band[]> bands(List<List<Series>> columns) {
    return columns.stream().flatMap(List::stream).map(Series::bands).toList();
  }
}
