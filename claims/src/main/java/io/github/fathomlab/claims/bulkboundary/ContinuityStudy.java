package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.bulkboundary.lagrangian.BalanceIntegration;
import io.github.fathomlab.bulkboundary.lagrangian.Chain;
import io.github.fathomlab.bulkboundary.lagrangian.ChainData;
import io.github.fathomlab.bulkboundary.lagrangian.ChainState;
import io.github.fathomlab.bulkboundary.lagrangian.Convergence;
import io.github.fathomlab.bulkboundary.lagrangian.Instant;
import io.github.fathomlab.bulkboundary.lagrangian.LayerVector;
import io.github.fathomlab.bulkboundary.lagrangian.OdeSolver;
import io.github.fathomlab.bulkboundary.lagrangian.OutputLoss;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The energy continuity of every layer in continuous time, at random instants and along motions.
 *
 * <p>At instants, {@code step} counting them, per layer: {@code continuity.residual}, |dT/dt + 2γT
 * + ΔJ| over the size of its terms; {@code continuity.residual_null_velocity}, the same with the
 * current of one layer moving 1 % faster; {@code continuity.residual_null_damping}, with a damping
 * 1 % off. Along motions, {@code replica} counting them: {@code continuity.balance_rk4} at {@code
 * step} integration steps, {@code continuity.order_rk4} and {@code continuity.order_rk4_relu},
 * {@code continuity.balance_dop853} and its {@code _null} with a damping 1 % off, {@code
 * continuity.order_difference}, that of the central difference of T.
 */
public final class ContinuityStudy implements Study {
  private static final double GAMMA = 2;
  private static final double WRONG = 1.01;
  private static final double DURATION = 2;
  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation.Tanh(),
          new Activation.Gelu(),
          Activation.relu(),
          new Activation.LeakyRelu(0.1));

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    for (int e = 0; e < (quick ? 24 : 240); e++) {
      instant(e, sink);
    }
    for (int replica = 0; replica < (quick ? 2 : 6); replica++) {
      motion(replica, sink);
    }
  }

  private static void instant(int e, Consumer<Reading> sink) {
    ChainState state = state(e);
    int depth = state.chain().depth();
    Instant instant = new Instant(state, GAMMA);
    List<LayerVector> faster = new ArrayList<>(state.velocity());
    int moved = e % depth;
    faster.set(moved, faster.get(moved).times(WRONG));
    Instant control = new Instant(state.withVelocity(faster), GAMMA);
    for (int m = 0; m < depth; m++) {
      double size = instant.scale(m);
      double stored = instant.kineticRate(m) + instant.dissipation(m);
      double wrongCurrent = stored + control.current(m + 1) - control.current(m);
      double wrongDamping = instant.residual(m) + (WRONG - 1) * instant.dissipation(m);
      layer("continuity.residual", e, m, instant.residual(m) / size, sink);
      layer("continuity.residual_null_velocity", e, m, wrongCurrent / size, sink);
      layer("continuity.residual_null_damping", e, m, wrongDamping / size, sink);
    }
  }

  /** Depths 1 to 8, widths 1 to 6, batches of 1 to 5, both losses; the data move in every third. */
  private static ChainState state(int e) {
    long key = CounterRandom.key(11, e);
    List<Integer> widths = new ArrayList<>();
    for (int m = 0; m <= 1 + CounterRandom.below(key, 0, 8); m++) {
      widths.add(1 + CounterRandom.below(key, 1 + m, 6));
    }
    OutputLoss loss = e % 5 == 4 ? OutputLoss.CROSS_ENTROPY : OutputLoss.SQUARED_ERROR;
    Chain chain = new Chain(widths, ACTIVATIONS.get(e % ACTIVATIONS.size()), e % 2 == 0, loss);
    ChainState state = ChainState.random(chain, 1 + CounterRandom.below(key, 20, 5), e);
    if (e % 3 != 0) {
      return state;
    }
    ChainData rest = state.data();
    ChainData rates = ChainState.random(chain, rest.batch(), 7000 + e).data();
    return state.withData(
        new ChainData(rest.inputs(), rest.targets(), rates.inputs(), rates.targets()));
  }

  private static void motion(int replica, Consumer<Reading> sink) {
    BalanceIntegration smooth = balance(new Activation.Tanh(), replica);
    Convergence fixed = smooth.rungeKutta(50, 3);
    for (int n = 0; n < fixed.steps().size(); n++) {
      long steps = Math.round(DURATION / fixed.steps().get(n));
      whole("continuity.balance_rk4", steps, replica, fixed.errors().get(n), sink);
    }
    whole("continuity.order_rk4", 0, replica, fixed.order(), sink);
    double kinked = balance(Activation.relu(), replica).rungeKutta(50, 3).meanOrder();
    whole("continuity.order_rk4_relu", 0, replica, kinked, sink);
    OdeSolver adaptive = new OdeSolver.DormandPrince(1e-13);
    whole("continuity.balance_dop853", 0, replica, smooth.error(adaptive), sink);
    double wrong = smooth.error(new OdeSolver.DormandPrince(1e-8), WRONG);
    whole("continuity.balance_dop853_null", 0, replica, wrong, sink);
    double difference = smooth.kineticDifference(0.05, 2).order();
    whole("continuity.order_difference", 0, replica, difference, sink);
  }

  private static BalanceIntegration balance(Activation activation, int replica) {
    Chain chain = new Chain(List.of(2, 4, 3, 2), activation, true, OutputLoss.SQUARED_ERROR);
    return new BalanceIntegration(ChainState.random(chain, 3, 40 + replica), GAMMA, DURATION);
  }

  private static void whole(
      String quantity, long step, int replica, double value, Consumer<Reading> sink) {
    sink.accept(Reading.ofNetwork(quantity, step, replica, value));
  }

  private static void layer(String quantity, int e, int m, double value, Consumer<Reading> sink) {
    sink.accept(StudyReadings.ofLayer(quantity, e, m, 0, Math.abs(value)));
  }
}
