package io.github.fathomlab.bulkboundary.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Depth: states in closed form, the adjoint against finite differences. */
class ResidualLatticeTest {

  static DepthScheme[] schemes() {
    return LatticeCase.schemes();
  }

  /** z' = wz in one unit: (1 + w/M)^M and ((1 + w/2M)/(1 - w/2M))^M, with their derivatives. */
  @ParameterizedTest
  @CsvSource({"1, 0.3", "4, -0.8", "16, 0.9"})
  void linearScalarInClosedForm(int sites, double w) {
    for (DepthScheme scheme : schemes()) {
      FieldShape shape = new FieldShape(sites, 1);
      double x = 0.7;
      double y = -0.4;
      ResidualLattice lattice =
          new ResidualLattice(
              shape, scheme, new Activation.Identity(), new double[][] {{x}}, new double[][] {{y}});
      double[] field = new double[shape.length()];
      for (int m = 0; m < sites; m++) {
        field[shape.weight(m, 0, 0)] = w;
      }
      double c = scheme.weight();
      double up = 1 + (1 - c) * w / sites;
      double down = 1 - c * w / sites;
      double output = x * Math.pow(up / down, sites);
      LatticePass pass = lattice.forward(field);
      lattice.adjoint(field, pass);
      double[] g = lattice.gradient(pass);
      assertEquals(output, pass.z[sites][0][0], 2e-15 * sites);
      assertEquals(0.5 * (output - y) * (output - y), pass.loss, 5e-15 * sites);
      assertEquals((output - y) * output / x, pass.delta[0][0][0], 2e-14 * sites);
      // d ln(output)/dw_m = ε / (up·down), so the field's gradient is (output - y) output/(up
      // down).
      for (int m = 0; m < sites; m++) {
        assertEquals((output - y) * output / (up * down), g[shape.weight(m, 0, 0)], 2e-14 * sites);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void everySiteObeysItsEquation(DepthScheme scheme) {
    LatticeCase random = LatticeCase.of(6, 3, 4, scheme, 5);
    FieldShape shape = random.state().shape();
    double[] field = random.state().field();
    LatticePass pass = random.lattice().forward(field);
    double c = scheme.weight();
    for (int m = 0; m < 6; m++) {
      for (int a = 0; a < 4; a++) {
        for (int i = 0; i < 3; i++) {
          double branch = field[shape.bias(m, i)];
          for (int j = 0; j < 3; j++) {
            double middle = (1 - c) * pass.z[m][a][j] + c * pass.z[m + 1][a][j];
            branch += field[shape.weight(m, i, j)] * Math.tanh(middle);
          }
          assertEquals(pass.z[m][a][i] + branch / 6, pass.z[m + 1][a][i], 1e-15 * 4);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void gradientIsThatOfFiniteDifferences(DepthScheme scheme) {
    for (int seed = 0; seed < 3; seed++) {
      LatticeCase random = LatticeCase.of(5, 2, 3, scheme, seed);
      double[] field = random.state().field();
      LatticePass pass = random.lattice().forward(field);
      random.lattice().adjoint(field, pass);
      double[] g = random.lattice().gradient(pass);
      double h = 1e-5;
      for (int k = 0; k < field.length; k++) {
        double[] up = field.clone();
        double[] down = field.clone();
        up[k] += h;
        down[k] -= h;
        double difference = random.lattice().forward(up).loss - random.lattice().forward(down).loss;
        assertEquals(5 * difference / (2 * h), g[k], 2e-9);
      }
    }
  }

  @Test
  void oneSiteIsOneResidualBlock() {
    FieldShape shape = new FieldShape(1, 1);
    ResidualLattice lattice =
        new ResidualLattice(
            shape,
            new DepthScheme.Euler(),
            new Activation.Tanh(),
            new double[][] {{0.5}},
            new double[][] {{0}});
    LatticePass pass = lattice.forward(new double[] {2, 0.25});
    assertEquals(0.5 + 2 * StrictMath.tanh(0.5) + 0.25, pass.z[1][0][0], 1e-15);
  }

  @Test
  void aLatticeTooCoarseForTheMidpointSaysSo() {
    FieldShape shape = new FieldShape(2, 1);
    ResidualLattice lattice =
        new ResidualLattice(
            shape,
            new DepthScheme.Midpoint(),
            new Activation.Identity(),
            new double[][] {{1}},
            new double[][] {{0}});
    String sentence =
        String.valueOf(
            assertThrows(
                    ArithmeticException.class, () -> lattice.forward(new double[] {1, 0, -8, 0}))
                .getMessage());
    assertTrue(sentence.contains("at site 1 of 2"), sentence);
  }

  @Test
  void whatIsNoNumberStaysVisible() {
    LatticeCase random = LatticeCase.of(3, 2, 2, new DepthScheme.Midpoint(), 1);
    double[] field = random.state().field().clone();
    field[4] = Double.NaN;
    assertTrue(Double.isNaN(random.lattice().forward(field).loss));
  }

  @Test
  void dataOfTheWrongShapeAreNamed() {
    FieldShape shape = new FieldShape(2, 2);
    double[][] good = {{1, 2}};
    double[][] bad = {{1, 2}, {1}};
    assertTrue(message(shape, good, bad).contains("1 inputs and 2 targets"));
    assertTrue(message(shape, bad, bad).contains("sample 1 has 1 inputs"));
    assertTrue(message(shape, new double[0][], new double[0][]).contains("at least one sample"));
    assertThrows(IllegalArgumentException.class, () -> new FieldShape(0, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FieldState(shape, new double[12], new double[11]));
  }

  private static String message(FieldShape shape, double[][] inputs, double[][] targets) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new ResidualLattice(
                        shape, new DepthScheme.Euler(), new Activation.Tanh(), inputs, targets))
            .getMessage());
  }
}
