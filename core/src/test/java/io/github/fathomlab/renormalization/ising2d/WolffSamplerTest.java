package io.github.fathomlab.renormalization.ising2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WolffSamplerTest {

  private static BatchEstimate sampled(
      int side, double coupling, int samples, Consumer<WolffSampler> move) {
    WolffSampler chain = new WolffSampler(side, coupling, CounterRandom.key(11, side));
    chain.turn(500);
    NeighbourCorrelation mean = new NeighbourCorrelation(samples);
    for (int i = 0; i < samples; i++) {
      move.accept(chain);
      mean.add(chain.lattice());
    }
    return mean.estimate();
  }

  private static double errorsOff(int side, double coupling, BatchEstimate found) {
    return (found.value() - SquareIsing.neighbourCorrelation(coupling, side)) / found.error();
  }

  @Test
  void aFixedNumberOfClustersHasTheExactEnergy() {
    for (double coupling : new double[] {0.3, SquareIsing.CRITICAL_COUPLING, 0.5}) {
      for (int side : new int[] {4, 5, 16}) {
        BatchEstimate found = sampled(side, coupling, 6000, chain -> chain.turn(3));
        double off = errorsOff(side, coupling, found);
        assertTrue(Math.abs(off) < 4, side + " at " + coupling + ": " + found);
      }
    }
  }

  @Test
  void stoppingAtANumberOfSitesIsCaught() {
    double critical = SquareIsing.CRITICAL_COUPLING;
    BatchEstimate found = sampled(16, critical, 6000, chain -> chain.turnUntil(256));
    assertTrue(errorsOff(16, critical, found) > 8, found.toString());
    assertEquals(0.743, found.value(), 0.004);
  }

  @Test
  void theEnergiesOfASmallTorusHaveTheirProbabilities() {
    double coupling = 0.35;
    int side = 3;
    double[] exact = new double[37];
    double total = 0;
    for (int state = 0; state < 1 << side * side; state++) {
      byte[] spins = new byte[side * side];
      for (int i = 0; i < spins.length; i++) {
        spins[i] = (byte) (1 - 2 * (state >> i & 1));
      }
      int bonds = new SquareLattice(side, spins).bonds();
      exact[bonds + 18] += Math.exp(coupling * bonds);
      total += Math.exp(coupling * bonds);
    }
    int samples = 200_000;
    int[] seen = new int[37];
    WolffSampler chain = new WolffSampler(side, coupling, CounterRandom.key(3));
    for (int i = 0; i < samples; i++) {
      chain.turn(3);
      seen[chain.lattice().bonds() + 18]++;
    }
    for (int e = 0; e < exact.length; e++) {
      double p = exact[e] / total;
      assertEquals(p, seen[e] / (double) samples, 10 * Math.sqrt(p / samples), "level " + e);
    }
  }

  @Test
  void clustersOfNoneAndOfAllBonds() {
    WolffSampler loose = new WolffSampler(8, 0, 1);
    loose.turn(1);
    assertEquals(62, loose.lattice().magnetisation());
    WolffSampler bound = new WolffSampler(8, 30, 1);
    bound.turn(1);
    assertEquals(-64, bound.lattice().magnetisation());
    bound.turnUntil(65);
    assertEquals(-64, bound.lattice().magnetisation(), "two clusters of all sites");
  }

  @Test
  void aChainIsAFunctionOfItsKey() {
    byte[] one = moved(7, 40);
    assertArrayEquals(one, moved(7, 40));
    assertFalse(Arrays.equals(one, moved(8, 40)));
    WolffSampler inTwoPieces = new WolffSampler(12, 0.44, 7);
    inTwoPieces.turn(15);
    inTwoPieces.turn(25);
    assertArrayEquals(one, inTwoPieces.lattice().spins());
  }

  private static byte[] moved(long key, int clusters) {
    WolffSampler chain = new WolffSampler(12, 0.44, key);
    chain.turn(clusters);
    return chain.lattice().spins();
  }

  @Test
  void refusesAntiferromagnetsAndTinyLattices() {
    assertThrows(IllegalArgumentException.class, () -> new WolffSampler(2, 0.4, 1));
    for (double wrong : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new WolffSampler(8, wrong, 1));
    }
  }
}
