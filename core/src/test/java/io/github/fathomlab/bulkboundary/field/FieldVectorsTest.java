package io.github.fathomlab.bulkboundary.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.kernels.Activation;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Euler lattice of four sites against reference numbers with 17 digits. */
class FieldVectorsTest {
  private static JsonNode vectors;
  private static FieldObservation found;

  @BeforeAll
  static void observe() {
    vectors = Vectors.field(Vectors.load("bulk-boundary"), "field_lattice_euler");
    FieldShape shape = new FieldShape(4, 2);
    ResidualLattice lattice =
        new ResidualLattice(
            shape,
            new DepthScheme.Euler(),
            new Activation.Tanh(),
            new double[][] {Vectors.numbers(vectors.get("x"))},
            new double[][] {Vectors.numbers(vectors.get("y"))});
    FieldState state = new FieldState(shape, field(shape, "W", "b"), field(shape, "Wdot", "bdot"));
    found = new DepthField(lattice, Vectors.number(vectors, "gamma")).observe(state);
  }

  private static double[] field(FieldShape shape, String weights, String biases) {
    double[] field = new double[shape.length()];
    for (int m = 0; m < shape.sites(); m++) {
      double[][] w = Vectors.matrix(Vectors.field(vectors, weights).get(m));
      double[] b = Vectors.numbers(Vectors.field(vectors, biases).get(m));
      for (int i = 0; i < shape.width(); i++) {
        field[shape.bias(m, i)] = b[i];
        for (int j = 0; j < shape.width(); j++) {
          field[shape.weight(m, i, j)] = w[i][j];
        }
      }
    }
    return field;
  }

  private static void assertClose(double[] expected, double[] actual) {
    double largest = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
    assertArrayEquals(expected, actual, 1e-13 * largest);
  }

  private static double[] oneSample(double[][][] states) {
    return Arrays.stream(states).flatMapToDouble(batch -> Arrays.stream(batch[0])).toArray();
  }

  private static double[] cuts(String name) {
    return Arrays.stream(Vectors.matrix(Vectors.field(vectors, name)))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  @Test
  void states() {
    assertClose(cuts("z"), oneSample(found.z()));
  }

  @Test
  void stateVelocities() {
    assertClose(cuts("zdot"), oneSample(found.zDot()));
  }

  @Test
  void adjoints() {
    assertClose(cuts("delta"), oneSample(found.delta()));
  }

  @Test
  void accelerations() {
    assertClose(field(new FieldShape(4, 2), "Wddot", "bddot"), found.acceleration());
  }

  @Test
  void energyItsRateAndCurrent() {
    assertClose(Vectors.numbers(vectors.get("e")), found.energy());
    assertClose(Vectors.numbers(vectors.get("e_t")), found.energyRate());
    assertClose(Vectors.numbers(vectors.get("J")), found.current());
  }

  @Test
  void continuity() {
    assertArrayEquals(new double[4], found.residual(), 1e-15);
  }
}
