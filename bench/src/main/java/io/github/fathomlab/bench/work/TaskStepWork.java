package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.renormalization.task.BlockTask;
import io.github.fathomlab.renormalization.task.ChainLaw;
import io.github.fathomlab.renormalization.task.ChainProblem;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time of a step of the thermometer experiment (8-32-1, tanh, logistic loss, Adam) on a batch
 * that is {@code drawn} afresh, {@code gathered} from a set, and {@code kept} in place, and of
 * drawing a batch of each law alone, in turns.
 */
final class TaskStepWork {
  private static final int SITES = 8;
  private static final int BATCH = 256;
  private static final int STEPS = 200;
  private static final ChainProblem ISING =
      new ChainProblem(new ChainLaw.Ising(1, 0), SITES, new BlockTask.Thermometer(0.3), 0);
  private static final ChainProblem GAUSSIAN =
      new ChainProblem(new ChainLaw.Gaussian(0.7), SITES, new BlockTask.Thermometer(0.3), 0);
  private static final ChainProblem QUARTIC =
      new ChainProblem(
          new ChainLaw.Quartic(-1, 0.5, 0.6), SITES, new BlockTask.Environment(1, false), 0);

  private TaskStepWork() {}

  static Map<String, Spread> measure(Options options) {
    Map<String, Runnable> works = new LinkedHashMap<>();
    works.put("drawn", steps(new Split(ISING.sample("chain", BATCH, 1), null, ISING)));
    works.put("gathered", steps(new Split(ISING.sample("chain", 16 * BATCH, 1), null)));
    works.put("kept", steps(new Split(ISING.sample("chain", BATCH, 1), null)));
    works.put("ising", draws(ISING));
    works.put("gaussian", draws(GAUSSIAN));
    works.put("quartic", draws(QUARTIC));
    Map<String, Spread> perStep = new LinkedHashMap<>();
    Timing.inTurns(works, options.get("warm", 8000), options.get("chunks", 40))
        .forEach((name, spread) -> perStep.put(name, spread.times(1.0 / STEPS)));
    return perStep;
  }

  private static Runnable steps(Split split) {
    MlpSpec network =
        new MlpSpec(
            List.of(SITES, 32, 1),
            new Activation.Tanh(),
            false,
            false,
            0,
            true,
            new Initialisation.Scaled(1, 0.1));
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.Logistic(),
            new OptimizerRule.Adam(0.9, 0.999, 1e-8),
            3e-3,
            new Schedule.Constant(),
            0,
            0,
            BATCH,
            Long.MAX_VALUE,
            Noise.none());
    Course course =
        new Course(
            new Ensemble(network, Precision.FLOAT32, plan, split, 1, 1, 1, Subject.NOBODY), STEPS);
    return () -> course.epochs(1);
  }

  private static Runnable draws(ChainProblem problem) {
    Kernels kernels = Kernels.of(Precision.FLOAT32);
    Matrix input = kernels.zeros(SITES, BATCH);
    Matrix targets = kernels.zeros(problem.outputs(), BATCH);
    long[] drawn = new long[1];
    return () -> {
      for (int i = 0; i < STEPS; i++) {
        problem.draw(CounterRandom.key(1, drawn[0]++), input, targets);
      }
    };
  }
}
