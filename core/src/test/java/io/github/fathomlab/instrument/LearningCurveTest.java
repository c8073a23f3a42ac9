package io.github.fathomlab.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.TrainingCase;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Losses and accuracies against plain loops over a linear network. */
class LearningCurveTest {
  private static final int STEPS = 12;

  @Test
  void evaluatesTrainingAndHeldOutSamples() {
    // More held-out samples than fit into one chunk of an evaluation.
    Dataset all = TrainingCase.clusters(new SplittableRandom(2), 2200, 3, 3, 2);
    Dataset train = all.select("train", IntStream.range(0, 60).toArray());
    Dataset test = all.select("test", IntStream.range(60, 2200).toArray());
    List<Reading> readings = new ArrayList<>();
    Ensemble ensemble = ensemble(train, test, readings);
    ensemble.advance(STEPS);
    Network network = ensemble.replicas().getFirst().network();
    for (Dataset set : List.of(train, test)) {
      assertEquals(meanLoss(network, set), value(readings, "loss." + set.name(), STEPS), 1e-12);
      assertEquals(hits(network, set), value(readings, "accuracy." + set.name(), STEPS), 1e-12);
    }
    for (long step = 0; step < STEPS; step++) {
      assertEquals(step % 3 == 0 ? 1 : 0, count(readings, "loss", step));
    }
    for (String quantity : List.of("loss.train", "loss.test", "accuracy.train", "accuracy.test")) {
      assertEquals(List.of(0L, 4L, 8L, 12L), steps(readings, quantity), quantity);
    }
  }

  @Test
  void withoutHeldOutSamplesAndClassesThereIsLessToSay() {
    double[] x = new SplittableRandom(1).doubles(30).toArray();
    Dataset data = new Dataset("train", 3, x, new Targets.Values(x.clone(), 3));
    List<Reading> readings = new ArrayList<>();
    ensemble(data, null, readings).advance(STEPS);
    assertEquals(
        List.of("loss", "loss.train"),
        readings.stream().map(Reading::quantity).distinct().sorted().toList());
    assertTrue(readings.stream().allMatch(r -> r.status() == Status.OK));
  }

  private static Ensemble ensemble(Dataset train, @Nullable Dataset test, List<Reading> readings) {
    MlpSpec spec =
        new MlpSpec(
            List.of(3, 3),
            new Activation.Identity(),
            false,
            false,
            0,
            false,
            new Initialisation.Pytorch());
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.SquaredError(),
            new OptimizerRule.Sgd(),
            0.05,
            new Schedule.Constant(),
            0,
            0,
            0,
            STEPS,
            Noise.none());
    return new TrainingCase(spec, Precision.FLOAT64, plan, new Split(train, test), 5)
        .ensemble(
            1,
            1,
            (_, _) ->
                List.of(
                    new LearningCurve(new Rhythm.Every(3), new Rhythm.Every(4), readings::add)));
  }

  private static double[] output(Network network, Dataset set, int sample) {
    Matrix w = network.tensors().getFirst().of(network.parameters());
    double[] z = new double[w.rows()];
    for (int i = 0; i < z.length; i++) {
      for (int r = 0; r < set.features(); r++) {
        z[i] += w.get(i, r) * set.inputs()[sample * set.features() + r];
      }
    }
    return z;
  }

  private static double meanLoss(Network network, Dataset set) {
    double sum = 0;
    for (int j = 0; j < set.size(); j++) {
      double[] z = output(network, set, j);
      for (int i = 0; i < z.length; i++) {
        double d = z[i] - (i == labels(set)[j] ? 1 : 0);
        sum += d * d / 2;
      }
    }
    return sum / set.size();
  }

  private static double hits(Network network, Dataset set) {
    double hits = 0;
    for (int j = 0; j < set.size(); j++) {
      double[] z = output(network, set, j);
      double largest = IntStream.range(0, z.length).mapToDouble(i -> z[i]).max().orElseThrow();
      hits += z[labels(set)[j]] == largest ? 1 : 0;
    }
    return hits / set.size();
  }

  private static int[] labels(Dataset set) {
    return ((Targets.Classes) set.targets()).labels();
  }

  private static double value(List<Reading> readings, String quantity, long step) {
    return readings.stream()
        .filter(r -> r.quantity().equals(quantity) && r.step() == step)
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static long count(List<Reading> readings, String quantity, long step) {
    return readings.stream().filter(r -> r.quantity().equals(quantity) && r.step() == step).count();
  }

  private static List<Long> steps(List<Reading> readings, String quantity) {
    return readings.stream().filter(r -> r.quantity().equals(quantity)).map(Reading::step).toList();
  }
}
