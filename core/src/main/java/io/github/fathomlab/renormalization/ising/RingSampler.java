package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * Exact samples of a ring of Ising spins without a field.
 *
 * <pre>
 *   P(s_(k+1) = σ | s_k, s_1) = (1 + t σ s_k)(1 + t^(N-k) σ s_1) / [2 (1 + t^(N-k+1) s_k s_1)]
 * </pre>
 *
 * <p>Symbols: t = tanh K; N sites, counted from 1 in the formula and from 0 in the code. Source:
 * textbook transfer matrix, the ring cut at its first spin. Validity: no field, at least 3 sites;
 * probabilities are held to 2^-63, and far from the end, where t^(N-k) is below 2^-64, they are
 * those of the open chain. The spins are a function of ring and key alone. Cost: O(N), with one or
 * two exponentials per site within 45 correlation lengths of the end.
 */
public final class RingSampler {
  private static final double NEGLIGIBLE = 64 * StrictMath.log(2);

  private final int sites;
  private final long key;
  private final SpinWalk walk;
  private final double coupling;
  private final double rate;
  private final double open;
  private final long openThreshold;
  private final int tail;

  /**
   * A ring.
   *
   * @param chain coupling, and no field
   * @param sites N
   * @param key one per sample, from {@link CounterRandom#key}
   * @throws IllegalArgumentException when there is a field or fewer than 3 sites
   */
  public RingSampler(IsingChain chain, int sites, long key) {
    if (chain.field() != 0 || sites < 3) {
      throw new IllegalArgumentException(
          "a ring is sampled without a field on at least 3 sites, found h = %s and %d sites"
              .formatted(chain.field(), sites));
    }
    this.sites = sites;
    this.key = key;
    coupling = chain.coupling();
    rate = chain.inverseCorrelationLength();
    walk = new SpinWalk(chain, key);
    open = chain.keepProbability(true);
    openThreshold = SpinWalk.threshold(open);
    tail = (int) Math.max(1, Math.min(sites, sites - NEGLIGIBLE / rate));
  }

  /** All spins of the ring, each 1 or -1. */
  public byte[] sample() {
    byte[] spins = new byte[sites];
    boolean first = (SpinWalk.number(key, 0) & 1) == 0;
    // The walk begins up; turning the whole ring afterwards makes its first spin fair.
    boolean up = walk.fill(spins, 0, tail, 0, true);
    for (int k = tail; k < sites; k++) {
      long number = SpinWalk.number(key, k);
      up = up == keeps(number, up, sites - k);
      spins[k] = SpinWalk.spin(up);
    }
    if (!first) {
      for (int k = 0; k < sites; k++) {
        spins[k] = (byte) -spins[k];
      }
    }
    return spins;
  }

  /** Whether the next spin equals this one, when it will be {@code left} bonds from closing. */
  private boolean keeps(long number, boolean up, int left) {
    // Next to a spin like the first one a ferromagnet only keeps more often than the open chain.
    if (up && coupling > 0 && number < openThreshold) {
      return true;
    }
    boolean negative = coupling < 0;
    boolean closing = up ^ (negative && left % 2 == 1);
    boolean whole = up ^ (negative && left % 2 == 0);
    double probability = open * onePlus(closing, left) / onePlus(whole, left + 1);
    return number < SpinWalk.threshold(probability);
  }

  /** 1 ± |t|^n. */
  private double onePlus(boolean plus, int n) {
    return plus ? 1 + StrictMath.exp(-rate * n) : -StrictMath.expm1(-rate * n);
  }
}
