package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same smooth networks in float and in double. */
class PrecisionsTest {
  private static final double TOLERANCE = 1e-5;
  private static final int BATCH = 45;

  static List<MlpSpec> specs() {
    List<MlpSpec> specs = new ArrayList<>();
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
    }
    return specs;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void agreeToSingleAccuracy(MlpSpec spec) {
    for (Loss loss : List.of(new Loss.CrossEntropy(), new Loss.SquaredError())) {
      NetworkCase coarse = NetworkCase.create(spec, loss, Kernels.of(Precision.FLOAT32), BATCH, 11);
      NetworkCase fine = NetworkCase.create(spec, loss, Kernels.of(Precision.FLOAT64), BATCH, 11);
      fine.theta().setAll(coarse.theta().toArray());
      double expected = fine.evaluate();
      assertEquals(expected, coarse.evaluate(), TOLERANCE * Math.max(1, expected));
      fine.network().backward(fine.trace());
      coarse.network().backward(coarse.trace());
      requireClose(fine.trace().output(), coarse.trace().output(), 0, "outputs");
      double norm = Math.sqrt(fine.kernels().dot(fine.trace().gradient(), fine.trace().gradient()));
      for (ParameterTensor tensor : fine.network().tensors()) {
        requireClose(
            tensor.of(fine.trace().gradient()),
            tensor.of(coarse.trace().gradient()),
            norm,
            "gradient of " + tensor.name());
      }
      requireSameInstruments(fine, coarse);
    }
  }

  /** Tangent and secant: their identities hold in float to single rounding. */
  private static void requireSameInstruments(NetworkCase fine, NetworkCase coarse) {
    fine.network().tangent(fine.trace(), fine.direction(3));
    coarse.network().tangent(coarse.trace(), coarse.direction(3));
    int depth = fine.network().layers().size();
    for (int m = 0; m < depth; m++) {
      requireClose(fine.trace().outTangent(m), coarse.trace().outTangent(m), 0, "tangent " + m);
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
      assertEquals(expected.ofLayer(m), found.ofLayer(m), TOLERANCE * scale);
      double residual = found.current(m + 1) - found.current(m) - found.ofLayer(m);
      assertEquals(0, residual, 1e-6 * scale, "layer " + m);
    }
  }

  /**
   * Relative to the larger of the norm and {@code scale}: a gradient that vanishes, as that of a
   * shift before another normalisation does, is rounding noise by itself.
   */
  private static void requireClose(Matrix expected, Matrix found, double scale, String what) {
    double difference = 0;
    double norm = scale * scale;
    for (int r = 0; r < expected.rows(); r++) {
      for (int j = 0; j < expected.columns(); j++) {
        difference += Math.pow(expected.get(r, j) - found.get(r, j), 2);
        norm += Math.pow(expected.get(r, j), 2);
      }
    }
    double relative = Math.sqrt(difference / norm);
    assertTrue(relative <= TOLERANCE, () -> what + ": relative difference " + relative);
  }
}
