package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a training leaves the finite numbers, and what happens to the others. */
class DivergenceTest {
  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation.Identity(),
          new Activation.Tanh(),
          Activation.relu(),
          new Activation.LeakyRelu(0.3),
          new Activation.Gelu());

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aHugeLearningRateIsCaught(Precision precision) {
    double rate = precision == Precision.FLOAT32 ? 1e25 : 1e200;
    TrainingCase c = trainingCase(new Activation.LeakyRelu(0.3), false, precision, rate, 1, 50);
    Ensemble ensemble = c.trained(3, TrainingCase.UNWATCHED);
    assertEquals(3, ensemble.divergences().size());
    for (Replica replica : ensemble.replicas()) {
      Divergence divergence = replica.divergence();
      assertNotNull(divergence);
      assertEquals(replica.index(), divergence.replica());
      assertEquals(replica.step(), divergence.step(), "the step was not done");
      assertTrue(divergence.step() >= 1 && divergence.step() <= 3, divergence.sentence());
      assertEquals(firstNonFinite(c, replica.network()), divergence.layer());
      assertEquals(
          replica.network().layers().get(divergence.layer()).name(), divergence.layerName());
    }
  }

  /** By a pass of its own over the whole training set. */
  private static int firstNonFinite(TrainingCase c, Network network) {
    Trace trace = network.trace(c.split().train().size());
    trace.input().copyFrom(new Samples(c.split().train(), network.kernels()).inputs());
    network.forward(trace, Pass.batchStatisticsOnly());
    for (int m = 0; m < network.layers().size(); m++) {
      for (double value : trace.out(m).toArray()) {
        if (!Double.isFinite(value)) {
          return m;
        }
      }
    }
    return -1;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aPlantedNanIsFoundWhereItWasPlanted(Precision precision) {
    for (Activation activation : ACTIVATIONS) {
      for (boolean norms : new boolean[] {false, true}) {
        TrainingCase c = trainingCase(activation, norms, precision, 0.01, 1, 20);
        int layers = norms ? 4 : 3;
        for (int layer = 0; layer < layers; layer++) {
          plant(c, layer);
        }
      }
    }
  }

  private static void plant(TrainingCase c, int layer) {
    Ensemble ensemble = c.ensemble(3, 2, TrainingCase.UNWATCHED);
    ensemble.advance(7);
    Network network = ensemble.replicas().get(1).network();
    network.layers().get(layer).tensors().getFirst().of(network.parameters()).set(0, 0, Double.NaN);
    double[] planted = network.parameters().toArray();
    ensemble.advance(20);
    String name = network.layers().get(layer).name();
    assertEquals(List.of(new Divergence(1, 7, layer, name)), ensemble.divergences(), c.toString());
    assertEquals(7, ensemble.replicas().get(1).step());
    assertArrayEquals(planted, network.parameters().toArray(), "nothing of the step was applied");
    Ensemble untouched = c.trained(3, TrainingCase.UNWATCHED);
    for (int r = 0; r < 3; r += 2) {
      assertEquals(20, ensemble.replicas().get(r).step());
      assertNull(ensemble.replicas().get(r).divergence());
      assertArrayEquals(
          untouched.replicas().get(r).network().parameters().toArray(),
          ensemble.replicas().get(r).network().parameters().toArray(),
          "the others do not notice");
    }
  }

  @Test
  void theRunningStatisticsDoNotTakeUpTheDivergedStep() {
    TrainingCase c = trainingCase(Activation.relu(), true, Precision.FLOAT64, 0.01, 1, 20);
    Ensemble ensemble = c.ensemble(1, 1, TrainingCase.UNWATCHED);
    ensemble.advance(7);
    Network network = ensemble.replicas().getFirst().network();
    double[] before = network.statistics().toArray();
    network.parameters().set(0, 0, Double.NaN);
    ensemble.advance(20);
    assertArrayEquals(before, network.statistics().toArray());
  }

  @Test
  void aLossCanOverflowByItself() {
    TrainingCase c =
        trainingCase(new Activation.Tanh(), false, Precision.FLOAT64, 1e-300, 1e200, 5);
    Ensemble ensemble = c.trained(1, TrainingCase.UNWATCHED);
    Divergence divergence = ensemble.divergences().getFirst();
    assertEquals(new Divergence(0, 0, -1, ""), divergence);
    assertTrue(divergence.sentence().contains("at step 0 in the loss"), divergence.sentence());
  }

  @Test
  void theSentenceNamesThePlace() {
    assertEquals(
        "replica 2 diverged: the first value that is not finite appeared at step 40 in layer 3 (hidden 3)",
        new Divergence(2, 40, 3, "hidden 3").sentence());
  }

  @Test
  void aDivergedReplicaStaysWhereItIsWhenRestored() {
    TrainingCase c = trainingCase(new Activation.Tanh(), false, Precision.FLOAT64, 0.01, 1, 20);
    Ensemble ensemble = c.ensemble(2, 1, TrainingCase.UNWATCHED);
    Divergence divergence = new Divergence(0, 4, 1, "hidden 2");
    ensemble.replicas().getFirst().restore(4, divergence);
    ensemble.advance(20);
    assertEquals(4, ensemble.replicas().getFirst().step());
    assertEquals(List.of(divergence), ensemble.divergences());
    assertEquals(20, ensemble.stepsDone());
  }

  @Test
  void stopEndsTheTrainingAfterTheStepItIsIn() {
    TrainingCase c = trainingCase(new Activation.Tanh(), false, Precision.FLOAT64, 0.01, 1, 1000);
    Ensemble[] held = new Ensemble[1];
    held[0] = c.ensemble(2, 1, (_, _) -> List.of(new AtStep(5, () -> held[0].stop())));
    held[0].advance(1000);
    assertTrue(held[0].isStopped());
    assertEquals(List.of(6L, 0L), held[0].replicas().stream().map(Replica::step).toList());
  }

  @Test
  void theFailureOfAWatcherReachesTheCaller() {
    TrainingCase c = trainingCase(new Activation.Tanh(), false, Precision.FLOAT64, 0.01, 1, 1000);
    RuntimeException failure = new IllegalStateException("disk full");
    Ensemble ensemble =
        c.ensemble(
            3,
            2,
            (_, _) ->
                List.of(
                    new AtStep(
                        5,
                        () -> {
                          throw failure;
                        })));
    assertSame(failure, assertThrows(IllegalStateException.class, () -> ensemble.advance(1000)));
  }

  /** Acts at one step. */
  private record AtStep(long at, Runnable action) implements Watcher {
    @Override
    public Need need(long step) {
      return step == at ? Need.LOSS : Need.NOTHING;
    }

    @Override
    public void observe(StepSnapshot snapshot) {
      action.run();
    }
  }

  /** Regression of random targets of the given size, full batch. */
  private static TrainingCase trainingCase(
      Activation activation,
      boolean norms,
      Precision precision,
      double rate,
      double targetSize,
      long steps) {
    SplittableRandom random = new SplittableRandom(3);
    double[] x = new double[24];
    double[] y = new double[16];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian();
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = targetSize * random.nextGaussian();
    }
    Dataset data = new Dataset("noise", 3, x, new Targets.Values(y, 2));
    MlpSpec spec =
        new MlpSpec(
            List.of(3, 6, 5, 2), activation, norms, norms, 0, true, new Initialisation.Pytorch());
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.SquaredError(),
            new OptimizerRule.Sgd(),
            rate,
            new Schedule.Constant(),
            0,
            0,
            0,
            steps,
            Noise.none());
    return new TrainingCase(spec, precision, plan, new Split(data, null), 8);
  }
}
