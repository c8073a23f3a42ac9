package io.github.fathomlab.renormalization.ising;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.CouplingEstimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final int SITES = 1 << 18;

  @Test
  void windowsHaveTheirCouplingAndField() {
    List<IsingChain> chains =
        List.of(
            new IsingChain(0.5, 0),
            new IsingChain(1.5, 0),
            new IsingChain(-0.8, 0),
            new IsingChain(0.7, 0.2),
            new IsingChain(-0.4, -0.3));
    for (IsingChain chain : chains) {
      byte[] spins = new WindowSampler(chain, CounterRandom.key(11, 1)).sample(SITES);
      TransitionCounts.Estimate estimate = TransitionCounts.of(spins).estimate();
      within(chain.coupling(), estimate.coupling());
      within(chain.field(), estimate.field());
      within(chain.coupling(), PseudoLikelihood.ring(spins).coupling());
      within(chain.field(), PseudoLikelihood.ring(spins).field());
      double mean = 0;
      for (byte spin : spins) {
        mean += spin;
      }
      double ratio = chain.eigenvalueRatio();
      double error = Math.sqrt(chain.variance() * (1 + ratio) / (1 - ratio) / SITES);
      assertEquals(chain.magnetisation(), mean / SITES, 4 * error);
      if (chain.field() == 0) {
        within(chain.coupling(), BondCounts.open(spins).openCoupling());
        within(chain.coupling(), NeighbourCounts.ring(spins).coupling());
        within(chain.coupling(), SequenceCoupling.of(spins));
      }
    }
  }

  @Test
  void firstSpinsAreStationary() {
    IsingChain chain = new IsingChain(0.6, 0.15);
    int samples = 20_000;
    double mean = 0;
    double pair = 0;
    for (int i = 0; i < samples; i++) {
      byte[] spins = new WindowSampler(chain, CounterRandom.key(12, i)).sample(4);
      mean += spins[0];
      pair += spins[0] * spins[3];
    }
    double m = chain.magnetisation();
    double c = chain.correlation(3);
    assertEquals(m, mean / samples, 4 * Math.sqrt((1 - m * m) / samples));
    assertEquals(c, pair / samples, 4 * Math.sqrt((1 - c * c) / samples));
  }

  @Test
  void piecesAreTheWhole() {
    for (double coupling : new double[] {-2, 0, 0.8, 4, 30}) {
      for (double field : new double[] {0, 0.2}) {
        WindowSampler sampler =
            new WindowSampler(new IsingChain(coupling, field), CounterRandom.key(13, 2));
        byte[] whole = sampler.sample(5000);
        byte[] pieces = new byte[5000];
        for (int from = 4900; from >= 0; from -= 700) {
          sampler.fill(pieces, from, Math.min(5000, from + 700), from);
        }
        assertArrayEquals(whole, pieces);
      }
    }
  }

  @Test
  void smallRingsVisitEveryStateAsOftenAsTheyShould() {
    int samples = 40_000;
    for (double coupling : new double[] {-1.2, -0.3, 0, 0.4, 1.1}) {
      for (int sites = 3; sites <= 5; sites++) {
        int[] visits = new int[1 << sites];
        IsingChain chain = IsingChain.withoutField(coupling);
        for (int i = 0; i < samples; i++) {
          byte[] spins = new RingSampler(chain, sites, CounterRandom.key(14, sites, i)).sample();
          int state = 0;
          for (int k = 0; k < sites; k++) {
            state |= (spins[k] < 0 ? 1 : 0) << k;
          }
          visits[state]++;
        }
        compare(coupling, sites, visits, samples);
      }
    }
  }

  private static void compare(double coupling, int sites, int[] visits, int samples) {
    double[] weights = new double[visits.length];
    double total = 0;
    for (int state = 0; state < weights.length; state++) {
      int turned = (state >> 1) | (state & 1) << (sites - 1);
      weights[state] = Math.exp(coupling * (sites - 2 * Integer.bitCount(state ^ turned)));
      total += weights[state];
    }
    for (int state = 0; state < weights.length; state++) {
      double probability = weights[state] / total;
      double error = Math.sqrt(probability * (1 - probability) / samples);
      assertEquals(probability, visits[state] / (double) samples, 4 * error + 1.0 / samples);
    }
  }

  @Test
  void longRingsHaveTheirCoupling() {
    for (double coupling : new double[] {-0.9, 0.3, 1, 2.5}) {
      IsingChain chain = IsingChain.withoutField(coupling);
      byte[] spins = new RingSampler(chain, SITES, CounterRandom.key(15, 1)).sample();
      within(coupling, BondCounts.ring(spins).ringCoupling());
    }
  }

  @Test
  void blockRulesOfSamplesHaveTheirExactCorrelation() {
    IsingChain chain = IsingChain.withoutField(1.5);
    BlockRule rule = BlockRule.majority(3);
    byte[] spins = new WindowSampler(chain, CounterRandom.key(16, 1)).sample(SITES);
    for (BlockRule.Level level : rule.levels(chain, 3)) {
      within(level.coupling(), SequenceCoupling.of(spins));
      spins = rule.coarsen(spins);
    }
  }

  @Test
  void frozenChainsStayFrozen() {
    byte[] spins =
        new RingSampler(IsingChain.withoutField(60), 1000, CounterRandom.key(17, 1)).sample();
    assertEquals(1000, BondCounts.ring(spins).satisfied());
    byte[] odd =
        new RingSampler(IsingChain.withoutField(-60), 1001, CounterRandom.key(17, 2)).sample();
    assertEquals(1, BondCounts.ring(odd).satisfied());
    assertEquals(0, new WindowSampler(new IsingChain(1, 0), 1).sample(0).length);
  }

  @Test
  void misuseIsNamed() {
    assertThrows(
        IllegalArgumentException.class, () -> new RingSampler(new IsingChain(1, 0.1), 9, 1));
    assertThrows(IllegalArgumentException.class, () -> new RingSampler(new IsingChain(1, 0), 2, 1));
    WindowSampler sampler = new WindowSampler(new IsingChain(1, 0), 1);
    assertThrows(IllegalArgumentException.class, () -> sampler.fill(new byte[3], 0, 3, -1));
  }

  private static void within(double expected, CouplingEstimate estimate) {
    assertTrue(estimate.error() > 0, estimate.reason());
    assertEquals(expected, estimate.value(), 4 * estimate.error());
  }
}
