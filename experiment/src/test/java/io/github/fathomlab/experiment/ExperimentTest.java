package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ExperimentTest {
  private static final String PLAIN = "network: {input_norm: false, batch_norm: false}\n";

  private static Experiment training(String training) {
    return Reading.of("training: " + training);
  }

  private static Split values(double... targets) {
    double[] inputs = new double[targets.length];
    return new Split(new Dataset("curve", 2, inputs, new Targets.Values(targets, 2)), null);
  }

  private static String problem(Executable use) {
    return String.join("\n", assertThrows(ExperimentException.class, use).problems());
  }

  @Test
  void theLastPartialBatchOfAnEpochIsAStep() {
    assertEquals(15 * 7, training("{batch: 100, epochs: 7}").plan(1437).steps());
    assertEquals(14 * 7, training("{batch: 100, epochs: 7}").plan(1400).steps());
    assertEquals(7, training("{batch: full, epochs: 7}").plan(1437).steps());
    assertEquals(7, training("{batch: 5000, epochs: 7}").plan(1437).steps());
    assertEquals(33, training("{batch: 100, steps: 33}").plan(1437).steps());
  }

  @Test
  void aBatchOfOneSampleCannotBeNormalised() {
    String remedy = "; change it, or set network.batch_norm and network.input_norm to false";
    assertEquals(
        "training.batch: batch normalisation needs at least 2 samples in a batch, but the last batch of an epoch has 1 (1401 samples in batches of 100)"
            + remedy,
        problem(() -> training("{batch: 100}").plan(1401)));
    assertEquals(
        "training.batch: batch normalisation needs at least 2 samples in a batch, found 1" + remedy,
        problem(() -> training("{batch: 1}").plan(1400)));
    assertThrows(ExperimentException.class, () -> training("{batch: full}").plan(1));
    String inputOnly = "network: {batch_norm: false}\ntraining: {batch: 100}";
    assertThrows(ExperimentException.class, () -> Reading.of(inputOnly).plan(1401));
  }

  @Test
  void aBatchOfOneSampleIsFineWhereNothingIsNormalisedOrItIsNeverMet() {
    assertEquals(1500, Reading.of(PLAIN + "training: {batch: 100}").plan(1401).steps());
    assertEquals(14, training("{batch: 100, steps: 14}").plan(1401).steps());
    assertThrows(ExperimentException.class, () -> training("{batch: 100, steps: 15}").plan(1401));
  }

  @Test
  void widthsComeFromTheData() {
    Experiment experiment =
        Reading.of("data: {kind: digits, resize: 5}\nnetwork: {widths: [7, 3]}");
    Split split = experiment.data().load();
    assertEquals(List.of(25, 7, 3, 10), experiment.network(split).widths());
    Experiment linear = Reading.of("network: {depth: 1}");
    assertEquals(List.of(64, 10), linear.network(linear.data().load()).widths());
  }

  @Test
  void realTargetsNeedWhatTheyCanGive() {
    String regression = "loss: squared_error\nmeasure: {separation: false}\n";
    assertEquals(
        List.of(2, 100, 2),
        Reading.of(regression + "network: {depth: 2}").network(values(3, -1)).widths());
    assertEquals(
        "noise.labels: label noise needs class labels, but curve has real-valued targets; set noise.labels to 0",
        problem(() -> Reading.of(regression + "noise: {labels: 0.1}").network(values(3, -1))));
    assertEquals(
        "measure.separation: separation and accuracy need class labels, but curve has real-valued targets; set measure.separation to false",
        problem(() -> Reading.of("loss: squared_error").network(values(3, -1))));
  }

  @Test
  void crossEntropyTakesRowsOfProbabilitiesOnly() {
    Experiment experiment = Reading.of("measure: {separation: false}");
    assertEquals(2, experiment.network(values(0.25, 0.75)).widths().getLast());
    assertEquals(
        "loss: cross_entropy needs class labels or rows of probabilities, but the targets of sample 1 of curve sum to 4.0; set loss to squared_error",
        problem(() -> experiment.network(values(0, 1, 3, 1))));
    assertTrue(problem(() -> experiment.network(values(-1, 2))).contains("a negative number"));
  }

  @Test
  void momentsIncludeBothEndsAndIncrease() {
    assertArrayEquals(
        new long[] {0, 1, 10, 100, 1000}, new Measurement.Separation(5).moments(1000));
    assertArrayEquals(new long[] {0, 1, 2, 3}, new Measurement.Separation(20).moments(3));
    assertArrayEquals(new long[] {0, 800}, new Measurement.Separation(2).moments(800));
    assertArrayEquals(new long[] {0}, new Measurement.Separation(5).moments(0));
    Random random = new Random(8);
    for (int round = 0; round < 500; round++) {
      int times = 2 + random.nextInt(60);
      long steps = 1 + (long) StrictMath.exp(15 * random.nextDouble());
      long[] moments = new Measurement.Separation(times).moments(steps);
      assertEquals(Math.min(times, steps + 1), moments.length);
      assertEquals(0, moments[0]);
      assertEquals(steps, moments[moments.length - 1]);
      for (int i = 1; i < moments.length; i++) {
        assertTrue(moments[i] > moments[i - 1], times + " moments of " + steps + " steps");
      }
    }
  }
}
