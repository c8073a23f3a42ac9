package io.github.fathomlab.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Fathom against fixed times that somebody asked for, and where numpy does the same work, against
 * numpy in the same run.
 *
 * @param lines what of the measured numbers is compared
 * @param numpy program of numpy's side with its arguments, whose numbers have the names of
 *     Fathom's; empty when it has none
 */
record LimitRow(String name, List<String> work, int chunks, List<Line> lines, List<String> numpy)
    implements Row {

  /**
   * A measured number and what it is.
   *
   * @param limit in seconds
   */
  record Line(String title, Unit unit, String measured, double limit) {}

  @Override
  public List<Comparison> measure(Sides sides, int rounds, int chunksPercent) {
    List<String> arguments = new ArrayList<>(work);
    arguments.addAll(List.of("--chunks", String.valueOf(chunks * chunksPercent / 100)));
    boolean beside = !numpy.isEmpty() && sides.has(Sides.NUMPY);
    List<Sides.Outcome> outcomes = new ArrayList<>();
    List<Sides.Outcome> others = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      outcomes.add(sides.fathom(arguments));
      if (beside) {
        others.add(sides.numpy(numpy));
      }
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (Line line : lines) {
      Spread measured =
          Spread.over(
              outcomes.stream().map(outcome -> outcome.measured(line.measured)).toList(), false);
      comparisons.add(withLimit(line, measured, numpy.isEmpty() || beside));
      if (beside) {
        comparisons.add(withNumpy(line, measured, others));
      }
    }
    return comparisons;
  }

  private static Comparison withLimit(Line line, Spread measured, boolean complete) {
    return new Comparison(
        line.title,
        line.unit,
        measured,
        "limit",
        new Spread(line.limit, line.limit),
        Bound.atMost(1),
        complete ? "" : "not compared with numpy, which is not installed");
  }

  private static Comparison withNumpy(Line line, Spread measured, List<Sides.Outcome> others) {
    List<Spread> reference =
        others.stream().map(other -> other.fastest("/result/" + line.measured)).toList();
    return new Comparison(
        line.title,
        line.unit,
        measured,
        "numpy",
        Spread.over(reference, false),
        Bound.none(),
        "numpy " + others.getFirst().document().at("/machine/numpy").asString());
  }
}
