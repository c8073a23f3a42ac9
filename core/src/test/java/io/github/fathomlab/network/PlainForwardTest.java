package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.ConvolutionSpec.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Residual, convolutional, layer-normalised and partly linear networks against {@link
 * PlainNetwork}.
 */
class PlainForwardTest {
  private static final double TOLERANCE = 1e-11;
  private static final Initialisation HE = new Initialisation.He();

  static List<NetworkCase> cases() {
    List<NetworkCase> cases = NetworkCase.others(new DoubleKernels(true));
    cases.addAll(images(new DoubleKernels(true)));
    cases.addAll(NetworkCase.linear(new DoubleKernels(true)));
    return cases;
  }

  /**
   * Odd and even sizes, one and three channels, patches of one pixel and patches larger than the
   * image, strides up to three, single pixels, batches of one.
   */
  private static List<NetworkCase> images(Kernels k) {
    List<NetworkCase> cases = new ArrayList<>();
    int[][] shapes = {{1, 5, 5}, {3, 4, 7}, {1, 1, 1}, {3, 1, 1}, {2, 2, 3}, {1, 7, 2}};
    long seed = 500;
    for (int[] shape : shapes) {
      for (int kernel = 1; kernel <= 9; kernel += 2) {
        for (int stride = 1; stride <= 3; stride++) {
          SplittableRandom random = new SplittableRandom(++seed);
          int batch = 1 + random.nextInt(3);
          boolean pixels = shape[1] * shape[2] >= 12;
          boolean normable = batch > 1 || pixels && stride == 1;
          NetworkSpec.Norm norm = normable ? NetworkSpec.Norm.BATCH : NetworkSpec.Norm.LAYER;
          List<Stage> stages =
              List.of(new Stage(1, stride), new Stage(3, 1), new Stage(3, stride), new Stage(3, 1));
          ConvolutionSpec spec =
              new ConvolutionSpec(
                  new ImageShape(shape[0], shape[1], shape[2]),
                  stages,
                  kernel,
                  random.nextBoolean(),
                  2,
                  new Activation.Tanh(),
                  random.nextBoolean() ? norm : NetworkSpec.Norm.NONE,
                  batch > 1 && random.nextBoolean(),
                  random.nextInt(2) * 0.3,
                  random.nextBoolean(),
                  HE);
          cases.add(NetworkCase.create(spec, new Loss.SquaredError(), k, batch, seed));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyStateInEveryMode(NetworkCase c) {
    drawStatistics(c);
    double[] statistics = c.network().statistics().toArray();
    for (Pass pass :
        List.of(Pass.evaluation(), Pass.batchStatisticsOnly(), new Pass(true, false, true, 99))) {
      PlainNetwork plain = new PlainNetwork(c, pass);
      c.network().forward(c.trace(), pass);
      requireStates(plain, c, TOLERANCE);
      assertArrayEquals(statistics, c.network().statistics().toArray());
    }
  }

  /** As BatchNorm2d: over batch and positions, the bias in the mean, the unbiased variance. */
  @ParameterizedTest
  @MethodSource("cases")
  void runningStatisticsFollowTheBatches(NetworkCase c) {
    drawStatistics(c);
    for (int step = 0; step < 3; step++) {
      NetworkCase.fill(c.trace().input(), new SplittableRandom(step), 1, 2);
      Pass pass = Pass.training(step);
      PlainNetwork plain = new PlainNetwork(c, pass);
      c.network().forward(c.trace(), pass);
      requireStates(plain, c, TOLERANCE);
      assertEquals(plain.statistics.size(), c.network().statisticTensors().size());
      for (ParameterTensor tensor : c.network().statisticTensors()) {
        double[] expected = plain.statistics.get(tensor.name());
        double[] found = tensor.of(c.network().statistics()).toArray();
        assertArrayEquals(expected, found, 1e-10, tensor.name());
      }
    }
  }

  /** The fast float kernels, with their own gather, against loops without any. */
  @ParameterizedTest
  @MethodSource("cases")
  void floatDoesTheSame(NetworkCase c) {
    NetworkCase coarse =
        NetworkCase.create(
            c.spec(), c.loss(), Kernels.of(Precision.FLOAT32), c.trace().batch(), c.seed());
    coarse.network().forward(coarse.trace(), coarse.pass());
    requireStates(new PlainNetwork(coarse, coarse.pass()), coarse, 2e-4);
  }

  private static void drawStatistics(NetworkCase c) {
    SplittableRandom random = new SplittableRandom(c.seed() + 5);
    for (ParameterTensor tensor : c.network().statisticTensors()) {
      Matrix view = tensor.of(c.network().statistics());
      NetworkCase.fill(view, random, 0, 0.5);
      for (int i = 0; tensor.name().startsWith("variance") && i < view.columns(); i++) {
        view.set(0, i, 0.5 + Math.abs(view.get(0, i)));
      }
    }
  }

  /** Every layer's state, one column per sample: channel by channel, row by row. */
  private static void requireStates(PlainNetwork plain, NetworkCase c, double tolerance) {
    assertEquals(plain.states.size(), c.network().layers().size());
    for (int m = 0; m < plain.states.size(); m++) {
      Matrix found = c.trace().representation(m);
      double[][][][] expected = plain.states.get(m);
      assertEquals(expected.length, found.columns());
      for (int n = 0; n < expected.length; n++) {
        int row = 0;
        for (double[][] channel : expected[n]) {
          for (double[] line : channel) {
            for (double value : line) {
              double scale = Math.max(1, Math.abs(value));
              assertEquals(value, found.get(row++, n), tolerance * scale, "layer " + m);
            }
          }
        }
        assertEquals(row, found.rows());
      }
    }
  }
}
