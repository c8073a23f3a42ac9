package io.github.fathomlab.springblock.chain;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.matrix;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.springblock.Phase;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class MeanFieldTest {

  static List<JsonNode> first() {
    return ChainVectors.list("g_first_order_effective_velocity");
  }

  static List<JsonNode> second() {
    return ChainVectors.list("V_second_order_mean_velocity");
  }

  static List<JsonNode> odes() {
    return ChainVectors.list("first_order_mean_field_ODE");
  }

  private static ChainSpec massless(JsonNode vector) {
    return ChainVectors.massless(7, 1, number(vector, "muR"), number(vector, "muL"), 1)
        .with(ChainNoise.independent(number(vector, "eps_bar")));
  }

  @ParameterizedTest
  @MethodSource("first")
  void velocityWithoutMass(JsonNode vector) {
    double g = number(vector, "g");
    double found = new MeanField(massless(vector)).velocity(number(vector, "F"), 0);
    assertEquals(g, found, Math.max(1e-12 * Math.abs(g), 1e-17));
  }

  @ParameterizedTest
  @MethodSource("second")
  void velocityWithMass(JsonNode vector) {
    ChainSpec chain = ChainSpec.secondOrder().with(ChainNoise.independent(number(vector, "eps")));
    ChainSpec whole =
        new ChainSpec(
            7,
            1,
            chain.pull(),
            new DryFriction(number(vector, "muR"), number(vector, "muL")),
            new Inertia.Massive(number(vector, "m"), number(vector, "gamma")),
            chain.noise(),
            chain.start());
    double v = number(vector, "V");
    double found = new MeanField(whole).velocity(number(vector, "F"), 0);
    assertEquals(v, found, Math.max(1e-12 * Math.abs(v), 1e-17));
  }

  @Test
  void theTailOfTheNormalDistribution() {
    for (double w = 0; w < 8; w += 0.37) {
      double tail = Erf.erfc(w / Math.sqrt(2)) / 2;
      assertEquals(tail / MillsRatio.density(w), MillsRatio.ratio(w), 1e-12, "R at " + w);
    }
    double below = Math.nextDown(2.0);
    assertEquals(MillsRatio.ratio(2), MillsRatio.ratio(below), 1e-14);
    assertEquals(MillsRatio.excess(2), MillsRatio.excess(below), 1e-14);
    assertEquals(MillsRatio.mobility(2), MillsRatio.mobility(below), 1e-13);
    assertEquals(1, 1e12 * MillsRatio.excess(1e6), 1e-11);
    assertEquals(2, 1e12 * MillsRatio.mobility(1e6), 1e-10);
    assertEquals(Math.sqrt(2 * Math.PI), MillsRatio.scaledRatio(-40, 800), 1e-14);
  }

  /** Little noise: friction; much noise: only its asymmetry; in between algebraic mobility. */
  @Test
  void limitsOfTheVelocity() {
    ChainSpec chain = ChainSpec.secondOrder();
    MeanField quiet = new MeanField(chain.with(ChainNoise.independent(1e-6)));
    double expected = 1e-12 * 0.0015 / (0.0035 * 0.0035 - 0.0015 * 0.0015);
    assertEquals(expected, quiet.velocity(0.001, 0), 1e-5 * expected);
    assertEquals(0.007, quiet.velocity(0.010, 0), 1e-8);
    assertEquals(-0.016, quiet.velocity(-0.020, 0), 1e-8);
    MeanField loud = new MeanField(chain.with(ChainNoise.independent(100)));
    assertEquals(0.0105, loud.velocity(0.01, 0), 1e-6);
    MeanField silent = new MeanField(chain.with(ChainNoise.none()));
    assertEquals(0, silent.velocity(0.002, 0));
    assertEquals(0.997, silent.velocity(1, 0));
    assertEquals(0, silent.mobility(0));
    assertEquals(1, loud.mobility(0), 1e-3);
  }

  /** The mobility is the slope of the velocity where that vanishes. */
  @Test
  void mobilityIsASlope() {
    for (double noise : new double[] {0.0008, 0.003, 0.02}) {
      for (ChainSpec chain : List.of(ChainSpec.firstOrder(), ChainSpec.secondOrder())) {
        double unit = chain.friction().mean() / 0.0035;
        MeanField field = new MeanField(chain.with(ChainNoise.independent(noise * unit)));
        double h = 1e-4 * chain.friction().mean();
        double delta = chain.friction().skew();
        double slope = (field.velocity(delta + h, 0) - field.velocity(delta - h, 0)) / (2 * h);
        assertEquals(slope, field.mobility(0), 1e-6 * slope + 1e-12);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("odes")
  void positionsAgreeWithTheVectors(JsonNode vector) {
    MeanField field = new MeanField(massless(vector));
    JsonNode expected = field(vector, "x_at_t");
    double[] times = expected.propertyNames().stream().mapToDouble(Double::parseDouble).toArray();
    double[][] found = field.positions(1e-13, times);
    int i = 0;
    for (var at : expected.properties()) {
      assertArrayEquals(numbers(at.getValue()), found[i++], 1e-11);
    }
  }

  /** Fluctuating chains have the curvature of their mean field. */
  @ParameterizedTest
  @CsvSource({
    "first, 0.04, false",
    "first, 0.08, false",
    "second, 0.003, false",
    "second, 0.006, false",
    "second, 0.003, true"
  })
  void simulationsHaveTheSameCurvature(String order, double noise, boolean common) {
    boolean massless = order.equals("first");
    ChainSpec chain = massless ? ChainSpec.firstOrder() : ChainSpec.secondOrder();
    double amplitude = common ? noise * Math.sqrt(7) : noise;
    ChainNoise noisy = new ChainNoise(amplitude, common, chain.noise().decay());
    chain = chain.with(noisy);
    double duration = massless ? 100 : 700;
    double step = massless ? 0.01 : 0.05;
    int copies = common ? 300 : 100;
    ChainEnsemble ensemble =
        new ChainEnsemble(chain, ChainEnsemble.schemeFor(chain), step, copies, 17);
    ensemble.advance(Math.round(duration / step));
    double c =
        ensemble.statistics().stream().mapToDouble(s -> s.curvature()).average().orElseThrow();
    double expected = ChainDiagram.cell(chain, duration, 1e-9).statistics().curvature();
    assertEquals(expected, c, 0.01);
  }

  @ParameterizedTest
  @CsvSource({"first, 1, 1, 100", "second, 0.1, 1, 700"})
  void diagramAgreesWithTheVectors(String order, double stiffness, double mass, double duration) {
    JsonNode vector = field(ChainVectors.group("spring_phase_diagram_mean_field"), order);
    boolean massless = order.equals("first");
    ChainSpec chain =
        new ChainSpec(
            7,
            stiffness,
            new Pull.Constant(1),
            new DryFriction(0, 0),
            massless ? new Inertia.Massless(1) : new Inertia.Massive(mass, 1),
            new ChainNoise(0, false, massless ? 0 : number(vector, "lam")),
            ChainState.atWall(7));
    double[] frictions = numbers(field(vector, "muR"));
    double[] amplitudes = numbers(field(vector, massless ? "eps_bar" : "eps"));
    ChainDiagram diagram = ChainDiagram.of(chain, duration, 4.0 / 3, frictions, amplitudes, 1e-9);
    double[][] expected = matrix(field(vector, "c"));
    for (int i = 0; i < frictions.length; i++) {
      double[] row =
          Arrays.stream(diagram.cells()[i]).mapToDouble(c -> c.statistics().curvature()).toArray();
      assertArrayEquals(expected[i], row, 1e-5);
    }
    int last = frictions.length - 1;
    assertEquals(Phase.CONCAVE, diagram.cells()[last][0].phase());
    assertEquals(Phase.CONVEX, diagram.cells()[last][amplitudes.length - 1].phase());
  }

  /** The amplitude of equal loads, predicted and found by integrating the mean field. */
  @ParameterizedTest
  @CsvSource({
    "first, 0.02, 0.0160, 0.0150",
    "first, 0.16, 0.128, 0.101",
    "second, 0.001, 0.00097, 0.00126",
    "second, 0.006, 0.00581, 0.00508"
  })
  void straightLine(String order, double friction, double predicted, double numeric) {
    boolean massless = order.equals("first");
    ChainSpec chain = massless ? ChainSpec.firstOrder() : ChainSpec.secondOrder();
    chain =
        chain
            .with(new DryFriction(friction, friction * 4 / 3))
            .with(new ChainNoise(0, false, chain.noise().decay()));
    double duration = massless ? 100 : 700;
    StraightLine line = new StraightLine(chain, duration);
    assertEquals(predicted, line.amplitude(), 0.006 * predicted);
    for (int side = -1; side <= 1; side += 2) {
      double amplitude = numeric * (1 + 0.02 * side);
      ChainSpec noisy = chain.with(new ChainNoise(amplitude, false, chain.noise().decay()));
      double c = ChainDiagram.cell(noisy, duration, 1e-8).statistics().curvature();
      assertEquals(side, Math.signum(c), "c at " + amplitude);
    }
  }

  @Test
  void saysWhenNoNoiseMakesTheLoadsEqual() {
    StraightLine symmetric = new StraightLine(ChainSpec.firstOrder(), 100);
    assertThrows(IllegalArgumentException.class, symmetric::amplitude);
    StraightLine hasty = new StraightLine(ChainSpec.secondOrder(), 1);
    String said =
        String.valueOf(assertThrows(IllegalArgumentException.class, hasty::amplitude).getMessage());
    assertTrue(said.startsWith("a duration of 1.0 is too short"), said);
  }
}
