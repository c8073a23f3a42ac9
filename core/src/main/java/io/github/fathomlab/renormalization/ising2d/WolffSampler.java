package io.github.fathomlab.renormalization.ising2d;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * A Markov chain of square Ising lattices that turns one cluster of equal spins at a time.
 *
 * <pre>
 *   from a random site, take in every neighbour of equal spin with p = 1 - e^(-2K), and theirs;
 *   turn all that was taken in
 * </pre>
 *
 * <p>Symbols: K the coupling. Source: Wolff, Phys. Rev. Lett. 62, 361 (1989). Validity: K at least
 * 0, no field; measure after a number of clusters that was fixed beforehand. Stopping where the
 * turned sites reach a number ({@link #turnUntil}) is a biased rule: it stops behind large clusters
 * more often than behind small ones, and large clusters are found in ordered lattices. It is here
 * to be caught. Probabilities are held to 2^-63; the lattices are a function of side, coupling, key
 * and the calls alone. Cost: about four random numbers for every site turned; at K_c a cluster has
 * about 1.1 L^(7/4) sites.
 */
public final class WolffSampler {
  private final SquareLattice lattice;
  private final byte[] spins;
  private final int side;
  private final long threshold;
  private final long key;
  private final int[] stack;
  private long drawn;

  /**
   * A chain that begins with all spins up; let it forget that before measuring.
   *
   * @param side L, at least 3, so that the four neighbours differ
   * @param coupling K
   * @param key one per chain, from {@link CounterRandom#key}
   */
  public WolffSampler(int side, double coupling, long key) {
    if (side < 3 || !(coupling >= 0 && coupling < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "clusters need a side of at least 3 and a finite coupling of at least 0, found %d and %s"
              .formatted(side, coupling));
    }
    this.side = side;
    this.key = key;
    lattice = SquareLattice.up(side);
    spins = lattice.live();
    threshold = (long) (-StrictMath.expm1(-2 * coupling) * 0x1p63);
    stack = new int[spins.length];
  }

  /** The lattice as it is now; it moves with the chain. */
  public SquareLattice lattice() {
    return lattice;
  }

  /** Turns a number of clusters. */
  public void turn(int clusters) {
    for (int c = 0; c < clusters; c++) {
      turnCluster();
    }
  }

  /** Turns clusters until they had a number of sites in all: the biased rule. */
  public void turnUntil(long sites) {
    long turned = 0;
    while (turned < sites) {
      turned += turnCluster();
    }
  }

  private int turnCluster() {
    int size = 1;
    int top = 0;
    int seed = CounterRandom.below(key, drawn++, spins.length);
    byte spin = spins[seed];
    spins[seed] = (byte) -spin;
    stack[top++] = seed;
    while (top > 0) {
      int site = stack[--top];
      int column = site % side;
      int before = top;
      top = offer(column > 0 ? site - 1 : site + side - 1, spin, top);
      top = offer(column + 1 < side ? site + 1 : site - side + 1, spin, top);
      top = offer(site >= side ? site - side : site + spins.length - side, spin, top);
      top = offer(site + side < spins.length ? site + side : site + side - spins.length, spin, top);
      size += top - before;
    }
    return size;
  }

  /** Turns a site and puts it on the stack if it has the spin and the bond is drawn. */
  private int offer(int site, byte spin, int top) {
    if (spins[site] != spin || CounterRandom.bits(key, drawn++) >>> 1 >= threshold) {
      return top;
    }
    spins[site] = (byte) -spin;
    stack[top] = site;
    return top + 1;
  }
}
