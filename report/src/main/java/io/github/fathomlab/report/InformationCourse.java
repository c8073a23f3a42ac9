package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much of the information that its neighbours hold about a masked state the network captures,
 * over the steps of a run.
 *
 * <pre>   captured = (H(π) - loss) / (H(π) - Bayes loss),   excess = loss - Bayes loss </pre>
 *
 * <p>Symbols: losses in nats, H(π) that of a network that sees nothing. Fathom's; exact losses of
 * the whole population where windows are enumerated, else those over fixed sequences beside the
 * exact optimum of their positions. Where nothing is available, captured is not defined and the
 * excess stands alone.
 */
final class InformationCourse {
  static final String ID = "information-captured";
  static final String CAPTURED = "information.captured";
  static final String EXCESS = "information.excess";

  /** Below this nothing is judged: the networks have not learned their task. */
  static final double GATE = 0.95;

  /** What the losses are of, by kind. */
  static final String POPULATION = "Exact loss of the whole population.";

  static final String SEQUENCES =
      "Loss over 256 fixed sequences, beside the exact optimum of the same positions.";

  private static final int MOST_MARKS = 40;

  private InformationCourse() {}

  static Optional<Figure> of(Recorded recorded) {
    SeedGroup group = SeedGroup.of(recorded).getFirst();
    List<List<Sheet.Chart>> columns = columns(group);
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    Sheet sheet = Sheet.of(columns, 2, RankStanding.OURS.foot());
    return Optional.of(
        new Figure(
            ID,
            "Information captured while the network learns",
            "Whether the network has learned what its task allows, before anything is read off its ranks.",
            "A share near one says nothing about how: equal losses leave the states free, and ranks go on falling after the loss has levelled.",
            (isEnumerated(group) ? POPULATION : SEQUENCES)
                + " Line: mean over seeds, band: smallest to largest. Dashed: 0.95, below which nothing is judged. Steps are logarithmic, step 0 stands at the left edge."
                + available(group)
                + " "
                + RankStanding.OURS.caption("the losses, the exact optimum and the gate."),
            Figure.FULL,
            sheet.height(),
            sheet.body(),
            Map.of("kind", "titles")));
  }

  /** Whether every context is met, and not those of drawn sequences alone. */
  static boolean isEnumerated(SeedGroup group) {
    return !(group.exact("tokens.sequence") > 0 && group.exact("tokens.window") > 0);
  }

  private static List<List<Sheet.Chart>> columns(SeedGroup group) {
    TrainingAxis steps =
        TrainingAxis.covering(
            Stream.of(CAPTURED, EXCESS)
                .flatMap(quantity -> group.readings(quantity).stream())
                .mapToLong(Reading::step)
                .toArray());
    List<List<Sheet.Chart>> columns = new ArrayList<>();
    if (group.readings(CAPTURED).stream().anyMatch(SeedGroup::usable)) {
      Series series = series("captured share", Series.Look.FIRST, group.overTime(CAPTURED), steps);
      columns.add(List.of(chart(series, shares(series), steps).over(InformationCourse::gate)));
    }
    if (group.readings(EXCESS).stream().anyMatch(SeedGroup::usable)) {
      Profile excess = group.overTime(EXCESS);
      Series series = series("excess over the exact optimum", Series.Look.SECOND, excess, steps);
      Axis y = Curves.logAxis("excess loss, nats, log scale", List.<Band[]>of(series.bands()));
      columns.add(List.of(chart(series, y, steps)));
    }
    return columns;
  }

  private static Axis shares(Series series) {
    DoubleSummaryStatistics range =
        Arrays.stream(series.bands())
            .flatMapToDouble(band -> DoubleStream.of(band.low(), band.high(), 0, 1))
            .filter(Double::isFinite)
            .summaryStatistics();
    return new Axis(
        "share of the available information",
        Scale.Linear.covering(range.getMin(), range.getMax(), 6));
  }

  private static String available(SeedGroup group) {
    double nats = group.exact("information.available");
    return Double.isFinite(nats)
        ? " Available: " + Numbers.show(nats, 3) + " nats per masked position."
        : "";
  }

  private static Series series(String name, Series.Look look, Profile profile, TrainingAxis steps) {
    return new Series(
        name,
        look,
        IntStream.range(0, profile.columns)
            .mapToDouble(column -> steps.x(profile.firstStep(column)))
            .toArray(),
        IntStream.range(0, profile.columns).mapToObj(profile::columnName).toList(),
        profile.overTime(0));
  }

  private static Sheet.Chart chart(Series series, Axis y, TrainingAxis steps) {
    return new Sheet.Chart(
        "",
        200,
        steps.axis("optimizer step, log scale"),
        y,
        List.of(series),
        series.x().length > MOST_MARKS ? Curves.Style.LINES : Curves.Style.LINES_AND_MARKS);
  }

  private static void gate(Svg svg, Frame frame) {
    double y = frame.py(GATE);
    svg.open("g", "class", "exact");
    svg.line(frame.left(), y, frame.left() + frame.width(), y, "law");
    svg.text(frame.left() + 6, y + 15, "tick halo-paper", "gate 0.95");
    svg.close("g");
  }
}
