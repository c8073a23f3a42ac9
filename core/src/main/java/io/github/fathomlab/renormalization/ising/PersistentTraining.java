package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;

/**
 * Persistent contrastive divergence: a machine learns a distribution of visible patterns.
 *
 * <pre>
 *   W' = W + lr_k (mean_batch v hᵀ - mean_chains v hᵀ),   lr_k = lr (1 - k/steps)
 *   batch: v from the distribution, h given v;   chains: one more v given h and h given v per step
 * </pre>
 *
 * <p>Symbols: v and h as in {@link BoltzmannMachine}; as many chains as samples per batch. Source:
 * Tieleman, ICML 2008 (PCD-1), with spins drawn in both means. Validity: chains that mix faster
 * than the couplings change. All randomness is a function of key and step. Cost: O(batch W H/5) per
 * step.
 *
 * @param batch samples per step
 * @param rate lr of the first step
 * @param steps how many
 */
public record PersistentTraining(int batch, double rate, int steps) {
  private static final int DATA = 0;
  private static final int DATA_HIDDEN = 1;
  private static final int CHAIN_VISIBLE = 2;
  private static final int CHAIN_HIDDEN = 3;

  /**
   * A plan.
   *
   * @throws IllegalArgumentException when a number is not positive
   */
  public PersistentTraining {
    if (batch < 1 || !(rate > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "batch, rate and steps are positive, found %d, %s and %d".formatted(batch, rate, steps));
    }
  }

  /**
   * Trains a machine; it is another afterwards.
   *
   * @param distribution of the data, probabilities of all visible patterns [2^W]
   */
  public void train(BoltzmannMachine machine, double[] distribution, long key) {
    PatternSource source = new PatternSource(distribution);
    int[] data = new int[batch];
    int[] dataHidden = new int[batch];
    int[] chain = new int[batch];
    int[] chainHidden = new int[batch];
    source.fill(chain, CounterRandom.key(key, -1, DATA));
    machine.drawHidden(chain, chainHidden, CounterRandom.key(key, -1, CHAIN_HIDDEN));
    double[] change = new double[machine.visible() * machine.hidden()];
    for (int k = 0; k < steps; k++) {
      source.fill(data, CounterRandom.key(key, k, DATA));
      machine.drawHidden(data, dataHidden, CounterRandom.key(key, k, DATA_HIDDEN));
      machine.drawVisible(chainHidden, chain, CounterRandom.key(key, k, CHAIN_VISIBLE));
      machine.drawHidden(chain, chainHidden, CounterRandom.key(key, k, CHAIN_HIDDEN));
      double scale = rate * (1 - (double) k / steps) / batch;
      Arrays.fill(change, 0);
      addProducts(machine, data, dataHidden, scale, change);
      addProducts(machine, chain, chainHidden, -scale, change);
      machine.add(change);
    }
  }

  /** Adds scale Σ v_i h_j: spins of one kind side by side differ where their bits differ. */
  private static void addProducts(
      BoltzmannMachine machine, int[] below, int[] above, double scale, double[] change) {
    int hidden = machine.hidden();
    long[][] visibleColumns = columns(below, machine.visible());
    long[][] hiddenColumns = columns(above, hidden);
    for (int i = 0; i < visibleColumns.length; i++) {
      for (int j = 0; j < hidden; j++) {
        int unlike = 0;
        for (int w = 0; w < visibleColumns[i].length; w++) {
          unlike += Long.bitCount(visibleColumns[i][w] ^ hiddenColumns[j][w]);
        }
        change[i * hidden + j] += scale * (below.length - 2 * unlike);
      }
    }
  }

  private static long[][] columns(int[] patterns, int spins) {
    long[][] columns = new long[spins][(patterns.length + 63) / 64];
    for (int b = 0; b < patterns.length; b++) {
      for (int i = 0; i < spins; i++) {
        columns[i][b >> 6] |= (long) (patterns[b] >>> i & 1) << b;
      }
    }
    return columns;
  }
}
