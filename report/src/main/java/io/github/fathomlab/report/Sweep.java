package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The grid of a sweep: its phase diagrams, one per measure of separation that was recorded. */
final class Sweep {
  private static final String AXIS = "axis.";
  private static final String GROWING = "separation.invariant";
  private static final List<String> MEASURES =
      List.of("separation.trace_ratio", "separation.log", GROWING);

  /**
   * One diagram and how its measure is called.
   *
   * @param measure the words
   * @param diagram the cells
   */
  record View(LoadCurveFigure.Measure measure, PhaseDiagram diagram) {}

  final List<View> views;
  final boolean heldOut;

  /** Whether a view has the sign of its measure turned. */
  final boolean turned;

  final int trainings;

  private Sweep(List<View> views, boolean heldOut, int trainings) {
    this.views = views;
    this.heldOut = heldOut;
    turned = views.stream().anyMatch(view -> view.measure().quantity().equals(GROWING));
    this.trainings = trainings;
  }

  /** Whether the readings are those of a sweep, whose replicas must not be averaged over. */
  static boolean isIn(Recorded recorded) {
    return recorded.has(AXIS);
  }

  /** The sweep that was recorded; without views when it has axes that make no phase diagram. */
  static Sweep of(Recorded recorded) {
    List<View> views = new ArrayList<>();
    for (String quantity : MEASURES) {
      LoadCurveFigure.Measure measure = LoadCurveFigure.Measure.named(quantity);
      PhaseDiagram.of(recorded, quantity)
          .ifPresent(diagram -> views.add(new View(measure, diagram)));
    }
    int trainings =
        recorded.quantities().stream()
            .filter(quantity -> quantity.startsWith(AXIS))
            .mapToInt(quantity ->
                (int) recorded.of(quantity).stream().mapToInt(Reading::replica).distinct().count())
            .max()
            .orElse(0);
    return new Sweep(List.copyOf(views), !recorded.of("accuracy.test").isEmpty(), trainings);
  }

  Optional<PhaseDiagram> first() {
    return views.stream().map(View::diagram).findFirst();
  }

  /** Trainings without a curve at their end. */
  int lost() {
    return first()
        .map(diagram -> diagram.cells().stream().mapToInt(PhaseDiagram.Cell::lost).sum())
        .orElse(0);
  }

  /** "6 x 16 cells", one row of cells without an axis of slopes. */
  String size() {
    return first()
        .map(diagram -> {
          int rows = diagram.rows().size();
          int columns = diagram.noise().values().size();
          return rows + " \u00d7 " + columns + (rows * columns == 1 ? " cell" : " cells");
        })
        .orElse("");
  }

  /** A value of an axis for people, as short as it was written. */
  static String value(double value) {
    return Numbers.show(value, 6);
  }

  /** A share as a percentage with one decimal. */
  static String percent(double share) {
    return Double.isFinite(share) ? Numbers.fixed(100 * share, 1) : "no value";
  }
}
