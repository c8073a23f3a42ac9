package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.LearningCurve;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Training does what it is for. */
class LearningTest {

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aSeparableMixtureIsLearned(Precision precision) {
    Dataset all = TrainingCase.clusters(new SplittableRandom(4), 240, 5, 4, 4);
    int[] first = new int[160];
    int[] rest = new int[80];
    for (int i = 0; i < 240; i++) {
      (i < 160 ? first : rest)[i % 160] = i;
    }
    Split split = new Split(all.select("train", first), all.select("test", rest));
    MlpSpec spec =
        new MlpSpec(
            List.of(5, 16, 16, 4),
            Activation.relu(),
            false,
            true,
            0.1,
            true,
            new Initialisation.He());
    TrainingPlan plan = plan(new OptimizerRule.Adam(0.9, 0.999, 1e-8), 0.01, 32, 150);
    List<Reading> readings = new ArrayList<>();
    new TrainingCase(spec, precision, plan, split, 1)
        .trained(2, (_, _) -> List.of(curve(readings, plan)));
    for (String quantity : List.of("accuracy.train", "accuracy.test")) {
      assertTrue(values(readings, quantity, 0).stream().allMatch(a -> a < 0.9), "untrained");
      List<Double> last = values(readings, quantity, plan.steps());
      assertEquals(2, last.size());
      assertTrue(last.stream().allMatch(a -> a > 0.95), quantity + " " + last);
    }
  }

  static List<OptimizerRule> rules() {
    return TrainingCase.RULES;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyOptimizerLowersTheLoss(OptimizerRule rule) {
    Dataset data = TrainingCase.clusters(new SplittableRandom(9), 40, 3, 3, 2);
    MlpSpec spec =
        new MlpSpec(
            List.of(3, 10, 3),
            new Activation.Tanh(),
            false,
            false,
            0,
            true,
            new Initialisation.Pytorch());
    boolean adaptive = rule instanceof OptimizerRule.Adam || rule instanceof OptimizerRule.AdamW;
    TrainingPlan plan = plan(rule, adaptive ? 0.01 : 0.05, 0, 100);
    for (Precision precision : Precision.values()) {
      List<Reading> readings = new ArrayList<>();
      new TrainingCase(spec, precision, plan, new Split(data, null), 2)
          .trained(1, (_, _) -> List.of(curve(readings, plan)));
      double before = values(readings, "loss.train", 0).getFirst();
      double after = values(readings, "loss.train", 100).getFirst();
      assertTrue(after < 0.6 * before, rule + ": " + before + " to " + after);
      assertEquals(before, values(readings, "loss", 0).getFirst(), 1e-6, "the first batch is all");
    }
  }

  /**
   * With ℓ = ½|w - w*|² (orthonormal design) SGD with temperature T is the chain e' = (1-lr) e -
   * √(2 T lr) ξ, whose variance is 2 T lr/(1-(1-lr)²) = T/(1-lr/2).
   */
  @Test
  void langevinSamplesTheTemperature() {
    double lr = 0.2;
    double temperature = 0.05;
    Chain chain = new Chain(lr, new Noise(0, 0, temperature), 12_000);
    double decay = (1 - lr) * (1 - lr);
    double independent = 2 * chain.steps * (1 - decay) / (1 + decay);
    double expected = temperature / (1 - lr / 2);
    double found = chain.variance();
    assertEquals(expected, found, 4 * expected * Math.sqrt(2 / independent));
  }

  @Test
  void withoutTemperatureTheQuadraticIsSolvedByTheClosedForm() {
    double lr = 0.2;
    Chain chain = new Chain(lr, Noise.none(), 30);
    for (int k = 1; k < 30; k++) {
      for (int i = 0; i < 2; i++) {
        assertEquals((1 - lr) * chain.error(k - 1, i), chain.error(k, i), 1e-15);
      }
    }
  }

  /** A cosine ends at rate zero, where the temperature's kick √(2 T lr) vanishes too. */
  @Test
  void temperatureAtRateZeroDoesNothing() {
    Chain chain = new Chain(0.2, new Schedule.Cosine(0), new Noise(0, 0, 0.1), 20);
    for (int i = 0; i < 2; i++) {
      assertEquals(chain.error(18, i), chain.error(19, i), 1e-12);
    }
  }

  /** Linear regression on four samples (±1, ±1) with targets x·w*, w* = (1, -2). */
  private static final class Chain {
    final int steps;
    final double[] weights;

    Chain(double lr, Noise noise, int steps) {
      this(lr, new Schedule.Constant(), noise, steps);
    }

    Chain(double lr, Schedule schedule, Noise noise, int steps) {
      this.steps = steps;
      weights = new double[2 * steps];
      double[] x = {1, 1, 1, -1, -1, 1, -1, -1};
      double[] y = {-1, 3, -3, 1};
      Dataset data = new Dataset("cross", 2, x, new Targets.Values(y, 1));
      MlpSpec spec =
          new MlpSpec(
              List.of(2, 1),
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
              lr,
              schedule,
              0,
              0,
              0,
              steps,
              noise);
      new TrainingCase(spec, Precision.FLOAT64, plan, new Split(data, null), 6)
          .trained(1, (_, _) -> List.of(new Follower()));
    }

    double error(int k, int i) {
      return weights[2 * k + i] - (i == 0 ? 1 : -2);
    }

    double variance() {
      double sum = 0;
      int burnIn = 100;
      for (int k = burnIn; k < steps; k++) {
        sum += error(k, 0) * error(k, 0) + error(k, 1) * error(k, 1);
      }
      return sum / (2.0 * (steps - burnIn));
    }

    private final class Follower implements Watcher {
      @Override
      public Need need(long step) {
        return Need.LOSS;
      }

      @Override
      public void observe(StepSnapshot snapshot) {
        for (int i = 0; i < 2; i++) {
          weights[2 * (int) snapshot.step() + i] = snapshot.network().parameters().get(0, i);
        }
      }
    }
  }

  private static Watcher curve(List<Reading> readings, TrainingPlan plan) {
    return new LearningCurve(new Rhythm.Every(1), new Rhythm.Every(plan.steps()), readings::add);
  }

  private static List<Double> values(List<Reading> readings, String quantity, long step) {
    return readings.stream()
        .filter(r -> r.quantity().equals(quantity) && r.step() == step)
        .map(Reading::value)
        .toList();
  }

  private static TrainingPlan plan(OptimizerRule rule, double rate, int batch, long steps) {
    return new TrainingPlan(
        new Loss.CrossEntropy(),
        rule,
        rate,
        new Schedule.Constant(),
        0,
        0,
        batch,
        steps,
        Noise.none());
  }
}
