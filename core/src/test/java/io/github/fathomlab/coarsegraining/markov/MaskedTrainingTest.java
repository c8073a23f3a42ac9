package io.github.fathomlab.coarsegraining.markov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.TokenSpec;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.TrainingPlan;
import io.github.fathomlab.training.Watcher;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Trainings on drawn positions and on the whole population, against the exact optimum. */
class MaskedTrainingTest {
  private static final int STEPS = 400;
  private static final MarkovChain CHAIN = new ChainFamily.Hierarchical(4, 2, 5).chain();
  private static final WindowTask TASK = new WindowTask(CHAIN, Masking.plain(0.15), 1);
  private static final Dataset WHOLE = WindowPopulation.whole(TASK);

  private static Ensemble ensemble(Split split, int workers, double[] losses) {
    TokenSpec spec =
        new TokenSpec(
            3,
            6,
            16,
            2,
            32,
            4,
            new Activation.Gelu(),
            true,
            true,
            0.15,
            new Initialisation.Pytorch());
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.CrossEntropy(),
            new OptimizerRule.AdamW(0.9, 0.999, 1e-8, 0),
            2e-3,
            new Schedule.Constant(),
            0,
            0,
            0,
            STEPS,
            Noise.none());
    return new Ensemble(
        spec,
        Precision.FLOAT32,
        plan,
        split,
        losses.length,
        1,
        workers,
        (replica, _) -> List.of(last(replica, losses)));
  }

  private static Watcher last(int replica, double[] losses) {
    return new Watcher() {
      @Override
      public boolean wantsState(long step) {
        return step == STEPS;
      }

      @Override
      public void observe(StateSnapshot snapshot) {
        losses[replica] = Objects.requireNonNull(snapshot.test()).loss();
      }
    };
  }

  @Test
  void drawnPositionsTeachNearlyAllThereIsToKnow() {
    double[] losses = new double[3];
    Split split = new Split(WHOLE, WHOLE, new WindowPopulation(TASK, 300));
    ensemble(split, 2, losses).advance(STEPS);
    double gain = CHAIN.entropy() - TASK.bayesLoss();
    for (double loss : losses) {
      assertTrue(loss > TASK.bayesLoss() - 1e-6, "below the optimum: " + loss);
      assertTrue((CHAIN.entropy() - loss) / gain > 0.9, "captured too little: " + loss);
    }
    double[] alone = new double[3];
    ensemble(split, 1, alone).advance(STEPS);
    assertArrayEquals(losses, alone);
  }

  @Test
  void theWholePopulationIsABatch() {
    double[] losses = new double[1];
    Ensemble ensemble = ensemble(new Split(WHOLE, WHOLE), 1, losses);
    ensemble.advance(STEPS);
    assertEquals(25, WHOLE.size());
    assertTrue(losses[0] > TASK.bayesLoss() - 1e-6, "below the optimum: " + losses[0]);
    assertEquals(TASK.bayesLoss(), losses[0], 0.02 * (CHAIN.entropy() - TASK.bayesLoss()));
  }
}
