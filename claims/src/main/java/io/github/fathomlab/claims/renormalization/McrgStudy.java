package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.ising2d.MonteCarloRenormalization;
import io.github.fathomlab.renormalization.ising2d.SquareIsing;
import io.github.fathomlab.renormalization.ising2d.WolffSampler;
import java.util.function.Consumer;

/**
 * The thermal exponent of the square Ising model at K_c, from lattices blocked 2 x 2 by majority
 * down to side 4: side 64, or 32 when it is quick.
 *
 * <p>Quantities, {@code step} = number of blockings k: {@code ising2d.exponent}, log2 of the
 * largest eigenvalue of dK^(k+1)/dK^(k) in neighbours, next neighbours and squares; as the null
 * {@code ising2d.exponent_near}, in neighbours alone; between them {@code ising2d.exponent_pairs},
 * without the squares; {@code ising2d.blocked_energy}, the mean product of neighbours after k
 * blockings.
 */
public final class McrgStudy implements Study {
  private static final int CLUSTERS = 5;
  private static final int FORGOTTEN = 500;
  private static final long SEED = 1979;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    perform(quick ? 32 : 64, quick ? 60_000 : 120_000, sink);
  }

  static void perform(int side, int samples, Consumer<Reading> sink) {
    WolffSampler chain =
        new WolffSampler(side, SquareIsing.CRITICAL_COUPLING, CounterRandom.key(SEED, side));
    chain.turn(FORGOTTEN);
    MonteCarloRenormalization found =
        new MonteCarloRenormalization(side, samples, CounterRandom.key(SEED, side, 1));
    for (int i = 0; i < samples; i++) {
      chain.turn(CLUSTERS);
      found.add(chain.lattice());
    }
    for (int k = 0; k <= found.steps(); k++) {
      SquareReadings.emit("blocked_energy", k, 0, found.neighbourCorrelation(k), sink);
    }
    for (int k = 0; k < found.steps(); k++) {
      SquareReadings.emit("exponent_near", k, 0, found.exponent(k, 1), sink);
      SquareReadings.emit("exponent_pairs", k, 0, found.exponent(k, 2), sink);
      SquareReadings.emit("exponent", k, 0, found.exponent(k, 3), sink);
    }
  }
}
