package io.github.fathomlab.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.FiniteStep;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.SecantWork;
import io.github.fathomlab.network.Trace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bugs in σ': which of them the audit sees, and which only the secant ledger. */
class WrongSlopeTest {
  private static final Loss LOSS = new Loss.SquaredError();
  private static final int WRONG = 2;

  /** A network with its batch. */
  private static final class Case {
    final Kernels k;
    final Network network;
    final Trace trace;
    final Matrix targets;

    Case(Kernels k, Activation activation) {
      this.k = k;
      MlpSpec spec =
          new MlpSpec(
              List.of(4, 12, 12, 12, 12, 3),
              activation,
              false,
              false,
              0,
              true,
              new Initialisation.He());
      network = Network.create(spec, k, 5);
      trace = network.trace(20);
      trace.keepGradients(true);
      targets = k.zeros(3, 20);
      SplittableRandom random = new SplittableRandom(1);
      fill(trace.input(), random);
      fill(targets, random);
    }

    static void fill(Matrix matrix, SplittableRandom random) {
      for (int r = 0; r < matrix.rows(); r++) {
        for (int j = 0; j < matrix.columns(); j++) {
          matrix.set(r, j, random.nextGaussian());
        }
      }
    }

    void pass() {
      network.forward(trace, Pass.training(0));
      LOSS.evaluate(k, trace.output(), targets, trace.outputGradient());
      network.backward(trace);
    }

    /** A step of gradient descent. */
    Matrix step(double rate) {
      Matrix u = k.vector(network.parameters().columns());
      k.add(-rate, trace.gradient(), u);
      return u;
    }

    double drop(int m, Matrix u) {
      double drop = 0;
      for (ParameterTensor tensor : network.layers().get(m).tensors()) {
        drop += k.dot(tensor.of(trace.gradient()), tensor.of(u));
      }
      return drop;
    }

    /** The size of r_m/scale_m when the tangent is made now. */
    double residual(int m, Matrix u) {
      CurrentAudit audit = CurrentAudit.along(network, trace, u);
      double drop = drop(m, u);
      LedgerRow row = new LedgerRow(0, 0, 0, -drop, 0, drop);
      return audit.relativeResidual(m, row);
    }
  }

  /** Units that sit at the kink: with the same σ'(0) above and below the audit stays green. */
  @Test
  void aSubgradientOnlyHasToBeTheSameInBothDirections() {
    Case c = new Case(new DoubleKernels(true), Activation.relu());
    Matrix weights = c.network.layers().get(WRONG).tensors().getFirst().of(c.network.parameters());
    for (int unit = 0; unit < 6; unit++) {
      for (int i = 0; i < weights.columns(); i++) {
        weights.set(unit, i, 0); // with a zero bias, n = 0 for every sample
      }
    }
    Matrix biases = c.network.layers().get(WRONG).tensors().get(1).of(c.network.parameters());
    biases.fill(0);
    c.pass();
    Matrix u = c.step(0.1);
    for (int m = 0; m < 5; m++) {
      assertTrue(c.residual(m, u) < 1e-13, "layer " + m);
    }
    // The other subgradient in the tangent alone: the kink is passed by less than any step.
    for (int unit = 0; unit < 6; unit++) {
      biases.set(0, unit, 1e-300);
    }
    c.network.forward(c.trace, Pass.training(0));
    for (int unit = 0; unit < 6; unit++) {
      u.set(0, c.network.layers().get(WRONG).tensors().get(1).start() + unit, 0.01);
    }
    assertTrue(c.residual(WRONG, u) > 1e-4, "the layer of the kink");
    assertTrue(c.residual(0, u) < 1e-13 && c.residual(1, u) < 1e-13, "the layers below it");
  }

  /**
   * σ' 2 % too large, up and down alike: invisible to the audit; |Q|/|ΔJ|, which should vanish with
   * the step, stalls at 2 % in the layers below the bug.
   */
  @Test
  void aWrongDerivativeShowsInTheCurvatureThatDoesNotShrink() {
    Case right = new Case(new DoubleKernels(true), new Activation.Tanh());
    Case wrong = new Case(tooSteep(new DoubleKernels(true)), new Activation.Tanh());
    for (double rate : new double[] {1e-3, 1e-4, 1e-5}) {
      for (Case c : List.of(right, wrong)) {
        c.pass();
        Matrix u = c.step(rate);
        SecantWork work = c.network.secant(c.trace, FiniteStep.of(c.network, u), LOSS, c.targets);
        for (int m = 0; m < 4; m++) {
          assertTrue(c.residual(m, u) < 1e-13, "the audit is green");
          double share = Math.abs(work.ofLayer(m) / c.drop(m, u) - 1);
          if (c == right) {
            assertTrue(share < 200 * rate, share + " at " + rate);
          } else {
            int below = 4 - m; // wrong slopes above the layer's weights
            assertEquals(1 - Math.pow(1.02, -below), share, 200 * rate + 1e-6, "layer " + m);
          }
        }
      }
    }
  }

  /** Kernels whose slopes are 2 % too large and that are right in everything else. */
  private static Kernels tooSteep(Kernels k) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (_, method, arguments) -> {
              try {
                Object result = method.invoke(k, arguments);
                if (method.getName().equals("slope")
                    && !(arguments[0] instanceof Activation.Identity)) {
                  Matrix out = (Matrix) arguments[5];
                  for (int r = (int) arguments[6]; r < (int) arguments[7]; r++) {
                    for (int j = 0; j < out.columns(); j++) {
                      out.set(r, j, 1.02 * out.get(r, j));
                    }
                  }
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
