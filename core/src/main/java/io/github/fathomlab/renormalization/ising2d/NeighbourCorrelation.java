package io.github.fathomlab.renormalization.ising2d;

import io.github.fathomlab.instrument.Status;

/**
 * The mean product of neighbouring spins over sampled lattices, with an error from {@value
 * #BATCHES} batches. Compare with {@link SquareIsing}.
 */
public final class NeighbourCorrelation {
  static final int BATCHES = 64;

  private final BatchSums sums;

  /**
   * @param samples how many lattices will be added, at least {@value #BATCHES}
   */
  public NeighbourCorrelation(int samples) {
    sums = new BatchSums(1, samples, BATCHES);
  }

  /** Adds the next lattice of the chain. */
  public void add(SquareLattice lattice) {
    sums.next()[0] += lattice.bonds() / (2.0 * lattice.side() * lattice.side());
  }

  /** The mean over all lattices. */
  public BatchEstimate estimate() {
    return sums.estimate(means -> means[0], Status.NOT_FINITE);
  }
}
