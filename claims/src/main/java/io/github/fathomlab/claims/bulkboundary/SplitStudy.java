package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.bulkboundary.lagrangian.Chain;
import io.github.fathomlab.bulkboundary.lagrangian.ChainData;
import io.github.fathomlab.bulkboundary.lagrangian.ChainState;
import io.github.fathomlab.bulkboundary.lagrangian.Instant;
import io.github.fathomlab.bulkboundary.lagrangian.LocalLagrangian;
import io.github.fathomlab.bulkboundary.lagrangian.LocalMotion;
import io.github.fathomlab.bulkboundary.lagrangian.NeuronCoordinates;
import io.github.fathomlab.bulkboundary.lagrangian.OutputLoss;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The Lagrangian of random tanh networks in weights and neurons, taken apart; {@code step} counts
 * networks.
 *
 * <p>Of one sample: {@code split.residual_termwise}, {@code split.residual_sitewise} |bulk +
 * boundary - L| / (ΣT + ℓ) against L in weights and biases; {@code split.bulk_response_input} and
 * {@code split.bulk_response_target}, the largest change of a part that must not know the data when
 * X or Y is exchanged at fixed neurons; {@code split.boundary_response_*}, the change of the part
 * that does; per layer {@code split.euler_lagrange} and {@code split.backpropagation}, the relative
 * closing errors of the equations of motion and of β̇ + γβ = -δ. Of two samples, per layer: {@code
 * split.bias_rate_spread}, by how much β differs between them, its null with one sample's neurons
 * displaced by 1 % of a standard normal, and {@code split.backpropagation_null}, the closing error
 * of the law of one sample.
 */
