package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cross entropy with targets whose sum is the weight of a sample. */
class WeightedLossTest {
  private static final Loss LOSS = new Loss.CrossEntropy();
  private static final int CLASSES = 5;

  private static Matrix logits(Kernels k, int... samples) {
    Matrix logits = k.zeros(CLASSES, samples.length);
    for (int j = 0; j < samples.length; j++) {
      SplittableRandom random = new SplittableRandom(samples[j]);
      for (int i = 0; i < CLASSES; i++) {
        logits.set(i, j, (float) (2 * random.nextGaussian()));
      }
    }
    return logits;
  }

  private static Kernels kernels(boolean floats) {
    return floats ? Kernels.of(Precision.FLOAT32) : new DoubleKernels(true);
  }

  private static double tolerance(boolean floats) {
    return floats ? 2e-6 : 1e-14;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWeightOfTwoIsASampleTwiceAndAWeightOfZeroIsNone(boolean floats) {
    Kernels k = kernels(floats);
    Matrix twice = k.zeros(CLASSES, 3);
    Matrix weighted = k.zeros(CLASSES, 3);
    twice.set(2, 0, 1);
    twice.set(2, 1, 1);
    twice.set(4, 2, 1);
    weighted.set(2, 0, 2);
    weighted.set(4, 1, 1);
    Matrix plain = k.zeros(CLASSES, 3);
    Matrix gathered = k.zeros(CLASSES, 3);
    double expected = LOSS.evaluate(k, logits(k, 1, 1, 2), twice, plain);
    double found = LOSS.evaluate(k, logits(k, 1, 2, 3), weighted, gathered);
    assertEquals(expected, found, tolerance(floats));
    for (int i = 0; i < CLASSES; i++) {
      assertEquals(
          plain.get(i, 0) + plain.get(i, 1), gathered.get(i, 0), tolerance(floats), "twice");
      assertEquals(plain.get(i, 2), gathered.get(i, 1), tolerance(floats), "once");
      assertEquals(0, gathered.get(i, 2), "not at all");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 1e-3, 1, 30, 700})
  void theSecantGivesTheChangeOfTheLoss(double size) {
    Kernels k = kernels(false);
    SplittableRandom random = new SplittableRandom(7);
    Matrix z = logits(k, 1, 2, 3, 4);
    Matrix step = k.zeros(CLASSES, 4);
    Matrix moved = k.zeros(CLASSES, 4);
    Matrix targets = k.zeros(CLASSES, 4);
    for (int i = 0; i < CLASSES; i++) {
      for (int j = 0; j < 4; j++) {
        step.set(i, j, size * random.nextGaussian());
        moved.set(i, j, z.get(i, j) + step.get(i, j));
        targets.set(i, j, j == 3 ? 0 : 3 * random.nextDouble());
      }
    }
    Matrix scratch = k.zeros(CLASSES, 4);
    double change =
        LOSS.evaluate(k, moved, targets, scratch) - LOSS.evaluate(k, z, targets, scratch);
    Matrix mean = k.zeros(CLASSES, 4);
    LOSS.secant(z, step, targets, mean);
    assertEquals(change, k.dot(mean, step), 1e-13 * Math.max(1, Math.abs(change)));
  }
}
