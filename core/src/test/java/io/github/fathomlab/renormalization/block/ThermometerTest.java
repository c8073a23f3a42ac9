package io.github.fathomlab.renormalization.block;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ThermometerTest {
  @Test
  void theOptimumMatchesTheReference() {
    double tolerance = BlockVectors.tolerance("thermometer_bayes");
    for (JsonNode row : BlockVectors.rows("thermometer_bayes")) {
      int width = field(row, "W").intValue();
      double k0 = number(row, "K0");
      double k1 = number(row, "K1");
      Thermometer.Score best = Thermometer.optimum(width, k0, k1);
      assertEquals(number(row, "bayes_loss_nats"), best.loss(), tolerance);
      assertEquals(number(row, "bayes_accuracy"), best.accuracy(), tolerance);
      if (width <= Window.WIDEST) {
        Thermometer thermometer = new Thermometer(width, k0, k1, 0);
        Thermometer.Score enumerated = thermometer.optimum();
        assertEquals(best.loss(), enumerated.loss(), tolerance);
        assertEquals(best.accuracy(), enumerated.accuracy(), tolerance);
        double[] logits = thermometer.logits();
        for (int c = 0; c < logits.length; c++) {
          double linear =
              number(row, "logit_slope") * thermometer.cold().bondSum(c)
                  + number(row, "logit_const");
          assertEquals(linear, logits[c], tolerance);
        }
      }
    }
  }

  @Test
  void theOptimumInAFieldMatchesTheReference() {
    double tolerance = BlockVectors.tolerance("thermometer_bayes_field");
    for (JsonNode row : BlockVectors.rows("thermometer_bayes_field")) {
      int width = field(row, "b").intValue();
      double h = number(row, "h");
      Thermometer thermometer = new Thermometer(width, number(row, "K0"), number(row, "K1"), h);
      Window window = Window.inField(width, number(row, "K_eval"), h);
      BlockFeature feature = BlockFeature.of(window, thermometer.logits());
      assertEquals(number(row, "rho_out_bayes"), feature.correlation(1), tolerance);
      double passed = Math.pow(window.contraction(), width);
      assertEquals(number(row, "lambda2_pow_b"), passed, tolerance);
    }
  }

  /** Whatever the logits, they lose at least what their odd part costs. */
  @Test
  void noLogitsAreBetter() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 40; trial++) {
      double h = trial % 2 == 0 ? 0 : 0.2;
      Thermometer thermometer = new Thermometer(5, 0.3, 1.0, h);
      double[] best = thermometer.logits();
      double[] other = thermometer.hot().tabulate(c -> best[c] + random.nextDouble(-1, 1));
      double excess = thermometer.score(other).loss() - thermometer.optimum().loss();
      assertTrue(excess > 0);
      if (h == 0) {
        assertTrue(excess >= oddCost(thermometer, other));
      }
      assertTrue(thermometer.score(other).accuracy() <= thermometer.optimum().accuracy() + 1e-12);
    }
  }

  private static double oddCost(Thermometer thermometer, double[] logits) {
    Window hot = thermometer.hot();
    double largest = 0;
    for (double z : logits) {
      largest = Math.max(largest, Math.abs(z));
    }
    double e = Math.exp(-largest);
    double[] squares =
        hot.tabulate(c -> Math.pow(0.5 * (logits[c] - logits[hot.complement(c)]), 2));
    double mean = 0.5 * (hot.mean(squares) + thermometer.cold().mean(squares));
    return 0.5 * e / ((1 + e) * (1 + e)) * mean;
  }

  @Test
  void theEdgesOfWhatCanBeAsked() {
    assertEquals(Math.log(2), Thermometer.optimum(1, 0.3, 1).loss(), 1e-15);
    assertEquals(Math.log(2), Thermometer.optimum(9, 0.7, 0.7).loss(), 1e-14);
    assertEquals(0.5, Thermometer.optimum(9, 0.7, 0.7).accuracy(), 1e-14);
    Thermometer far = new Thermometer(14, 0, 100, 0);
    assertEquals(Thermometer.optimum(14, 0, 100).loss(), far.optimum().loss(), 1e-12);
    Thermometer mute = new Thermometer(4, 0.3, 1, 0);
    assertEquals(0.5, mute.score(new double[16]).accuracy(), 1e-14);
    assertEquals(Math.log(2), mute.score(new double[16]).loss(), 1e-14);
    assertThrows(IllegalArgumentException.class, () -> mute.score(new double[15]));
    assertThrows(IllegalArgumentException.class, () -> Thermometer.optimum(0, 1, 2));
  }
}
