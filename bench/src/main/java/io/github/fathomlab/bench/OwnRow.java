package io.github.fathomlab.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Fathom against Fathom: both sides take turns within one process.
 *
 * @param lines which two of the measured numbers are compared
 */
record OwnRow(String name, List<String> work, int chunks, List<Line> lines) implements Row {

  /** A comparison of two measured numbers. */
  record Line(
      String title, Unit unit, String measured, String against, String reference, Bound bound) {}

  @Override
  public List<Comparison> measure(Sides sides, int rounds, int chunksPercent) {
    List<String> arguments = new ArrayList<>(work);
    arguments.addAll(List.of("--chunks", String.valueOf(chunks * chunksPercent / 100)));
    List<Sides.Outcome> outcomes = new ArrayList<>();
    // Its sides take turns within the process already: one process less will do.
    for (int round = 0; round < Math.max(1, rounds - 1); round++) {
      outcomes.add(sides.fathom(arguments));
    }
    return lines.stream().map(line -> compare(line, outcomes)).toList();
  }

  private static Comparison compare(Line line, List<Sides.Outcome> outcomes) {
    return new Comparison(
        line.title,
        line.unit,
        over(outcomes, line.measured, line.unit),
        line.against,
        over(outcomes, line.reference, line.unit),
        line.bound,
        "");
  }

  private static Spread over(List<Sides.Outcome> outcomes, String name, Unit unit) {
    return Spread.over(
        outcomes.stream().map(outcome -> outcome.measured(name)).toList(), unit.higherIsBetter());
  }
}
