package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.CouplingEstimate;
import io.github.fathomlab.renormalization.ising.BondCounts;
import io.github.fathomlab.renormalization.ising.IsingChain;
import io.github.fathomlab.renormalization.ising.SequenceCoupling;
import io.github.fathomlab.renormalization.ising.WindowSampler;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU time to sample a window of the Ising chain, a new one each time, and to read its coupling
 * from its bonds and as from the outputs of a network, in turns.
 */
final class IsingWork {
  private static final double COUPLING = 1;

  /** Standard errors beyond which an estimate is wrong and not unlucky. */
  private static final double WRONG = 6;

  private final IsingChain chain = new IsingChain(COUPLING, 0);
  private final int sites;
  private byte[] spins = new byte[0];
  private long windows;

  private IsingWork(int sites) {
    this.sites = sites;
  }

  static Map<String, Spread> measure(Options options) {
    IsingWork work = new IsingWork(options.get("sites", 1 << 20));
    Map<String, Runnable> works = new LinkedHashMap<>();
    works.put("sample", work::sample);
    works.put("bonds", () -> check(BondCounts.open(work.spins).openCoupling()));
    works.put("sequence", () -> check(SequenceCoupling.of(work.spins)));
    return Timing.inTurns(works, options.get("warm", 3000), options.get("chunks", 40));
  }

  private void sample() {
    spins = new WindowSampler(chain, CounterRandom.key(1, windows++)).sample(sites);
  }

  private static void check(CouplingEstimate found) {
    if (!(Math.abs(found.value() - COUPLING) <= WRONG * found.error())) {
      throw new IllegalStateException("expected a coupling of " + COUPLING + ", found " + found);
    }
  }
}
