package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Readings;
import java.util.List;

/**
 * A simulated chain to be drawn beside the folding ruler of a run.
 *
 * @param steps optimizer steps of the run that the states belong to, ascending; those of {@link
 *     #stepsOf} are drawn
 * @param elongations e_1..e_(N+1) of the springs at each of these steps
 * @param sentence which chain it is and where its parameters come from
 */
public record ChainCompanion(List<Long> steps, List<double[]> elongations, String sentence) {

  public ChainCompanion {
    steps = List.copyOf(steps);
    elongations = List.copyOf(elongations);
    if (steps.isEmpty() || steps.size() != elongations.size()) {
      throw new IllegalArgumentException(
          "a companion chain needs one state per step, found %d states for %d steps"
              .formatted(elongations.size(), steps.size()));
    }
  }

  /** The steps at which the folding ruler of a run is drawn; empty without separations. */
  public static List<Long> stepsOf(Readings readings) {
    return FoldingRuler.steps(readings);
  }

  /** The state that belongs to a step: of that step, else of the last one before it, else first. */
  double[] at(long step) {
    int found = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) <= step) {
        found = i;
      }
    }
    return elongations.get(found);
  }
}
