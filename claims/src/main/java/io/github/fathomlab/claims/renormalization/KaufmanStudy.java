package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.ising2d.NeighbourCorrelation;
import io.github.fathomlab.renormalization.ising2d.SquareIsing;
import io.github.fathomlab.renormalization.ising2d.WolffSampler;
import java.util.function.Consumer;

/**
 * Energies of cluster-sampled square Ising lattices at K_c beside the exact ones, sides 4 to 64;
 * and, as the null, of the same chains when they are measured as soon as as many sites were turned
 * as there are.
 *
 * <p>Quantities, {@code step} = side L: {@code ising2d.energy_exact}, the mean product of
 * neighbouring spins on the torus; {@code ising2d.energy}, the same sampled after every {@value
 * #CLUSTERS} clusters; {@code ising2d.energy_null}, sampled by the biased rule.
 */
public final class KaufmanStudy implements Study {
  static final int CLUSTERS = 5;

  private static final int[] SIDES = {4, 8, 16, 32, 64};
  private static final int FORGOTTEN = 500;
  private static final long SEED = 1949;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    perform(quick ? 6000 : 60_000, SIDES, sink);
  }

  static void perform(int samples, int[] sides, Consumer<Reading> sink) {
    double critical = SquareIsing.CRITICAL_COUPLING;
    for (int side : sides) {
      double exact = SquareIsing.neighbourCorrelation(critical, side);
      SquareReadings.emit("energy_exact", side, 0, exact, sink);
      for (boolean biased : new boolean[] {false, true}) {
        long key = CounterRandom.key(SEED, side, biased ? 1 : 0);
        WolffSampler chain = new WolffSampler(side, critical, key);
        chain.turn(FORGOTTEN);
        NeighbourCorrelation energy = new NeighbourCorrelation(samples);
        for (int i = 0; i < samples; i++) {
          if (biased) {
            chain.turnUntil((long) side * side);
          } else {
            chain.turn(CLUSTERS);
          }
          energy.add(chain.lattice());
        }
        SquareReadings.emit(biased ? "energy_null" : "energy", side, 0, energy.estimate(), sink);
      }
    }
  }
}
