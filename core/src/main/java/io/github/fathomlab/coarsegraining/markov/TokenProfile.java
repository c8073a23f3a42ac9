package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.coarsegraining.DepthReadings;
import io.github.fathomlab.coarsegraining.Origin;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.Watcher;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a network makes of masked tokens, layer by layer, beside the exact optimum of its task.
 *
 * <p>Ranks and drift as in {@link DepthReadings}, at the positions that show MASK, with the prefix
 * {@code all.} at all positions, and with the suffix {@code .pooled} of means over the positions of
 * sequences. The task: {@code tokens.*} before the first step. How much of the available
 * information was learnt: {@code information.*}. The variance at masked positions in and outside
 * the {@link RelevantSubspace}: {@code relevance.*}. See docs/quantities.md.
 *
 * <p>Source: rank-collapse specification, section 6. Cost: a forward pass over all contexts and
 * what {@link DepthReadings} takes.
 */
public final class TokenProfile implements Watcher {
  private static final double NOTHING = 1e-12;

  private final TokenReadout readout;
  private final boolean uncentred;
  private final boolean pooled;
  private final Rhythm rhythm;
  private final Consumer<Reading> sink;

  /**
   * @param uncentred whether ranks are measured from zero too
   * @param pooled whether sequences are averaged over too
   */
  public TokenProfile(
      TokenReadout readout,
      boolean uncentred,
      boolean pooled,
      Rhythm rhythm,
      Consumer<Reading> sink) {
    this.readout = readout;
    this.uncentred = uncentred;
    this.pooled = pooled;
    this.rhythm = rhythm;
    this.sink = sink;
  }

  @Override
  public boolean wantsState(long step) {
    return rhythm.due(step);
  }

  @Override
  public void observe(StateSnapshot snapshot) {
    new Look(snapshot.network(), snapshot.step(), snapshot.replica()).read();
  }

  /** One look at one network. */
  private final class Look {
    private final List<Layer> layers;
    private final long step;
    private final int replica;
    private final double[][] states;
    private final double bayes = readout.bayesLoss();
    private final double blind = readout.blindLoss();

    Look(Network network, long step, int replica) {
      layers = network.layers();
      this.step = step;
      this.replica = replica;
      states = states(network);
    }

    /** Features of all contexts, feature-major, of every representation. */
    private double[][] states(Network network) {
      int n = readout.windows().size();
      Trace trace = network.trace(n);
      trace.input().fill(0);
      OneHot features = readout.problem().features();
      for (int i = 0; i < n; i++) {
        features.show(readout.windows().get(i), trace.input(), i);
      }
      network.forward(trace, Pass.evaluation());
      int count = DepthReadings.count(layers);
      double[][] all = new double[count][];
      for (int l = 0; l < count; l++) {
        int m = l - (count - layers.size());
        all[l] = m < 0 ? trace.input().toArray() : trace.representation(m).toArray();
      }
      return all;
    }

    void read() {
      if (step == 0) {
        task();
      }
      depth("", "", readout.maskedWeights(), l -> states[l]);
      depth("all.", "", readout.weights(), l -> states[l]);
      if (pooled) {
        double[] equal = new double[readout.pools().length];
        Arrays.fill(equal, 1);
        depth("", ".pooled", equal, l -> mean(states[l]));
      }
      information();
      relevance();
    }

    private void depth(
        String prefix, String suffix, double[] weights, IntFunction<double @Nullable []> of) {
      DepthReadings.Naming naming = new DepthReadings.Naming(prefix, suffix, step, replica);
      new DepthReadings(layers, weights, Origin.MEAN, naming, sink).read(of);
      if (uncentred) {
        new DepthReadings(layers, weights, Origin.ZERO, naming, sink).read(of);
      }
    }

    /** The mean of every feature over the positions of every sequence. */
    private double[] mean(double[] state) {
      int n = readout.windows().size();
      int[][] pools = readout.pools();
      double[] mean = new double[state.length / n * pools.length];
      for (int k = 0; k < state.length / n; k++) {
        for (int s = 0; s < pools.length; s++) {
          double sum = 0;
          for (int i : pools[s]) {
            sum += state[k * n + i];
          }
          mean[k * pools.length + s] = sum / pools[s].length;
        }
      }
      return mean;
    }

    private void task() {
      TokenProblem problem = readout.problem();
      word("tokens.family", problem.family().label(), problem.family().states());
      network("tokens.correlation_length", problem.family().correlationLength());
      word("tokens.masking", problem.masking().label(), 1);
      network("tokens.mask_rate", problem.masking().rate());
      network("tokens.residual", DepthReadings.isResidual(layers) ? 1 : 0);
      network("tokens.window", problem.halfWidth());
      network("tokens.draws", problem.draws());
      network("tokens.sequence", problem.sequence());
      network("tokens.shuffle", problem.shuffle());
      RelevantSubspace relevant = readout.relevant();
      double rank = relevant.status() == Status.OK ? relevant.rank() : Double.NaN;
      accept("tokens.task_rank", Reading.WHOLE_NETWORK, "", rank, relevant.status());
      network("information.bayes_loss", bayes);
      network("information.blind_loss", blind);
      network("information.available", blind - bayes);
    }

    private void information() {
      double loss = loss(states[states.length - 1]);
      network("information.loss", loss);
      network("information.excess", loss - bayes);
      double available = blind - bayes;
      boolean some = available > NOTHING;
      accept(
          "information.captured",
          Reading.WHOLE_NETWORK,
          "",
          some ? (blind - loss) / available : Double.NaN,
          some ? Status.OK : Status.NOT_APPLICABLE);
    }

    /** -Σ J ln p, in nats. */
    private double loss(double[] logits) {
      int n = readout.windows().size();
      int v = logits.length / n;
      double loss = 0;
      for (int i = 0; i < n; i++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < v; k++) {
          largest = Math.max(largest, logits[k * n + i]);
        }
        double sum = 0;
        for (int k = 0; k < v; k++) {
          sum += Math.exp(logits[k * n + i] - largest);
        }
        double normaliser = largest + Math.log(sum);
        for (int k = 0; k < v; k++) {
          loss += readout.targets()[i * v + k] * (normaliser - logits[k * n + i]);
        }
      }
      return loss;
    }

    private void relevance() {
      RelevantSubspace relevant = readout.relevant();
      double[] weights = readout.maskedWeights();
      for (int l = 0; l < states.length; l++) {
        RelevantVariance found = RelevantVariance.of(relevant, states[l], weights);
        String name = DepthReadings.name(layers, l);
        accept("relevance.relevant_variance", l, name, found.relevant(), found.status());
        accept("relevance.other_variance", l, name, found.other(), found.status());
      }
    }

    private void network(String quantity, double value) {
      Status status = Double.isFinite(value) ? Status.OK : Status.NOT_FINITE;
      accept(quantity, Reading.WHOLE_NETWORK, "", status == Status.OK ? value : Double.NaN, status);
    }

    private void word(String quantity, String word, double value) {
      accept(quantity, Reading.WHOLE_NETWORK, word, value, Status.OK);
    }

    private void accept(String quantity, int l, String name, double value, Status status) {
      sink.accept(new Reading(quantity, step, l, name, replica, value, status, Double.NaN));
    }
  }
}
