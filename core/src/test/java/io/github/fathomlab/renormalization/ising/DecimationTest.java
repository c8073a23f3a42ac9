package io.github.fathomlab.renormalization.ising;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.matrix;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static io.github.fathomlab.renormalization.ising.IsingVectors.near;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DecimationTest {
  private static final long KEY = CounterRandom.key(5, 1);

  @Test
  void flowsWithoutFieldAreTheReference() {
    for (JsonNode row : IsingVectors.list("decimation_zero_field")) {
      Decimation decimation = new Decimation(field(row, "b").intValue());
      IsingChain chain = IsingVectors.chain(row);
      near(number(row, "Kprime"), decimation.coupling(chain.coupling()), 1e-13);
      near(number(row, "t"), chain.eigenvalueRatio(), 1e-13);
      near(number(row, "u"), chain.inverseCorrelationLength(), 1e-13);
      Flow flow = decimation.flow(chain, 6);
      near(number(row, "u_prime"), flow.steps().get(1).chain().inverseCorrelationLength(), 1e-13);
      double[] expected = numbers(field(row, "flow_n0_to_6"));
      double single = chain.coupling();
      for (int n = 0; n < expected.length; n++) {
        // e^-u with a u of rounded digits keeps u times fewer of its own.
        double rounding = Math.max(1, -Math.log(Math.max(single, Double.MIN_NORMAL)) / 100) * 1e-13;
        near(expected[n], flow.steps().get(n).chain().coupling(), rounding);
        near(expected[n], single, rounding);
        assertEquals(0, flow.steps().get(n).chain().field());
        single = decimation.coupling(single);
      }
    }
  }

  @Test
  void flowsWithFieldAreTheReference() {
    for (JsonNode row : IsingVectors.list("decimation_field")) {
      IsingChain chain = IsingVectors.chain(row);
      Flow flow = new Decimation(field(row, "b").intValue()).flow(chain, 4);
      double[][] expected = matrix(field(row, "flow_Kh"));
      for (int n = 0; n < expected.length; n++) {
        double coupling = flow.steps().get(n).chain().coupling();
        // The reference has no digits below 1e-40.
        assertEquals(expected[n][0], coupling, 1e-13 * Math.abs(coupling) + 1e-40);
        near(expected[n][1], flow.steps().get(n).chain().field(), 1e-13);
      }
      near(number(row, "log_constant_per_coarse_bond"), flow.steps().get(1).constant(), 1e-13);
      near(number(row, "lambda2_over_lambda1"), chain.eigenvalueRatio(), 1e-13);
      near(number(row, "free_energy_lnlambda1"), chain.logLargestEigenvalue(), 1e-13);
    }
  }

  @Test
  void twoSitesHaveAClosedForm() {
    for (int i = 0; i < 200; i++) {
      IsingChain chain = random(i);
      double k = chain.coupling();
      double h = chain.field();
      double plus = Math.log(Math.cosh(2 * k + h));
      double minus = Math.log(Math.cosh(2 * k - h));
      double own = Math.log(Math.cosh(h));
      Flow.Step step = new Decimation(2).step(chain);
      assertEquals((plus + minus) / 4 - own / 2, step.chain().coupling(), 1e-14);
      assertEquals(h + (plus - minus) / 2, step.chain().field(), 1e-14);
      assertEquals((Math.log(16) + plus + minus + 2 * own) / 4, step.constant(), 1e-14);
    }
  }

  @Test
  void freeEnergyAndSpectrumSurvive() {
    for (int i = 0; i < 200; i++) {
      IsingChain chain = random(i);
      int block = 2 + CounterRandom.below(KEY, 1000 + i, 9);
      Flow flow = new Decimation(block).flow(chain, 4);
      for (int n = 0; n <= 4; n++) {
        near(chain.logLargestEigenvalue(), flow.freeEnergy(n), 1e-14);
      }
      double ratio = Math.pow(chain.eigenvalueRatio(), block);
      near(ratio, flow.steps().get(1).chain().eigenvalueRatio(), 1e-12);
    }
  }

  @Test
  void twoStepsAreOneOfTheProduct() {
    for (int i = 0; i < 100; i++) {
      IsingChain chain = random(i);
      IsingChain twice = new Decimation(3).step(new Decimation(2).step(chain).chain()).chain();
      IsingChain once = new Decimation(6).step(chain).chain();
      near(once.coupling(), twice.coupling(), 1e-12);
      assertEquals(once.field(), twice.field(), 1e-13);
    }
  }

  @Test
  void turningTheFieldTurnsOnlyTheField() {
    for (int i = 0; i < 100; i++) {
      IsingChain chain = random(i);
      Flow.Step step = new Decimation(5).step(chain);
      Flow.Step turned = new Decimation(5).step(new IsingChain(chain.coupling(), -chain.field()));
      near(step.chain().coupling(), turned.chain().coupling(), 1e-14);
      assertEquals(-step.chain().field(), turned.chain().field(), 1e-14);
    }
  }

  @Test
  void theExponentIsOne() {
    for (int block = 2; block < 9; block++) {
      for (double coupling = 0.1; coupling < 12; coupling += 0.7) {
        assertEquals(1, new Decimation(block).exponent(coupling), 1e-13);
      }
    }
  }

  @Test
  void fixedPointsStay() {
    Decimation decimation = new Decimation(3);
    for (Decimation.FixedPoint point : Decimation.fixedPoints()) {
      assertEquals(point.coupling(), decimation.coupling(point.coupling()));
      assertEquals(point.coupling() == 0, point.stable());
    }
    IsingChain line = decimation.step(new IsingChain(0, 0.7)).chain();
    assertEquals(0, line.coupling());
    assertEquals(0.7, line.field(), 1e-15);
    assertTrue(decimation.coupling(-0.5) < 0);
    assertFalse(new Decimation(2).coupling(-0.5) < 0);
  }

  @Test
  void largeBlocksAndParametersStayFinite() {
    for (double coupling : new double[] {-100, -50, -1, 1, 50, 100}) {
      double most = 200 - 2 * Math.abs(coupling);
      for (double field : new double[] {-most, -most / 2, 0, most / 2, most}) {
        for (int block : new int[] {2, 3, 5, 1 << 20}) {
          IsingChain chain = new IsingChain(coupling, field);
          Flow flow = new Decimation(block).flow(chain, 3);
          near(chain.logLargestEigenvalue(), flow.freeEnergy(3), 1e-12);
        }
      }
    }
  }

  @Test
  void misuseIsNamed() {
    assertThrows(IllegalArgumentException.class, () -> new Decimation(1));
    assertThrows(IllegalArgumentException.class, () -> new IsingChain(Double.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> new IsingChain(-50, 101));
    IsingChain chain = IsingChain.withoutField(1);
    assertThrows(IllegalArgumentException.class, () -> new Decimation(2).flow(chain, -1));
  }

  private static IsingChain random(int i) {
    return new IsingChain(
        4 * CounterRandom.uniform(KEY, 2 * i) - 2, 4 * CounterRandom.uniform(KEY, 2 * i + 1) - 2);
  }
}
