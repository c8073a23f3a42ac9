package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Trainings on fresh samples of a law: x normal in three coordinates, y = 2 x_1 - x_2 + 1. */
class PopulationTest {
  private static final Kernels K = new DoubleKernels(true);
  private static final int FEATURES = 3;
  private static final int SAMPLE = 5;
  private static final int STEPS = 24;
  private static final Population PLANE = PopulationTest::draw;

  private static void draw(long key, Matrix input, Matrix targets) {
    for (int j = 0; j < input.columns(); j++) {
      for (int i = 0; i < FEATURES; i++) {
        input.set(i, j, CounterRandom.gaussian(key, (long) j * FEATURES + i));
      }
      targets.set(0, j, 2 * input.get(0, j) - input.get(1, j) + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4", "5, 5", "64, 64", "0, 5"})
  void everyStepIsAsLargeAsAskedWhateverTheSample(int asked, int size) {
    Batches batches = batches(asked, Noise.none(), 3);
    for (long step = 0; step < 13; step++) {
      assertEquals(size, batches.size(step));
    }
    assertFalse(batches.constant());
  }

  @Test
  void everyStepAndEverySeedSeesNewSamplesAndNoStepRemembers() {
    Batches first = batches(6, Noise.none(), 3);
    Batches backwards = batches(6, Noise.none(), 3);
    Batches other = batches(6, Noise.none(), 4);
    List<double[]> seen = new ArrayList<>();
    Set<Double> values = new HashSet<>();
    for (long step = 0; step < 20; step++) {
      seen.add(loaded(first, step));
      Arrays.stream(seen.getLast()).forEach(values::add);
      Arrays.stream(loaded(other, step)).forEach(values::add);
    }
    assertEquals(2 * 20 * 6 * FEATURES, values.size(), "distinct numbers");
    for (int step = 19; step >= 0; step--) {
      assertArrayEquals(seen.get(step), loaded(backwards, step), "step " + step);
    }
  }

  @Test
  void inputNoiseLiesOnTopOfTheDraw() {
    int size = 2000;
    double[] plain = loaded(batches(size, Noise.none(), 9), 7);
    double[] noisy = loaded(batches(size, new Noise(0, 0.25, 0), 9), 7);
    double squares = 0;
    for (int i = 0; i < plain.length; i++) {
      squares += (noisy[i] - plain[i]) * (noisy[i] - plain[i]);
    }
    double deviation = 0.25 * new Samples(sample(), K).inputDeviation();
    double n = plain.length;
    assertEquals(1, squares / n / (deviation * deviation), 4 * Math.sqrt(2 / n));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void legsWorkersAndARestoreChangeNoBit(Precision precision) {
    Ensemble reference = ensemble(precision, 7, 3, 1);
    reference.advance(STEPS);
    Ensemble workers = ensemble(precision, 7, 3, 2);
    for (long until : new long[] {1, 5, 6, 17, STEPS}) {
      workers.advance(until);
    }
    Ensemble stopped = ensemble(precision, 7, 3, 2);
    stopped.advance(11);
    Ensemble resumed = ensemble(precision, 7, 3, 1);
    for (int r = 0; r < 3; r++) {
      Replica from = stopped.replicas().get(r);
      Replica to = resumed.replicas().get(r);
      to.network().parameters().setAll(from.network().parameters().toArray());
      to.optimizer().first().setAll(from.optimizer().first().toArray());
      to.restore(from.step(), null);
    }
    resumed.advance(STEPS);
    for (int r = 0; r < 3; r++) {
      double[] expected = parameters(reference, r);
      assertArrayEquals(expected, parameters(workers, r), "two workers, several legs");
      assertArrayEquals(expected, parameters(resumed, r), "restored");
      assertEquals(
          reference.replicas().get(r).loss(), resumed.replicas().get(r).loss(), 0.0, "loss");
    }
    assertFalse(Arrays.equals(parameters(reference, 0), parameters(reference, 1)));
  }

  /** Gradient descent that only ever sees three samples stops short of the plane. */
  @Test
  void theOptimumIsThatOfTheLawAndNotOfTheSample() {
    Ensemble fresh = trained(new Split(sample(), null, PLANE));
    double[] weights = Arrays.copyOf(parameters(fresh, 0), FEATURES);
    assertArrayEquals(new double[] {2, -1, 0}, weights, 1e-6);
    Dataset three = sample().select("three", new int[] {0, 1, 2});
    Ensemble fixed = trained(new Split(three, null));
    double[] found = parameters(fixed, 0);
    assertTrue(Math.abs(found[2]) > 0.01, () -> "third weight " + found[2]);
  }

  /** What watchers are shown as training samples stays the sample, step after step. */
  @Test
  void evaluationsAreOfTheFixedSample() {
    List<double[]> inputs = Collections.synchronizedList(new ArrayList<>());
    Watcher watcher =
        new Watcher() {
          @Override
          public boolean wantsState(long step) {
            return true;
          }

          @Override
          public void observe(StateSnapshot snapshot) {
            inputs.add(snapshot.evaluation().trace().input().toArray());
          }
        };
    Ensemble watched =
        new Ensemble(
            spec(),
            Precision.FLOAT64,
            plan(7, STEPS),
            new Split(sample(), null, PLANE),
            1,
            5,
            1,
            (_, _) -> List.of(watcher));
    watched.advance(STEPS);
    assertEquals(STEPS + 1, inputs.size());
    double[] expected = new Samples(sample(), K).inputs().toArray();
    Stream.of(inputs.getFirst(), inputs.getLast()).forEach(x -> assertArrayEquals(expected, x));
    Ensemble unwatched = ensemble(Precision.FLOAT64, 7, 1, 1);
    unwatched.advance(STEPS);
    assertArrayEquals(parameters(unwatched, 0), parameters(watched, 0));
  }

  private static Ensemble trained(Split split) {
    Ensemble ensemble =
        new Ensemble(
            spec(), Precision.FLOAT64, plan(20, 3000), split, 1, 5, 1, TrainingCase.UNWATCHED);
    ensemble.advance(3000);
    return ensemble;
  }

  private static Ensemble ensemble(Precision precision, int batch, int size, int workers) {
    Split split = new Split(sample(), null, PLANE);
    return new Ensemble(
        spec(), precision, plan(batch, STEPS), split, size, 5, workers, TrainingCase.UNWATCHED);
  }

  private static MlpSpec spec() {
    Initialisation start = new Initialisation.Scaled(1);
    return new MlpSpec(List.of(FEATURES, 1), new Activation.Tanh(), false, false, 0, true, start);
  }

  private static double[] parameters(Ensemble ensemble, int replica) {
    return ensemble.replicas().get(replica).network().parameters().toArray();
  }

  private static Dataset sample() {
    Matrix x = K.zeros(FEATURES, SAMPLE);
    Matrix y = K.zeros(1, SAMPLE);
    PLANE.draw(CounterRandom.key(1), x, y);
    double[] inputs = new double[FEATURES * SAMPLE];
    for (int j = 0; j < SAMPLE; j++) {
      for (int i = 0; i < FEATURES; i++) {
        inputs[j * FEATURES + i] = x.get(i, j);
      }
    }
    return new Dataset("plane", FEATURES, inputs, new Targets.Values(y.toArray(), 1));
  }

  private static double[] loaded(Batches batches, long step) {
    Matrix input = K.zeros(FEATURES, batches.size(step));
    batches.load(step, input, K.zeros(1, batches.size(step)));
    return input.toArray();
  }

  private static Batches batches(int batch, Noise noise, long seed) {
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.SquaredError(),
            new OptimizerRule.HeavyBall(0.5),
            0.05,
            new Schedule.Constant(),
            0,
            0,
            batch,
            STEPS,
            noise);
    return new Batches(new Samples(sample(), K), PLANE, plan, seed);
  }

  private static TrainingPlan plan(int batch, long steps) {
    return new TrainingPlan(
        new Loss.SquaredError(),
        new OptimizerRule.HeavyBall(0.5),
        0.05,
        new Schedule.Constant(),
        0,
        0,
        batch,
        steps,
        Noise.none());
  }
}
