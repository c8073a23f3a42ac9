package io.github.fathomlab.springblock.chain;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.matrix;
import static io.github.fathomlab.Vectors.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FrictionRegressionTest {
  private static final JsonNode VECTOR = ChainVectors.group("rosett_mle");
  private static final Map<SlipParameter, String> NAMES =
      Map.of(
          SlipParameter.STIFFNESS, "k",
          SlipParameter.RIGHT_FRICTION, "muR",
          SlipParameter.LEFT_FRICTION, "muL",
          SlipParameter.NOISE, "eps_bar");

  private static SlipSteps vector() {
    return SlipSteps.of(
        number(VECTOR, "eta"), new Pull.Constant(number(VECTOR, "y")), matrix(field(VECTOR, "X")));
  }

  private static double[][] path(ChainSpec chain, double step, int steps, long seed) {
    ChainEnsemble one = new ChainEnsemble(chain, Scheme.FIRST_ORDER_EULER, step, 1, seed);
    double[][] path = new double[steps + 1][];
    path[0] = one.state(0).positions();
    for (int n = 1; n <= steps; n++) {
      one.advance(1);
      path[n] = one.state(0).positions();
    }
    return path;
  }

  private static Estimate.Known known(FrictionRegression regression, SlipParameter parameter) {
    return assertInstanceOf(Estimate.Known.class, regression.estimate(parameter));
  }

  private static Estimate.Unknown unknown(SlipSteps steps, SlipParameter parameter) {
    Estimate estimate = new FrictionRegression(steps).estimate(parameter);
    return assertInstanceOf(Estimate.Unknown.class, estimate);
  }

  @Test
  void agreesWithTheVector() {
    SlipSteps steps = vector();
    JsonNode counts = field(VECTOR, "counts");
    assertEquals(field(counts, "up").intValue(), steps.rights());
    assertEquals(field(counts, "down").intValue(), steps.lefts());
    assertEquals(field(counts, "stuck").intValue(), steps.stuck());
    FrictionRegression regression = new FrictionRegression(steps);
    for (JsonNode at : field(VECTOR, "loglik_at").valueStream().toList()) {
      DryFriction friction = new DryFriction(number(at, "muR"), number(at, "muL"));
      double likelihood =
          regression.logLikelihood(number(at, "k"), friction, number(at, "eps_bar"));
      assertEquals(number(at, "L"), likelihood, 1e-9);
    }
    assertEquals(number(VECTOR, "mle_loglik"), regression.logLikelihood(), 1e-9);
    for (SlipParameter parameter : SlipParameter.values()) {
      String name = NAMES.get(parameter);
      Estimate.Known estimate = known(regression, parameter);
      assertEquals(number(field(VECTOR, "mle"), name), estimate.value(), 1e-8, name);
      double error = number(field(VECTOR, "se_observed_information"), name);
      assertEquals(error, estimate.error(), 1e-6, name);
    }
  }

  @Test
  void intervalsEndWhereTheDevianceIsThatOfTheLevel() {
    FrictionRegression regression = new FrictionRegression(vector());
    for (SlipParameter parameter : SlipParameter.values()) {
      Estimate.Known estimate = known(regression, parameter);
      assertTrue(estimate.low() < estimate.value() && estimate.value() < estimate.high());
      assertEquals(3.841458820694124, regression.deviance(parameter, estimate.low()), 1e-5);
      assertEquals(3.841458820694124, regression.deviance(parameter, estimate.high()), 1e-5);
      assertEquals(0, regression.deviance(parameter, estimate.value()), 1e-10);
    }
  }

  /** No point with the parameter fixed is better than what the profile says. */
  @Test
  void profileIsAnUpperBound() {
    FrictionRegression regression = new FrictionRegression(vector());
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      double k = 1 + 0.3 * random.nextGaussian();
      DryFriction friction = new DryFriction(random.nextDouble(0.3), random.nextDouble(0.3));
      double noise = random.nextDouble(0.1, 0.4);
      double fall = 2 * (regression.logLikelihood() - regression.logLikelihood(k, friction, noise));
      assertTrue(fall >= regression.deviance(SlipParameter.STIFFNESS, k) - 1e-9);
      assertTrue(
          fall >= regression.deviance(SlipParameter.RIGHT_FRICTION, friction.right()) - 1e-9);
      assertTrue(fall >= regression.deviance(SlipParameter.LEFT_FRICTION, friction.left()) - 1e-9);
      assertTrue(fall >= regression.deviance(SlipParameter.NOISE, noise) - 1e-9);
    }
  }

  @Test
  void concaveAlongRandomLines() {
    SlipLikelihood likelihood = new SlipLikelihood(vector());
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double[] one = point(random);
      double[] other = point(random);
      double[] middle = new double[4];
      Arrays.setAll(middle, j -> (one[j] + other[j]) / 2);
      double chord = (likelihood.value(one) + likelihood.value(other)) / 2;
      assertTrue(likelihood.value(middle) >= chord - 1e-9 * Math.abs(chord));
    }
  }

  /** h > 0 and a + b > 0, over five decades. */
  private static double[] point(Random random) {
    double a = 3 * random.nextGaussian();
    double width = Math.pow(10, random.nextDouble(-4, 1));
    return new double[] {
      Math.pow(10, random.nextDouble(-2, 1)), 5 * random.nextGaussian(), a, width - a
    };
  }

  @Test
  void derivativesAreThoseOfTheValue() {
    SlipLikelihood likelihood = new SlipLikelihood(vector());
    double[] theta = {1.3, 0.7, 0.6, 0.9};
    SlipLikelihood.Local local = likelihood.local(theta);
    assertEquals(likelihood.value(theta), local.value(), 1e-12);
    for (int i = 0; i < 4; i++) {
      double[] ahead = theta.clone();
      double[] behind = theta.clone();
      ahead[i] += 1e-5;
      behind[i] -= 1e-5;
      double slope = (likelihood.value(ahead) - likelihood.value(behind)) / 2e-5;
      assertEquals(slope, local.gradient()[i], 1e-6);
      double[] gradientAhead = likelihood.local(ahead).gradient();
      double[] gradientBehind = likelihood.local(behind).gradient();
      for (int j = 0; j < 4; j++) {
        double bend = (gradientAhead[j] - gradientBehind[j]) / 2e-5;
        assertEquals(-bend, local.information()[i][j], 1e-5);
      }
    }
  }

  /** 95 % intervals of 200 chains hold the truth in 91 to 99 % of them. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1, 3})
  void intervalsCoverTheTruth(double noise) {
    int replicas = 200;
    ChainSpec chain = ChainVectors.massless(4, 1, 0.1, 0.08, 1).with(ChainNoise.independent(noise));
    int[] held = new int[4];
    int[] found = new int[4];
    for (int seed = 0; seed < replicas; seed++) {
      double[][] path = path(chain, 0.2, 250, 1000 + seed);
      FrictionRegression regression = new FrictionRegression(SlipSteps.of(0.2, chain.pull(), path));
      for (SlipParameter parameter : SlipParameter.values()) {
        double truth =
            switch (parameter) {
              case STIFFNESS -> 1;
              case RIGHT_FRICTION -> 0.1;
              case LEFT_FRICTION -> 0.08;
              case NOISE -> noise;
            };
        double deviance = regression.deviance(parameter, truth);
        found[parameter.ordinal()] += Double.isNaN(deviance) ? 0 : 1;
        held[parameter.ordinal()] += deviance <= 3.841458820694124 ? 1 : 0;
      }
    }
    for (SlipParameter parameter : SlipParameter.values()) {
      int i = parameter.ordinal();
      assertEquals(replicas, found[i], parameter.name());
      double coverage = (double) held[i] / found[i];
      assertTrue(coverage >= 0.91 && coverage <= 0.99, parameter + " " + Arrays.toString(held));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0.1, 0.15, 0.1, 1", "0.5, 0.2, 0.1, 0.4, 2", "3, 0.1, 0.1, 0.3, 3"})
  void recoversALongChain(double k, double right, double left, double noise, long seed) {
    ChainSpec chain =
        ChainVectors.massless(7, k, right, left, 1).with(ChainNoise.independent(noise));
    SlipSteps steps = SlipSteps.of(0.05, chain.pull(), path(chain, 0.05, 1000, seed));
    FrictionRegression regression = new FrictionRegression(steps);
    double[] truth = {k, right, left, noise};
    for (SlipParameter parameter : SlipParameter.values()) {
      Estimate.Known estimate = known(regression, parameter);
      double expected = truth[parameter.ordinal()];
      assertEquals(expected, estimate.value(), 4 * estimate.error(), parameter.name());
      assertTrue(estimate.error() < 0.2 * expected, parameter.name());
    }
  }

  @Test
  void oneBlockIsEnough() {
    ChainSpec chain =
        ChainVectors.massless(1, 1, 0.1, 0.1, 0)
            .with(new Pull.Cyclic(0, 1, 10))
            .with(ChainNoise.independent(0.2));
    SlipSteps steps = SlipSteps.of(0.1, chain.pull(), path(chain, 0.1, 1000, 4));
    FrictionRegression regression = new FrictionRegression(steps);
    assertEquals(1, known(regression, SlipParameter.STIFFNESS).value(), 0.15);
    assertEquals(0.2, known(regression, SlipParameter.NOISE).value(), 0.03);
  }

  @ParameterizedTest
  @CsvSource({"1e-6, 1", "1e5, 1e-4", "3, 1e7"})
  void unitsChangeNothing(double length, double force) {
    SlipSteps steps = vector();
    SlipSteps scaled =
        new SlipSteps(
            Arrays.stream(steps.curvatures()).map(u -> u * length).toArray(),
            Arrays.stream(steps.velocities()).map(w -> w * force).toArray());
    FrictionRegression plain = new FrictionRegression(steps);
    FrictionRegression other = new FrictionRegression(scaled);
    for (SlipParameter parameter : SlipParameter.values()) {
      double unit = parameter == SlipParameter.STIFFNESS ? force / length : force;
      Estimate.Known expected = known(plain, parameter);
      Estimate.Known found = known(other, parameter);
      assertEquals(expected.value(), found.value() / unit, 1e-10);
      assertEquals(expected.error(), found.error() / unit, 1e-9);
      assertEquals(expected.low(), found.low() / unit, 1e-7);
      assertEquals(expected.high(), found.high() / unit, 1e-7);
    }
  }

  /** Seen from the other side, right is left. */
  @Test
  void mirrorSwapsTheFrictions() {
    SlipSteps steps = vector();
    SlipSteps mirrored =
        new SlipSteps(
            Arrays.stream(steps.curvatures()).map(u -> -u).toArray(),
            Arrays.stream(steps.velocities()).map(w -> -w).toArray());
    FrictionRegression plain = new FrictionRegression(steps);
    FrictionRegression other = new FrictionRegression(mirrored);
    assertEquals(
        known(plain, SlipParameter.RIGHT_FRICTION).high(),
        known(other, SlipParameter.LEFT_FRICTION).high(),
        1e-7);
    assertEquals(
        known(plain, SlipParameter.STIFFNESS).low(),
        known(other, SlipParameter.STIFFNESS).low(),
        1e-7);
  }

  @Test
  void leftFrictionIsUnknownWithoutAMoveToTheLeft() {
    ChainSpec chain = ChainVectors.massless(7, 1, 0.1, 0.1, 1).with(ChainNoise.independent(0.02));
    SlipSteps steps = SlipSteps.of(0.05, chain.pull(), path(chain, 0.05, 400, 7));
    assertEquals(0, steps.lefts());
    FrictionRegression regression = new FrictionRegression(steps);
    Estimate.Unknown left = unknown(steps, SlipParameter.LEFT_FRICTION);
    assertEquals(Status.NOT_APPLICABLE, left.status());
    assertTrue(left.reason().contains("no block moved left"), left.reason());
    assertEquals(1, known(regression, SlipParameter.STIFFNESS).value(), 0.05);
    assertEquals(0.1, known(regression, SlipParameter.RIGHT_FRICTION).value(), 0.01);
    assertEquals(0.02, known(regression, SlipParameter.NOISE).value(), 0.002);
  }

  @Test
  void nothingIsKnownOfBlocksThatNeverMove() {
    SlipSteps steps = SlipSteps.of(0.1, new Pull.Constant(1), new double[20][3]);
    for (SlipParameter parameter : SlipParameter.values()) {
      assertTrue(unknown(steps, parameter).reason().contains("no block moved in 57 steps"));
    }
  }

  @Test
  void nothingIsKnownWhenAllStepsAreEqual() {
    double[] ones = new double[30];
    Arrays.fill(ones, 1);
    for (SlipParameter parameter : SlipParameter.values()) {
      assertTrue(unknown(new SlipSteps(ones, ones), parameter).reason().length() > 20);
    }
  }

  @Test
  void nothingIsKnownOfAChainWithoutNoise() {
    ChainSpec chain = ChainVectors.massless(5, 1, 0.1, 0.1, 1);
    SlipSteps steps = SlipSteps.of(0.05, chain.pull(), path(chain, 0.05, 400, 1));
    assertEquals(Status.NOT_APPLICABLE, unknown(steps, SlipParameter.NOISE).status());
  }

  @Test
  void frictionIsNotKnownWhenNothingSticks() {
    ChainSpec chain = ChainVectors.massless(3, 1, 0, 0, 1).with(ChainNoise.independent(0.2));
    SlipSteps steps = SlipSteps.of(0.1, chain.pull(), path(chain, 0.1, 400, 9));
    String reason = unknown(steps, SlipParameter.RIGHT_FRICTION).reason();
    assertTrue(reason.contains("no block stuck"), reason);
    FrictionRegression regression = new FrictionRegression(steps);
    assertEquals(1, known(regression, SlipParameter.STIFFNESS).value(), 0.15);
    assertEquals(0.2, known(regression, SlipParameter.NOISE).value(), 0.01);
  }

  @Test
  void badInputIsNamed() {
    IllegalArgumentException ragged =
        assertThrows(
            IllegalArgumentException.class,
            () -> SlipSteps.of(0.1, new Pull.Constant(1), new double[3], new double[2]));
    assertTrue(String.valueOf(ragged.getMessage()).contains("row 1"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SlipSteps(new double[] {Double.NaN}, new double[] {0}));
    assertThrows(
        IllegalArgumentException.class,
        () -> SlipSteps.of(0, new Pull.Constant(1), new double[3], new double[3]));
  }
}
