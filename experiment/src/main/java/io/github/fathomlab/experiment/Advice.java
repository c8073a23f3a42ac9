package io.github.fathomlab.experiment;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.NoiseAdvice;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What noise to choose, from the load curves of a run or of a sweep.
 *
 * @param measure that the loads were read from
 * @param slope of the activation, for a row of a sweep that has such an axis
 * @param advice what is advised
 */
public record Advice(String measure, OptionalDouble slope, NoiseAdvice advice) {
  static final List<String> MEASURES = List.of("separation.trace_ratio", "separation.log");

  /**
   * One for every measure, of a sweep for every measure and row; none when no load curve was
   * measured, when a study was performed, or when the axes of a sweep make no phase diagram.
   */
  public static List<Advice> of(RunDirectory run, Readings readings) {
    List<Advice> found = new ArrayList<>();
    if (StudyRun.isIn(run)) {
      return found;
    }
    for (String measure : MEASURES) {
      if (Grid.isIn(run.resolved())) {
        PhaseDiagram.of(readings, measure).ifPresent(diagram -> found.addAll(ofSweep(diagram)));
      } else {
        found.addAll(ofRun(measure, readings.of(measure), run));
      }
    }
    return found;
  }

  private static List<Advice> ofSweep(PhaseDiagram diagram) {
    List<Advice> rows = new ArrayList<>();
    for (int row = 0; row < diagram.rows().size(); row++) {
      double slope = diagram.rows().get(row).getFirst().slope();
      rows.add(
          new Advice(
              diagram.measure(),
              Double.isNaN(slope) ? OptionalDouble.empty() : OptionalDouble.of(slope),
              NoiseAdvice.ofRow(diagram, row)));
    }
    return rows;
  }

  private static List<Advice> ofRun(String measure, List<Reading> measured, RunDirectory run) {
    long last = measured.stream().mapToLong(Reading::step).max().orElse(0);
    if (last == 0) {
      return List.of();
    }
    CurvePhase phase =
        CurvePhase.of(
            LoadCurve.at(measured, last).stream().map(curve -> curve.statistics(true)).toList());
    boolean linear = ExperimentFile.reopen(run.resolved()).network().isLinear();
    return List.of(new Advice(measure, OptionalDouble.empty(), NoiseAdvice.of(phase, linear)));
  }

  /** What a report says: of a run every sentence, of a sweep one line for each row. */
  static List<String> headlines(List<Advice> all) {
    if (all.stream().noneMatch(each -> each.advice.best().isPresent())) {
      return all.stream().map(Advice::sentence).toList();
    }
    SequencedMap<OptionalDouble, List<Advice>> rows = new LinkedHashMap<>();
    all.forEach(each -> rows.computeIfAbsent(each.slope, _ -> new ArrayList<>()).add(each));
    List<String> lines = new ArrayList<>();
    rows.forEach((slope, row) -> {
      List<String> parts = row.stream().map(Advice::brief).toList();
      String name = slope.isPresent() ? "Slope " + slope.getAsDouble() + ": " : "";
      lines.add(name + String.join("; ", parts) + accuracies(row.getFirst().advice) + ".");
    });
    return lines;
  }

  private String brief() {
    String size =
        advice
            .zero()
            .filter(_ -> advice.direction() != NoiseAdvice.Direction.NONE)
            .map(zero ->
                String.format(
                    Locale.ROOT, " to %.3g (%.3g to %.3g)", zero.noise(), zero.low(), zero.high()))
            .orElse("");
    String words =
        switch (advice.direction()) {
          case RAISE -> "raise the noise" + size;
          case LOWER -> "lower the noise" + size;
          case KEEP -> "keep the noise";
          case NONE -> "no advice";
        };
    return words + " by the " + name();
  }

  private static String accuracies(NoiseAdvice advice) {
    return advice
        .least()
        .flatMap(least ->
            advice
                .best()
                .map(best ->
                    String.format(
                        Locale.ROOT,
                        "; accuracy %.2f %% at %.3g, best %.2f %% at %.3g",
                        100 * least.accuracy(),
                        least.noise(),
                        100 * best.accuracy(),
                        best.noise())))
        .orElse("");
  }

  private String name() {
    return measure.substring(measure.indexOf('.') + 1).replace('_', ' ');
  }

  /** For people, in one sentence. */
  public String sentence() {
    String row = slope.isPresent() ? ", slope " + slope.getAsDouble() : "";
    return "By the " + name() + row + ": " + advice.reason() + ".";
  }
}
