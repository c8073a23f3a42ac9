package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.Loss;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step sees: sizes, permutations and noise. The input of sample i is (i, -i). */
class BatchesTest {
  private static final Kernels K = new DoubleKernels(true);
  private static final int CLASSES = 500;

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "12, 4", "30, 8", "5, 64", "10, 0", "33, 1"})
  void everyEpochShowsEverySampleOnce(int samples, int batch) {
    Batches batches = batches(samples, batch, Noise.none(), 3);
    int used = batch == 0 ? samples : Math.min(batch, samples);
    long perEpoch = (samples + used - 1) / used;
    assertEquals(perEpoch, Batches.perEpoch(samples, used));
    Set<List<Integer>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 4; epoch++) {
      List<Integer> order = new ArrayList<>();
      for (long step = epoch * perEpoch; step < (epoch + 1) * perEpoch; step++) {
        boolean last = step % perEpoch == perEpoch - 1;
        assertEquals(last ? samples - used * (perEpoch - 1) : used, batches.size(step));
        order.addAll(seen(batches, step));
      }
      orders.add(order);
      assertEquals(IntStream.range(0, samples).boxed().toList(), order.stream().sorted().toList());
    }
    boolean permuted = used < samples;
    assertEquals(permuted ? 4 : 1, orders.size(), "orders");
    assertEquals(!permuted, batches.constant());
  }

  @Test
  void aStepDoesNotRememberTheStepsBefore() {
    Noise noise = new Noise(0.5, 1, 0);
    Batches forwards = batches(20, 6, noise, 5);
    Batches backwards = batches(20, 6, noise, 5);
    List<double[]> expected = new ArrayList<>();
    for (int step = 0; step < 12; step++) {
      expected.add(loaded(forwards, step));
    }
    for (int step = 11; step >= 0; step--) {
      assertArrayEquals(expected.get(step), loaded(backwards, step), "step " + step);
    }
  }

  @Test
  void seedsHaveOrdersOfTheirOwn() {
    assertFalse(
        seen(batches(30, 10, Noise.none(), 1), 0)
            .equals(seen(batches(30, 10, Noise.none(), 2), 0)));
  }

  @ParameterizedTest
  @CsvSource({"0.0", "0.004", "0.1", "0.25", "0.5", "0.99", "1.0"})
  void labelNoiseReplacesAFractionOfTheLabels(double fraction) {
    int size = 60;
    Batches batches = batches(size, 0, new Noise(fraction, 0, 0), 11);
    Set<List<Integer>> places = new HashSet<>();
    int replaced = 0;
    for (int step = 0; step < 30; step++) {
      Matrix input = K.zeros(2, size);
      Matrix targets = K.zeros(CLASSES, size);
      batches.load(step, input, targets);
      List<Integer> changed = new ArrayList<>();
      for (int j = 0; j < size; j++) {
        assertEquals(j, input.get(0, j), "inputs stay");
        if (label(targets, j) != j % CLASSES) {
          changed.add(j);
        }
      }
      assertTrue(changed.size() <= (int) (fraction * size));
      replaced += changed.size();
      places.add(changed);
    }
    // Drawn uniformly, a label stays what it was with probability 1/C.
    double expected = 30.0 * (int) (fraction * size) * (1 - 1.0 / CLASSES);
    assertEquals(expected, replaced, 4 * Math.sqrt(expected / CLASSES) + 1e-9);
    assertEquals(fraction * size < 1, places.size() == 1, "other places at every step");
  }

  @Test
  void replacedLabelsAreUniform() {
    int classes = 4;
    int size = 40;
    int[] labels = new int[size];
    Dataset dataset =
        new Dataset("zeros", 1, new double[size], new Targets.Classes(labels, classes));
    Batches batches = new Batches(new Samples(dataset, K), null, plan(0, new Noise(1, 0, 0)), 7);
    int[] counts = new int[classes];
    for (int step = 0; step < 100; step++) {
      Matrix targets = K.zeros(classes, size);
      batches.load(step, K.zeros(1, size), targets);
      for (int j = 0; j < size; j++) {
        counts[label(targets, j)]++;
      }
    }
    for (int count : counts) {
      assertEquals(1000, count, 4 * Math.sqrt(4000 * 0.25 * 0.75));
    }
  }

  @Test
  void inputNoiseHasTheStatedDeviation() {
    int samples = 40;
    Batches batches = batches(samples, 0, new Noise(0, 0.3, 0), 13);
    // Inputs are ±(0..n-1): their mean square is (n-1)(2n-1)/6 and their mean zero.
    double deviation = 0.3 * Math.sqrt((samples - 1) * (2.0 * samples - 1) / 6);
    double sum = 0;
    double squares = 0;
    int steps = 200;
    Matrix input = K.zeros(2, samples);
    for (int step = 0; step < steps; step++) {
      batches.load(step, input, K.zeros(CLASSES, samples));
      for (int j = 0; j < samples; j++) {
        for (int r = 0; r < 2; r++) {
          double noise = (input.get(r, j) - (r == 0 ? j : -j)) / deviation;
          sum += noise;
          squares += noise * noise;
        }
      }
    }
    double n = 2.0 * samples * steps;
    assertEquals(0, sum / n, 4 / Math.sqrt(n));
    assertEquals(1, squares / n, 4 * Math.sqrt(2 / n));
  }

  @Test
  void labelNoiseNeedsLabels() {
    Dataset values = new Dataset("values", 1, new double[4], new Targets.Values(new double[8], 2));
    Samples samples = new Samples(values, K);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Batches(samples, null, plan(0, new Noise(0.1, 0, 0)), 1));
    assertTrue(String.valueOf(refused.getMessage()).contains("label noise"), refused::toString);
  }

  private static int label(Matrix targets, int j) {
    int found = -1;
    for (int c = 0; c < targets.rows(); c++) {
      if (targets.get(c, j) != 0) {
        assertEquals(1, targets.get(c, j));
        assertEquals(-1, found, "one class per sample");
        found = c;
      }
    }
    return found;
  }

  private static List<Integer> seen(Batches batches, long step) {
    Matrix input = K.zeros(2, batches.size(step));
    Matrix targets = K.zeros(CLASSES, batches.size(step));
    batches.load(step, input, targets);
    List<Integer> indices = new ArrayList<>();
    for (int j = 0; j < input.columns(); j++) {
      int index = (int) input.get(0, j);
      assertEquals(-index, input.get(1, j));
      assertEquals(index % CLASSES, label(targets, j), "label of its sample");
      indices.add(index);
    }
    return indices;
  }

  private static double[] loaded(Batches batches, long step) {
    Matrix input = K.zeros(2, batches.size(step));
    Matrix targets = K.zeros(CLASSES, batches.size(step));
    batches.load(step, input, targets);
    return DoubleStream.concat(DoubleStream.of(input.toArray()), DoubleStream.of(targets.toArray()))
        .toArray();
  }

  private static Batches batches(int samples, int batch, Noise noise, long seed) {
    double[] x = new double[2 * samples];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      x[2 * i] = i;
      x[2 * i + 1] = -i;
      labels[i] = i % CLASSES;
    }
    Dataset dataset = new Dataset("numbers", 2, x, new Targets.Classes(labels, CLASSES));
    return new Batches(new Samples(dataset, K), null, plan(batch, noise), seed);
  }

  private static TrainingPlan plan(int batch, Noise noise) {
    return new TrainingPlan(
        new Loss.CrossEntropy(),
        new OptimizerRule.Sgd(),
        0.1,
        new Schedule.Constant(),
        0,
        0,
        batch,
        10,
        noise);
  }
}
