package io.github.fathomlab.springblock.chain;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventDrivenChainTest {

  static Stream<JsonNode> motions() {
    return Stream.concat(
        ChainVectors.list("second_order_event_driven").stream(),
        Stream.of(ChainVectors.group("single_block")));
  }

  @ParameterizedTest
  @MethodSource("motions")
  void agreesWithTheVectors(JsonNode vector) {
    ChainSpec chain = ChainVectors.massive(field(vector, "params"));
    List<JsonNode> states = field(vector, "states").valueStream().toList();
    double[] times =
        Stream.concat(Stream.of(0.0), states.stream().map(s -> number(s, "t")))
            .mapToDouble(t -> t)
            .toArray();
    ChainMotion motion = EventDrivenChain.run(chain, times);
    for (int i = 0; i < states.size(); i++) {
      ChainState state = motion.states().get(i + 1);
      assertArrayEquals(numbers(field(states.get(i), "x")), state.positions(), 1e-10);
      double[] velocities = numbers(field(states.get(i), "v"));
      assertArrayEquals(velocities, state.velocities(), 1e-10);
      for (int l = 0; l < velocities.length; l++) {
        assertEquals(velocities[l] == 0, state.velocities()[l] == 0, "block at rest");
      }
    }
    assertEvents(field(vector, "events"), motion.events());
    assertEquals(0, budget(motion).residual(), 1e-12);
  }

  private static void assertEvents(JsonNode expected, List<SlipEvent> found) {
    assertEquals(expected.size(), found.size(), () -> found.toString());
    for (int i = 0; i < found.size(); i++) {
      JsonNode event = expected.get(i);
      Contact contact =
          switch (field(event, "type").stringValue()) {
            case "slip+" -> Contact.SLIP_RIGHT;
            case "slip-" -> Contact.SLIP_LEFT;
            default -> Contact.STICK;
          };
      assertEquals(contact, found.get(i).contact());
      assertEquals(field(event, "block").intValue(), found.get(i).block());
      assertEquals(number(event, "t"), found.get(i).time(), 1e-9);
    }
  }

  private static EnergyBudget budget(ChainMotion motion) {
    EnergyBudget budget = motion.budget();
    assertNotNull(budget);
    return budget;
  }

  @Test
  void theEnergyOfAStepPullGoesWhereTheVectorsSay() {
    ChainMotion motion = EventDrivenChain.run(ChainVectors.underdamped(), 0, 16);
    EnergyBudget budget = budget(motion);
    JsonNode energy = field(ChainVectors.group("second_order_event_driven").get(0), "energy");
    assertEquals(number(energy, "E_spring_initial"), budget.initial(), 1e-15);
    assertEquals(number(energy, "E_spring_final"), budget.end(), 1e-10);
    assertEquals(number(energy, "path_right"), budget.pathRight(), 1e-10);
    assertEquals(number(energy, "path_left"), budget.pathLeft(), 1e-10);
    assertEquals(number(energy, "friction_dissipated"), budget.friction(), 1e-10);
    assertEquals(number(energy, "viscous_dissipated"), budget.viscous(), 1e-10);
    double[] energies = motion.energies();
    assertEquals(budget.end(), energies[energies.length - 1]);
  }

  @Test
  void withoutFrictionOrMassTheModesAreExact() {
    JsonNode vector = ChainVectors.group("first_order_frictionless_exact");
    ChainSpec chain = ChainVectors.massless(7, 1, 0, 0, 1);
    double[] eigenvalues =
        IntStream.rangeClosed(1, 7).mapToDouble(j -> SlidingRun.eigenvalue(j, 7)).toArray();
    assertArrayEquals(numbers(field(vector, "eigenvalues_over_k")), eigenvalues, 1e-14);
    field(vector, "x_at_t")
        .properties()
        .forEach(at -> {
          double time = Double.parseDouble(at.getKey());
          ChainState state = EventDrivenChain.frictionless(chain, time);
          assertArrayEquals(numbers(at.getValue()), state.positions(), 1e-14);
        });
    ChainMotion motion = EventDrivenChain.run(chain, 0, 300);
    assertArrayEquals(StaticProfile.of(7, 0, 1).positions(), motion.end().positions(), 1e-14);
    assertTrue(motion.events().isEmpty());
  }

  /** Undamped, without friction: the energy stays, for any damping regime the budget closes. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 2 * 1.4142135623730951, 3, 40})
  void freeBlocksKeepTheBooks(double damping) {
    ChainSpec chain =
        new ChainSpec(
            3,
            2,
            new Pull.Constant(1),
            new DryFriction(0, 0),
            new Inertia.Massive(1, damping),
            ChainNoise.none(),
            new ChainState(new double[] {0.3, -0.2, 0.5}, new double[] {1, 0, -1}));
    ChainMotion motion = EventDrivenChain.run(chain, 0, 0.5, 7);
    assertEquals(0, budget(motion).residual(), 1e-11);
    if (damping == 0) {
      assertEquals(motion.energies()[0], motion.energies()[2], 1e-13);
    }
  }

  /** The least equilibrium of the closed form, by blocks that depin one after the other. */
  @Test
  void aPulledChainWithoutMassDepinsFromTheEnd() {
    ChainMotion motion =
        EventDrivenChain.run(ChainVectors.massless(7, 1, 0.01, 0.5, 1), 0, 1, 10, 400);
    assertArrayEquals(StaticProfile.of(7, 0.01, 1).positions(), motion.end().positions(), 1e-12);
    int[] blocks = motion.events().stream().mapToInt(SlipEvent::block).toArray();
    assertArrayEquals(new int[] {7, 6, 5, 4, 3, 2, 1}, blocks, motion.events().toString());
    assertEquals(0, budget(motion).residual(), 1e-12);
  }

  /** A fine Euler sum of the same first-order law, with left motion and blocks that stop. */
  @Test
  void agreesWithAFineSumFromACompressedStart() {
    ChainSpec chain =
        ChainVectors.massless(7, 1, 0.05, 0.08, 1)
            .from(ChainState.atRest(0.5, 0.9, 0.95, 0.97, 0.99, 1.0, 0.9));
    ChainMotion motion = EventDrivenChain.run(chain, 0, 5, 50);
    ChainEnsemble fine = new ChainEnsemble(chain, Scheme.FIRST_ORDER_EULER, 1e-4, 1, 0);
    fine.advance(50_000);
    assertArrayEquals(fine.mean(), motion.states().get(1).positions(), 1e-5);
    fine.advance(450_000);
    assertArrayEquals(fine.mean(), motion.end().positions(), 1e-6);
    assertTrue(budget(motion).pathLeft() > 0 && budget(motion).pathRight() > 0);
  }

  /** Massive blocks under a cyclic pull, against small proximal steps. */
  @Test
  void followsACyclicPull() {
    ChainSpec chain = ChainVectors.underdamped().with(new Pull.Cyclic(0.2, 0.6, 9));
    ChainMotion motion = EventDrivenChain.run(chain, 0, 10, 40);
    ChainEnsemble fine = new ChainEnsemble(chain, Scheme.STRANG_PROX, 1e-4, 1, 0);
    fine.advance(100_000);
    assertArrayEquals(fine.mean(), motion.states().get(1).positions(), 2e-5);
    fine.advance(300_000);
    assertArrayEquals(fine.mean(), motion.end().positions(), 1e-4);
    assertTrue(motion.events().size() > 30);
    assertEquals(0, budget(motion).residual(), 1e-10);
    assertTrue(budget(motion).pulled() > 0.1);
  }

  /** Whatever the chain, its books close and a block at rest is under static friction. */
  @Test
  void randomChainsObeyTheirLaw() {
    Random random = new Random(11);
    for (int trial = 0; trial < 30; trial++) {
      int blocks = 1 + random.nextInt(6);
      double[] x = random.doubles(blocks, -1, 1).toArray();
      double[] v = random.doubles(blocks, -1, 1).toArray();
      ChainSpec chain =
          new ChainSpec(
              blocks,
              0.5 + random.nextDouble(),
              new Pull.Constant(random.nextDouble()),
              new DryFriction(0.2 * random.nextDouble(), 0.2 * random.nextDouble()),
              new Inertia.Massive(0.5 + random.nextDouble(), 0.5 * random.nextDouble()),
              ChainNoise.none(),
              new ChainState(x, v));
      ChainMotion motion = EventDrivenChain.run(chain, 0, 3, 300);
      assertEquals(0, budget(motion).residual(), 1e-10, chain.toString());
      assertArrayEquals(new double[blocks], motion.end().velocities(), "at rest: " + trial);
      for (int l = 0; l < blocks; l++) {
        double force = chain.force(motion.end().positions(), l, 300);
        assertEquals(Contact.STICK, chain.friction().atRest(force, 1e-12));
      }
    }
  }

  /** Seen in a mirror: positions, pull and forces change sign, the two frictions their places. */
  @Test
  void theMirrorImageMovesAsTheMirrorImage() {
    ChainSpec chain =
        ChainVectors.underdamped()
            .from(new ChainState(new double[] {0.1, 0, 0.3, -0.2}, new double[] {0, 1, 0, -1}));
    ChainSpec mirrored =
        chain
            .with(new Pull.Constant(-1))
            .with(new DryFriction(0.08, 0.05))
            .from(new ChainState(new double[] {-0.1, 0, -0.3, 0.2}, new double[] {0, -1, 0, 1}));
    ChainMotion motion = EventDrivenChain.run(chain, 0, 4, 30);
    ChainMotion image = EventDrivenChain.run(mirrored, 0, 4, 30);
    double[] negative = Arrays.stream(image.end().positions()).map(p -> -p).toArray();
    assertArrayEquals(motion.end().positions(), negative, 1e-12);
    assertEquals(motion.events().size(), image.events().size());
    assertEquals(budget(motion).pathLeft(), budget(image).pathRight(), 1e-12);
  }

  /** With other units of length, time and mass the same motion comes out in those units. */
  @Test
  void unitsDoNotMatter() {
    ChainSpec chain = ChainVectors.underdamped();
    double length = 3;
    double time = 5;
    double mass = 7;
    double force = mass * length / (time * time);
    ChainSpec scaled =
        new ChainSpec(
            4,
            force / length,
            new Pull.Constant(length),
            new DryFriction(0.05 * force, 0.08 * force),
            new Inertia.Massive(mass, 0.2 * mass / time),
            ChainNoise.none(),
            ChainState.atWall(4));
    ChainMotion motion = EventDrivenChain.run(chain, 0, 16);
    ChainMotion other = EventDrivenChain.run(scaled, 0, 16 * time);
    double[] back = Arrays.stream(other.end().positions()).map(p -> p / length).toArray();
    assertArrayEquals(motion.end().positions(), back, 1e-12);
    for (int i = 0; i < motion.events().size(); i++) {
      assertEquals(motion.events().get(i).time(), other.events().get(i).time() / time, 1e-11);
    }
  }

  @Test
  void anUnpulledChainStaysAtTheWall() {
    ChainMotion motion =
        EventDrivenChain.run(ChainVectors.underdamped().with(new Pull.Constant(0)), 0, 1e9);
    assertArrayEquals(new double[4], motion.end().positions());
    assertTrue(motion.events().isEmpty());
    assertEquals(0, budget(motion).initial());
  }
}
