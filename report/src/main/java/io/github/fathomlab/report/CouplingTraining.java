package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private static final int MOST_PANELS = 6;
  private static final int ACROSS = 3;
  private static final int MOST_NULLS = 2;
  private static final int MOST_MARKS = 40;
  private static final double LINE = 14; // height of a line of text

  private final List<CouplingCourse> courses;
  private final int found;
  private final TrainingAxis steps;

  private CouplingTraining(List<CouplingCourse> courses, int found) {
    this.courses = courses;
    this.found = found;
    steps =
        TrainingAxis.covering(
            courses.stream().flatMapToLong(c -> Arrays.stream(c.steps())).toArray());
  }

  static Optional<Figure> of(Recorded recorded) {
    List<SeedGroup> groups =
        SeedGroup.of(recorded).stream()
            .filter(group ->
                group.lastStep(CouplingCourse.RHO) > 0
                    && group.readings(CouplingCourse.RHO).stream().anyMatch(SeedGroup::usable))
            .toList();
    List<SeedGroup> named = groups.stream().filter(group -> !group.isNull()).toList();
    List<SeedGroup> subjects = named.isEmpty() ? groups : named;
    int found = subjects.size();
    boolean moments =
        subjects.stream().anyMatch(group -> group.overTime(CouplingCourse.RHO).columns > 2);
    List<CouplingCourse> courses =
        subjects.stream().limit(MOST_PANELS).map(group -> course(group, groups)).toList();
    return courses.isEmpty() || (!moments && found > MOST_PANELS)
        ? Optional.empty()
        : Optional.of(new CouplingTraining(courses, found).figure());
  }

  private static CouplingCourse course(SeedGroup subject, List<SeedGroup> groups) {
    return new CouplingCourse(
        subject,
        groups.stream()
            .filter(group ->
                group.isNull()
                    && group != subject
                    && group.place().equals(subject.place())
                    && CouplingCourse.sameBlocks(group, subject))
            .limit(MOST_NULLS)
            .toList());
  }

  private Figure figure() {
    Sheet sheet = Sheet.of(columns(), courses.size() == 4 ? 2 : ACROSS, Standing.STRONG.foot());
    String left =
        found > courses.size()
            ? " The first " + courses.size() + " of " + found + " cases are drawn."
            : "";
    return new Figure(
        ID,
        "The output's correlation while the network learns",
        "Whether the correlation of neighbouring outputs goes to the exact optimum of the task, in every seed, and whether networks that cannot learn the task stay away.",
        "The null's mean lies near many predictions by itself: only the scatter over the seeds, T, tells trained from untrained. Where the loss has not reached its optimum, nothing is predicted.",
        "Upper: line mean, band smallest to largest seed; dashed: the exact optimum (Bayes line). Middle: T = \u221amean(\u03c1\u2081 \u2212 prediction)\u00b2 over the seeds; at step 0 it is the null T\u2080. Thin grey lines: exact numbers of other rules, which would be wrong here."
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
    List<List<Series>> correlations = courses.stream().map(c -> c.correlations(steps)).toList();
    List<List<Series>> distances = courses.stream().map(c -> c.distances(steps)).toList();
    List<List<Series>> gates = courses.stream().map(c -> c.gate(steps)).toList();
    Axis rho = rho(correlations);
    Axis distance = Curves.logAxis("T, RMS distance over seeds, log scale", bands(distances));
    Axis gate = Curves.logAxis("odd fraction, excess loss, log scale", bands(gates));
    boolean hasDistance = distances.stream().anyMatch(list -> !list.isEmpty());
    boolean hasGate = gates.stream().anyMatch(list -> !list.isEmpty());
    List<List<Sheet.Chart>> columns = new ArrayList<>();
    for (int i = 0; i < courses.size(); i++) {
      CouplingCourse course = courses.get(i);
      List<Sheet.Chart> column = new ArrayList<>();
      String heading = course.subject().label();
      column.add(
          chart(heading, 150, !hasDistance && !hasGate, rho, correlations.get(i))
              .over((svg, frame) -> rules(course, svg, frame)));
      if (hasDistance) {
        column.add(
            chart("", 130, !hasGate, distance, distances.get(i))
                .over(Sheet.lowerLeft(course.summary(distances.get(i)))));
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

  /** Lines at the numbers of the wrong rules; names that would meet stand side by side. */
  private static void rules(CouplingCourse course, Svg svg, Frame frame) {
    double right = frame.left() + frame.width();
    double above = Double.NEGATIVE_INFINITY;
    double x = right - 4;
    List<Map.Entry<String, Double>> rules = new ArrayList<>(course.otherRules().entrySet());
    rules.sort(Map.Entry.<String, Double>comparingByValue().reversed());
    svg.open("g", "class", "c0");
    for (Map.Entry<String, Double> rule : rules) {
      double y = frame.py(rule.getValue());
      x = y - above < LINE ? x : right - 4;
      svg.line(frame.left(), y, right, y, "rule");
      svg.text(x, y - 3, "tick end", rule.getKey());
      x -= 6.2 * rule.getKey().length() + 12;
      above = y;
    }
    svg.close("g");
  }

  private Axis rho(List<List<Series>> correlations) {
    List<Band[]> covered = new ArrayList<>(bands(correlations));
    for (CouplingCourse course : courses) {
      course.otherRules().values().forEach(rule -> covered.add(new Band[] {Band.exactly(rule)}));
    }
    return Curves.valueAxis("\u03c1_1, correlation of neighbouring outputs", covered, false);
  }

  private static List<Band[]> bands(List<List<Series>> columns) {
    return columns.stream().flatMap(List::stream).map(Series::bands).toList();
  }
}
