package io.github.fathomlab.springblock.chain;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QuasiStaticTest {

  @Test
  void unloadingStopsOnTheOtherSide() {
    JsonNode vector = ChainVectors.group("first_order_euler").get(3);
    ChainSpec chain = ChainVectors.massless(7, 1, 0.02, 0.03, 1);
    double[] pulled = QuasiStatic.move(chain, new double[7], 0, 1).positions();
    assertArrayEquals(numbers(field(vector, "x0")), pulled, 1e-14);
    double[] expected = numbers(field(field(vector, "x_at_step"), "5000"));
    QuasiStatic unloaded = QuasiStatic.move(chain, pulled, 1, 0.4);
    assertArrayEquals(expected, unloaded.positions(), 1e-13);
    assertEquals(0.4 - expected[6], unloaded.endForce(), 1e-13);
  }

  /** Random histories of the end against the exact motion of a chain without mass. */
  @Test
  void agreesWithTheMotion() {
    Random random = new Random(5);
    ChainSpec chain = ChainVectors.massless(5, 1, 0.03, 0.06, 0);
    double[] x = new double[5];
    double place = 0;
    for (int move = 0; move < 20; move++) {
      double next = random.nextDouble() - 0.3;
      ChainSpec moved = chain.with(new Pull.Constant(next)).from(ChainState.atRest(x));
      ChainMotion motion = EventDrivenChain.run(moved, 0, 300);
      QuasiStatic rest = QuasiStatic.move(chain, x, place, next);
      assertArrayEquals(motion.end().positions(), rest.positions(), 1e-12);
      assertTrue(motion.budget() != null);
      assertEquals(motion.budget().friction(), rest.frictionWork(), 1e-12);
      x = rest.positions();
      place = next;
    }
  }

  /** Once round the loop, the hand has done what friction took. */
  @Test
  void theLoopEnclosesTheWorkOfFriction() {
    ChainSpec chain = ChainVectors.massless(4, 1, 0.02, 0.05, 0);
    int steps = 4000;
    double[] places =
        IntStream.rangeClosed(1, 3 * steps)
            .mapToDouble(i -> Math.abs((i + steps) % (2 * steps) - steps) / (double) steps)
            .toArray();
    QuasiStatic[] loop = QuasiStatic.visit(chain, new double[4], 0, places);
    double area = 0;
    double work = 0;
    for (int i = steps; i < 3 * steps; i++) {
      double way = loop[i].position() - loop[i - 1].position();
      area += (loop[i].endForce() + loop[i - 1].endForce()) / 2 * way;
      work += loop[i].frictionWork();
    }
    assertArrayEquals(loop[steps - 1].positions(), loop[3 * steps - 1].positions(), 1e-12);
    assertTrue(area > 0.05, "area " + area);
    assertEquals(work, area, 1e-6);
  }

  @Test
  void asksForAnEquilibrium() {
    ChainSpec chain = ChainVectors.massless(2, 1, 0.1, 0.1, 0);
    String said =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> QuasiStatic.move(chain, new double[] {0, 1}, 1, 2))
                .getMessage());
    assertTrue(said.startsWith("block 1 is not at rest"), said);
  }
}
