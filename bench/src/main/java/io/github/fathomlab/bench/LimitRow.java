package io.github.fathomlab.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Fathom against a fixed time that somebody asked for.
 *
 * @param lines what of the measured numbers is compared
 * @param seconds the limit of all of them
 */
record LimitRow(String name, List<String> work, int chunks, List<Line> lines, double seconds)
    implements Row {

  /** A measured number and what it is. */
  record Line(String title, String measured) {}

  @Override
  public List<Comparison> measure(Sides sides, int rounds, int chunksPercent) {
    List<String> arguments = new ArrayList<>(work);
    arguments.addAll(List.of("--chunks", String.valueOf(chunks * chunksPercent / 100)));
    List<Sides.Outcome> outcomes = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      outcomes.add(sides.fathom(arguments));
    }
    return lines.stream().map(line -> compare(line, outcomes)).toList();
  }

  private Comparison compare(Line line, List<Sides.Outcome> outcomes) {
    List<Spread> measured =
        outcomes.stream().map(outcome -> outcome.measured(line.measured)).toList();
    return new Comparison(
        line.title,
        Unit.MICROSECONDS,
        Spread.over(measured, false),
        "limit",
        new Spread(seconds, seconds),
        Bound.atMost(1),
        "");
  }
}
