package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One channel, one pixel, one block, one unit, one sample, states that do not vary. */
class DegenerateStructuresTest {
  private static final Initialisation HE = new Initialisation.He();
  private static final Activation TANH = new Activation.Tanh();

  private static List<NetworkCase> smallest(Kernels k) {
    List<NetworkCase> cases = new ArrayList<>();
    ImageShape pixel = new ImageShape(1, 1, 1);
    for (Norm norm : List.of(Norm.NONE, Norm.LAYER)) {
      for (int inner = 0; inner < 2; inner++) {
        NetworkSpec spec = new ResidualSpec(1, 1, 1, inner, 1, TANH, norm, 1, false, 0, true, HE);
        cases.add(NetworkCase.create(spec, new Loss.SquaredError(), k, 1, 3));
      }
      for (boolean residual : new boolean[] {true, false}) {
        for (int stride = 1; stride <= 2; stride++) {
          List<Stage> stages = List.of(new Stage(1, stride), new Stage(1, stride));
          NetworkSpec spec =
              new ConvolutionSpec(pixel, stages, 3, residual, 1, TANH, norm, false, 0, true, HE);
          cases.add(NetworkCase.create(spec, new Loss.SquaredError(), k, 1, 3));
        }
      }
    }
    return cases;
  }

  /** J = g·d and Δℓ = Σ 𝒫, to rounding, where there is one number of everything. */
  @Test
  void theSmallestNetworksKeepTheirIdentities() {
    for (NetworkCase c : smallest(new DoubleKernels(true))) {
      int depth = c.network().layers().size();
      c.trace().keepGradients(true);
      double before = c.evaluate();
      c.network().backward(c.trace());
      Matrix direction = c.direction(2);
      c.network().tangent(c.trace(), direction);
      double current =
          c.kernels().dot(c.trace().outGradient(depth - 1), c.trace().outTangent(depth - 1));
      assertEquals(c.kernels().dot(c.trace().gradient(), direction), current, 1e-14, c.toString());
      SecantWork work =
          c.network()
              .secant(c.trace(), FiniteStep.of(c.network(), direction), c.loss(), c.targets());
      c.kernels().add(1, direction, c.theta());
      assertEquals(c.evaluate() - before, work.current(depth), 1e-13 * (1 + before), c.toString());
    }
  }

  /** In float too a step of zero does no work, and nothing that was finite is lost. */
  @Test
  void nothingMovesWithoutADisplacement() {
    Kernels k = Kernels.of(Precision.FLOAT32);
    List<NetworkCase> cases = smallest(k);
    cases.addAll(NetworkCase.others(k));
    for (NetworkCase c : cases) {
      c.evaluate();
      c.network().backward(c.trace());
      assertTrue(c.trace().gradient().isFinite(), c.toString());
      FiniteStep still = FiniteStep.of(c.network(), k.vector(c.theta().columns()));
      SecantWork work = c.network().secant(c.trace(), still, c.loss(), c.targets());
      for (int m = 0; m < c.network().layers().size(); m++) {
        assertEquals(0, work.current(m + 1), c.toString());
        assertEquals(0, work.ofLayer(m), c.toString());
      }
    }
  }

  /**
   * The weights before a batch normalisation go to zero in one step: what is left of the variance
   * is its rounding, and no root.
   */
  @ParameterizedTest
  @EnumSource
  void featuresThatCollapseDoSoInFloatToo(Precision precision) {
    Kernels k = Kernels.of(precision);
    MlpSpec spec = new MlpSpec(List.of(4, 30, 3), TANH, false, true, 0, false, HE);
    for (int seed = 0; seed < 40; seed++) {
      NetworkCase c = NetworkCase.create(spec, new Loss.CrossEntropy(), k, 25, seed);
      NetworkCase.fill(c.trace().input(), new SplittableRandom(seed), 1, 200);
      double before = c.evaluate();
      c.network().backward(c.trace());
      Matrix u = k.vector(c.theta().columns());
      ParameterTensor w = c.network().tensors().getFirst();
      for (int i = w.start(); i < w.end(); i++) {
        u.set(0, i, -c.theta().get(0, i));
      }
      SecantWork work =
          c.network().secant(c.trace(), FiniteStep.of(c.network(), u), c.loss(), c.targets());
      k.add(1, u, c.theta());
      double change = c.evaluate() - before;
      double found = work.current(2);
      assertTrue(Double.isFinite(found), "seed " + seed);
      assertEquals(change, found, precision == Precision.FLOAT64 ? 1e-8 : 0.2, "seed " + seed);
    }
  }

  @Test
  void shapesThatAreNoneAreRefusedWithWhatWasFound() {
    Stage stage = new Stage(2, 1);
    refused(() -> new ImageShape(0, 3, 3), "at least one channel and pixel, found 0 x 3 x 3");
    refused(() -> new ImageShape(1, 3, 0), "found 1 x 3 x 0");
    refused(() -> new Stage(0, 1), "must be at least 1, found 0 and 1");
    refused(() -> new Stage(3, 0), "must be at least 1, found 3 and 0");
    refused(() -> images(List.of(), 3, 2, 0), "at least one stage");
    refused(() -> images(List.of(stage), 2, 2, 0), "must be odd, found 2");
    refused(() -> images(List.of(stage), -1, 2, 0), "must be odd, found -1");
    refused(() -> images(List.of(stage), 3, 0, 0), "at least one output, found 0");
    refused(() -> images(List.of(stage), 3, 2, 1), "in [0, 1), found 1.0");
    refused(() -> residual(0, 1, 0, 1, 0), "found inputs 2, width 0, blocks 1, inner 0");
    refused(() -> residual(3, 0, 0, 1, 0), "blocks 0");
    refused(() -> residual(3, 1, -1, 1, 0), "inner -1");
    refused(() -> residual(3, 1, 0, 0, 0), "positive and finite, found 0.0");
    refused(() -> residual(3, 1, 0, Double.NaN, 0), "positive and finite, found NaN");
    refused(() -> residual(3, 1, 0, 1, -0.1), "in [0, 1), found -0.1");
  }

  private static void images(List<Stage> stages, int kernel, int outputs, double dropout) {
    ImageShape image = new ImageShape(1, 3, 3);
    new ConvolutionSpec(
        image, stages, kernel, true, outputs, TANH, Norm.NONE, false, dropout, true, HE);
  }

  private static void residual(int width, int blocks, int inner, double scale, double dropout) {
    new ResidualSpec(2, width, blocks, inner, 2, TANH, Norm.NONE, scale, false, dropout, true, HE);
  }

  private static void refused(Executable creation, String message) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, creation);
    assertTrue(e.toString().contains(message), e.toString());
  }

  /** A single sample has no variance over the batch, but an image of several pixels has one. */
  @Test
  void oneImageCanBeNormalisedOverItsPixels() {
    for (int pixels = 1; pixels <= 2; pixels++) {
      ConvolutionSpec spec =
          new ConvolutionSpec(
              new ImageShape(1, 1, pixels),
              List.of(new Stage(2, 1)),
              3,
              false,
              2,
              TANH,
              Norm.BATCH,
              false,
              0,
              true,
              HE);
      NetworkCase c =
          NetworkCase.create(spec, new Loss.CrossEntropy(), new DoubleKernels(true), 1, 4);
      if (pixels == 1) {
        refused(() -> c.network().forward(c.trace(), Pass.training(1)), "at least 2 samples");
      } else {
        c.network().forward(c.trace(), Pass.training(1));
        assertTrue(c.network().statistics().isFinite());
      }
    }
  }
}
