package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.springblock.SeparationProfile;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a network of linear layers can and cannot do to the separation of the digits.
 *
 * <p>Between the input and the logits every layer is an invertible affine map as long as its
 * weights keep full rank, so the invariant separation must not move where the others do.
 */
class LinearNetworkTest {
  private static final int LAST_HIDDEN = 7;
  private static final String WIDE = "{depth: 8, width: 64, activation: %s}";
  private static final String NARROW = "{depth: 8, width: 30, activation: identity, dropout: %s}";
  private static final String FEW = "training: {batch: 50, epochs: 4}";
  private static final String FULL =
      "training: {batch: full, epochs: 48}\noptimizer: {learning_rate: 0.003}";

  @Test
  void theInvariantSeparationIsTheSameInEveryLayer() {
    List<Reading> readings = trained(WIDE.formatted("{kind: leaky_relu, slope: 1}"), FEW, 20);
    List<Reading> moments =
        readings.stream().filter(r -> r.quantity().equals("load.tilt")).toList();
    assertEquals(6, moments.size(), "3 moments of 2 replicas");
    for (Reading moment : moments) {
      double[] invariant = curve(readings, "separation.invariant", moment);
      assertTrue(spread(invariant) <= 2e-3, moment + Arrays.toString(invariant));
      double[] rescaled = curve(readings, "separation.log", moment);
      assertTrue(spread(rescaled) > 0.1, "and D moves: " + Arrays.toString(rescaled));
    }
  }

  @Test
  void aNonlinearNetworkMovesIt() {
    List<Reading> readings = trained(WIDE.formatted("{kind: leaky_relu, slope: 0.4}"), FEW, 40);
    Reading end = readings.getLast();
    assertEquals(40, end.step());
    double[] invariant = curve(readings, "separation.invariant", end);
    assertTrue(invariant[LAST_HIDDEN] - invariant[0] > 1, Arrays.toString(invariant));
  }

  /** With weak directions between the classes the authors' float32 cut drops some, D does not. */
  @Test
  void dropoutMakesDirectionsThatTheCompatibleMeasureDrops() {
    List<Reading> noisy = trained(NARROW.formatted("0.3"), FULL, 48);
    List<Reading> quiet = trained(NARROW.formatted("0"), FULL, 48);
    for (int replica = 0; replica < 2; replica++) {
      assertTrue(dropped(noisy, "separation.log_compatible", replica) >= 1);
      assertEquals(0, dropped(noisy, "separation.log", replica));
      assertEquals(0, dropped(quiet, "separation.log_compatible", replica), "the null");
    }
  }

  /** Representations that are flagged at the end. */
  private static long dropped(List<Reading> readings, String quantity, int replica) {
    return readings.stream()
        .filter(r -> r.quantity().equals(quantity) && r.replica() == replica && r.step() == 48)
        .filter(r -> r.status() == Status.RANK_DEFICIENT)
        .count();
  }

  /** The input and the hidden representations at the step and in the replica of a reading. */
  private static double[] curve(List<Reading> readings, String quantity, Reading moment) {
    return readings.stream()
        .filter(r -> r.quantity().equals(quantity) && r.layer() <= LAST_HIDDEN)
        .filter(r -> r.step() == moment.step() && r.replica() == moment.replica())
        .peek(r -> assertEquals(Status.OK, r.status(), r.toString()))
        .mapToDouble(Reading::value)
        .toArray();
  }

  private static double spread(double[] values) {
    assertEquals(LAST_HIDDEN + 1, values.length);
    double lowest = Arrays.stream(values).min().orElseThrow();
    return Arrays.stream(values).max().orElseThrow() - lowest;
  }

  /** Two replicas in float64, measured every so many steps. */
  private static List<Reading> trained(String network, String rest, long every) {
    Experiment experiment =
        io.github.fathomlab.experiment.Reading.of(
            "precision: float64\ndata: {train: 500, test: 0}\nnetwork: " + network + "\n" + rest);
    Split split = experiment.data().load();
    NetworkSpec spec = experiment.network(split);
    TrainingPlan plan = experiment.plan(split.train().size());
    List<Reading> readings = new ArrayList<>();
    Rhythm rhythm = new Rhythm.Every(every);
    Ensemble ensemble =
        new Ensemble(
            spec,
            experiment.precision(),
            plan,
            split,
            2,
            experiment.seed(),
            1,
            (_, _) -> List.of(new SeparationProfile(View.TRAINING, rhythm, readings::add)));
    ensemble.advance(plan.steps());
    return readings;
  }
}
