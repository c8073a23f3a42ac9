package io.github.fathomlab.renormalization.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.renormalization.block.NetworkReadout;
import io.github.fathomlab.renormalization.block.Window;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CouplingProfileTest {
  private static final BlockTask NEXT = new BlockTask.Environment(1, false);

  private final List<Reading> readings = new ArrayList<>();

  private Network trained(
      ChainProblem problem, List<Integer> widths, Activation activation, long steps, double gain) {
    boolean linear = activation.isLinear();
    MlpSpec spec =
        new MlpSpec(widths, activation, false, false, 0, true, new Initialisation.Scaled(gain));
    TrainingPlan plan =
        new TrainingPlan(
            problem.task().isLogit() ? new Loss.Logistic() : new Loss.SquaredError(),
            new OptimizerRule.Adam(0.9, 0.999, 1e-8),
            0.01,
            new Schedule.Cosine(0),
            0,
            0,
            128,
            steps,
            Noise.none());
    int narrowest = widths.stream().skip(1).mapToInt(width -> width).min().orElseThrow();
    CouplingReadout readout = new CouplingReadout(problem, linear, narrowest, 20_000, false);
    Split split = new Split(problem.sample("chain", 64, 1), null, problem);
    Ensemble ensemble =
        new Ensemble(
            spec,
            Precision.FLOAT64,
            plan,
            split,
            1,
            5,
            1,
            (_, _) ->
                List.of(
                    new CouplingProfile(
                        readout, new Rhythm.Every(Math.max(1, steps)), steps, readings::add)));
    ensemble.advance(steps);
    return ensemble.replicas().getFirst().network();
  }

  private double value(String quantity, long step, int layer) {
    Reading found =
        readings.stream()
            .filter(r -> r.quantity().equals(quantity) && r.step() == step && r.layer() == layer)
            .reduce((_, _) -> {
              throw new AssertionError("twice: " + quantity);
            })
            .orElseThrow(() -> new AssertionError(quantity + " is missing"));
    assertEquals(Status.OK, found.status(), quantity);
    return found.value();
  }

  private double ofNetwork(String quantity, long step) {
    return value(quantity, step, Reading.WHOLE_NETWORK);
  }

  @Test
  void readsWhatEnumerationReads() {
    ChainProblem problem =
        new ChainProblem(new ChainLaw.Ising(1, 0.2), 6, new BlockTask.Thermometer(0.3), 0);
    Network network = trained(problem, List.of(6, 5, 3, 1), new Activation.Tanh(), 40, 1);
    NetworkReadout oracle = NetworkReadout.of(Window.inField(6, 1, 0.2), network);
    for (int m = 0; m < 3; m++) {
      assertEquals(oracle.layers().get(m).coupling(), value("coupling.layer", 40, m), 1e-10);
    }
    assertEquals(
        oracle.features().getFirst().correlation(1), ofNetwork("coupling.correlation", 40), 1e-10);
    assertNotEquals(value("coupling.layer", 0, 2), value("coupling.layer", 40, 2), 1e-6);
  }

  @Test
  void aTrainedNetworkComesToTheDecimatedChain() {
    ChainProblem problem = new ChainProblem(new ChainLaw.Ising(0.8, 0), 3, NEXT, 0);
    trained(problem, List.of(3, 8, 1), new Activation.Tanh(), 1500, 1);
    double prediction = ofNetwork("coupling.prediction", 0);
    assertEquals(0.2928, prediction, 5e-5);
    assertEquals(prediction, ofNetwork("coupling.correlation", 1500), 0.02);
    assertTrue(ofNetwork("coupling.excess", 0) > 0.05);
    assertTrue(Math.abs(ofNetwork("coupling.excess", 1500)) < 0.005);
    assertEquals(0.8, ofNetwork("coupling.input", 0), 1e-12);
    assertEquals(3, ofNetwork("coupling.window", 0));
  }

  @Test
  void aLinearAutoencoderKeepsTheLowestMomenta() {
    ChainProblem problem =
        new ChainProblem(new ChainLaw.Gaussian(0.7), 6, new BlockTask.Reconstruction(), 0);
    trained(problem, List.of(6, 2, 6), new Activation.Identity(), 1500, 1);
    assertEquals(1, ofNetwork("coupling.overlap", 1500), 0.01);
    assertTrue(ofNetwork("coupling.overlap", 0) < 0.9);
    assertEquals(
        ofNetwork("coupling.prediction", 0), ofNetwork("coupling.correlation", 1500), 0.01);
    assertEquals(
        ofNetwork("coupling.stiffness_prediction", 0), ofNetwork("coupling.stiffness", 1500), 0.2);
    double kept = 0;
    for (int k = 0; k < 6; k++) {
      kept += value("coupling.mode", 1500, k);
    }
    assertEquals(2, kept, 1e-9);
    assertEquals(1, value("coupling.mode", 1500, 0), 0.01);
    assertTrue(Math.abs(ofNetwork("coupling.excess", 1500)) < 0.01);
  }

  @Test
  void theQuarticChainIsReadFromItsKurtosis() {
    ChainProblem problem =
        new ChainProblem(new ChainLaw.Quartic(-1, 0.5, 0.6), 2, new BlockTask.Reconstruction(), 0);
    trained(problem, List.of(2, 1, 2), new Activation.Identity(), 800, 1);
    assertEquals(
        ofNetwork("coupling.kurtosis_prediction", 0), ofNetwork("coupling.kurtosis", 800), 0.02);
    assertEquals(1, ofNetwork("coupling.overlap", 800), 0.01);
  }

  @Test
  void aNetworkWithoutWeightsHasStatusesAndNoNumbers() {
    ChainProblem problem = new ChainProblem(new ChainLaw.Gaussian(0.8), 3, NEXT, 0);
    trained(problem, List.of(3, 4, 1), new Activation.Tanh(), 0, 1e-300);
    List<Reading> correlations =
        readings.stream().filter(r -> r.quantity().equals("coupling.correlation")).toList();
    assertEquals(1, correlations.size());
    assertEquals(Status.ZERO_VARIANCE, correlations.getFirst().status());
    assertTrue(Double.isNaN(correlations.getFirst().value()));
    assertTrue(
        readings.stream()
            .filter(r -> r.status() == Status.OK)
            .allMatch(r -> Double.isFinite(r.value())));
  }
}
