package io.github.fathomlab.renormalization.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.field.Estimate;
import io.github.fathomlab.renormalization.field.EvenFamily;
import io.github.fathomlab.renormalization.field.QuarticChain;
import io.github.fathomlab.renormalization.field.ShellFit;
import io.github.fathomlab.renormalization.field.ShellModes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LinearBottleneckTest {
  private static final int SITES = 16;
  private final SolvedChain chain = new ChainLaw.Gaussian(0.7).solved();
  private final PrincipalModes modes = new PrincipalModes(chain, SITES);
  private final ShellModes shell = new ShellModes(0.7, SITES);

  /** The lowest modes, mixed by an invertible random matrix. */
  private double[] mixed(int units) {
    double[] map = new double[units * SITES];
    for (int i = 0; i < units; i++) {
      for (int k = 0; k < units; k++) {
        double weight = CounterRandom.gaussian(CounterRandom.key(3, i), k);
        for (int j = 0; j < SITES; j++) {
          map[i * SITES + j] += weight * modes.vector(k)[j];
        }
      }
    }
    return map;
  }

  @Test
  void principalModesAreTheWaves() {
    for (int k = 0; k < SITES; k++) {
      assertEquals(shell.values()[k], modes.value(k), 1e-12);
      double overlap = PrincipalModes.dot(shell.vector(k), modes.vector(k));
      assertEquals(1, Math.abs(overlap), 1e-10);
    }
    assertEquals(shell.minimalLoss(5) * SITES, modes.loss(5), 1e-12);
  }

  @Test
  void mixingTheUnitsChangesNothing() {
    for (int units : new int[] {2, 4, 8}) {
      LinearBottleneck bottleneck = LinearBottleneck.of(mixed(units), units, SITES);
      assertEquals(1, bottleneck.overlap(modes), 1e-10);
      assertEquals(units, Arrays.stream(bottleneck.shares(modes)).sum(), 1e-10);
      Estimate.Known<?> fit =
          assertInstanceOf(Estimate.Known.class, bottleneck.stiffness(modes, shell));
      assertEquals(0.7 / 0.09, ((ShellFit) fit.value()).ratio(), 1e-6);
    }
  }

  @Test
  void randomRowsHaveTheShareOfTheirNumber() {
    double mean = 0;
    int seeds = 200;
    for (int seed = 0; seed < seeds; seed++) {
      double[] map = new double[4 * SITES];
      for (int i = 0; i < map.length; i++) {
        map[i] = CounterRandom.gaussian(CounterRandom.key(seed, 5), i);
      }
      mean += LinearBottleneck.of(map, 4, SITES).overlap(modes) / seeds;
    }
    assertEquals(0.25, mean, 0.02);
  }

  @Test
  void lostRowsCountAsMissed() {
    double[] map = mixed(2);
    System.arraycopy(map, 0, map, SITES, SITES);
    LinearBottleneck bottleneck = LinearBottleneck.of(map, 2, SITES);
    assertEquals(1, bottleneck.rows().length);
    assertTrue(bottleneck.overlap(modes) <= 0.5 + 1e-9);
  }

  @Test
  void secondMomentsAreExact() {
    Blocks blocks = Blocks.secondMoments(chain, modes);
    for (int i = 0; i < SITES; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int c = 0; c < blocks.count(); c++) {
          sum +=
              blocks.weights()[c]
                  * blocks.states()[i * blocks.count() + c]
                  * blocks.states()[j * blocks.count() + c];
        }
        assertEquals(chain.covariance(i - j), sum, 1e-12);
      }
    }
  }

  @Test
  void sumsOfTheQuarticChainHaveThePublishedShape() {
    QuarticChain quartic = QuarticChain.of(new EvenFamily(-1, 0.5), 0.6);
    SolvedChain solved = new ChainLaw.Quartic(-1, 0.5, 0.6).solved();
    int[] sites = {2, 4, 8, 16};
    double[] kurtosis = {-1.2799, -1.1254, -0.8681, -0.574};
    double[] average = {-1.280, -1.090, -0.776, -0.461};
    double[][] theta = {{-.9787, .4298}, {-.5365, .2765}, {-.0725, .1343}, {.2308, .0555}};
    for (int i = 0; i < sites.length; i++) {
      SumShape best = SumShape.of(quartic, new PrincipalModes(solved, sites[i]).vector(0));
      // The reference is sampled (its errors: some 1e-3, 6e-3 at 16 sites), these moments are
      // exact.
      double tolerance = sites[i] == 16 ? 0.015 : 3e-3;
      assertEquals(kurtosis[i], best.kurtosis(), tolerance);
      // Two parameters of a sampled kurtosis: four times as sensitive, and sampled too.
      assertEquals(theta[i][0], best.theta2(), 4 * tolerance);
      assertEquals(theta[i][1], best.theta4(), 4 * tolerance);
      double[] equal = new double[sites[i]];
      Arrays.fill(equal, 3);
      assertEquals(average[i], SumShape.of(quartic, equal).kurtosis(), tolerance);
    }
  }

  @Test
  void momentsOfASumAgreeWithSamples() {
    QuarticChain quartic = QuarticChain.of(new EvenFamily(-1, 0.5), 0.6);
    double[] weights = {1, -0.5, 2};
    double[] moments = quartic.momentsOfSum(weights);
    assertEquals(1, moments[0], 1e-10);
    assertEquals(0, moments[1], 1e-10);
    assertEquals(0, moments[3], 1e-9);
    int n = 100_000;
    var sampler = quartic.sampler();
    double second = 0;
    double fourth = 0;
    double eighth = 0;
    for (int j = 0; j < n; j++) {
      double sum = PrincipalModes.dot(weights, sampler.sample(3, CounterRandom.key(9, j)));
      double square = sum * sum;
      second += square / n;
      fourth += square * square / n;
      eighth += square * square * square * square / n;
    }
    assertEquals(moments[4], fourth, 4 * Math.sqrt(eighth / n));
    assertEquals(moments[2], second, 4 * Math.sqrt(moments[4] / n));
  }
}
