package io.github.fathomlab.bulkboundary.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Time: continuity on the lattice, energy along a motion, the field equation of z. */
class DepthFieldTest {

  static DepthScheme[] schemes() {
    return LatticeCase.schemes();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  /** The differences of J are divided by ε, so their rounding grows with M. */
  @ParameterizedTest
  @MethodSource("schemes")
  void continuityIsExactOnEveryLattice(DepthScheme scheme) {
    for (int seed = 0; seed < 12; seed++) {
      int sites = 1 << (2 + seed % 6);
      FieldObservation o = observe(LatticeCase.of(sites, 3, 4, scheme, seed));
      double scale = 1 + largest(o.dissipation()) + sites * largest(o.current());
      assertTrue(largest(o.residual()) < 1e-15 * scale, seed + ": " + largest(o.residual()));
      assertEquals(0, o.current()[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void continuityOfAModestLatticeIsRounding(DepthScheme scheme) {
    FieldObservation o = observe(LatticeCase.of(8, 3, 4, scheme, 1));
    assertTrue(largest(o.residual()) < 1e-14, "" + largest(o.residual()));
  }

  private static FieldObservation observe(LatticeCase random) {
    return random.field().observe(random.state());
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void theLastCurrentIsTheRateOfTheLoss(DepthScheme scheme) {
    LatticeCase random = LatticeCase.of(7, 3, 4, scheme, 3);
    double h = 1e-4;
    double later = random.field().observe(random.field().evolve(random.state(), h, 1)).loss();
    double earlier = random.field().observe(random.field().evolve(random.state(), -h, 1)).loss();
    assertEquals((later - earlier) / (2 * h), observe(random).current()[7], 1e-7);
  }

  /** A cut's current is what the sites below it alone would give the loss. */
  @ParameterizedTest
  @MethodSource("schemes")
  void aCurrentIsThePowerFromBelow(DepthScheme scheme) {
    LatticeCase random = LatticeCase.of(5, 2, 3, scheme, 2);
    FieldShape shape = random.state().shape();
    double[] current = observe(random).current();
    double h = 1e-5;
    for (int cut = 0; cut <= 5; cut++) {
      double[] up = random.state().field().clone();
      double[] down = up.clone();
      for (int k = 0; k < cut * shape.block(); k++) {
        up[k] += h * random.state().velocity()[k];
        down[k] -= h * random.state().velocity()[k];
      }
      double difference = random.lattice().forward(up).loss - random.lattice().forward(down).loss;
      assertEquals(difference / (2 * h), current[cut], 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void withoutFrictionEnergyIsKeptToFourthOrder(DepthScheme scheme) {
    LatticeCase random = LatticeCase.of(6, 3, 4, scheme, 4);
    DepthField field = new DepthField(random.lattice(), 0);
    double before = energy(field.observe(random.state()));
    double coarse = Math.abs(energy(field.observe(field.evolve(random.state(), 2, 40))) - before);
    double fine = Math.abs(energy(field.observe(field.evolve(random.state(), 2, 160))) - before);
    double order = Math.log(coarse / fine) / Math.log(4);
    assertTrue(order > 3.7, "order " + order + ", errors " + coarse + " and " + fine);
    assertTrue(fine < 1e-5, "" + fine);
  }

  private static double energy(FieldObservation o) {
    return Arrays.stream(o.energy()).average().orElseThrow() + o.loss();
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void backpropagationIsTheFieldEquationOfTheStates(DepthScheme scheme) {
    LatticeCase random = LatticeCase.of(16, 3, 4, scheme, 6);
    FieldEquation found =
        FieldEquation.at(random.lattice(), random.friction(), random.state(), 2e-3);
    assertTrue(found.residual() < 5e-6, "" + found.residual());
    assertTrue(found.spread() < 2e-14, "" + found.spread());
    FieldEquation coarse =
        FieldEquation.at(random.lattice(), random.friction(), random.state(), 8e-3);
    assertEquals(2, Math.log(coarse.residual() / found.residual()) / Math.log(4), 0.05);
  }

  /** Order of samples does not matter, nor does seeing each of them twice. */
  @ParameterizedTest
  @MethodSource("schemes")
  void samplesAreACrowd(DepthScheme scheme) {
    FieldShape shape = new FieldShape(6, 3);
    double[][] x = LatticeCase.samples(3, 3, 11);
    double[][] y = LatticeCase.samples(3, 3, 12);
    FieldState state = LatticeCase.of(6, 3, 3, scheme, 9).state();
    int[] crowd = {2, 0, 1, 1, 2, 0};
    double[][] manyX = Arrays.stream(crowd).mapToObj(a -> x[a]).toArray(double[][]::new);
    double[][] manyY = Arrays.stream(crowd).mapToObj(a -> y[a]).toArray(double[][]::new);
    Activation tanh = new Activation.Tanh();
    DepthField few = new DepthField(new ResidualLattice(shape, scheme, tanh, x, y), 1);
    DepthField many = new DepthField(new ResidualLattice(shape, scheme, tanh, manyX, manyY), 1);
    FieldObservation one = few.observe(state);
    FieldObservation other = many.observe(state);
    assertArrayEquals(one.current(), other.current(), 1e-14);
    assertArrayEquals(one.acceleration(), other.acceleration(), 1e-14);
    assertEquals(one.loss(), other.loss(), 1e-14);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void atRestNothingFlows(DepthScheme scheme) {
    for (int sites : new int[] {1, 2, 9}) {
      LatticeCase random = LatticeCase.of(sites, 2, 2, scheme, sites);
      FieldState rest = FieldState.atRest(random.state().shape(), random.state().field());
      FieldObservation o = random.field().observe(rest);
      assertArrayEquals(new double[sites], o.energy());
      assertArrayEquals(new double[sites + 1], o.current());
      assertArrayEquals(new double[sites], o.residual());
      assertTrue(o.loss() > 0);
    }
  }

  @Test
  void aSolvedTaskStaysAtRest() {
    FieldShape shape = new FieldShape(4, 2);
    double[][] x = {{0.3, -0.6}};
    ResidualLattice lattice =
        new ResidualLattice(shape, new DepthScheme.Euler(), new Activation.Tanh(), x, x);
    FieldState zero = FieldState.atRest(shape, new double[shape.length()]);
    FieldState later = new DepthField(lattice, 1).evolve(zero, 1, 5);
    assertArrayEquals(zero.field(), later.field());
    assertArrayEquals(zero.velocity(), later.velocity());
  }

  @Test
  void timeCanBeEmptyButNotWithoutSteps() {
    LatticeCase random = LatticeCase.of(2, 1, 1, new DepthScheme.Euler(), 1);
    assertEquals(random.state(), random.field().evolve(random.state(), 0, 1));
    assertThrows(IllegalArgumentException.class, () -> random.field().evolve(random.state(), 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new DepthField(random.lattice(), -1));
  }
}
