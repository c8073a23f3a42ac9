package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same smooth networks in float and in double. */
class PrecisionsTest {
  private static final double TOLERANCE = 1e-5;

  /** Of few units and samples, whose normalisations multiply rounding errors. */
  private static final double SMALL = 3e-4;

  private static final int BATCH = 45;

  static List<NetworkSpec> specs() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (Activation f :
        List.of(new Activation.Identity(), new Activation.Tanh(), new Activation.Gelu())) {
      for (int options = 0; options < 8; options++) {
        boolean norm = (options & 1) != 0;
        double dropout = (options & 2) != 0 ? 0.3 : 0;
        boolean bias = (options & 4) != 0;
        specs.add(
            new MlpSpec(
                List.of(20, 33, 17, 40, 5), f, norm, norm, dropout, bias, new Initialisation.He()));
      }
      for (NetworkSpec.Norm norm : NetworkSpec.Norm.values()) {
        specs.addAll(structures(f, norm));
      }
    }
    return specs;
  }

  private static List<NetworkSpec> structures(Activation f, NetworkSpec.Norm norm) {
    Initialisation he = new Initialisation.He();
    List<ConvolutionSpec.Stage> stages =
        List.of(
            new ConvolutionSpec.Stage(6, 1),
            new ConvolutionSpec.Stage(6, 1),
            new ConvolutionSpec.Stage(9, 2));
    ImageShape image = new ImageShape(2, 7, 6);
    return List.of(
        new ResidualSpec(20, 33, 3, 0, 5, f, norm, 0.5, true, 0.3, true, he),
        new ResidualSpec(20, 33, 3, 17, 5, f, norm, 0.5, false, 0, true, he),
        new TokenSpec(3, 10, 33, 3, 17, 5, f, norm != NetworkSpec.Norm.NONE, true, 0.5, he),
        new ConvolutionSpec(image, stages, 3, false, 5, f, norm, false, 0, true, he),
        new ConvolutionSpec(image, stages, 3, true, 5, f, norm, true, 0.3, false, he));
  }

  /**
   * The structures of the other tests, without kinks: beside one, float may take the other side.
   */
  @Test
  void smallNetworksAgreeToo() {
    List<NetworkCase> cases = NetworkCase.others(Kernels.of(Precision.FLOAT32));
    int compared = 0;
    for (NetworkCase coarse : cases) {
      if (!(coarse.spec().activation() instanceof Activation.LeakyRelu)) {
        NetworkCase fine =
            NetworkCase.create(
                coarse.spec(),
                coarse.loss(),
                Kernels.of(Precision.FLOAT64),
                coarse.trace().batch(),
                coarse.seed());
        requireSame(fine, coarse, SMALL);
        compared++;
      }
    }
    assertTrue(compared > 100);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void agreeToSingleAccuracy(NetworkSpec spec) {
    for (Loss loss : List.of(new Loss.CrossEntropy(), new Loss.SquaredError())) {
      NetworkCase coarse = NetworkCase.create(spec, loss, Kernels.of(Precision.FLOAT32), BATCH, 11);
      NetworkCase fine = NetworkCase.create(spec, loss, Kernels.of(Precision.FLOAT64), BATCH, 11);
      requireSame(fine, coarse, TOLERANCE);
    }
  }

  private static void requireSame(NetworkCase fine, NetworkCase coarse, double tolerance) {
    fine.theta().setAll(coarse.theta().toArray());
    double expected = fine.evaluate();
    assertEquals(expected, coarse.evaluate(), tolerance * Math.max(1, expected));
    fine.network().backward(fine.trace());
    coarse.network().backward(coarse.trace());
    requireClose(fine.trace().output(), coarse.trace().output(), 0, tolerance, "outputs");
    double norm = Math.sqrt(fine.kernels().dot(fine.trace().gradient(), fine.trace().gradient()));
    for (ParameterTensor tensor : fine.network().tensors()) {
      requireClose(
          tensor.of(fine.trace().gradient()),
          tensor.of(coarse.trace().gradient()),
          norm,
          tolerance,
          "gradient of " + tensor.name());
    }
    requireSameInstruments(fine, coarse, tolerance);
  }

  /** Tangent and secant: their identities hold in float to single rounding. */
  private static void requireSameInstruments(
      NetworkCase fine, NetworkCase coarse, double tolerance) {
    fine.network().tangent(fine.trace(), fine.direction(3));
    coarse.network().tangent(coarse.trace(), coarse.direction(3));
    int depth = fine.network().layers().size();
    for (int m = 0; m < depth; m++) {
      requireClose(
          fine.trace().outTangent(m), coarse.trace().outTangent(m), 0, tolerance, "tangent " + m);
    }
    Matrix displacement = coarse.direction(3);
    coarse.kernels().add(-0.99, displacement, displacement);
    Matrix same = fine.direction(3);
    same.setAll(displacement.toArray());
    SecantWork expected =
        fine.network()
            .secant(fine.trace(), FiniteStep.of(fine.network(), same), fine.loss(), fine.targets());
    SecantWork found =
        coarse
            .network()
            .secant(
                coarse.trace(),
                FiniteStep.of(coarse.network(), displacement),
                coarse.loss(),
                coarse.targets());
    double scale =
        coarse.kernels().absoluteDot(coarse.trace().gradient(), displacement)
            + Math.abs(expected.current(depth));
    for (int m = 0; m < depth; m++) {
      assertEquals(expected.ofLayer(m), found.ofLayer(m), tolerance * scale);
      double residual = found.current(m + 1) - found.current(m) - found.ofLayer(m);
      assertEquals(0, residual, 1e-6 * scale, "layer " + m);
    }
  }

  /**
   * Relative to the larger of the norm and {@code scale}: a gradient that vanishes, as that of a
   * shift before another normalisation does, is rounding noise by itself.
   */
  private static void requireClose(
      Matrix expected, Matrix found, double scale, double tolerance, String what) {
    double difference = 0;
    double norm = scale * scale;
    for (int r = 0; r < expected.rows(); r++) {
      for (int j = 0; j < expected.columns(); j++) {
        difference += Math.pow(expected.get(r, j) - found.get(r, j), 2);
        norm += Math.pow(expected.get(r, j), 2);
      }
    }
    double relative = Math.sqrt(difference / norm);
    assertTrue(relative <= tolerance, () -> what + ": relative difference " + relative);
  }
}
