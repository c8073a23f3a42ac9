package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.block.Window;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Blocks of a chain with their weights, over which averages are taken, and what their ends pass on
 * to their neighbours.
 *
 * <p>Three ways to make them: all 2^b configurations of a short Ising block with their exact
 * probabilities; for linear networks on a Gaussian chain the 2b points ±√(b λ_k) u_k with equal
 * weights, which have the chain's covariance exactly; samples otherwise.
 *
 * @param states (b x N), row-major: site i of all blocks, then site i + 1
 * @param weights (N), of sum 1
 * @param left e_n of every block's first site, [sectors][N]
 * @param right e_n of its last site
 * @param exact whether averages are those of the chain itself; otherwise blocks are independent
 *     samples
 */
record Blocks(double[] states, double[] weights, double[][] left, double[][] right, boolean exact) {
  private static final long BLOCK = 0x626c6f636bL;

  /** All configurations of a block of spins. */
  static Blocks enumerated(SolvedChain chain, Window window) {
    int count = window.count();
    double[] states = new double[window.width() * count];
    for (int i = 0; i < window.width(); i++) {
      for (int c = 0; c < count; c++) {
        states[i * count + c] = Window.spin(c, i);
      }
    }
    return of(chain, chain.sectors(), states, window.tabulate(window::weight), true);
  }

  /**
   * Points with the covariance of a Gaussian block; of the sectors the first alone is meant, since
   * linear functions have no other.
   */
  static Blocks secondMoments(SolvedChain chain, PrincipalModes modes) {
    int sites = modes.sites();
    int count = 2 * sites;
    double[] states = new double[sites * count];
    for (int k = 0; k < sites; k++) {
      double length = Math.sqrt(sites * modes.value(k));
      for (int i = 0; i < sites; i++) {
        double x = length * modes.vector(k)[i];
        states[i * count + 2 * k] = x;
        states[i * count + 2 * k + 1] = -x;
      }
    }
    double[] weights = new double[count];
    Arrays.fill(weights, 1.0 / count);
    return of(chain, 1, states, weights, true);
  }

  /** Independent samples. */
  static Blocks sampled(SolvedChain chain, int sites, int count, long seed) {
    double[] states = new double[sites * count];
    double[] window = new double[sites];
    for (int j = 0; j < count; j++) {
      chain.draw(CounterRandom.key(seed, BLOCK, j), window);
      for (int i = 0; i < sites; i++) {
        states[i * count + j] = window[i];
      }
    }
    double[] weights = new double[count];
    Arrays.fill(weights, 1.0 / count);
    return of(chain, chain.sectors(), states, weights, false);
  }

  private static Blocks of(
      SolvedChain chain, int sectors, double[] states, double[] weights, boolean exact) {
    int count = weights.length;
    int last = states.length - count;
    double[][] left = new double[sectors][];
    double[][] right = new double[sectors][];
    for (int n = 0; n < sectors; n++) {
      int sector = n + 1;
      left[n] = IntStream.range(0, count).mapToDouble(j -> chain.edge(sector, states[j])).toArray();
      right[n] =
          IntStream.range(0, count)
              .mapToDouble(j -> chain.edge(sector, states[last + j]))
              .toArray();
    }
    return new Blocks(states, weights, left, right, exact);
  }

  int count() {
    return weights.length;
  }

  int sites() {
    return states.length / weights.length;
  }

  /** One block, [b]. */
  double[] block(int j) {
    double[] block = new double[sites()];
    for (int i = 0; i < block.length; i++) {
      block[i] = states[i * count() + j];
    }
    return block;
  }

  /** Weighted mean. */
  double mean(double[] values) {
    double sum = 0;
    for (int j = 0; j < values.length; j++) {
      sum += weights[j] * values[j];
    }
    return sum;
  }
}
