package io.github.fathomlab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigitsTest {
  /** Documented number of samples of each digit in the test part of the UCI data set. */
  private static final int[] COUNTS = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};

  @Test
  void allSamplesHaveTheDocumentedCountsAndRange() {
    Split split = new Digits(null, Selection.of(1797, 0, 0)).load();
    Dataset train = split.train();
    assertNull(split.test());
    assertEquals(64, train.features());
    int[] counts = new int[10];
    for (int label : ((Targets.Classes) train.targets()).labels()) {
      counts[label]++;
    }
    assertArrayEquals(COUNTS, counts);
    assertEquals(0, Arrays.stream(train.inputs()).min().orElseThrow());
    assertEquals(1, Arrays.stream(train.inputs()).max().orElseThrow());
    assertArrayEquals(
        new double[] {0, 0, 5 / 16., 13 / 16., 9 / 16., 1 / 16., 0, 0},
        Arrays.copyOf(train.inputs(), 8));
  }

  @Test
  void oneFifthIsHeldOut() {
    Split split = new Digits(null, Selection.ALL).load();
    assertEquals(1438, split.train().size());
    Dataset test = split.test();
    assertNotNull(test);
    assertEquals(359, test.size());
  }

  @Test
  void resizes() {
    assertEquals(25, new Digits(5, Selection.ALL).load().train().features());
    Failures.sentence(() -> new Digits(-1, Selection.ALL).load(), "data.resize", "found -1");
  }

  @Test
  void describesItselfInOneLine() {
    assertEquals(
        "handwritten digits 8 x 8 (UCI, CC BY 4.0), train 100, split seed 4, shuffled training labels",
        new Digits(null, new Selection(100, null, 4, true)).description());
  }
}
