package io.github.fathomlab.data;

import static io.github.fathomlab.data.Failures.sentence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path directory;

  @Test
  void takesAllSamplesInTheOrderOfTheFile() {
    Split split =
        source(array(new double[] {1, 2, 3, 4, 5, 6}, 3, 2), array(new double[] {1, 0, 1}, 3))
            .load();
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, split.train().inputs());
    Targets.Classes targets = (Targets.Classes) split.train().targets();
    assertArrayEquals(new int[] {1, 0, 1}, targets.labels());
    assertEquals(2, targets.classes());
    assertNull(split.test());
  }

  @Test
  void declaredClassesMayExceedTheLabels() {
    Targets targets =
        load(array(new double[] {1, 2}, 2, 1), array(new double[] {0, 7}, 2), 10).targets();
    assertEquals(10, targets.width());
  }

  @Test
  void realTargetsHaveTwoAxes() {
    Targets targets =
        load(array(new double[] {1, 2}, 2, 1), array(new double[] {0.5, 1, 2, -3}, 2, 2), null)
            .targets();
    assertEquals(2, targets.width());
    assertArrayEquals(new double[] {0.5, 1, 2, -3}, ((Targets.Values) targets).values());
  }

  @Test
  void theRestIsHeldOutWhenOnlyTheTrainingSizeIsGiven() {
    NpyArray x = array(new double[20], 20, 1);
    double[] labels = new double[20];
    for (int i = 0; i < 20; i++) {
      labels[i] = i % 2;
    }
    write(x, array(labels, 20));
    Split split = new Npz(file(), "x", "y", null, null, new Selection(15, null, 1, false)).load();
    assertEquals(15, split.train().size());
    Dataset test = split.test();
    assertNotNull(test);
    assertEquals(5, test.size());
  }

  @Test
  void resizesSquareRowsAndSquareImages() {
    double[] ramp = new double[2 * 16];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % 4;
    }
    NpyArray y = array(new double[] {0, 1}, 2);
    for (NpyArray x :
        new NpyArray[] {array(ramp, 2, 16), array(ramp, 2, 4, 4), array(ramp, 2, 1, 4, 4)}) {
      write(x, y);
      Dataset train = new Npz(file(), "x", "y", null, 2, Selection.ALL).load().train();
      assertArrayEquals(new double[] {0.5, 2.5, 0.5, 2.5, 0.5, 2.5, 0.5, 2.5}, train.inputs());
    }
  }

  @Test
  void resizeOfDataThatAreNotSquare() {
    NpyArray y = array(new double[] {0, 1}, 2);
    for (NpyArray x :
        new NpyArray[] {
          array(new double[24], 2, 12),
          array(new double[32], 2, 2, 8),
          array(new double[96], 2, 3, 4, 4)
        }) {
      write(x, y);
      sentence(
          () -> new Npz(file(), "x", "y", null, 2, Selection.ALL).load(), "square", "array 'x'");
    }
  }

  @Test
  void badLabelsAreNamedWithTheirIndex() {
    fails(new double[] {0, 1, -1, 0}, "label -1 of sample 2", "out of range");
    fails(new double[] {0, 1, 0, 1.5}, "label 1.5 of sample 3", "whole number");
    fails(new double[] {0, Double.NaN, 0, 1}, "label NaN of sample 1", "whole number");
    fails(new double[] {0, 1e9, 0, 1}, "label 1000000000 of sample 1", "out of range");
    sentence(
        () -> load(array(new double[4], 4, 1), array(new double[] {0, 1, 3, 0}, 4), 3),
        "label 3 of sample 2",
        "0..2",
        "data.classes");
  }

  @Test
  void notFiniteInputsAreNamedWithSampleAndFeature() {
    NpyArray y = array(new double[] {0, 1}, 2);
    for (double bad :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      sentence(
          () -> load(array(new double[] {0, 1, 2, 3, bad, 5}, 2, 3), y, null),
          "sample 1",
          "feature 1",
          String.valueOf(bad));
      sentence(
          () ->
              load(
                  array(new double[] {0, 1}, 2, 1), array(new double[] {0, 1, 2, bad}, 2, 2), null),
          "sample 1",
          "target 1");
    }
  }

  @Test
  void otherUnfitArrays() {
    fails(new double[] {0, 0, 0, 0}, "at least two classes", "data.npz");
    fails(new double[] {0, 1, 0}, "4 samples", "3 labels");
    NpyArray y = array(new double[0], 0);
    sentence(() -> load(array(new double[0], 0, 3), y, null), "empty");
    sentence(() -> load(array(new double[0], 3, 0), y, null), "no features");
    sentence(() -> load(array(new double[3], 3), y, null), "shape [3]");
    sentence(() -> load(array(new double[3], 3, 1), array(new double[1]), null), "shape []");
    sentence(
        () -> new Npz(file(), "z", "y", null, null, Selection.ALL).load(), "'z'", "nearest names");
    sentence(() -> new Npz(file(), "x", "y", 1, null, Selection.ALL), "data.classes");
  }

  @Test
  void fewerSamplesThanAsked() {
    write(array(new double[4], 4, 1), array(new double[] {0, 1, 0, 1}, 4));
    sentence(
        () -> new Npz(file(), "x", "y", null, null, Selection.of(4, 1, 0)).load(),
        "4 samples",
        "4 training",
        "1 test");
    sentence(
        () -> new Npz(file(), "x", "y", null, null, new Selection(null, 4, 0, false)).load(),
        "1 or more training");
  }

  private void fails(double[] labels, String... words) {
    sentence(() -> load(array(new double[4], 4, 1), array(labels, labels.length), null), words);
  }

  private Dataset load(NpyArray x, NpyArray y, @Nullable Integer classes) {
    write(x, y);
    return new Npz(file(), "x", "y", classes, null, Selection.ALL).load().train();
  }

  private Npz source(NpyArray x, NpyArray y) {
    write(x, y);
    return new Npz(file(), "x", "y", null, null, Selection.ALL);
  }

  private void write(NpyArray x, NpyArray y) {
    NpzFile.write(file(), Map.of("x", x, "y", y));
  }

  private Path file() {
    return directory.resolve("data.npz");
  }

  private static NpyArray array(double[] values, int... shape) {
    return NpyArray.of("any", values, shape);
  }
}
