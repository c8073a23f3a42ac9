package io.github.fathomlab.bulkboundary.lagrangian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders of convergence and exact solutions of the motions. */
class MotionTest {
  private static final ChainState TANH =
      ChainState.random(Cases.chain(new Activation.Tanh(), 3, 5, 5, 2), 4, 11);
  private static final ChainState SMALL =
      ChainState.random(Cases.chain(new Activation.Tanh(), 2, 3, 2), 2, 11);
  private static final ChainState ONE =
      ChainState.random(Cases.chain(new Activation.Tanh(), 2, 3, 3, 2), 1, 11);

  @Test
  void theBalanceClosesWithTheFourthPowerOfTheStep() {
    Convergence balance = new BalanceIntegration(TANH, 2, 2).rungeKutta(50, 4);
    assertEquals(4, balance.order(), 0.15, balance.toString());
    assertTrue(balance.errors().getLast() < 1e-10, balance.toString());
  }

  @Test
  void kinksLowerThatOrder() {
    double sum = 0;
    for (int seed = 0; seed < 4; seed++) {
      ChainState relu = ChainState.random(Cases.chain(Activation.relu(), 3, 5, 5, 2), 4, seed);
      sum += new BalanceIntegration(relu, 2, 2).rungeKutta(50, 4).meanOrder();
    }
    assertEquals(2, sum / 4, 0.4);
  }

  @Test
  void theAdaptiveSchemeClosesItToRounding() {
    BalanceIntegration balance = new BalanceIntegration(TANH, 2, 2);
    double error = balance.error(new OdeSolver.DormandPrince(1e-13));
    assertTrue(error < 1e-13, "found " + error);
    double wrong = balance.error(new OdeSolver.DormandPrince(1e-13), 1.01);
    assertTrue(wrong > 1e-4, "a damping 1 % off must show, found " + wrong);
  }

  @Test
  void theDifferenceOfTheKineticEnergyIsOfSecondOrder() {
    Convergence difference = new BalanceIntegration(TANH, 2, 2).kineticDifference(0.1, 4);
    assertEquals(2, difference.order(), 0.15, difference.toString());
  }

  @Test
  void bothCoordinatesMoveAlike() {
    Convergence flows = new CoordinateAgreement(ONE, 2, 0.5).flows(25, 2);
    assertEquals(4, flows.order(), 0.15, flows.toString());
    assertTrue(flows.errors().getLast() < 1e-8, flows.toString());
  }

  @Test
  void theBulkAloneMovesOnStraightLines() {
    Convergence line = new CoordinateAgreement(ONE, 2, 0.5).straightLine(25, 2);
    assertEquals(4, line.order(), 0.15, line.toString());
    assertTrue(line.errors().getLast() < 1e-8, line.toString());
    Convergence undamped = new CoordinateAgreement(ONE, 0, 0.5).straightLine(25, 1);
    assertTrue(undamped.errors().getLast() < 1e-7, undamped.toString());
  }

  @Test
  void theLocalLagrangianHasTheAccelerationsOfGradientDynamics() {
    LocalFlow flow = new LocalFlow(ONE.chain(), ONE.data().inputs()[0], ONE.data().targets()[0], 2);
    LocalMotion motion = LocalMotion.onShell(new Instant(ONE, 2), 0);
    double[] found = flow.acceleration(motion.lagrangian()).pack();
    assertEquals(0, SmallMatrices.distance(motion.acceleration().pack(), found), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void descentIsFollowedToSecondOrderByTheRightMassOnly(double momentum) {
    DiscreteDescent descent = new DiscreteDescent(SMALL, momentum, 2);
    Convergence unit = descent.unitMass(0.05, 2);
    Convergence faithful = descent.faithfulMass(0.05, 2);
    assertEquals(1, unit.order(), 0.15, unit.toString());
    assertEquals(2, faithful.order(), 0.15, faithful.toString());
  }

  @Test
  void strongDampingLeavesGradientFlow() {
    OverdampedLimit limit = OverdampedLimit.measure(SMALL, 10, 2, 0.5);
    for (Convergence quantity :
        List.of(
            limit.parameters(),
            limit.kinetic(),
            limit.dissipation(),
            limit.current(),
            limit.storage())) {
      assertEquals(2, quantity.order(), 0.15, quantity.toString());
    }
  }

  @Test
  void anUnmovedChainWithoutLossStays() {
    ChainState still =
        new ChainState(
            ONE.chain().withoutLoss(),
            ONE.parameters(),
            ONE.velocity().stream().map(layer -> layer.times(0)).toList(),
            ONE.data());
    DampedFlow flow = DampedFlow.of(still, 2);
    double[] start = flow.start(still);
    double[] end = new OdeSolver.RungeKutta(3).integrate(flow, start, 1);
    assertEquals(0, SmallMatrices.distance(start, end));
  }

  @Test
  void ordersComeFromErrors() {
    Convergence square = new Convergence(List.of(1.0, 0.5, 0.25), List.of(3.0, 0.75, 0.1875));
    assertEquals(2, square.orders().getFirst(), 1e-14);
    assertEquals(2, square.orders().getLast(), 1e-14);
    assertEquals(2, square.meanOrder(), 1e-14);
    assertTrue(Double.isNaN(new Convergence(List.of(1.0, 0.5), List.of(1.0, 0.0)).order()));
    assertThrows(IllegalArgumentException.class, () -> new Convergence(List.of(1.0), List.of(1.0)));
    assertThrows(IllegalArgumentException.class, () -> new OdeSolver.RungeKutta(0));
    assertThrows(IllegalArgumentException.class, () -> new DiscreteDescent(ONE, 1, 1));
  }
}
