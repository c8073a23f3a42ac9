package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.ConvolutionSpec.Stage;
import io.github.fathomlab.network.NetworkSpec.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pass computes depends on network, batch and key alone, whatever a trace was used for. */
class NetworkBitsTest {
  private static final Initialisation HE = new Initialisation.He();
  private static final int BATCH = 21;

  /** The convolutional ones take several pieces per map. */
  private static List<NetworkSpec> specs() {
    List<Stage> stages = List.of(new Stage(5, 1), new Stage(7, 2), new Stage(7, 1));
    List<NetworkSpec> specs = new ArrayList<>();
    for (Norm norm : Norm.values()) {
      specs.add(
          new ConvolutionSpec(
              new ImageShape(8, 14, 13),
              stages,
              3,
              norm != Norm.NONE,
              3,
              new Activation.LeakyRelu(0.2),
              norm,
              false,
              0.2,
              true,
              HE));
      specs.add(
          new ResidualSpec(6, 19, 3, 11, 3, new Activation.Tanh(), norm, 0.5, true, 0.2, true, HE));
    }
    specs.add(new TokenSpec(3, 4, 19, 2, 11, 3, new Activation.Gelu(), true, true, 0.3, HE));
    return specs;
  }

  private static NetworkCase network(NetworkSpec spec, Precision precision) {
    return NetworkCase.create(spec, new Loss.CrossEntropy(), Kernels.of(precision), BATCH, 12);
  }

  @Test
  void theConvolutionsTakeSeveralPieces() {
    ImageShape image = new ImageShape(8, 14, 13);
    Weights.Patches weights = patches(image, 5, 3, 1, true);
    Matrix room = weights.patches(new DoubleKernels(false), BATCH);
    assertTrue(room.columns() * 2 < image.positions() * BATCH, room.toString());
  }

  /** All that the four maps leave behind, kept gradients or not. */
  private static List<double[]> everything(NetworkCase c, boolean keep) {
    List<double[]> found = new ArrayList<>();
    c.trace().keepGradients(keep);
    found.add(new double[] {c.evaluate()});
    c.network().backward(c.trace());
    found.add(c.trace().gradient().toArray());
    c.network().tangent(c.trace(), c.direction(5));
    FiniteStep step = FiniteStep.of(c.network(), c.direction(6));
    SecantWork work = c.network().secant(c.trace(), step, c.loss(), c.targets());
    for (int m = 0; m < c.network().layers().size(); m++) {
      found.add(c.trace().out(m).toArray());
      found.add(c.trace().outTangent(m).toArray());
      found.add(new double[] {work.ofFactors(m), work.ofShifts(m), work.current(m + 1)});
    }
    return found;
  }

  private static void requireSame(List<double[]> expected, List<double[]> found, String what) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), what);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUsedTraceIsAsGoodAsNew(Precision precision) {
    for (NetworkSpec spec : specs()) {
      List<double[]> fresh = everything(network(spec, precision), false);
      NetworkCase c = network(spec, precision);
      requireSame(fresh, everything(c, true), "gradients kept: " + spec);
      double[] input = c.trace().input().toArray();
      double[] theta = c.theta().toArray();
      NetworkCase.fill(c.trace().input(), new SplittableRandom(3), 5, 40);
      c.theta().copyFrom(c.direction(9));
      c.network().forward(c.trace(), Pass.evaluation());
      everything(c, true);
      c.trace().input().setAll(input);
      c.theta().setAll(theta);
      requireSame(fresh, everything(c, false), "used before: " + spec);
      requireSame(fresh, everything(c, false), "again: " + spec);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoThreadsSideBySide(Precision precision) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (NetworkSpec spec : specs()) {
        List<double[]> alone = everything(network(spec, precision), false);
        List<Callable<List<double[]>>> work = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          work.add(() -> everything(network(spec, precision), false));
        }
        for (Future<List<double[]>> result : threads.invokeAll(work)) {
          requireSame(alone, result.get(), spec.toString());
        }
      }
    }
  }

  /** Room for one position, some, or all of them: the same map, gradient and adjoint. */
  @ParameterizedTest
  @EnumSource
  void piecesAddUpToTheWhole(Precision precision) {
    Kernels k = Kernels.of(precision);
    SplittableRandom random = new SplittableRandom(7);
    for (int stride = 1; stride <= 2; stride++) {
      for (boolean flat : new boolean[] {true, false}) {
        ImageShape image = new ImageShape(3, 7, 5);
        Weights.Patches weights = patches(image, 4, 3, stride, flat);
        Matrix in = flat ? k.zeros(image.features(), BATCH) : k.zeros(3, image.positions() * BATCH);
        NetworkCase.fill(in, random, 0, 1);
        Matrix w = k.zeros(1, 4 * 27).view(0, 4, 27);
        NetworkCase.fill(w, random, 0, 1);
        Matrix delta = k.zeros(4, weights.positions() * BATCH);
        NetworkCase.fill(delta, random, 0, 1);
        List<double[]> whole = maps(k, weights, in, w, delta, weights.positions());
        for (int step = 1; step < weights.positions(); step++) {
          List<double[]> pieces = maps(k, weights, in, w, delta, step);
          for (int i = 0; i < whole.size(); i++) {
            assertArrayEquals(whole.get(i), pieces.get(i), 400 * precision.epsilon());
          }
          requireSame(pieces, maps(k, weights, in, w, delta, step), "again");
        }
      }
    }
  }

  private static List<double[]> maps(
      Kernels k, Weights.Patches weights, Matrix in, Matrix w, Matrix delta, int step) {
    Matrix room = k.zeros(27, step * BATCH);
    room.fill(Double.NaN);
    Matrix z = k.zeros(4, weights.positions() * BATCH);
    z.fill(0.5);
    weights.apply(k, w, in, 1, z, room);
    Matrix gradient = k.zeros(1, 4 * 27).view(0, 4, 27);
    weights.gradient(k, delta, in, gradient, room);
    Matrix below = k.zeros(in.rows(), in.columns());
    weights.adjoint(k, w, delta, below, room);
    return List.of(z.toArray(), gradient.toArray(), below.toArray());
  }

  private static Weights.Patches patches(
      ImageShape image, int channels, int kernel, int stride, boolean flat) {
    int columns = image.channels() * kernel * kernel;
    ParameterTensor tensor = new ParameterTensor("W_0", 0, 0, channels, columns);
    return new Weights.Patches(tensor, image.patches(kernel, stride, flat));
  }
}
