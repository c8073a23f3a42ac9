package io.github.fathomlab.springblock.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ChainSpecTest {

  @Test
  void whatMakesNoSenseIsRefusedWithASentence() {
    refused("a chain needs a stiffness > 0, found 0.0", () -> ChainVectors.massless(3, 0, 1, 1, 1));
    refused("a chain needs at least 1 block", () -> ChainVectors.massless(0, 1, 1, 1, 1));
    refused("friction needs two finite forces >= 0", () -> new DryFriction(-1, 0));
    refused("friction needs two finite forces >= 0", () -> new DryFriction(0, Double.NaN));
    refused("blocks without mass need a damping > 0", () -> new Inertia.Massless(0));
    refused("blocks with mass need mass > 0", () -> new Inertia.Massive(0, 1));
    refused("noise needs an amplitude >= 0", () -> ChainNoise.independent(-0.1));
    refused("the pull needs a finite position", () -> new Pull.Constant(Double.NaN));
    refused("a cyclic pull needs a period > 0", () -> new Pull.Cyclic(0, 1, 0));
    ChainSpec chain = ChainSpec.firstOrder();
    refused("a chain of 7 blocks needs as many", () -> chain.from(ChainState.atWall(3)));
    refused(
        "blocks without mass start at rest",
        () -> chain.from(new ChainState(new double[7], new double[] {1, 0, 0, 0, 0, 0, 0})));
    refused("the exact motion exists without noise", () -> EventDrivenChain.run(chain, 0, 1));
    refused(
        "FIRST_ORDER_EULER moves blocks without mass",
        () -> new ChainEnsemble(chain, Scheme.STRANG_PROX, 0.1, 1, 1));
    refused("a run needs a step > 0", () -> new ChainRun(chain, 1, 0, 1, false));
    refused("the step must not exceed", () -> new ChainRun(chain, 0.01, 1, 1, false));
    refused("a run has at most", () -> new ChainRun(chain, 1e12, 1e-3, 1, false));
  }

  private static void refused(String sentence, Executable executable) {
    String said =
        String.valueOf(assertThrows(IllegalArgumentException.class, executable).getMessage());
    assertTrue(said.startsWith(sentence), said);
  }

  @Test
  void elongationsEndAtThePull() {
    ChainSpec chain = ChainSpec.firstOrder();
    double[] x = {.1, .3, .3, .4, .5, .6, .8};
    assertArrayEquals(new double[] {.1, .2, 0, .1, .1, .1, .2, .2}, chain.elongations(x, 0), 1e-15);
    assertArrayEquals(
        new double[] {1, .9, .7, .7, .6, .5, .4, .2, 0}, chain.separations(x, 0), 1e-15);
  }

  @Test
  void oneBlockBetweenTwoSprings() {
    ChainSpec chain = ChainVectors.massless(1, 2, 0.5, 0.5, 1);
    ChainMotion motion = EventDrivenChain.run(chain, 0, 1, 20);
    double rest = (2 - 0.5) / 4;
    assertEquals(rest, motion.end().positions()[0], 1e-14);
    assertEquals(rest * -Math.expm1(-4), motion.states().get(1).positions()[0], 1e-14);
  }

  @Test
  void aRunLooksAtEvenTimesAndAtItsEnd() {
    ChainMotion motion = new ChainRun(ChainSpec.firstOrder(), 10.5, 0.1, 1, false).motion(20);
    assertEquals(19, motion.times().length);
    assertEquals(0.6, motion.times()[1], 1e-15);
    assertEquals(10.5, motion.times()[18], 1e-12);
    assertEquals(19, motion.states().size());
    assertNull(motion.budget());
    ChainSpec quiet = ChainSpec.secondOrder().with(ChainNoise.none());
    double exactly = new ChainRun(quiet, 100, 0.05, 1, false).motion(1).end().positions()[0];
    double creeping = new ChainRun(quiet, 100, 0.05, 1, true).motion(1).end().positions()[0];
    assertTrue(creeping > exactly + 1e-3, "crept to " + creeping + " from " + exactly);
    ChainMotion still =
        new ChainRun(ChainSpec.firstOrder().with(ChainNoise.none()), 0, 0.1, 1, false).motion(5);
    assertArrayEquals(new double[] {0}, still.times());
    ChainMotion exact =
        new ChainRun(ChainSpec.firstOrder().with(ChainNoise.none()), 300, 0.5, 1, false)
            .motion(200);
    assertArrayEquals(new double[] {0, 0, 0, 0, .1, .3, .6}, exact.end().positions(), 1e-12);
    assertArrayEquals(StaticProfile.of(7, 0.1, 1).elongations(), exact.elongations(), 1e-12);
    assertEquals(0.15, exact.energies()[exact.times().length - 1], 1e-12);
  }
}
