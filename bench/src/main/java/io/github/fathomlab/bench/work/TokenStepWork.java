package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.coarsegraining.markov.ChainFamily;
import io.github.fathomlab.coarsegraining.markov.Masking;
import io.github.fathomlab.coarsegraining.markov.TokenProblem;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.TokenSpec;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU time of an AdamW step of the token network of the rank-collapse specification (8 states,
 * window of 3, width 32, 6 blocks, inner width 128) on the {@code contexts} of the whole population
 * and on {@code drawn} positions, in both precisions, in turns.
 */
final class TokenStepWork {
  private static final int STATES = 8;
  private static final int DRAWS = 300;
  private static final int LENGTH = 64;
  private static final int STEPS = 20;

  private TokenStepWork() {}

  static Map<String, Spread> measure(Options options) {
    ChainFamily chain = new ChainFamily.Hierarchical(STATES, 2, 5);
    Masking masking = Masking.plain(0.15);
    Split counted = new TokenProblem(chain, masking, 1, DRAWS, 0, 0).split();
    Split drawn = new TokenProblem(chain, masking, 1, DRAWS, LENGTH, 0).split();
    Map<String, Runnable> works = new LinkedHashMap<>();
    works.put("contexts", steps(counted, Precision.FLOAT32));
    works.put("contextsDouble", steps(counted, Precision.FLOAT64));
    works.put("drawn", steps(drawn, Precision.FLOAT32));
    works.put("drawnDouble", steps(drawn, Precision.FLOAT64));
    Map<String, Spread> perStep = new LinkedHashMap<>();
    Timing.inTurns(works, options.get("warm", 6000), options.get("chunks", 40))
        .forEach((name, spread) -> perStep.put(name, spread.times(1.0 / STEPS)));
    return perStep;
  }

  private static Runnable steps(Split split, Precision precision) {
    TokenSpec network =
        new TokenSpec(
            3,
            STATES + 2,
            32,
            6,
            128,
            STATES,
            new Activation.Gelu(),
            true,
            true,
            0.15,
            new Initialisation.Pytorch());
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.CrossEntropy(),
            new OptimizerRule.AdamW(0.9, 0.999, 1e-8, 0),
            1e-3,
            new Schedule.Constant(),
            0,
            0,
            0,
            Long.MAX_VALUE,
            Noise.none());
    Course course =
        new Course(new Ensemble(network, precision, plan, split, 1, 1, 1, Subject.NOBODY), STEPS);
    return () -> course.epochs(1);
  }
}
