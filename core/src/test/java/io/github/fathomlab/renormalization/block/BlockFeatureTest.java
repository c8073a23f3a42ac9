package io.github.fathomlab.renormalization.block;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BlockFeatureTest {
  private static final String KEY = "block_features_enumeration";

  @Test
  void matchesTheReference() {
    double tolerance = BlockVectors.tolerance(KEY);
    for (JsonNode row : BlockVectors.rows(KEY)) {
      Window window = Window.of(field(row, "b").intValue(), number(row, "K"));
      String name = field(row, "feature").stringValue();
      BlockFeature feature = BlockFeature.of(window, window.tabulate(named(name, window)));
      close(number(row, "aL"), feature.left(), tolerance, row);
      close(number(row, "aR"), feature.right(), tolerance, row);
      close(number(row, "var"), feature.variance(), tolerance, row);
      close(number(row, "rho1"), feature.correlation(1), tolerance, row);
      close(number(row, "rho2"), feature.correlation(2), tolerance, row);
      close(number(row, "closure_D"), feature.closureDefect(), tolerance, row);
    }
  }

  private static void close(double expected, double found, double tolerance, JsonNode row) {
    assertEquals(expected, found, tolerance * Math.max(1, Math.abs(expected)), row::toString);
  }

  private static IntToDoubleFunction named(String name, Window window) {
    return switch (name) {
      case "last_spin" -> window::last;
      case "sum" -> window::spinSum;
      case "first_plus_last" -> c -> window.first(c) + window.last(c);
      case "majority" -> c -> Integer.signum(window.spinSum(c));
      case "bond_energy(even)" -> window::bondSum;
      case "test_table f(c)=sin(1+c*c mod 97)" -> c -> Math.sin(1 + c * c % 97);
      default -> throw new IllegalArgumentException("no feature " + name);
    };
  }

  /** Environment prediction is decimation; two-sided targets keep half; majority goes its way. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 1.2})
  void optimalFeaturesHaveTheirPredictedCoupling(double coupling) {
    double t = Math.tanh(coupling);
    for (int b = 2; b <= 8; b++) {
      Window window = Window.of(b, coupling);
      BlockFeature last = BlockFeature.of(window, window.tabulate(window::last));
      assertEquals(Math.pow(t, b), last.correlation(1), 1e-14);
      assertEquals(1, last.closureDefect(), 1e-12);
      BlockFeature both =
          BlockFeature.of(window, window.tabulate(c -> window.first(c) + window.last(c)));
      assertEquals(t * (1 + Math.pow(t, b - 1)) / 2, both.correlation(1), 1e-14);
    }
    Window three = Window.of(3, coupling);
    double[] majority = three.tabulate(c -> Integer.signum(three.spinSum(c)));
    double brute = TwoBlocks.product(3, coupling, 0, 1, majority, majority);
    assertEquals(brute, BlockFeature.of(three, majority).correlation(1), 1e-14);
  }

  @Test
  void evenFeaturesDoNotCorrelateAtAll() {
    SplittableRandom random = new SplittableRandom(5);
    for (int b = 2; b <= 9; b++) {
      Window window = Window.of(b, random.nextDouble(-1, 2));
      double[] table = window.tabulate(c -> random.nextDouble());
      double[] even = window.tabulate(c -> table[Math.min(c, window.complement(c))]);
      BlockFeature feature = BlockFeature.of(window, even);
      assertEquals(0, feature.left());
      assertEquals(0, feature.right());
      assertEquals(0, feature.oddFraction());
      assertEquals(0, Math.abs(feature.coupling()));
      double[] odd = window.tabulate(c -> table[c] - table[window.complement(c)]);
      assertEquals(1, BlockFeature.of(window, odd).oddFraction(), 1e-12);
    }
  }

  @Test
  void theOddFractionBoundsTheCorrelationAndScaleAndShiftDoNotMatter() {
    SplittableRandom random = new SplittableRandom(6);
    for (int trial = 0; trial < 60; trial++) {
      Window window = Window.of(random.nextInt(1, 8), random.nextDouble(0.1, 1.6));
      double[] f = window.tabulate(c -> random.nextDouble(-1, 1));
      BlockFeature feature = BlockFeature.of(window, f);
      double rho = feature.correlation(1);
      assertTrue(Math.abs(rho) <= window.contraction() * feature.oddFraction() + 1e-13);
      double ratio = Math.pow(window.contraction(), window.width());
      assertEquals(ratio * rho, feature.correlation(2), 1e-14);
      BlockFeature moved = BlockFeature.of(window, window.tabulate(c -> 7 - 3 * f[c]));
      assertEquals(rho, moved.correlation(1), 1e-12);
      assertEquals(feature.oddFraction(), moved.oddFraction(), 1e-12);
    }
  }

  @Test
  void saysWhenThereIsNothingToMeasure() {
    Window window = Window.of(3, 0.5);
    BlockFeature constant = BlockFeature.of(window, window.tabulate(c -> 0.1));
    assertEquals(Status.ZERO_VARIANCE, constant.status());
    assertTrue(Double.isNaN(constant.coupling()));
    BlockFeature broken = BlockFeature.of(window, window.tabulate(c -> c == 2 ? Double.NaN : c));
    assertEquals(Status.NOT_FINITE, broken.status());
    Window free = Window.of(3, 0);
    BlockFeature free3 = BlockFeature.of(free, free.tabulate(free::last));
    assertEquals(0, free3.coupling());
    assertTrue(Double.isNaN(free3.closureDefect()));
    assertThrows(IllegalArgumentException.class, () -> free3.correlation(0));
    assertEquals(0.5, BlockFeature.of(Window.of(1, 0.5), new double[] {1, -1}).coupling(), 1e-14);
    Window cold = Window.of(1, 100);
    assertTrue(Double.isFinite(BlockFeature.of(cold, new double[] {1, -1}).coupling()));
  }
}
