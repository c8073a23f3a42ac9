package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.network.Loss;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Closed forms of the schedules, and arguments that are refused. */
class TrainingPlanTest {

  @Test
  void constantStaircaseAndInverse() {
    for (long k = 0; k < 50; k++) {
      assertEquals(1, new Schedule.Constant().factor(k, 50));
      assertEquals(Math.pow(0.5, k / 10), new Schedule.Staircase(10, 0.5).factor(k, 50), 1e-15);
      assertEquals(1 / (1 + 0.25 * k), new Schedule.Inverse(0.25).factor(k, 50), 1e-15);
    }
  }

  @Test
  void cosineFallsFromOneToItsLastValue() {
    Schedule cosine = new Schedule.Cosine(0.2);
    assertEquals(1, cosine.factor(0, 101));
    assertEquals(0.6, cosine.factor(50, 101), 1e-15);
    assertEquals(0.2, cosine.factor(100, 101), 1e-15);
    assertEquals(0.2, cosine.factor(500, 101), 1e-15, "stays there");
    for (long k = 1; k <= 100; k++) {
      assertTrue(cosine.factor(k, 101) < cosine.factor(k - 1, 101));
      assertEquals(1.2, cosine.factor(k, 101) + cosine.factor(100 - k, 101), 1e-14, "symmetric");
    }
    assertEquals(1, cosine.factor(0, 1), "a training of one step");
  }

  @Test
  void warmupRisesLinearlyAndHandsOver() {
    Schedule cosine = new Schedule.Cosine(0);
    Schedule warmup = new Schedule.Warmup(10, cosine);
    for (long k = 0; k < 10; k++) {
      assertEquals((k + 1) / 10.0, warmup.factor(k, 60), 1e-15);
    }
    for (long k = 10; k < 60; k++) {
      assertEquals(cosine.factor(k - 10, 50), warmup.factor(k, 60));
    }
    assertEquals(1, warmup.factor(10, 60));
    assertEquals(0, warmup.factor(59, 60), 1e-15);
    assertEquals(1, warmup.factor(10, 5), "a training shorter than its warm-up");
  }

  @Test
  void theRateIsTheBaseTimesTheFactor() {
    TrainingPlan plan = plan(0.3, new Schedule.Inverse(1), 0, 0, 0, 10);
    assertEquals(0.3, plan.rateAt(0));
    assertEquals(0.1, plan.rateAt(2), 1e-16);
  }

  @Test
  void impossiblePlansAreRefused() {
    Schedule flat = new Schedule.Constant();
    for (double bad : List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
      refuses("learning rate", () -> plan(bad, flat, 0, 0, 0, 1));
    }
    for (double bad : List.of(-1e-9, Double.NaN, Double.POSITIVE_INFINITY)) {
      refuses("l2", () -> plan(1, flat, bad, 0, 0, 1));
      refuses("clip norm", () -> plan(1, flat, 0, bad, 0, 1));
      refuses("noise", () -> new Noise(0, bad, 0));
      refuses("noise", () -> new Noise(0, 0, bad));
    }
    refuses("batch", () -> plan(1, flat, 0, 0, -1, 1));
    refuses("steps", () -> plan(1, flat, 0, 0, 0, -1));
    for (double bad : List.of(-0.1, 1.1, Double.NaN)) {
      refuses("label noise", () -> new Noise(bad, 0, 0));
    }
    assertDoesNotThrow(() -> new Noise(1, 0, 0));
  }

  @Test
  void impossibleRulesAreRefused() {
    for (double bad : List.of(-0.1, 1.0, Double.NaN)) {
      refuses("momentum", () -> new OptimizerRule.HeavyBall(bad));
      refuses("momentum", () -> new OptimizerRule.Nesterov(bad));
      refuses("beta1", () -> new OptimizerRule.Adam(bad, 0.9, 1e-8));
      refuses("beta2", () -> new OptimizerRule.Adam(0.9, bad, 1e-8));
      refuses("beta1", () -> new OptimizerRule.AdamW(bad, 0.9, 1e-8, 0));
      refuses("beta2", () -> new OptimizerRule.AdamW(0.9, bad, 1e-8, 0));
    }
    for (double bad : List.of(0.0, -1e-8, Double.NaN)) {
      refuses("epsilon", () -> new OptimizerRule.Adam(0.9, 0.9, bad));
      refuses("epsilon", () -> new OptimizerRule.AdamW(0.9, 0.9, bad, 0));
    }
    refuses("weight decay", () -> new OptimizerRule.AdamW(0.9, 0.9, 1e-8, -0.1));
    refuses("weight decay", () -> new OptimizerRule.AdamW(0.9, 0.9, 1e-8, Double.NaN));
  }

  @Test
  void impossibleSchedulesAreRefused() {
    refuses("staircase", () -> new Schedule.Staircase(0, 0.5));
    refuses("warm-up", () -> new Schedule.Warmup(0, new Schedule.Constant()));
    for (double bad : List.of(-0.5, Double.NaN, Double.POSITIVE_INFINITY)) {
      refuses("staircase", () -> new Schedule.Staircase(3, bad));
      refuses("cosine", () -> new Schedule.Cosine(bad));
      refuses("inverse", () -> new Schedule.Inverse(bad));
    }
  }

  @Test
  void impossibleDataAreRefused() {
    Targets one = new Targets.Classes(new int[] {0}, 2);
    refuses("at least 1 feature", () -> new Dataset("d", 0, new double[1], one));
    refuses("empty", () -> new Dataset("d", 1, new double[0], one));
    refuses("2 inputs", () -> new Dataset("d", 1, new double[2], one));
    refuses("label 2", () -> new Targets.Classes(new int[] {0, 2}, 2));
    refuses("label -1", () -> new Targets.Classes(new int[] {-1}, 2));
    refuses("width", () -> new Targets.Values(new double[3], 2));
    refuses("width", () -> new Targets.Values(new double[3], 0));
  }

  @Test
  void theMemoryOfARule() {
    assertEquals(
        List.of(0.0, 0.9, 0.8, 0.9, 0.9),
        TrainingCase.RULES.stream().map(OptimizerRule::memory).toList());
  }

  @Test
  void selectKeepsInputsAndTargetsTogether() {
    double[] x = {0, 1, 2, 3, 4, 5};
    Dataset values = new Dataset("v", 2, x, new Targets.Values(new double[] {7, 8, 9}, 1));
    Dataset chosen = values.select("w", new int[] {2, 0});
    assertEquals("w", chosen.name());
    assertEquals(List.of(4.0, 5.0, 0.0, 1.0), boxed(chosen.inputs()));
    assertEquals(List.of(9.0, 7.0), boxed(((Targets.Values) chosen.targets()).values()));
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static void refuses(String word, Executable action) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, action, word).getMessage());
    assertTrue(message.contains(word), message);
  }

  private static TrainingPlan plan(
      double rate, Schedule schedule, double l2, double clip, int batch, long steps) {
    return new TrainingPlan(
        new Loss.CrossEntropy(),
        new OptimizerRule.Sgd(),
        rate,
        schedule,
        l2,
        clip,
        batch,
        steps,
        Noise.none());
  }
}
