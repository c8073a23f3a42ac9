package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.SeparationProfile;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What noise does to the loads of a network that learns the digits. */
class DropoutTest {
  private static final int SEEDS = 3;
  private static final double ERRORS = 2;

  /**
   * The same networks before their training have the same loads, so the fall is what it learned.
   */
  @Test
  void dropoutMovesTheLoadToTheShallowLayers() {
    List<CurvePhase> quiet = tilts(0);
    List<CurvePhase> noisy = tilts(0.4);
    double fall = quiet.getLast().tilt() - noisy.getLast().tilt();
    double error = Math.hypot(quiet.getLast().tiltError(), noisy.getLast().tiltError());
    assertTrue(fall > ERRORS * error, fall + " with error " + error + ": " + quiet + noisy);
    assertEquals(quiet.getFirst().tilt(), noisy.getFirst().tilt(), "the null");
  }

  /** Tilt of the trace ratio before and after the training. */
  private static List<CurvePhase> tilts(double dropout) {
    Experiment experiment =
        Reading.of(
            """
            data: {train: 600, test: 0}
            network: {depth: 6, width: 40, activation: relu, dropout: %s, batch_norm: true}
            optimizer: {learning_rate: 0.003}
            training: {batch: full, epochs: 60}
            """
                .formatted(dropout));
    Split split = experiment.data().load();
    TrainingPlan plan = experiment.plan(split.train().size());
    List<io.github.fathomlab.instrument.Reading> readings = new ArrayList<>();
    Rhythm ends = new Rhythm.Every(plan.steps());
    Ensemble ensemble =
        new Ensemble(
            experiment.network(split),
            experiment.precision(),
            plan,
            split,
            SEEDS,
            experiment.seed(),
            1,
            (_, _) -> List.of(new SeparationProfile(View.TRAINING, ends, readings::add)));
    ensemble.advance(plan.steps());
    List<io.github.fathomlab.instrument.Reading> measured =
        readings.stream().filter(r -> r.quantity().equals("separation.trace_ratio")).toList();
    return List.of(phase(measured, 0), phase(measured, plan.steps()));
  }

  private static CurvePhase phase(
      List<io.github.fathomlab.instrument.Reading> measured, long step) {
    List<LoadCurve> curves = LoadCurve.at(measured, step);
    assertEquals(SEEDS, curves.size());
    return CurvePhase.of(curves.stream().map(curve -> curve.statistics(true)).toList());
  }
}
