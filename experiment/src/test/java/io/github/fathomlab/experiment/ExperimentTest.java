package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.ImageShape;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.network.NetworkSpec.Norm;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.ResidualSpec;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.Targets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
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
    String remedy = "; change it, or set network.norm to none and network.input_norm to false";
    assertEquals(
        "training.batch: batch normalisation needs at least 2 samples in a batch, but the last batch of an epoch has 1 (1401 samples in batches of 100)"
            + remedy,
        problem(() -> training("{batch: 100}").network(samples(1401, 2))));
    assertEquals(
        "training.batch: batch normalisation needs at least 2 samples in a batch, found 1" + remedy,
        problem(() -> training("{batch: 1}").network(samples(1400, 2))));
    assertThrows(ExperimentException.class, () -> training("{batch: full}").network(samples(1, 2)));
    String inputOnly = "network: {batch_norm: false}\ntraining: {batch: 100}";
    assertThrows(ExperimentException.class, () -> Reading.of(inputOnly).network(samples(1401, 2)));
  }

  @Test
  void aBatchOfOneSampleIsFineWhereNothingIsNormalisedOrItIsNeverMet() {
    assertNotNull(Reading.of(PLAIN + "training: {batch: 100}").network(samples(1401, 2)));
    assertNotNull(training("{batch: 100, steps: 14}").network(samples(1401, 2)));
    assertThrows(
        ExperimentException.class,
        () -> training("{batch: 100, steps: 15}").network(samples(1401, 2)));
  }

  /** What is refused is exactly what the network would throw at. */
  @Test
  void aBatchOfOneSampleIsRefusedWhereTheNetworkCannotTakeIt() {
    List<String> kinds =
        List.of(
            "depth: 1",
            "depth: 3, width: 4",
            "kind: residual, width: 4, blocks: 2",
            "kind: residual, width: 4, blocks: 1, inner: 3",
            "kind: convolution, channels: [2, 2], strides: [1, 2]",
            "kind: convolution, channels: [2, 2], strides: [2, 2]",
            "kind: convolution, channels: [2, 3], strides: [3, 2], residual: true",
            "kind: convolution, channels: [2], image: [16, 1, 1]",
            "kind: convolution, channels: [2], image: [8, 1, 2]");
    int refused = 0;
    for (String kind : kinds) {
      for (String norm : List.of("none", "batch", "layer")) {
        for (boolean input : List.of(true, false)) {
          String network = "network: {%s, norm: %s, input_norm: %s}".formatted(kind, norm, input);
          Experiment experiment = Reading.of(network + "\ntraining: {batch: 1}");
          boolean accepted = accepts(experiment);
          assertEquals(takesOneSample(experiment), accepted, network);
          refused += accepted ? 0 : 1;
        }
      }
    }
    assertEquals(9 * 3 + 6, refused);
  }

  private static boolean accepts(Experiment experiment) {
    try {
      experiment.network(samples(4, 16));
      return true;
    } catch (ExperimentException e) {
      return false;
    }
  }

  private static boolean takesOneSample(Experiment experiment) {
    Kernels kernels = Kernels.of(Precision.FLOAT64);
    Network network = Network.create(experiment.network().between(16, 2), kernels, 1);
    try {
      network.forward(network.trace(1), Pass.training(0));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Split samples(int samples, int features) {
    Targets.Classes classes = new Targets.Classes(new int[samples], 2);
    return new Split(
        new Dataset("made up", features, new double[samples * features], classes), null);
  }

  private static List<Integer> widths(NetworkSpec network) {
    return assertInstanceOf(MlpSpec.class, network).widths();
  }

  @Test
  void widthsComeFromTheData() {
    Experiment experiment =
        Reading.of("data: {kind: digits, resize: 5}\nnetwork: {widths: [7, 3]}");
    Split split = experiment.data().load();
    assertEquals(List.of(25, 7, 3, 10), widths(experiment.network(split)));
    Experiment linear = Reading.of("network: {depth: 1}");
    assertEquals(List.of(64, 10), widths(linear.network(linear.data().load())));
  }

  @Test
  void linearLayersAreCountedFromOneAndBiasesMayBeDrawn() {
    Experiment experiment =
        Reading.of(
            "network: {widths: [9, 2, 9], activation: tanh, linear: [2], norm: none, initialisation: {kind: scaled, gain: 2, bias: 0.1}}");
    assertEquals(
        new MlpSpec(
            List.of(7, 9, 2, 9, 2),
            new Activation.Tanh(),
            List.of(2),
            true,
            Norm.NONE,
            0,
            true,
            new Initialisation.Scaled(2, 0.1)),
        experiment.network(samples(40, 7)));
  }

  @Test
  void linearLayersMustBeHiddenOnes() {
    assertEquals(
        "x.yaml:1: network.linear[1]: expected the number of a hidden layer, 1 to 3, found 4",
        problem(() -> Reading.of("network: {depth: 4, linear: [1, 4]}")));
    assertEquals(
        "x.yaml:1: network.linear[0]: this network has no hidden layers, found 1; delete network.linear",
        problem(() -> Reading.of("network: {depth: 1, linear: [1]}")));
    assertEquals(
        "x.yaml:1: network.linear[2]: hidden layer 2 is given twice",
        problem(() -> Reading.of("network: {depth: 4, linear: [2, 1, 2]}")));
    assertTrue(
        problem(() -> Reading.of("network: {linear: [0]}"))
            .startsWith("x.yaml:1: network.linear[0]: expected an integer >= 1"));
    assertTrue(
        problem(() -> Reading.of("network: {kind: residual, linear: [1]}"))
            .contains("it belongs to kind mlp"));
  }

  @Test
  void residualBlocksTakeTheirEndsFromTheData() {
    Experiment experiment =
        Reading.of(
            "network: {kind: residual, width: 9, blocks: 2, inner: 5, scale: 0.25, activation: tanh, norm: layer, bias: false}");
    assertEquals(
        new ResidualSpec(
            7,
            9,
            2,
            5,
            2,
            new Activation.Tanh(),
            Norm.LAYER,
            0.25,
            true,
            0,
            false,
            new Initialisation.Pytorch()),
        experiment.network(samples(40, 7)));
  }

  @Test
  void aConvolutionFindsItsSquareImageOrIsToldOfIt() {
    String stages = "kind: convolution, channels: [4, 6], strides: [1, 2], kernel: 5";
    ConvolutionSpec square = convolution("{" + stages + ", residual: true, dropout: 0.5}", 49);
    assertEquals(
        new ConvolutionSpec(
            new ImageShape(1, 7, 7),
            List.of(new ConvolutionSpec.Stage(4, 1), new ConvolutionSpec.Stage(6, 2)),
            5,
            true,
            2,
            Activation.relu(),
            Norm.BATCH,
            false,
            0.5,
            true,
            new Initialisation.Pytorch()),
        square);
    ConvolutionSpec told = convolution("{" + stages + ", image: [3, 2, 8]}", 48);
    assertEquals(new ImageShape(3, 2, 8), told.image());
    assertEquals(
        "network.image: missing; the samples have 48 numbers, which is not the square of a whole number, so write network.image: [channels, height, width] with a product of 48",
        problem(() -> convolution("{" + stages + "}", 48)));
    assertEquals(
        "network.image: expected samples of 3 x 2 x 8 = 48 numbers, but they have 49; write [channels, height, width] with a product of 49",
        problem(() -> convolution("{" + stages + ", image: [3, 2, 8]}", 49)));
  }

  private static ConvolutionSpec convolution(String network, int features) {
    return assertInstanceOf(
        ConvolutionSpec.class, Reading.of("network: " + network).network(samples(40, features)));
  }

  @Test
  void realTargetsNeedWhatTheyCanGive() {
    String regression = "loss: squared_error\nmeasure: {separation: false}\n";
    assertEquals(
        List.of(2, 100, 2),
        widths(Reading.of(regression + "network: {depth: 2}").network(values(3, -1, 2, 5))));
    assertEquals(
        "noise.labels: label noise needs class labels, but curve has real-valued targets; set noise.labels to 0",
        problem(
            () -> Reading.of(regression + "noise: {labels: 0.1}").network(values(3, -1, 2, 5))));
    assertEquals(
        "measure.separation: separation and accuracy need class labels, but curve has real-valued targets; set measure.separation to false",
        problem(() -> Reading.of("loss: squared_error").network(values(3, -1, 2, 5))));
  }

  @Test
  void heldOutSeparationNeedsHeldOutSamples() {
    Experiment experiment = Reading.of("measure: {separation: {held_out: true}}");
    Split none = new Split(samples(40, 3).train(), null);
    assertEquals(
        "measure.separation.held_out: needs held-out samples, but "
            + none.train().name()
            + " has none; set it to false, or data.test to the number of samples to hold out",
        problem(() -> experiment.network(none)));
    assertEquals(3, widths(experiment.network(new Split(none.train(), none.train()))).getFirst());
    assertEquals(3, widths(Reading.of("seed: 1").network(none)).getFirst());
  }

  @Test
  void batchStatisticsNeedOneBatchNormalisation() {
    for (String network :
        List.of(
            "norm: none",
            "depth: 1",
            "input_norm: false",
            "kind: residual, norm: none",
            "kind: convolution")) {
      Experiment experiment =
          Reading.of("network: {" + network + "}\nmeasure: {separation: {batch_statistics: true}}");
      assertEquals(
          Set.of(View.TRAINING, View.BATCH_STATISTICS),
          Objects.requireNonNull(experiment.measure().separation()).views());
    }
  }

  @Test
  void crossEntropyTakesRowsOfProbabilitiesOnly() {
    Experiment experiment = Reading.of("measure: {separation: false}");
    assertEquals(2, widths(experiment.network(values(0.25, 0.75, 1, 0))).getLast());
    assertEquals(
        "loss: cross_entropy needs class labels or rows of probabilities, but the targets of sample 1 of curve sum to 4.0; set loss to squared_error",
        problem(() -> experiment.network(values(0, 1, 3, 1))));
    assertTrue(problem(() -> experiment.network(values(-1, 2))).contains("a negative number"));
  }

  @Test
  void theLogisticLossTakesNumbersFromZeroToOneOnly() {
    Experiment experiment = Reading.of("loss: logistic\nmeasure: {separation: false}");
    assertEquals(2, widths(experiment.network(values(0, 1, 0.25, 1))).getLast());
    assertEquals(
        "loss: logistic needs targets that are numbers in [0, 1], but target 1 of sample 1 of curve is 1.5; scale the targets, or set loss to squared_error",
        problem(() -> experiment.network(values(0, 1, 0.25, 1.5))));
    assertTrue(problem(() -> experiment.network(values(-0.1, 0))).contains("is -0.1;"));
    assertEquals(
        "loss: logistic needs targets that are numbers in [0, 1], but made up has class labels; set loss to cross_entropy",
        problem(() -> experiment.requireSound(samples(40, 3))));
  }

  /** A population has no end of an epoch, and so no smaller last batch. */
  @Test
  void freshBatchesAllHaveTheirFullSize() {
    Experiment experiment = Reading.of("training: {batch: 100, epochs: 3}");
    Split left = samples(101, 3);
    assertTrue(problem(() -> experiment.network(left)).contains("the last batch of an epoch"));
    Split endless = new Split(left.train(), null, (_, _, _) -> {});
    assertEquals(3, widths(experiment.network(endless)).getFirst());
    Experiment single = Reading.of("training: {batch: 1}");
    assertTrue(problem(() -> single.network(endless)).contains("found 1"));
  }

  @Test
  void momentsIncludeBothEndsAndIncrease() {
    assertArrayEquals(
        new long[] {0, 1, 10, 100, 1000},
        new Measurement.Separation(5, false, false).moments(1000));
    assertArrayEquals(
        new long[] {0, 1, 2, 3}, new Measurement.Separation(20, false, false).moments(3));
    assertArrayEquals(
        new long[] {0, 800}, new Measurement.Separation(2, false, false).moments(800));
    assertArrayEquals(new long[] {0}, new Measurement.Separation(5, false, false).moments(0));
    Random random = new Random(8);
    for (int round = 0; round < 500; round++) {
      int times = 2 + random.nextInt(60);
      long steps = 1 + (long) StrictMath.exp(15 * random.nextDouble());
      long[] moments = new Measurement.Separation(times, false, false).moments(steps);
      assertEquals(Math.min(times, steps + 1), moments.length);
      assertEquals(0, moments[0]);
      assertEquals(steps, moments[moments.length - 1]);
      for (int i = 1; i < moments.length; i++) {
        assertTrue(moments[i] > moments[i - 1], times + " moments of " + steps + " steps");
      }
    }
  }
}
