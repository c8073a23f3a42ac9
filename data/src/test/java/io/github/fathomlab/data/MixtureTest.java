package io.github.fathomlab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Targets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MixtureTest {

  @Test
  void withoutSpreadEverySampleIsItsMean() {
    Mixture mixture = new Mixture(3, 5, 30, 4, 0, 9, Selection.of(30, 0, 0));
    Dataset train = mixture.load().train();
    double[] means = mixture.means();
    int[] labels = ((Targets.Classes) train.targets()).labels();
    for (int i = 0; i < 30; i++) {
      assertEquals(i % 3, labels[i]);
      assertArrayEquals(
          Arrays.copyOfRange(means, labels[i] * 5, labels[i] * 5 + 5),
          Arrays.copyOfRange(train.inputs(), i * 5, i * 5 + 5));
    }
  }

  @Test
  void meansHaveTheLengthOfTheFormulaAndTheDistanceInTheMean() {
    int classes = 200;
    int features = 50;
    double[] means = new Mixture(classes, features, classes, 3, 1, 1, Selection.ALL).means();
    double distances = 0;
    for (int a = 0; a < classes; a++) {
      assertEquals(
          9 / 2., squaredDistance(means, a * features, new double[features], 0, features), 1e-12);
      for (int b = 0; b < a; b++) {
        distances += squaredDistance(means, a * features, means, b * features, features);
      }
    }
    // 19900 pairs; a cosine of random directions has standard deviation 1/sqrt(50).
    assertEquals(9, distances / (classes * (classes - 1) / 2.), 9 * 0.02);
  }

  @Test
  void spreadIsTheStandardDeviationInsideAClass() {
    int n = 20000;
    Mixture mixture = new Mixture(2, 3, n, 1, 0.5, 2, Selection.of(n, 0, 0));
    Dataset train = mixture.load().train();
    double[] means = mixture.means();
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += squaredDistance(train.inputs(), i * 3, means, i % 2 * 3, 3);
    }
    // Relative standard error sqrt(2/60000) = 0.0058.
    assertEquals(0.25, squares / (3 * n), 0.25 * 4 * 0.0058);
  }

  @Test
  void seedsDiffer() {
    Selection all = Selection.of(10, 0, 0);
    double[] one = new Mixture(2, 3, 10, 1, 1, 1, all).load().train().inputs();
    double[] two = new Mixture(2, 3, 10, 1, 1, 2, all).load().train().inputs();
    assertFalse(Arrays.equals(one, two));
    assertArrayEquals(one, new Mixture(2, 3, 10, 1, 1, 1, all).load().train().inputs());
  }

  @Test
  void unfitNumbers() {
    Selection all = Selection.ALL;
    Failures.sentence(() -> new Mixture(1, 3, 10, 1, 1, 1, all), "two classes");
    Failures.sentence(() -> new Mixture(2, 0, 10, 1, 1, 1, all), "data.features = 0");
    Failures.sentence(() -> new Mixture(2, 3, 0, 1, 1, 1, all), "data.samples = 0");
    Failures.sentence(() -> new Mixture(2, 3, 10, -1, 1, 1, all), "data.separation");
    Failures.sentence(() -> new Mixture(2, 3, 10, 1, Double.NaN, 1, all), "data.spread");
    Failures.sentence(() -> new Mixture(2, 1 << 20, 1 << 20, 1, 1, 1, all), "too large");
    Failures.sentence(
        () -> new Mixture(5, 3, 10, 1, 1, 1, Selection.of(1, 0, 0)).load(), "at least two classes");
  }

  private static double squaredDistance(double[] a, int atA, double[] b, int atB, int features) {
    double sum = 0;
    for (int j = 0; j < features; j++) {
      sum += (a[atA + j] - b[atB + j]) * (a[atA + j] - b[atB + j]);
    }
    return sum;
  }
}
