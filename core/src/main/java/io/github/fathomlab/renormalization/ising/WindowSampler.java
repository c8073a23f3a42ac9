package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * Exact samples of an open window of the infinite Ising chain, with or without a field.
 *
 * <pre>
 *   P(s_0 = 1) = (1 + m)/2,    P(s' | s) = T(s,s') v(s') / (λ+ v(s)),   P(s | s) = e^(K + hs)/λ+
 * </pre>
 *
 * <p>Symbols: T transfer matrix with largest eigenvalue λ+ and its vector v; m magnetisation.
 * Source: textbook Markov property of the chain. Validity: probabilities are held to 2^-63. The
 * spin of a site is a function of chain, key and site alone, so pieces filled in any order or by
 * any thread are those of the whole. Cost: O(sites), and once per piece the search for a site that
 * forgets its past, 1/(1 - λ-/λ+) sites on average and never more than lie before it.
 */
public final class WindowSampler {
  private final SpinWalk walk;
  private final boolean upAtZero;

  /**
   * A window that begins at site 0.
   *
   * @param key one per sample, from {@link CounterRandom#key}
   */
  public WindowSampler(IsingChain chain, long key) {
    walk = new SpinWalk(chain, key);
    upAtZero = SpinWalk.number(key, 0) < SpinWalk.threshold(0.5 + 0.5 * chain.magnetisation());
  }

  /** The first sites of the window, each 1 or -1. */
  public byte[] sample(int sites) {
    byte[] spins = new byte[sites];
    fill(spins, 0, sites, 0);
    return spins;
  }

  /**
   * Writes the spins of sites first, first + 1, ... into spins[from..to).
   *
   * @throws IllegalArgumentException when the first site is negative
   */
  public void fill(byte[] spins, int from, int to, long first) {
    if (first < 0) {
      throw new IllegalArgumentException("a window begins at site 0, found site " + first);
    }
    if (from < to) {
      walk.fill(spins, from, to, first, walk.upAt(first, upAtZero));
    }
  }
}
