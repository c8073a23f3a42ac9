package io.github.fathomlab.renormalization.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.ising.IsingChain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockTriplesTest {

  /** The theorem on blocks, for features that know nothing of it. */
  @ParameterizedTest
  @CsvSource({"2, 0.5, 0", "3, 0.8, 0", "4, 1.2, 0", "4, -0.4, 0", "3, 0.7, 0.3"})
  void everyFeatureOfABlockHasTheRatioOfTheDecimatedChain(
      int sites, double coupling, double field) {
    BlockTriples triples = new BlockTriples(sites, coupling, field);
    double ratio = Math.pow(new IsingChain(coupling, field).eigenvalueRatio(), sites);
    for (int seed = 0; seed < 5; seed++) {
      double[] values = new double[1 << sites];
      for (int c = 0; c < values.length; c++) {
        values[c] = CounterRandom.gaussian(CounterRandom.key(seed, 3), c);
      }
      assertEquals(ratio, triples.lagRatio(values), 1e-10 / Math.abs(ratio));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, true", "5, false"})
  void threeBlocksFitUpToFourSpins(int sites, boolean fit) {
    if (fit) {
      assertTrue(BlockTriples.fit(sites));
    } else {
      assertFalse(BlockTriples.fit(sites));
    }
  }
}
