package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * A walk over the sites of a chain whose next spin depends on the last: at site i one random number
 * decides the next spin for both values of the last one, so a site where the two agree tells its
 * spin without the past, and any piece of a long chain can be walked on its own.
 *
 * <p>The number at site i has 63 bits; a spin follows up when the number is below a threshold. The
 * past is searched for at most as many sites as there are before the piece, on average 1/(1 -
 * λ-/λ+).
 */
final class SpinWalk {
  private final long key;
  private final long afterUp;
  private final long afterDown;

  SpinWalk(IsingChain chain, long key) {
    this.key = key;
    afterUp = threshold(chain.keepProbability(true));
    afterDown = Long.MAX_VALUE - threshold(chain.keepProbability(false));
  }

  static long threshold(double probability) {
    return (long) (probability * 0x1p63);
  }

  static long number(long key, long site) {
    return CounterRandom.bits(key, site) >>> 1;
  }

  /** The spin at a site, found from the last site that forgets, or from the spin at site 0. */
  boolean upAt(long site, boolean upAtZero) {
    long start = site;
    while (start > 0 && !forgets(number(key, start))) {
      start--;
    }
    boolean up = start > 0 ? number(key, start) < afterUp : upAtZero;
    for (long i = start + 1; i <= site; i++) {
      up = number(key, i) < (up ? afterUp : afterDown);
    }
    return up;
  }

  private boolean forgets(long number) {
    return number < afterUp == number < afterDown;
  }

  /** Writes the spins of sites first.. into spins[from..to), given the spin at the first one. */
  boolean fill(byte[] spins, int from, int to, long first, boolean upAtFirst) {
    long up = upAtFirst ? 1 : 0;
    spins[from] = spin(upAtFirst);
    for (int i = from + 1; i < to; i++) {
      // Without a branch, which spins would mislead: a difference of 63-bit numbers has the sign
      // of their order.
      long number = number(key, first + i - from);
      long ifUp = (number - afterUp) >>> 63;
      long ifDown = (number - afterDown) >>> 63;
      up = ifDown ^ (ifUp ^ ifDown) & -up;
      spins[i] = (byte) (2 * up - 1);
    }
    return up == 1;
  }

  static byte spin(boolean up) {
    return (byte) (up ? 1 : -1);
  }
}
