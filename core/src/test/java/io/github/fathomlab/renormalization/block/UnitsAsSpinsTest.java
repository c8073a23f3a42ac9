package io.github.fathomlab.renormalization.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.CouplingEstimate;
import io.github.fathomlab.renormalization.ising.IsingChain;
import io.github.fathomlab.renormalization.ising.PairCouplings;
import io.github.fathomlab.renormalization.ising.WindowSampler;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UnitsAsSpinsTest {
  private static final int SAMPLES = 2001;

  private static byte[] spins(int units) {
    byte[] spins = new byte[units * SAMPLES];
    IsingChain chain = IsingChain.withoutField(0.6);
    for (int k = 0; k < SAMPLES; k++) {
      byte[] window = new WindowSampler(chain, CounterRandom.key(41, k)).sample(units);
      for (int i = 0; i < units; i++) {
        spins[i * SAMPLES + k] = window[i];
      }
    }
    return spins;
  }

  private static double[] values(byte[] spins) {
    double[] values = new double[spins.length];
    Arrays.setAll(values, k -> spins[k]);
    return values;
  }

  @Test
  void aLayerOfSpinsIsReadAsItself() {
    byte[] spins = spins(4);
    CouplingEstimate direct = PairCouplings.of(spins, 4).strength();
    CouplingEstimate read = UnitsAsSpins.of(values(spins), 4);
    assertEquals(direct, read);
    assertEquals(0.6 * Math.sqrt(0.75), read.value(), 4 * read.error());
    // An affine map of two values is cut at the same place; a median would split the ties.
    double[] moved = Arrays.stream(values(spins)).map(s -> 7 + 0.25 * s).toArray();
    assertEquals(direct, UnitsAsSpins.of(moved, 4));
  }

  @Test
  void continuousUnitsAreCutAtTheirMedian() {
    // Jitter keeps the halves of each unit apart by rank, an offset and a growing map keep its
    // median, and the sign of a unit does not matter.
    byte[] spins = new byte[2 * SAMPLES];
    double[] values = new double[2 * SAMPLES];
    for (int i = 0; i < 2; i++) {
      double[] raw = new double[SAMPLES];
      long key = CounterRandom.key(43, 7);
      long own = CounterRandom.key(43, i);
      for (int k = 0; k < SAMPLES; k++) {
        raw[k] = CounterRandom.gaussian(key, k) + CounterRandom.gaussian(own, k);
      }
      double[] sorted = raw.clone();
      Arrays.sort(sorted);
      double median = sorted[SAMPLES / 2];
      for (int k = 0; k < SAMPLES; k++) {
        spins[i * SAMPLES + k] = (byte) (raw[k] > median ? 1 : -1);
        values[i * SAMPLES + k] = Math.exp(raw[k]) - 3;
      }
    }
    CouplingEstimate read = UnitsAsSpins.of(values, 2);
    assertEquals(PairCouplings.of(spins, 2).strength(), read);
    assertTrue(read.value() > 0.2);
    for (int k = 0; k < SAMPLES; k++) {
      values[k] = -values[k];
    }
    // Only the sample at the median itself changes sides.
    assertEquals(read.value(), UnitsAsSpins.of(values, 2).value(), 2e-3);
  }

  @Test
  void aUnitThatRestsAtItsLargestOrLeastValueIsStillASpin() {
    double[] values = new double[2 * SAMPLES];
    long key = CounterRandom.key(44);
    for (int k = 0; k < SAMPLES; k++) {
      double shared = CounterRandom.gaussian(key, k);
      values[k] = Math.min(0, shared + 0.8);
      values[SAMPLES + k] = Math.max(0, -shared - 0.8);
    }
    CouplingEstimate read = UnitsAsSpins.of(values, 2);
    assertEquals(Status.ZERO_VARIANCE, read.status(), "the same cut of the same number");
    assertTrue(read.value() > 1);
  }

  @Test
  void whatIsNoSpinIsSaid() {
    double[] values = values(spins(2));
    values[5] = Double.NaN;
    assertEquals(Status.NOT_FINITE, UnitsAsSpins.of(values, 2).status());
    Arrays.fill(values, 0, SAMPLES, 0.5);
    assertEquals(Status.ZERO_VARIANCE, UnitsAsSpins.of(values, 2).status());
    assertEquals(Status.NOT_APPLICABLE, UnitsAsSpins.of(values, 1).status());
    assertThrows(IllegalArgumentException.class, () -> UnitsAsSpins.of(values, 4));
    assertThrows(IllegalArgumentException.class, () -> UnitsAsSpins.of(new double[0], 1));
  }
}
