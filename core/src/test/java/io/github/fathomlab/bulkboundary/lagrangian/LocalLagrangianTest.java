package io.github.fathomlab.bulkboundary.lagrangian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.function.DoubleFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalLagrangianTest {
  private static final String SMOOTH = "io.github.fathomlab.bulkboundary.lagrangian.Cases#smooth";

  @ParameterizedTest
  @MethodSource(SMOOTH)
  void isTheLagrangianOfWeightsAndBiasesInOtherVariables(ChainState state) {
    LocalLagrangian local = LocalLagrangian.of(state);
    Instant instant = new Instant(state, Cases.GAMMA);
    double kinetic = 0;
    for (int m = 0; m < state.chain().depth(); m++) {
      kinetic += instant.kinetic(m);
      assertArrayEquals(state.velocity().get(m).b(), local.biasRate(m), 1e-14, "beta " + m);
      assertArrayEquals(state.parameters().get(m).b(), local.bias(m), 1e-14, "b " + m);
    }
    double expected = kinetic - instant.loss();
    assertEquals(expected, local.value(), 1e-14 * (kinetic + instant.loss()));
    assertEquals(expected, local.termwise().total(), 1e-14 * (kinetic + instant.loss()));
    double difference = local.termwise().bulk() - local.sitewise().bulk();
    assertEquals(local.weightKinetic(0), difference, 1e-14, "the readings differ by T_W,0");
  }

  @ParameterizedTest
  @MethodSource(SMOOTH)
  void momentaAreTheDerivativesByVelocity(ChainState state) {
    LocalLagrangian local = LocalLagrangian.of(state);
    double[] momenta = local.momenta().pack();
    for (int i = 0; i < momenta.length; i++) {
      // L is quadratic in the velocity, so that a wide central difference is exact.
      double difference = (shifted(local, i, 0, 0.5).value() - shifted(local, i, 0, -0.5).value());
      assertEquals(difference, momenta[i], 1e-12 * (1 + Math.abs(difference)), "coordinate " + i);
    }
  }

  @ParameterizedTest
  @MethodSource(SMOOTH)
  void forcesAreTheDerivativesByPosition(ChainState state) {
    LocalLagrangian local = LocalLagrangian.of(state);
    double[] forces = local.forces().pack();
    for (int i = 0; i < forces.length; i++) {
      int at = i;
      double slope = Cases.derivative(h -> shifted(local, at, h, 0).value(), 1e-3);
      assertEquals(slope, forces[i], 1e-9 * (1 + Math.abs(slope)), "coordinate " + i);
    }
  }

  @ParameterizedTest
  @MethodSource(SMOOTH)
  void gradientDynamicsSolvesItsEquationsOfMotion(ChainState state) {
    Instant instant = new Instant(state, Cases.GAMMA);
    LocalMotion motion = LocalMotion.onShell(instant, 0);
    double size = 1;
    for (double force : motion.lagrangian().forces().pack()) {
      size = Math.max(size, Math.abs(force));
    }
    for (double residual : motion.equationResidual().pack()) {
      assertEquals(0, residual, 2e-14 * size);
    }
    for (int m = 0; m < state.chain().depth(); m++) {
      double[] back = SmallMatrices.scaled(-1, instant.delta(m + 1, 0));
      assertArrayEquals(back, motion.bondForce(m), 2e-14 * size, "(2.5) in layer " + m);
    }
  }

  /** The action is stationary: nothing here uses a closed form of momentum, force or gradient. */
  @Test
  void theActionIsStationaryAlongTheMotion() {
    ChainState state = ChainState.random(Cases.chain(new Activation.Tanh(), 2, 3, 2, 2), 1, 3);
    DampedFlow flow = DampedFlow.of(state, Cases.GAMMA);
    OdeSolver solver = new OdeSolver.DormandPrince(1e-14);
    DoubleFunction<LocalLagrangian> at =
        t -> LocalLagrangian.of(flow.state(solver.integrate(flow, flow.start(state), t)));
    LocalLagrangian now = at.apply(0);
    for (int i = 0; i < NeuronCoordinates.count(state.chain()); i++) {
      int k = i;
      double rate = Cases.derivative(t -> momentum(at.apply(t), k), 3e-3);
      double force = Cases.derivative(h -> shifted(now, k, h, 0).value(), 1e-3);
      assertEquals(force, rate + Cases.GAMMA * momentum(now, k), 1e-7, "coordinate " + k);
    }
  }

  private static double momentum(LocalLagrangian local, int i) {
    return shifted(local, i, 0, 0.5).value() - shifted(local, i, 0, -0.5).value();
  }

  private static LocalLagrangian shifted(LocalLagrangian local, int i, double q, double v) {
    double[] along = new double[NeuronCoordinates.count(local.chain())];
    along[i] = 1;
    double[] zero = new double[local.chain().widths().getFirst()];
    NeuronCoordinates unit = NeuronCoordinates.unpack(local.chain(), along, 0, zero);
    return local.moved(q, unit, v, unit);
  }

  @ParameterizedTest
  @MethodSource(SMOOTH)
  void theTwoBookingsDifferByADivergence(ChainState state) {
    Instant instant = new Instant(state, Cases.GAMMA);
    LocalMotion motion = LocalMotion.onShell(instant, 0);
    double sites = 0;
    double variables = 0;
    for (int m = 0; m < state.chain().depth(); m++) {
      double size = 1 + instant.scale(m) + Math.abs(motion.canonicalCurrent(m));
      assertEquals(instant.current(m), motion.current(m), 1e-14 * size, "(2.10) at " + m);
      double step = motion.improvement(m + 1) - motion.improvement(m);
      assertEquals(motion.lagrangian().kinetic(m) - step, motion.canonicalEnergy(m), 1e-14 * size);
      assertEquals(0, motion.canonicalResidual(m), 2e-14 * size, "(2.11) in layer " + m);
      sites += instant.kinetic(m);
      variables += motion.canonicalEnergy(m);
    }
    assertEquals(sites, variables, 1e-13 * sites);
    int end = state.chain().depth();
    assertEquals(instant.current(end), motion.current(end), 1e-13);
  }

  @Test
  void theDivergenceOfTheBookingIsTakenInTime() {
    ChainState state = ChainState.random(Cases.chain(new Activation.Tanh(), 2, 3, 2, 2), 1, 3);
    DampedFlow flow = DampedFlow.of(state, Cases.GAMMA);
    OdeSolver solver = new OdeSolver.DormandPrince(1e-14);
    DoubleFunction<LocalMotion> at =
        t ->
            LocalMotion.onShell(
                new Instant(flow.state(solver.integrate(flow, flow.start(state), t)), Cases.GAMMA),
                0);
    LocalMotion now = at.apply(0);
    for (int m = 0; m < 3; m++) {
      int layer = m;
      double kappa = Cases.derivative(t -> at.apply(t).improvement(layer), 3e-3);
      assertEquals(kappa, now.improvementRate(m), 1e-7);
      double h = Cases.derivative(t -> at.apply(t).canonicalEnergy(layer), 3e-3);
      assertEquals(h, now.canonicalEnergyRate(m), 1e-7);
    }
  }

  @Test
  void offShellTheResidualsShowIt() {
    ChainState state = ChainState.random(Cases.chain(new Activation.Tanh(), 2, 3, 2), 1, 3);
    Instant instant = new Instant(state, Cases.GAMMA);
    LocalMotion motion = LocalMotion.onShell(instant, 0);
    NeuronCoordinates wrong = NeuronCoordinates.zero(state.chain());
    LocalMotion still = new LocalMotion(motion.lagrangian(), wrong, Cases.GAMMA);
    double largest = 0;
    for (double residual : still.equationResidual().pack()) {
      largest = Math.max(largest, Math.abs(residual));
    }
    assertTrue(largest > 0.1, "found " + largest);
  }

  @Test
  void kineticEnergyCouplesNeighboursOnlyAndItsInverseAll() {
    Chain chain = Cases.chain(new Activation.Tanh(), 2, 2, 2, 2, 2, 2);
    LocalLagrangian local = LocalLagrangian.of(ChainState.random(chain, 1, 9));
    double[][] matrix = LocalFlow.kineticMatrix(local);
    RealMatrix inverse =
        new LUDecomposition(new Array2DRowRealMatrix(matrix)).getSolver().getInverse();
    int first = matrix.length - 10;
    double q = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        assertEquals(matrix[i][j], matrix[j][i], 1e-15, "symmetric");
        double velocities = local.velocity().pack()[i] * local.velocity().pack()[j];
        q += 0.5 * matrix[i][j] * velocities;
        if (i >= first && j >= first && Math.abs((i - first) / 2 - (j - first) / 2) > 1) {
          assertEquals(0, matrix[i][j], "neurons %d and %d".formatted(i, j));
          assertTrue(Math.abs(inverse.getEntry(i, j)) > 1e-6, "the inverse is dense");
        }
      }
    }
    assertEquals(local.value() + local.loss(), q, 1e-13, "T = half q' K q'");
  }

  @Test
  void allSamplesOfABatchShareOneBiasRateUntilTheirNeuronsMoveApart() {
    ChainState state = ChainState.random(Cases.chain(new Activation.Tanh(), 3, 4, 4, 2), 8, 5);
    Instant instant = new Instant(state, Cases.GAMMA);
    for (int a = 0; a < 8; a++) {
      LocalLagrangian local = LocalLagrangian.ofSample(state, a);
      LocalMotion motion = LocalMotion.onShell(instant, a);
      for (int m = 0; m < 3; m++) {
        double[] all = new double[state.chain().widths().get(m + 1)];
        for (int b = 0; b < 8; b++) {
          all = SmallMatrices.plus(all, -1, instant.delta(m + 1, b));
        }
        assertArrayEquals(state.velocity().get(m).b(), local.biasRate(m), 1e-14);
        assertArrayEquals(all, motion.bondForce(m), 1e-14, "the bonds carry the whole batch");
        double[] own = SmallMatrices.scaled(-8, instant.delta(m + 1, a));
        assertTrue(SmallMatrices.distance(own, motion.bondForce(m)) > 1e-2, "not one sample");
      }
    }
    double[] noise = new double[NeuronCoordinates.count(state.chain())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = CounterRandom.gaussian(3, i);
    }
    NeuronCoordinates along = NeuronCoordinates.unpack(state.chain(), noise, 0, new double[3]);
    LocalLagrangian one = LocalLagrangian.ofSample(state, 0);
    LocalLagrangian moved = one.moved(0.1, along, 0.1, along);
    assertTrue(SmallMatrices.distance(moved.biasRate(1), one.biasRate(1)) > 1e-2);
  }

  @Test
  void multipliersOfTheConstrainedFormAreTheBackpropagatedGradients() {
    ChainState state = ChainState.random(Cases.chain(new Activation.Tanh(), 2, 3, 2), 3, 5);
    Instant instant = new Instant(state, Cases.GAMMA);
    double[][][] z = new double[3][3][];
    double[][][] lambda = new double[3][3][];
    for (int m = 0; m <= 2; m++) {
      for (int a = 0; a < 3; a++) {
        z[m][a] = instant.neurons(m, a);
        lambda[m][a] = instant.delta(m, a);
      }
    }
    double kinetic = instant.energy() - instant.loss();
    double value = ConstrainedLagrangian.value(state, z, lambda);
    assertEquals(kinetic - instant.loss(), value, 1e-14);
    for (int m = 1; m <= 2; m++) {
      for (int a = 0; a < 3; a++) {
        for (int i = 0; i < z[m][a].length; i++) {
          double[] neurons = z[m][a];
          double[] multipliers = lambda[m][a];
          int at = i;
          assertEquals(0, slopeAt(state, z, lambda, neurons, at), 1e-10, "z is stationary");
          assertEquals(0, slopeAt(state, z, lambda, multipliers, at), 1e-10, "forward pass");
        }
      }
    }
    for (int m = 0; m < 2; m++) {
      double[] entry = state.parameters().get(m).w()[1];
      double slope = slopeAt(state, z, lambda, entry, 0);
      assertEquals(-instant.gradient().get(m).w()[1][0], slope, 1e-10, "dL/dW = -g");
    }
  }

  private static double slopeAt(
      ChainState state, double[][][] z, double[][][] lambda, double[] variable, int i) {
    double here = variable[i];
    double slope =
        Cases.derivative(
            h -> {
              variable[i] = here + h;
              double value = ConstrainedLagrangian.value(state, z, lambda);
              variable[i] = here;
              return value;
            },
            1e-3);
    return slope;
  }

  @Test
  void refusesABatchAndAMovingInput() {
    Chain chain = Cases.chain(new Activation.Tanh(), 2, 3, 1);
    ChainState two = ChainState.random(chain, 2, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> LocalLagrangian.of(two)).getMessage();
    assertEquals(
        "weights and neurons are coordinates for exactly 1 sample, found 2; use ConstrainedLagrangian",
        message);
    ChainData data = two.data().sample(0);
    ChainState moving =
        two.withData(
            new ChainData(data.inputs(), data.targets(), data.inputs(), data.targetRates()));
    assertThrows(IllegalArgumentException.class, () -> LocalLagrangian.of(moving));
    assertThrows(IllegalArgumentException.class, () -> DampedFlow.of(moving, 1));
    Chain kinked = Cases.chain(Activation.relu(), 2, 3, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new LocalFlow(kinked, new double[2], new double[1], 1));
  }
}
