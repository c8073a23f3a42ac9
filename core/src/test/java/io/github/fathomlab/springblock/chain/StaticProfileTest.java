package io.github.fathomlab.springblock.chain;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.springblock.LoadCurve;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class StaticProfileTest {

  static List<JsonNode> profiles() {
    return ChainVectors.list("static_profile_from_zero");
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void agreesWithTheVectors(JsonNode vector) {
    int blocks = field(vector, "N").intValue();
    double stiffness = number(vector, "k");
    double pull = number(vector, "y");
    StaticProfile profile = StaticProfile.of(blocks, number(vector, "muR") / stiffness, pull);
    assertEquals(field(vector, "moving_springs_M").intValue(), profile.stretched());
    assertArrayEquals(numbers(field(vector, "loads")), profile.elongations(), 1e-13);
    assertArrayEquals(numbers(field(vector, "x")), profile.positions(), 1e-13);
    ChainSpec chain = ChainVectors.massless(blocks, stiffness, 0, 0, pull);
    double energy = chain.energy(ChainState.atRest(profile.positions()), 0);
    assertEquals(number(vector, "elastic_energy"), energy, 1e-13);
  }

  /** The end of a long sum of small steps, whatever the friction to the left. */
  @Test
  void isWhereTheChainComesToRest() {
    Random random = new Random(3);
    for (int trial = 0; trial < 20; trial++) {
      int blocks = 1 + random.nextInt(8);
      double friction = Math.exp(-5 * random.nextDouble());
      double pull = 0.2 + random.nextDouble();
      ChainSpec chain = ChainVectors.massless(blocks, 1, friction, random.nextDouble(), pull);
      ChainEnsemble one = new ChainEnsemble(chain, Scheme.FIRST_ORDER_EULER, 0.2, 1, 0);
      one.advance(3000);
      StaticProfile profile = StaticProfile.of(blocks, friction, pull);
      assertArrayEquals(profile.positions(), one.mean(), 1e-10);
      long moved = Arrays.stream(one.mean()).filter(x -> x > 0).count();
      assertEquals(profile.stretched() - 1, moved);
      double[] hull = QuasiStatic.move(chain, new double[blocks], 0, pull).positions();
      assertArrayEquals(profile.positions(), hull, 1e-13);
    }
  }

  @Test
  void deepLayersDoMore() {
    ChainSpec chain = ChainVectors.massless(7, 1, 0.01, 0.01, 1);
    double[] positions = StaticProfile.of(7, 0.01, 1).positions();
    assertEquals(
        0.01, LoadCurve.of(chain.separations(positions, 0)).statistics(true).tilt(), 1e-14);
  }

  @Test
  void refusesAPush() {
    assertThrows(IllegalArgumentException.class, () -> StaticProfile.of(3, 0.1, -1));
    assertArrayEquals(new double[3], StaticProfile.of(3, 0.1, 0).positions());
    assertTrue(StaticProfile.of(3, 1e9, 1).stretched() == 1);
  }
}
