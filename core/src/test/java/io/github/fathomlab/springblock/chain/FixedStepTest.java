package io.github.fathomlab.springblock.chain;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.matrix;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class FixedStepTest {

  static List<JsonNode> firstOrder() {
    return ChainVectors.list("first_order_euler");
  }

  static List<JsonNode> secondOrder() {
    return ChainVectors.list("second_order_fixed_step");
  }

  /** Normals from a list, the same for every copy. */
  private static Normals listed(JsonNode vector) {
    JsonNode rows = field(vector, "Z");
    double[][] z = rows.isNull() ? new double[0][] : matrix(rows);
    return (step, block, row) -> Arrays.fill(row, z[(int) step][block]);
  }

  @ParameterizedTest
  @MethodSource("firstOrder")
  void firstOrderAgreesWithTheVectors(JsonNode vector) {
    double[] start = numbers(field(vector, "x0"));
    ChainSpec chain =
        ChainVectors.massless(
                start.length,
                number(vector, "k"),
                number(vector, "muR"),
                number(vector, "muL"),
                number(vector, "y"))
            .with(ChainNoise.independent(number(vector, "eps_bar")))
            .from(ChainState.atRest(start));
    ChainEnsemble copies =
        new ChainEnsemble(
            chain, Scheme.FIRST_ORDER_EULER, number(vector, "eta"), 3, listed(vector));
    long done = 0;
    for (var at : field(vector, "x_at_step").properties()) {
      long step = Long.parseLong(at.getKey());
      copies.advance(step - done);
      done = step;
      assertArrayEquals(numbers(at.getValue()), copies.state(2).positions(), 1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("secondOrder")
  void secondOrderAgreesWithTheVectors(JsonNode vector) {
    Scheme scheme =
        switch (field(vector, "method").stringValue()) {
          case "euler" -> Scheme.AUTHORS_EULER;
          case "heun" -> Scheme.AUTHORS_SRI2;
          default -> Scheme.STRANG_PROX;
        };
    double tolerance = scheme == Scheme.STRANG_PROX ? 1e-13 : 1e-12;
    ChainSpec chain = ChainVectors.massive(field(vector, "params"));
    ChainEnsemble copies = new ChainEnsemble(chain, scheme, number(vector, "h"), 2, listed(vector));
    long done = 0;
    for (var at : field(vector, "state_at_step").properties()) {
      long step = Long.parseLong(at.getKey());
      copies.advance(step - done);
      done = step;
      ChainState state = copies.state(1);
      assertArrayEquals(numbers(field(at.getValue(), "x")), state.positions(), tolerance);
      assertArrayEquals(numbers(field(at.getValue(), "v")), state.velocities(), tolerance);
    }
  }

  /** Largest position error at a time against the exact motion. */
  private static double error(Scheme scheme, double step, double time) {
    ChainSpec chain = ChainVectors.underdamped();
    double[] exact = EventDrivenChain.run(chain, 0, time).end().positions();
    ChainEnsemble one = new ChainEnsemble(chain, scheme, step, 1, 0);
    one.advance(Math.round(time / step));
    double error = 0;
    for (int l = 0; l < exact.length; l++) {
      error = Math.max(error, Math.abs(exact[l] - one.mean()[l]));
    }
    return error;
  }

  /** The table of errors, each entry given to two digits. */
  @ParameterizedTest
  @CsvSource({
    "AUTHORS_EULER, 0.1, 7.1e-2, 4.7e-2",
    "AUTHORS_EULER, 0.0125, 7.7e-3, 1.5e-2",
    "AUTHORS_SRI2, 0.1, 5.3e-3, 5.4e-3",
    "AUTHORS_SRI2, 0.05, 2.4e-3, 3.4e-3",
    "STRANG_PROX, 0.1, 5.0e-4, 2.5e-3",
    "STRANG_PROX, 0.05, 1.3e-4, 1.5e-3",
    "STRANG_PROX, 0.0125, 6.6e-6, 1.7e-4",
    "STRANG_PROX, 0.003125, 5.8e-7, 1.0e-4"
  })
  void errorsAreThoseOfTheTable(Scheme scheme, double step, double early, double late) {
    assertEquals(early, error(scheme, step, 2), 0.06 * early);
    assertEquals(late, error(scheme, step, 16), 0.06 * late);
  }

  @Test
  void strangProxIsOfSecondOrderAndComesToRest() {
    for (double step = 0.1; step > 0.02; step /= 2) {
      assertTrue(error(Scheme.STRANG_PROX, step, 2) >= 3 * error(Scheme.STRANG_PROX, step / 2, 2));
    }
    ChainEnsemble one =
        new ChainEnsemble(ChainVectors.underdamped(), Scheme.STRANG_PROX, 0.05, 1, 0);
    one.advance(320);
    assertArrayEquals(new double[4], one.state(0).velocities());
    assertTrue(error(Scheme.STRANG_PROX, 0.05, 16) <= 2e-3);
  }

  /** Without noise the published scheme creeps, the proximal one stays at rest. */
  @Test
  void staticFrictionHolds() {
    ChainSpec chain =
        ChainSpec.secondOrder().with(new DryFriction(0.01, 0.01)).with(ChainNoise.none());
    ChainEnsemble authors = new ChainEnsemble(chain, Scheme.AUTHORS_SRI2, 0.05, 1, 0);
    ChainEnsemble ours = new ChainEnsemble(chain, Scheme.STRANG_PROX, 0.05, 1, 0);
    authors.advance(14_000);
    ours.advance(14_000);
    assertArrayEquals(
        new double[] {.025, .049, .074, .099, .174, .349, .625}, authors.mean(), 6e-4);
    assertArrayEquals(new double[] {0, 0, 0, 0, .1, .3, .6}, ours.mean(), 1e-9);
    authors.advance(86_000);
    ours.advance(86_000);
    assertArrayEquals(
        new double[] {.085, .169, .254, .339, .425, .516, .708}, authors.mean(), 6e-4);
    assertArrayEquals(new double[4], Arrays.copyOf(ours.mean(), 4));
    assertArrayEquals(StaticProfile.of(7, 0.1, 1).positions(), ours.mean(), 1e-12);
  }

  /** Asymmetric friction is symmetric friction with a constant force -δ, here as a shift of x. */
  @Test
  void asymmetryIsABodyForce() {
    ChainSpec chain = ChainSpec.secondOrder().with(ChainNoise.independent(0.003));
    double[] centre = chain.centre(1);
    double[] rest = chain.with(new DryFriction(0, 0)).centre(1);
    double[] moved = new double[7];
    Arrays.setAll(moved, l -> rest[l] - centre[l]);
    double mean = chain.friction().mean();
    ChainSpec symmetric = chain.with(new DryFriction(mean, mean)).from(ChainState.atRest(moved));
    ChainEnsemble a = new ChainEnsemble(chain, Scheme.STRANG_PROX, 0.05, 5, 3);
    ChainEnsemble b = new ChainEnsemble(symmetric, Scheme.STRANG_PROX, 0.05, 5, 3);
    a.advance(400);
    b.advance(400);
    for (int l = 0; l < 7; l++) {
      assertEquals(a.state(4).positions()[l], b.state(4).positions()[l] - moved[l], 1e-11);
    }
  }
}
