package io.github.fathomlab.renormalization.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.ising.IsingChain;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SolvedChainTest {
  private static final int SITES = 400_000;

  static List<ChainLaw> laws() {
    return List.of(
        new ChainLaw.Ising(0.8, 0),
        new ChainLaw.Ising(-0.4, 0),
        new ChainLaw.Ising(0.5, 0.3),
        new ChainLaw.Gaussian(0.7),
        new ChainLaw.Quartic(-1, 0.5, 0.6));
  }

  private static double[] sample(SolvedChain chain) {
    double[] x = new double[SITES];
    chain.draw(CounterRandom.key(7, 1), x);
    return x;
  }

  @ParameterizedTest
  @MethodSource("laws")
  void samplesHaveTheCovariances(ChainLaw law) {
    SolvedChain chain = law.solved();
    double[] x = sample(chain);
    double mean = Arrays.stream(x).average().orElseThrow();
    for (int lag = 0; lag < 4; lag++) {
      double sum = 0;
      for (int i = lag; i < SITES; i++) {
        sum += (x[i] - mean) * (x[i - lag] - mean);
      }
      // Four standard errors of a mean of about SITES/10 independent products of order one.
      assertEquals(chain.covariance(lag), sum / (SITES - lag), 4 / Math.sqrt(SITES / 10.0));
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void edgeFunctionsAreOrthonormalAndDecayWithTheirRatio(ChainLaw law) {
    SolvedChain chain = law.solved();
    double[] x = sample(chain);
    int sectors = Math.min(3, chain.sectors());
    double tolerance = 8 / Math.sqrt(SITES / 10.0);
    for (int n = 1; n <= sectors; n++) {
      for (int m = 1; m <= n; m++) {
        double together = 0;
        double next = 0;
        for (int i = 1; i < SITES; i++) {
          together += chain.edge(n, x[i]) * chain.edge(m, x[i]);
          next += chain.edge(n, x[i]) * chain.edge(m, x[i - 1]);
        }
        assertEquals(n == m ? 1 : 0, together / (SITES - 1), tolerance);
        assertEquals(n == m ? chain.ratio(n) : 0, next / (SITES - 1), tolerance);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void predictionsAreUncorrelatedWithTheirError(ChainLaw law) {
    SolvedChain chain = law.solved();
    double[] x = sample(chain);
    double error = 0;
    double along = 0;
    for (int i = 2; i < SITES; i++) {
      double rest = x[i] - chain.predict(x[i - 2], 2);
      error += rest;
      along += rest * chain.edge(1, x[i - 2]);
    }
    double tolerance = 4 / Math.sqrt(SITES / 10.0);
    assertEquals(0, error / SITES, tolerance);
    assertEquals(0, along / SITES, tolerance);
  }

  @Test
  void spinsWithoutBranchesAreThoseOfAPlainWalk() {
    for (double field : new double[] {0, 0.3, -20, 20}) {
      for (double coupling : new double[] {0, 0.8, -0.4, 25}) {
        IsingChain plain = new IsingChain(coupling, field);
        double[] spins = new double[2000];
        new ChainLaw.Ising(coupling, field).solved().draw(3, spins);
        boolean up = CounterRandom.uniform(3, 0) < 0.5 + 0.5 * plain.magnetisation();
        for (int i = 0; i < spins.length; i++) {
          up = i == 0 ? up : up == CounterRandom.uniform(3, i) < plain.keepProbability(up);
          assertEquals(up ? 1 : -1, spins[i]);
        }
      }
    }
  }

  /** A feature of two neighbouring blocks of one long chain, against the theorem on one block. */
  @ParameterizedTest
  @MethodSource("laws")
  void sectorsGiveTheCorrelationOfNeighbouringBlocks(ChainLaw law) {
    SolvedChain chain = law.solved();
    int width = 3;
    double[] x = sample(chain);
    int count = SITES / width;
    double[] feature = new double[count];
    double mean = 0;
    for (int j = 0; j < count; j++) {
      feature[j] = feature(x, j * width, 1);
      mean += feature[j] / count;
    }
    double variance = 0;
    double product = 0;
    for (int j = 0; j < count; j++) {
      variance += (feature[j] - mean) * (feature[j] - mean);
      product += j == 0 ? 0 : (feature[j] - mean) * (feature[j - 1] - mean);
    }
    Blocks blocks = Blocks.sampled(chain, width, 200_000, 3);
    double[] values = new double[blocks.count()];
    double[] flipped = new double[blocks.count()];
    for (int j = 0; j < values.length; j++) {
      values[j] = feature(blocks.block(j), 0, 1);
      flipped[j] = feature(blocks.block(j), 0, -1);
    }
    SectorFeature read = SectorFeature.of(chain, blocks, values, flipped);
    double scatter = Math.hypot(read.error(), 2 / Math.sqrt(count));
    assertEquals(product / variance, read.correlation(), 4 * scatter);
    assertTrue(read.error() > 0 && read.error() < 0.02, () -> "error " + read.error());
  }

  private static double feature(double[] x, int at, int sign) {
    double s = sign;
    return Math.tanh(s * x[at] + 0.4 * s * x[at + 1] - 0.3) + 0.3 * x[at + 2] * x[at + 1];
  }
}
