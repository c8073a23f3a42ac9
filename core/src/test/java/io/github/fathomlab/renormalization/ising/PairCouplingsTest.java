package io.github.fathomlab.renormalization.ising;

import static io.github.fathomlab.renormalization.ising.IsingVectors.near;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.CouplingEstimate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairCouplingsTest {

  @Test
  void twoSpinsAreInClosedForm() {
    // Samples ++, +-, -+, --.
    int[] counts = {70, 20, 11, 40};
    byte[] spins = new byte[2 * 141];
    int k = 0;
    for (int kind = 0; kind < 4; kind++) {
      for (int c = 0; c < counts[kind]; c++, k++) {
        spins[k] = (byte) (kind < 2 ? 1 : -1);
        spins[141 + k] = (byte) (kind % 2 == 0 ? 1 : -1);
      }
    }
    PairCouplings fit = PairCouplings.fit(SpinPatterns.of(spins, 2), 0);
    double coupling = Math.log(70.0 * 40 / (20 * 11)) / 4;
    near(coupling, fit.strength().value(), 1e-12);
    near(coupling, fit.couplings()[1], 1e-12);
    near(coupling, fit.couplings()[2], 1e-12);
    near(Math.log(70.0 * 20 / (11 * 40)) / 4, fit.fields()[0], 1e-11);
    near(Math.log(70.0 * 11 / (20 * 40)) / 4, fit.fields()[1], 1e-11);
    // Each spin's own curve tells the coupling; both together have the error of the odds ratio.
    double error = Math.sqrt(1.0 / 70 + 1.0 / 20 + 1.0 / 11 + 1.0 / 40) / 4;
    near(error, fit.strength().error(), 1e-10);
  }

  @Test
  void newtonFindsWhatPlainAscentFinds() {
    int n = 5;
    byte[] spins = uneven(n, 400);
    PairCouplings fit = PairCouplings.of(spins, n);
    double[][] slow = new double[n][];
    for (int i = 0; i < n; i++) {
      slow[i] = ascent(spins, n, i);
      assertEquals(slow[i][i], fit.fields()[i], 1e-8);
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double coupling = i == j ? 0 : (slow[i][j] + slow[j][i]) / 2;
        assertEquals(coupling, fit.couplings()[i * n + j], 1e-8);
        squares += coupling * coupling;
      }
    }
    assertEquals(Math.sqrt(squares / (2 * n)), fit.strength().value(), 1e-8);
  }

  /** Spins that lean on the sum of those before them and on a field. */
  private static byte[] uneven(int n, int samples) {
    byte[] spins = new byte[n * samples];
    long key = CounterRandom.key(5, 3);
    for (int k = 0; k < samples; k++) {
      double field = 0.3;
      for (int i = 0; i < n; i++) {
        boolean up = CounterRandom.uniform(key, (long) k * n + i) < 1 / (1 + Math.exp(-2 * field));
        spins[i * samples + k] = (byte) (up ? 1 : -1);
        field = 0.2 * i - 0.4 + 0.5 * spins[i * samples + k];
      }
    }
    return spins;
  }

  private static double[] ascent(byte[] spins, int n, int site) {
    int samples = spins.length / n;
    double[] theta = new double[n];
    for (int step = 0; step < 4000; step++) {
      double[] slope = new double[n];
      for (int k = 0; k < samples; k++) {
        double field = theta[site];
        for (int j = 0; j < n; j++) {
          field += j == site ? 0 : theta[j] * spins[j * samples + k];
        }
        double rest = spins[site * samples + k] - Math.tanh(field);
        for (int j = 0; j < n; j++) {
          slope[j] += rest * (j == site ? 1 : spins[j * samples + k]) / samples;
        }
      }
      for (int j = 0; j < n; j++) {
        theta[j] += 0.5 * (slope[j] - 1e-4 * theta[j]);
      }
    }
    return theta;
  }

  @Test
  void orderAndSignsOfTheSpinsDoNotMatter() {
    int n = 6;
    int samples = 900;
    byte[] spins = uneven(n, samples);
    int[] order = CounterRandom.permutation(CounterRandom.key(5, 4), n);
    byte[] turned = new byte[spins.length];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < samples; k++) {
        turned[order[i] * samples + k] = (byte) (spins[i * samples + k] * (i % 2 == 0 ? 1 : -1));
      }
    }
    CouplingEstimate one = PairCouplings.of(spins, n).strength();
    CouplingEstimate two = PairCouplings.of(turned, n).strength();
    near(one.value(), two.value(), 1e-9);
    near(one.error(), two.error(), 1e-9);
  }

  @Test
  void ringsHaveTheirCoupling() {
    int n = 8;
    int samples = 20000;
    byte[] spins = new byte[n * samples];
    for (int k = 0; k < samples; k++) {
      byte[] ring =
          new RingSampler(IsingChain.withoutField(-0.7), n, CounterRandom.key(8, k)).sample();
      for (int i = 0; i < n; i++) {
        spins[i * samples + k] = ring[i];
      }
    }
    CouplingEstimate strength = PairCouplings.of(spins, n).strength();
    assertEquals(Status.OK, strength.status());
    assertEquals(0.7, strength.value(), 4 * strength.error());
    assertTrue(strength.error() < 0.01);
  }

  @Test
  void openChainsLackOneBond() {
    CouplingEstimate strength = PairCouplings.of(windows(16, 40000, 1, 0), 16).strength();
    assertEquals(Status.OK, strength.status());
    assertEquals(Math.sqrt(15.0 / 16), strength.value(), 4 * strength.error());
    assertTrue(strength.error() < 0.01);
  }

  @Test
  void theErrorIsTheScatterOfSamples() {
    int seeds = 200;
    double[] values = new double[seeds];
    double stated = 0;
    for (int s = 0; s < seeds; s++) {
      CouplingEstimate strength = PairCouplings.of(windows(4, 1000, 0.8, s), 4).strength();
      values[s] = strength.value();
      stated += strength.error() * strength.error() / seeds;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double scatter = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (seeds - 1);
    assertEquals(1, Math.sqrt(scatter / stated), 0.2);
  }

  private static byte[] windows(int n, int samples, double coupling, int seed) {
    byte[] spins = new byte[n * samples];
    long key = CounterRandom.key(17, seed);
    for (int k = 0; k < samples; k++) {
      byte[] window =
          new WindowSampler(IsingChain.withoutField(coupling), CounterRandom.key(key, k)).sample(n);
      for (int i = 0; i < n; i++) {
        spins[i * samples + k] = window[i];
      }
    }
    return spins;
  }

  @Test
  void spinsThatOthersTellGiveABound() {
    int samples = 500;
    byte[] spins = Arrays.copyOf(uneven(2, samples), 3 * samples);
    System.arraycopy(spins, 0, spins, 2 * samples, samples);
    CouplingEstimate strength = PairCouplings.of(spins, 3).strength();
    assertEquals(Status.ZERO_VARIANCE, strength.status());
    assertTrue(strength.value() > 1 && Double.isFinite(strength.value()));
    assertTrue(strength.reason().contains("ridge"), strength.reason());
  }

  @Test
  void whatCannotBeMeasuredIsSaid() {
    byte[] constant = uneven(2, 100);
    Arrays.fill(constant, 100, 200, (byte) -1);
    assertEquals(Status.ZERO_VARIANCE, PairCouplings.of(constant, 2).strength().status());
    byte[] few = uneven(3, 29);
    assertEquals(Status.TOO_FEW_SAMPLES, PairCouplings.of(few, 3).strength().status());
    assertEquals(Status.NOT_APPLICABLE, PairCouplings.of(few, 1).strength().status());
    assertEquals(0, PairCouplings.of(few, 1).couplings().length);
    assertThrows(IllegalArgumentException.class, () -> PairCouplings.of(few, 2));
    few[3] = 0;
    assertThrows(IllegalArgumentException.class, () -> PairCouplings.of(few, 3));
  }
}
