package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Kinetic energy and dissipation of each layer in the two forms of the discrete ledger, kick-drift
 * and midpoint, averaged over the steps that both forms have.
 */
final class FormComparison {

  private record Pair(String kickDrift, String midpoint, String name) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("ledger.kinetic", "midpoint.kinetic", "kinetic energy T"),
          new Pair("ledger.dissipation", "midpoint.dissipation", "dissipation D"));

  private FormComparison() {}

  static Optional<Figure> of(Recorded recorded) {
    List<Series> series = new ArrayList<>();
    long steps = 0;
    int replicas = 1;
    for (Pair pair : PAIRS) {
      List<Reading> midpoint = recorded.ofLayers(pair.midpoint());
      Profile average = average(midpoint, midpoint);
      Profile other = average(recorded.ofLayers(pair.kickDrift()), midpoint);
      if (!average.isEmpty() && !other.isEmpty()) {
        int place = series.size();
        series.add(curve(pair.name() + ", kick-drift", place, other, recorded));
        series.add(curve(pair.name() + ", midpoint", place + 1, average, recorded));
        steps = Math.max(steps, average.steps.length);
        replicas = average.replicas;
      }
    }
    return series.isEmpty() ? Optional.empty() : Optional.of(figure(series, steps, replicas));
  }

  /** One column with the mean over the steps that {@code also} has. */
  private static Profile average(List<Reading> readings, List<Reading> also) {
    var steps = also.stream().map(Reading::step).collect(Collectors.toSet());
    return Profile.binned(
        readings.stream().filter(reading -> steps.contains(reading.step())).toList(),
        1,
        Profile.Reduction.MEAN);
  }

  private static Series curve(String name, int place, Profile profile, Recorded recorded) {
    return new Series(
        name,
        Series.Look.of(place),
        Arrays.stream(profile.layers).asDoubleStream().toArray(),
        Arrays.stream(profile.layers).mapToObj(recorded::layerName).toList(),
        profile.overDepth(0));
  }

  private static Figure figure(List<Series> series, long steps, int replicas) {
    double last = series.stream().flatMapToDouble(s -> Arrays.stream(s.x())).max().orElse(0);
    Frame frame =
        new Frame(
            64,
            52,
            Figure.FULL - 88,
            220,
            Axis.ofDepth("layer m (0 = next to the input)", 0, (int) last),
            Curves.valueAxis(
                "mean over the run, loss units per step",
                series.stream().map(Series::bands).toList(),
                true));
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("notes", notes.all());
    return new Figure(
        "forms",
        "Two exact forms of the ledger",
        "What each layer stores and dissipates in the kick-drift form, which this report uses, and in the midpoint form, which has the mass and the friction of the continuous theory.",
        "Neither is the true energy: both balance exactly, and the difference is a matter of where the energy of a step is booked.",
        "Mean over "
            + Numbers.count(steps)
            + (steps == 1 ? " step" : " steps")
            + " that have both forms."
            + (replicas == 1
                ? " One replica, so there is no band."
                : " Line: mean, band: smallest to largest of n = " + replicas + " replicas."),
        Figure.FULL,
        322,
        Curves.draw(frame, series, Curves.Style.LINES_AND_MARKS),
        data);
  }
}
