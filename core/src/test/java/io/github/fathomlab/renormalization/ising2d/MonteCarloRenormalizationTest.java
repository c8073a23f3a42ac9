package io.github.fathomlab.renormalization.ising2d;

import static io.github.fathomlab.Vectors.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MonteCarloRenormalizationTest {
  private static final int SAMPLES = 20_000;
  private static final long TIES = CounterRandom.key(4);
  private static MonteCarloRenormalization found = new MonteCarloRenormalization(32, SAMPLES, TIES);

  @BeforeAll
  static void sample() {
    WolffSampler chain = new WolffSampler(32, SquareIsing.CRITICAL_COUPLING, CounterRandom.key(9));
    chain.turn(500);
    for (int i = 0; i < SAMPLES; i++) {
      chain.turn(5);
      found.add(chain.lattice());
    }
  }

  @Test
  void exponentsAreTheMeasuredReference() {
    double[][] reference =
        Vectors.matrix(
            field(
                field(
                    field(Vectors.load("renormalization-ising2d"), "ising2d"),
                    "mcrg_majority_b2_Kc_measured"),
                "L32_n200000_3ops"));
    assertEquals(reference.length, found.steps());
    for (int k = 0; k < reference.length; k++) {
      BatchEstimate exponent = found.exponent(k, 3);
      double error = Math.hypot(exponent.error(), reference[k][1]);
      assertEquals(reference[k][0], exponent.value(), 4 * error, "step " + k);
      assertTrue(error < 0.015, "step " + k + " " + exponent);
    }
  }

  @Test
  void neighboursAloneAreTooSmall() {
    for (int k = 0; k < found.steps(); k++) {
      BatchEstimate alone = found.exponent(k, 1);
      assertTrue(alone.value() < 0.98 - 3 * alone.error(), "step " + k + " " + alone);
      assertTrue(found.exponent(k, 2).value() > alone.value() + 0.02, "step " + k);
    }
  }

  @Test
  void correlationsOfTheBlockedLattices() {
    BatchEstimate fine = found.neighbourCorrelation(0);
    double exact = SquareIsing.neighbourCorrelation(SquareIsing.CRITICAL_COUPLING, 32);
    assertEquals(exact, fine.value(), 4 * fine.error());
    assertEquals(0.7144, found.neighbourCorrelation(1).value(), 0.006);
    assertEquals(0.7329, found.neighbourCorrelation(2).value(), 0.008);
  }

  @Test
  void oneCouplingIsARatioOfCovariances() {
    int samples = 200;
    int side = 8;
    MonteCarloRenormalization small = new MonteCarloRenormalization(side, samples, TIES);
    double[] fine = new double[samples];
    double[] coarse = new double[samples];
    WolffSampler chain = new WolffSampler(side, 0.44, CounterRandom.key(2));
    for (int i = 0; i < samples; i++) {
      chain.turn(3);
      small.add(chain.lattice());
      fine[i] = chain.lattice().bonds();
      coarse[i] = MajorityRule.coarse(chain.lattice(), TIES, i).bonds();
    }
    double ratio = covariance(coarse, fine) / covariance(coarse, coarse);
    assertEquals(Math.log(ratio) / Math.log(2), small.exponent(0, 1).value(), 1e-10);
  }

  private static double covariance(double[] x, double[] y) {
    double xs = 0;
    double ys = 0;
    double products = 0;
    for (int i = 0; i < x.length; i++) {
      xs += x[i] / x.length;
      ys += y[i] / x.length;
      products += x[i] * y[i] / x.length;
    }
    return products - xs * ys;
  }

  @Test
  void latticesThatDoNotVaryHaveNoExponent() {
    MonteCarloRenormalization ordered = new MonteCarloRenormalization(8, 64, TIES);
    for (int i = 0; i < 64; i++) {
      ordered.add(SquareLattice.up(8));
    }
    for (int operators = 1; operators <= 3; operators++) {
      assertEquals(Status.NOT_CONVERGED, ordered.exponent(0, operators).status());
    }
    assertEquals(1, ordered.neighbourCorrelation(1).value());
  }

  @Test
  void refusesOtherLattices() {
    for (int side : new int[] {4, 12, 20}) {
      assertThrows(
          IllegalArgumentException.class, () -> new MonteCarloRenormalization(side, 64, 1));
    }
    MonteCarloRenormalization eight = new MonteCarloRenormalization(8, 64, 1);
    SquareLattice other = SquareLattice.up(16);
    assertThrows(IllegalArgumentException.class, () -> eight.add(other));
  }
}
