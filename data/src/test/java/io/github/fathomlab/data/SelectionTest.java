package io.github.fathomlab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SelectionTest {

  @Test
  void trainingAndTestSamplesAreDisjointAndComplete() {
    for (int seed = 0; seed < 20; seed++) {
      Split split = Selection.of(60, 40, seed).divide(pool(100), 0);
      double[] all =
          DoubleStream.concat(
                  Arrays.stream(split.train().inputs()), Arrays.stream(test(split).inputs()))
              .sorted()
              .toArray();
      assertArrayEquals(pool(100).inputs(), all);
    }
  }

  @Test
  void moreTestSamplesNeverChangeTheTrainingSet() {
    double[] few = Selection.of(50, 10, 7).divide(pool(100), 0).train().inputs();
    double[] many = Selection.of(50, 50, 7).divide(pool(100), 0).train().inputs();
    assertArrayEquals(few, many);
  }

  @Test
  void seedsGiveDifferentSplitsAndTheSameSeedTheSame() {
    double[] one = Selection.of(50, 10, 1).divide(pool(100), 0).train().inputs();
    double[] two = Selection.of(50, 10, 2).divide(pool(100), 0).train().inputs();
    assertFalse(Arrays.equals(one, two));
    assertArrayEquals(one, Selection.of(50, 10, 1).divide(pool(100), 0).train().inputs());
  }

  @Test
  void labelsStayWithTheirSamples() {
    Split split = Selection.of(70, 30, 5).divide(pool(100), 0);
    for (Dataset part : new Dataset[] {split.train(), test(split)}) {
      for (int i = 0; i < part.size(); i++) {
        assertEquals((int) part.inputs()[i] % 3, labels(part)[i]);
      }
    }
  }

  @Test
  void shuffledLabelsKeepInputsCountsAndTheTestSet() {
    Split plain = new Selection(70, 30, 5, false).divide(pool(100), 0);
    Split shuffled = new Selection(70, 30, 5, true).divide(pool(100), 0);
    assertArrayEquals(plain.train().inputs(), shuffled.train().inputs());
    assertArrayEquals(labels(test(plain)), labels(test(shuffled)));
    int[] before = labels(plain.train());
    int[] after = labels(shuffled.train());
    assertFalse(Arrays.equals(before, after));
    Arrays.sort(before);
    Arrays.sort(after);
    assertArrayEquals(before, after);
    assertTrue(shuffled.train().name().contains("shuffled labels"));
    assertNotEquals(plain.train().name(), shuffled.train().name());
  }

  @Test
  void numbersThatMakeNoSense() {
    Failures.sentence(() -> Selection.of(0, 1, 0), "data.train", "found 0");
    Failures.sentence(() -> Selection.of(1, -1, 0), "data.test", "found -1");
    Failures.sentence(
        () -> Selection.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0).divide(pool(10), 0),
        "10 samples");
  }

  /** Sample i has the one feature i and label i mod 3. */
  private static Dataset pool(int n) {
    double[] inputs = new double[n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      inputs[i] = i;
      labels[i] = i % 3;
    }
    return new Dataset("pool", 1, inputs, new Targets.Classes(labels, 3));
  }

  private static Dataset test(Split split) {
    Dataset test = split.test();
    assertNotNull(test);
    return test;
  }

  private static int[] labels(Dataset dataset) {
    return ((Targets.Classes) dataset.targets()).labels();
  }
}
