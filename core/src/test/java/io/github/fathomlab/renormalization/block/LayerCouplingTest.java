package io.github.fathomlab.renormalization.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Lapack;
import io.github.fathomlab.kernels.Precision;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerCouplingTest {
  private static final Precision DOUBLE = Precision.FLOAT64;

  private static double[] random(int length, SplittableRandom random) {
    return random.doubles(length, -1, 1).toArray();
  }

  private static double[] row(double[] rows, int i, int length) {
    double[] row = new double[length];
    System.arraycopy(rows, i * length, row, 0, length);
    return row;
  }

  private static double[] product(double[] a, double[] b, int m, int k, int n) {
    double[] out = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int l = 0; l < k; l++) {
        for (int j = 0; j < n; j++) {
          out[i * n + j] += a[i * k + l] * b[l * n + j];
        }
      }
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({"0.4,0", "1,0", "1.7,0", "0.6,0.3"})
  void inputsKeepTheCouplingAndDecimationRaisesItToAPower(double coupling, double field) {
    for (int b = 1; b <= 7; b++) {
      Window window = Window.inField(b, coupling, field);
      double[] spins = new double[b * window.count()];
      for (int i = 0; i < spins.length; i++) {
        spins[i] = Window.spin(i % window.count(), i / window.count());
      }
      LayerCoupling inputs = LayerCoupling.of(window, spins, b, DOUBLE);
      double l = window.contraction();
      assertEquals(l, inputs.correlation(), 1e-13);
      assertEquals(b, inputs.rank());
      double[] last = window.tabulate(window::last);
      LayerCoupling decimated = LayerCoupling.of(window, last, 1, DOUBLE);
      assertEquals(Math.pow(l, b), decimated.correlation(), 1e-13);
    }
  }

  /** The first canonical correlation over two blocks that are summed out explicitly. */
  @ParameterizedTest
  @CsvSource({"0.5,0", "1.1,0", "0.6,0.3"})
  void isTheCanonicalCorrelationOfTwoBlocks(double coupling, double field) {
    SplittableRandom random = new SplittableRandom(8);
    for (int b = 2; b <= 4; b++) {
      Window window = Window.inField(b, coupling, field);
      int count = window.count();
      int units = Math.min(3, count - 1);
      double[] states = random(units * count, random);
      double[] c0 = new double[units * units];
      double[] c1 = new double[units * units];
      for (int i = 0; i < units; i++) {
        for (int j = 0; j < units; j++) {
          double[] f = row(states, i, count);
          double[] g = row(states, j, count);
          double means = window.mean(f) * window.mean(g);
          c0[i * units + j] = window.mean(window.tabulate(c -> f[c] * g[c])) - means;
          c1[i * units + j] = TwoBlocks.product(b, coupling, field, 1, f, g) - means;
        }
      }
      double[] root = inverseRoot(c0, units);
      double[] whitened =
          product(root, product(c1, root, units, units, units), units, units, units);
      double brute = Lapack.thinSvd(whitened, units, units).values()[0];
      LayerCoupling layer = LayerCoupling.of(window, states, units, DOUBLE);
      double[] spread = Lapack.eigenvalues(c0, units);
      double condition = spread[units - 1] / spread[0];
      assertEquals(brute, layer.correlation(), 1e-14 + 1e-15 * condition);
    }
  }

  private static double[] inverseRoot(double[] symmetric, int n) {
    Lapack.Eigen eigen = Lapack.eigen(symmetric, n);
    double[] root = new double[n * n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n * n; i++) {
        double entry = eigen.vectors()[k * n + i / n] * eigen.vectors()[k * n + i % n];
        root[i] += entry / Math.sqrt(eigen.values()[k]);
      }
    }
    return root;
  }

  @Test
  void invertibleMixingChangesNothing() {
    SplittableRandom random = new SplittableRandom(12);
    for (int trial = 0; trial < 25; trial++) {
      Window window = Window.of(5, random.nextDouble(0.2, 1.5));
      int units = random.nextInt(1, 7);
      double[] states = random(units * window.count(), random);
      double[] mix = random(units * units, random);
      for (int i = 0; i < units; i++) {
        mix[i * units + i] += 2 * Math.sqrt(units);
      }
      double[] mixed = product(mix, states, units, units, window.count());
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] += 3 + i / window.count();
      }
      double plain = LayerCoupling.of(window, states, units, DOUBLE).coupling();
      assertEquals(plain, LayerCoupling.of(window, mixed, units, DOUBLE).coupling(), 1e-10);
      double[] twice = new double[2 * states.length];
      System.arraycopy(states, 0, twice, 0, states.length);
      System.arraycopy(mixed, 0, twice, states.length, states.length);
      LayerCoupling doubled = LayerCoupling.of(window, twice, 2 * units, DOUBLE);
      assertEquals(plain, doubled.coupling(), 1e-8);
      assertEquals(units, doubled.rank());
    }
  }

  @Test
  void saysWhenThereIsNothingToMeasure() {
    Window window = Window.of(3, 0.7);
    double[] constant = new double[16];
    Arrays.fill(constant, 0.3);
    LayerCoupling dead = LayerCoupling.of(window, constant, 2, DOUBLE);
    assertEquals(Status.ZERO_VARIANCE, dead.status());
    assertTrue(Double.isNaN(dead.coupling()));
    LayerCoupling zero = LayerCoupling.of(window, new double[16], 2, DOUBLE);
    assertEquals(Status.ZERO_VARIANCE, zero.status());
    double[] broken = new double[16];
    broken[3] = Double.POSITIVE_INFINITY;
    assertEquals(Status.NOT_FINITE, LayerCoupling.of(window, broken, 2, DOUBLE).status());
    double[] even = window.tabulate(window::bondSum);
    LayerCoupling blind = LayerCoupling.of(window, even, 1, DOUBLE);
    assertEquals(0, blind.coupling(), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> LayerCoupling.of(window, even, 2, DOUBLE));
  }
}
