package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The curves of one task over training: the correlation of neighbouring outputs with its exact
 * optimum, its root mean square distance from it over the seeds, and what the gate looks at.
 *
 * @param subject the networks that are to reach the optimum
 * @param nulls those of the same place that are not
 */
record CouplingCourse(SeedGroup subject, List<SeedGroup> nulls) {
  static final String RHO = "coupling.correlation";
  private static final String PREDICTION = "coupling.prediction";
  private static final double SAME = 1e-9;

  CouplingCourse {
    nulls = List.copyOf(nulls);
  }

  /** Whether two groups read the same blocks, so that one can be the null of the other. */
  static boolean sameBlocks(SeedGroup one, SeedGroup other) {
    return Stream.of("coupling.input", "coupling.window", "coupling.field")
        .allMatch(number -> Double.compare(one.exact(number), other.exact(number)) == 0);
  }

  /** All steps at which a correlation was read. */
  long[] steps() {
    return Stream.concat(Stream.of(subject), nulls.stream())
        .flatMap(group -> group.readings(RHO).stream())
        .mapToLong(Reading::step)
        .toArray();
  }

  /** The optimum as a line, the nulls, and on top of them the trained networks. */
  List<Series> correlations(TrainingAxis steps) {
    List<Series> series = new ArrayList<>();
    double exact = subject.exact(PREDICTION);
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
    for (int i = 0; i < nulls.size(); i++) {
      Profile profile = nulls.get(i).overTime(RHO);
      series.add(
          curve(nulls.get(i).caseName(), Series.Look.of(i + 1), profile, steps, profile::network));
    }
    Profile trained = subject.overTime(RHO);
    series.add(curve("trained", Series.Look.FIRST, trained, steps, trained::network));
    return series;
  }

  /** T of the nulls and of the trained networks; empty without a prediction. */
  List<Series> distances(TrainingAxis steps) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < nulls.size(); i++) {
      SeedGroup one = nulls.get(i);
      distance(one.caseName(), Series.Look.of(i + 1), one, steps).ifPresent(series::add);
    }
    distance("trained", Series.Look.FIRST, subject, steps).ifPresent(series::add);
    return series;
  }

  /** T of a group; a null without a prediction of its own is held against that of its subject. */
  private Optional<Series> distance(
      String name, Series.Look look, SeedGroup group, TrainingAxis steps) {
    double own = group.exact(PREDICTION);
    double exact = Double.isFinite(own) ? own : subject.exact(PREDICTION);
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
            steps,
            column -> {
              double[] seeds = values.getOrDefault(profile.firstStep(column), new double[0]);
              double rms = seeds.length == 0 ? Double.NaN : rms(seeds, exact);
              Band band = profile.network(column);
              return new Band(
                  seeds.length, rms, rms, rms, band.flagged(), band.readings(), band.reason());
            }));
  }

  private static double rms(double[] seeds, double exact) {
    return Math.sqrt(
        Arrays.stream(seeds).map(rho -> (rho - exact) * (rho - exact)).average().orElse(0));
  }

  /** Odd fraction and excess over the optimum of the trained networks. */
  List<Series> gate(TrainingAxis steps) {
    List<Series> series = new ArrayList<>();
    Profile odd = subject.overTime("coupling.odd_fraction");
    if (!odd.isEmpty()) {
      series.add(curve("odd fraction", Series.Look.FOURTH, odd, steps, odd::network));
    }
    Profile excess = subject.overTime("coupling.excess");
    if (!excess.isEmpty()) {
      series.add(
          curve("excess over the optimum", Series.Look.FIFTH, excess, steps, excess::network));
    }
    return series;
  }

  /** T of a random projection; "T_0 = 0.151, T = 0.004", both ends of the trained curve. */
  List<String> summary(List<Series> distances) {
    if (distances.isEmpty() || distances.getLast().x().length < 2) {
      return List.of();
    }
    Band[] trained = distances.getLast().bands();
    double first = trained[0].mean();
    double last = trained[trained.length - 1].mean();
    double[] random = subject.values("coupling.random", 0);
    List<String> lines = new ArrayList<>();
    if (random.length > 0) {
      lines.add("random projection " + Numbers.show(rms(random, subject.exact(PREDICTION)), 2));
    }
    if (Double.isFinite(first) && Double.isFinite(last)) {
      lines.add("T\u2080 = " + Numbers.show(first, 2) + ",  T = " + Numbers.show(last, 2));
    }
    return lines;
  }

  /** The numbers of exact rules other than the predicted one, by their names. */
  Map<String, Double> otherRules() {
    double exact = subject.exact(PREDICTION);
    Map<String, Double> rules = new LinkedHashMap<>();
    for (Reading reading : subject.readings("coupling.rule")) {
      boolean drawn = reading.step() == 0 && !reading.layerName().isBlank();
      if (drawn && SeedGroup.usable(reading) && !(Math.abs(reading.value() - exact) < SAME)) {
        rules.putIfAbsent(reading.layerName(), reading.value());
      }
    }
    return rules;
  }

  private static Series curve(
      String name, Series.Look look, Profile profile, TrainingAxis steps, IntFunction<Band> bands) {
    return new Series(
        name,
        look,
        IntStream.range(0, profile.columns)
            .mapToDouble(column -> steps.x(profile.firstStep(column)))
            .toArray(),
        IntStream.range(0, profile.columns).mapToObj(profile::columnName).toList(),
        IntStream.range(0, profile.columns).mapToObj(bands).toArray(Band[]::new));
  }
}
