package io.github.fathomlab.springblock.chain;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class NoiseTest {

  static List<Arguments> stationary() {
    List<Arguments> cases = new ArrayList<>();
    for (JsonNode vector : ChainVectors.list("long_time_mean_any_noise")) {
      for (boolean massive : new boolean[] {false, true}) {
        cases.add(Arguments.of(vector, massive, false));
        cases.add(Arguments.of(vector, massive, true));
      }
    }
    return cases;
  }

  /** Any symmetric noise leads to the same mean, whatever its amplitude. */
  @ParameterizedTest
  @MethodSource("stationary")
  void longTimeMean(JsonNode vector, boolean massive, boolean common) {
    double k = number(vector, "k");
    DryFriction friction = new DryFriction(number(vector, "muR"), number(vector, "muL"));
    double strength = massive ? 0.7 / Math.sqrt(k) : 1.5;
    ChainSpec chain =
        new ChainSpec(
            7,
            k,
            new Pull.Constant(number(vector, "y")),
            friction,
            massive ? new Inertia.Massive(1, 1) : new Inertia.Massless(1),
            new ChainNoise(strength * friction.mean(), common, 0),
            ChainState.atWall(7));
    double[] expected = numbers(field(vector, "x"));
    assertArrayEquals(expected, chain.centre(1), 1e-15);
    double step = massive ? 0.3 / Math.sqrt(k) : 0.05 / k;
    Scheme scheme = ChainEnsemble.schemeFor(chain);
    ChainEnsemble copies = new ChainEnsemble(chain, scheme, step, common ? 3500 : 800, 23);
    copies.advance(Math.round(200 / k / step));
    double[] errors = copies.standardErrors();
    for (int l = 0; l < 7; l++) {
      assertEquals(expected[l], copies.mean()[l], 4 * errors[l], "block " + (l + 1));
      assertTrue(errors[l] < 2e-3, "standard error " + errors[l]);
    }
  }

  /** z to -z about the centre: the same path mirrored when the noise is mirrored. */
  @ParameterizedTest
  @MethodSource("stationary")
  void reflectionAboutTheCentre(JsonNode vector, boolean massive, boolean common) {
    ChainSpec chain =
        (massive ? ChainSpec.secondOrder() : ChainSpec.firstOrder())
            .with(new DryFriction(number(vector, "muR"), number(vector, "muL")));
    chain = chain.with(new ChainNoise(chain.friction().mean(), common, 0.01));
    double[] centre = chain.centre(1);
    double[] start = new double[7];
    Arrays.setAll(start, l -> 2 * centre[l]);
    Normals normals = new CounterNormals(4);
    Normals opposite =
        (step, block, row) -> {
          normals.fill(step, block, row);
          Arrays.setAll(row, c -> -row[c]);
        };
    Scheme scheme = ChainEnsemble.schemeFor(chain);
    ChainEnsemble a = new ChainEnsemble(chain, scheme, 0.05, 3, normals);
    ChainEnsemble b =
        new ChainEnsemble(chain.from(ChainState.atRest(start)), scheme, 0.05, 3, opposite);
    a.advance(300);
    b.advance(300);
    for (int l = 0; l < 7; l++) {
      double mirrored = 2 * centre[l] - b.state(1).positions()[l];
      assertEquals(a.state(1).positions()[l], mirrored, 1e-11);
    }
  }

  /** Units in powers of two change no bit. */
  @Test
  void unitsDoNotMatter() {
    double length = 8;
    double time = 4;
    double mass = 2;
    double force = mass * length / (time * time);
    ChainSpec chain = ChainSpec.secondOrder();
    ChainSpec scaled =
        new ChainSpec(
            7,
            0.1 * force / length,
            new Pull.Constant(length),
            new DryFriction(0.003 * force, 0.004 * force),
            new Inertia.Massive(mass, mass / time),
            new ChainNoise(chain.noise().amplitude() * force * 2, true, 0.001 / time),
            ChainState.atWall(7));
    ChainEnsemble a = new ChainEnsemble(chain, Scheme.STRANG_PROX, 0.05, 3, 1);
    ChainEnsemble b = new ChainEnsemble(scaled, Scheme.STRANG_PROX, 0.05 * time, 3, 1);
    a.advance(2000);
    b.advance(2000);
    for (int l = 0; l < 7; l++) {
      assertEquals(a.state(2).positions()[l], b.state(2).positions()[l] / length);
    }
  }

  @Test
  void aCopyHasTheSameBitsInAnyCompany() {
    for (ChainSpec chain : List.of(ChainSpec.firstOrder(), ChainSpec.secondOrder())) {
      Scheme scheme = ChainEnsemble.schemeFor(chain);
      ChainEnsemble alone = new ChainEnsemble(chain, scheme, 0.05, 1, 9);
      ChainEnsemble many = new ChainEnsemble(chain, scheme, 0.05, 37, 9);
      ChainEnsemble odd = new ChainEnsemble(chain, scheme, 0.05, 5, 9);
      alone.advance(100);
      many.advance(60);
      many.advance(40);
      odd.advance(100);
      assertArrayEquals(alone.state(0).positions(), many.state(0).positions());
      assertArrayEquals(odd.state(4).positions(), many.state(4).positions());
    }
  }

  /** Moments, tails and neighbours of the numbers, and their formula with library functions. */
  @Test
  void numbersAreNormal() {
    CounterNormals normals = new CounterNormals(2);
    int rows = 400;
    double[][] z = new double[rows][1001];
    double[] moments = new double[5];
    double neighbours = 0;
    double below = 0;
    for (int i = 0; i < rows; i++) {
      normals.fill(i / 7, i % 7, z[i]);
      for (int c = 0; c < 1001; c++) {
        for (int p = 1; p <= 4; p++) {
          moments[p] += Math.pow(z[i][c], p) / (rows * 1001.0);
        }
        below += z[i][c] < -2 ? 1.0 / (rows * 1001.0) : 0;
        neighbours += c > 0 ? z[i][c] * z[i][c - 1] / (rows * 1000.0) : 0;
        neighbours += i > 0 ? z[i][c] * z[i - 1][c] / (rows * 1000.0) : 0;
      }
    }
    double error = 1 / Math.sqrt(rows * 1001.0);
    assertEquals(0, moments[1], 4 * error);
    assertEquals(1, moments[2], 4 * Math.sqrt(2) * error);
    assertEquals(0, moments[3], 4 * Math.sqrt(15) * error);
    assertEquals(3, moments[4], 4 * Math.sqrt(96) * error);
    assertEquals(0, neighbours, 6 * error);
    double tail = Erf.erfc(Math.sqrt(2)) / 2;
    assertEquals(tail, below, 4 * Math.sqrt(tail) * error);
    long key = CounterRandom.key(CounterRandom.key(2, 0x636861696eL), 5, 3);
    long bits = CounterRandom.bits(key, 11);
    double radius = Math.sqrt(-2 * Math.log(((bits >>> 32) + 0.5) * 0x1p-32));
    double[] row = z[38];
    assertEquals(radius, Math.hypot(row[22], row[23]), 1e-10);
    double angle = Math.atan2(row[23], row[22]);
    double quarter = Math.PI / 2;
    double turn = ((bits & 0x3fffffffL) + 0.5 - 0x1p29) * quarter * 0x1p-30;
    double turns = (angle - turn) / quarter;
    assertEquals(Math.rint(turns), turns, 1e-9);
  }

  @Test
  void copiesDecideThePhaseOfTheChain() {
    ChainSpec chain = ChainSpec.firstOrder().with(new DryFriction(0.1, 0.15));
    assertEquals(Phase.CONCAVE, phase(chain.with(ChainNoise.independent(0.02))).phase());
    assertEquals(Phase.CONVEX, phase(chain.with(ChainNoise.independent(0.3))).phase());
  }

  private static CurvePhase phase(ChainSpec chain) {
    ChainEnsemble copies = new ChainEnsemble(chain, Scheme.FIRST_ORDER_EULER, 0.05, 10, 1);
    copies.advance(2000);
    return CurvePhase.of(copies.statistics());
  }
}
