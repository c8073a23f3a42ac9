package io.github.fathomlab.renormalization.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  @ParameterizedTest
  @CsvSource({"0.5,0", "1.2,0", "-0.7,0", "0,0", "0.6,0.3", "0.6,-0.3", "1.4,0.05", "-0.4,0.9"})
  void probabilitiesSumToOneAndMatchTheMarkovChain(double coupling, double field) {
    for (int width : new int[] {1, 2, 5, 14}) {
      Window window = Window.inField(width, coupling, field);
      assertEquals(1, window.mean(window.tabulate(c -> 1)), 1e-13);
      assertEquals(0, window.mean(window.tabulate(window::leftEdge)), 1e-13);
      assertEquals(0, window.mean(window.tabulate(window::rightEdge)), 1e-13);
      double square = window.mean(window.tabulate(c -> Math.pow(window.leftEdge(c), 2)));
      assertEquals(1, square, 1e-13);
    }
    Window window = Window.inField(3, coupling, field);
    for (int c = 0; c < 8; c++) {
      int chosen = c;
      double[] here = window.tabulate(i -> i == chosen ? 1 : 0);
      double[] one = window.tabulate(i -> 1);
      double brute = TwoBlocks.product(3, coupling, field, 1, here, one);
      assertEquals(brute, window.weight(c), 1e-14);
      assertEquals(Math.log(brute), window.logWeight(c), 1e-12);
    }
  }

  /** Covariances of any two functions, over one block boundary and over two. */
  @ParameterizedTest
  @CsvSource({"0.5,0", "1.2,0", "-0.7,0", "0.6,0.3", "1.4,-0.1"})
  void blocksKnowOfEachOtherThroughTheirEdges(double coupling, double field) {
    SplittableRandom random = new SplittableRandom(11);
    for (int width = 1; width <= 4; width++) {
      Window window = Window.inField(width, coupling, field);
      for (int trial = 0; trial < 5; trial++) {
        double[] f = window.tabulate(c -> random.nextDouble(-1, 1));
        double[] g = window.tabulate(c -> random.nextDouble(-1, 1));
        double right = BlockFeature.of(window, f).right();
        double left = BlockFeature.of(window, g).left();
        for (int blocks = 1; blocks <= 2; blocks++) {
          double brute =
              TwoBlocks.product(width, coupling, field, blocks, f, g)
                  - window.mean(f) * window.mean(g);
          double passed = Math.pow(window.contraction(), width * (blocks - 1) + 1);
          assertEquals(brute, passed * right * left, 1e-13);
        }
      }
    }
  }

  @Test
  void aConfigurationAndItsComplementWeighTheSame() {
    Window window = Window.of(9, 0.83);
    for (int c = 0; c < window.count(); c++) {
      assertEquals(window.weight(c), window.weight(window.complement(c)));
      assertEquals(-window.spinSum(c), window.spinSum(window.complement(c)));
      assertEquals(window.bondSum(c), window.bondSum(window.complement(c)));
    }
    assertEquals(0, window.mean(window.tabulate(c -> Math.pow(window.spinSum(c), 3))));
    assertEquals(1, window.leftEdge(0));
    assertEquals(-1, window.rightEdge(window.complement(0)));
    assertEquals(Math.tanh(0.83), window.contraction());
  }

  @Test
  void strongCouplingsStayFinite() {
    for (double coupling : new double[] {100, -100, 30}) {
      for (double field : new double[] {0, 100, -100, 1e-9}) {
        Window window = Window.inField(14, coupling, field);
        assertEquals(1, window.mean(window.tabulate(c -> 1)), 1e-11);
        assertTrue(Double.isFinite(window.leftEdge(0)));
        assertTrue(Double.isFinite(window.leftEdge(1)));
      }
    }
  }

  @Test
  void refusesWhatItCannotEnumerate() {
    assertThrows(IllegalArgumentException.class, () -> Window.of(0, 1));
    assertThrows(IllegalArgumentException.class, () -> Window.of(15, 1));
    assertThrows(IllegalArgumentException.class, () -> Window.of(3, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Window.inField(3, 1, 101));
    Window window = Window.of(3, 1);
    assertThrows(IllegalArgumentException.class, () -> window.mean(new double[7]));
  }
}