public final class SplitStudy implements Study {
  private static final double GAMMA = 2;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    int depths = quick ? 4 : 8;
    int perDepth = quick ? 2 : 6;
    for (int network = 0; network < depths * perDepth; network++) {
      Chain chain = chain(1 + network % depths, network);
      oneSample(network, ChainState.random(chain, 1, network), sink);
      twoSamples(network, ChainState.random(chain, 2, 1000 + network), sink);
    }
  }

  private static Chain chain(int depth, int network) {
    List<Integer> widths = new ArrayList<>();
    for (int m = 0; m <= depth; m++) {
      widths.add(2 + CounterRandom.below(CounterRandom.key(7, network), m, 5));
    }
    return new Chain(widths, new Activation.Tanh(), network % 2 == 0, OutputLoss.SQUARED_ERROR);
  }

  private static void oneSample(int network, ChainState state, Consumer<Reading> sink) {
    Instant instant = new Instant(state, GAMMA);
    LocalMotion motion = LocalMotion.onShell(instant, 0);
    LocalLagrangian local = motion.lagrangian();
    double lagrangian = instant.energy() - 2 * instant.loss();
    double termwise = local.termwise().total() - lagrangian;
    double sitewise = local.sitewise().total() - lagrangian;
    whole("split.residual_termwise", network, Math.abs(termwise) / instant.energy(), sink);
    whole("split.residual_sitewise", network, Math.abs(sitewise) / instant.energy(), sink);
    responses(network, state, local, sink);
    NeuronCoordinates open = motion.equationResidual();
    NeuronCoordinates rates = local.momentumRates(motion.acceleration());
    NeuronCoordinates forces = local.forces();
    for (int m = 0; m < state.chain().depth(); m++) {
      double size = largest(rates.z()[m + 1]) + largest(forces.z()[m + 1]);
      double error = largest(open.z()[m + 1]) / size;
      for (int i = 0; i < open.w()[m].length; i++) {
        double rowSize = largest(rates.w()[m][i]) + largest(forces.w()[m][i]);
        error = Math.max(error, largest(open.w()[m][i]) / rowSize);
      }
      layer("split.euler_lagrange", network, m, error, sink);
      double law = backpropagationError(motion, m, instant.delta(m + 1, 0));
      layer("split.backpropagation", network, m, law, sink);
    }
  }

  private static void responses(
      int network, ChainState state, LocalLagrangian local, Consumer<Reading> sink) {
    ChainData other = ChainState.random(state.chain(), 1, 5000 + network).data();
    NeuronCoordinates position = local.position();
    double[][] neurons = position.z().clone();
    neurons[0] = other.inputs()[0];
    LocalLagrangian otherInput =
        new LocalLagrangian(
            state.chain(),
            new NeuronCoordinates(position.w(), neurons),
            local.velocity(),
            state.data().targets()[0]);
    LocalLagrangian otherTarget =
        new LocalLagrangian(state.chain(), position, local.velocity(), other.targets()[0]);
    double inputLeak = Math.abs(otherInput.loss() - local.loss());
    double targetLeak = 0;
    for (int m = 0; m < state.chain().depth(); m++) {
      double byInput =
          m == 0
              ? otherInput.weightKinetic(0) - local.weightKinetic(0)
              : otherInput.kinetic(m) - local.kinetic(m);
      inputLeak = Math.max(inputLeak, Math.abs(byInput));
      double byTarget = otherTarget.kinetic(m) - local.kinetic(m);
      targetLeak = Math.max(targetLeak, Math.abs(byTarget));
    }
    double inputs = Math.abs(otherInput.biasKinetic(0) - local.biasKinetic(0));
    double targets = Math.abs(otherTarget.loss() - local.loss());
    whole("split.bulk_response_input", network, inputLeak, sink);
    whole("split.bulk_response_target", network, targetLeak, sink);
    whole("split.boundary_response_input", network, inputs, sink);
    whole("split.boundary_response_target", network, targets, sink);
  }

  private static void twoSamples(int network, ChainState state, Consumer<Reading> sink) {
    Instant instant = new Instant(state, GAMMA);
    LocalMotion one = LocalMotion.onShell(instant, 0);
    LocalLagrangian two = LocalLagrangian.ofSample(state, 1);
    double[] noise = new double[NeuronCoordinates.count(state.chain())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = CounterRandom.gaussian(CounterRandom.key(9, network), i);
    }
    NeuronCoordinates all =
        NeuronCoordinates.unpack(
            state.chain(), noise, 0, new double[state.chain().widths().getFirst()]);
    // The samples share their weights: only neurons may go their own ways.
    NeuronCoordinates apart =
        new NeuronCoordinates(NeuronCoordinates.zero(state.chain()).w(), all.z());
    LocalLagrangian displaced = two.moved(0.01, apart, 0.01, apart);
    for (int m = 0; m < state.chain().depth(); m++) {
      double[] shared = one.lagrangian().biasRate(m);
      layer("split.bias_rate_spread", network, m, spread(shared, two.biasRate(m)), sink);
      double apartSpread = spread(shared, displaced.biasRate(m));
      layer("split.bias_rate_spread_null", network, m, apartSpread, sink);
      double[] alone = alone(state, m);
      layer("split.backpropagation_null", network, m, backpropagationError(one, m, alone), sink);
    }
  }

  /** δ_{m+1} of the first sample as it would be without the other. */
  private static double[] alone(ChainState state, int m) {
    return new Instant(state.withData(state.data().sample(0)), GAMMA).delta(m + 1, 0);
  }

  /** |β̇ + γβ + δ| over the size of its terms. */
  private static double backpropagationError(LocalMotion motion, int m, double[] delta) {
    double[] force = motion.bondForce(m);
    double error = 0;
    for (int i = 0; i < force.length; i++) {
      error = Math.max(error, Math.abs(force[i] + delta[i]));
    }
    double damping = GAMMA * largest(motion.lagrangian().biasRate(m));
    return error / (largest(delta) + damping + largest(motion.acceleration().z()[m + 1]));
  }

  private static double spread(double[] one, double[] two) {
    double distance = 0;
    for (int i = 0; i < one.length; i++) {
      distance = Math.max(distance, Math.abs(one[i] - two[i]));
    }
    return distance / largest(one);
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static void whole(String quantity, int network, double value, Consumer<Reading> sink) {
    sink.accept(Reading.ofNetwork(quantity, network, 0, value));
  }

  private static void layer(
      String quantity, int network, int m, double value, Consumer<Reading> sink) {
    sink.accept(StudyReadings.ofLayer(quantity, network, m, 0, value));
  }
}
