package io.github.fathomlab.renormalization.ising2d;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SquareIsingTest {
  private static final JsonNode REFERENCE =
      field(Vectors.load("renormalization-ising2d"), "ising2d");

  private static double coupling(String name) {
    return name.equals("Kc") ? SquareIsing.CRITICAL_COUPLING : Double.parseDouble(name);
  }

  private static void near(double expected, double actual) {
    assertEquals(expected, actual, 1e-13 * Math.abs(expected));
  }

  @Test
  void theReferenceNumbers() {
    near(number(REFERENCE, "Kc"), SquareIsing.CRITICAL_COUPLING);
    for (Map.Entry<String, JsonNode> row : field(REFERENCE, "onsager_nn_corr").properties()) {
      double found = SquareIsing.neighbourCorrelation(coupling(row.getKey()));
      near(number(row.getValue()), found);
    }
    for (Map.Entry<String, JsonNode> row : field(REFERENCE, "torus_4x4_nn_corr").properties()) {
      double found = SquareIsing.neighbourCorrelation(coupling(row.getKey()), 4);
      near(number(row.getValue()), found);
    }
    for (Map.Entry<String, JsonNode> row : field(REFERENCE, "kaufman_nn_corr_Kc").properties()) {
      int side = Integer.parseInt(row.getKey());
      double found = SquareIsing.neighbourCorrelation(SquareIsing.CRITICAL_COUPLING, side);
      near(number(row.getValue()), found);
    }
  }

  @Test
  void smallToriAgreeWithSumsOverAllStates() {
    double[] couplings = {0.01, 0.05, 0.3, SquareIsing.CRITICAL_COUPLING, 0.6, 2};
    for (int side = 2; side <= 4; side++) {
      int largest = 2 * side * side;
      long[] states = new long[2 * largest + 1];
      for (int state = 0; state < 1 << side * side; state++) {
        states[bonds(state, side) + largest]++;
      }
      for (double coupling : couplings) {
        double mean = 0;
        double total = 0;
        for (int bonds = -largest; bonds <= largest; bonds++) {
          double weight = states[bonds + largest] * Math.exp(coupling * (bonds - largest));
          total += weight;
          mean += weight * bonds / largest;
        }
        double found = SquareIsing.neighbourCorrelation(coupling, side);
        assertEquals(mean / total, found, 5e-14, side + " at " + coupling);
      }
    }
  }

  private static int bonds(int state, int side) {
    int sum = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int here = row * side + column;
        int right = row * side + (column + 1) % side;
        int below = (row + 1) % side * side + column;
        sum += ((state >> here ^ state >> right) & 1) == 0 ? 1 : -1;
        sum += ((state >> here ^ state >> below) & 1) == 0 ? 1 : -1;
      }
    }
    return sum;
  }

  @Test
  void largeToriAreTheInfiniteLattice() {
    for (double coupling : new double[] {0.1, 0.3, 0.4, 0.5, 0.7, 3}) {
      double infinite = SquareIsing.neighbourCorrelation(coupling);
      assertEquals(infinite, SquareIsing.neighbourCorrelation(coupling, 4096), 1e-12);
    }
    double critical = SquareIsing.neighbourCorrelation(SquareIsing.CRITICAL_COUPLING, 1000);
    assertEquals(0.311, 1000 * (critical - Math.sqrt(0.5)), 1e-3, "falls as 1/L");
  }

  @Test
  void risesWithTheCoupling() {
    double before = 0;
    for (double coupling = 0.02; coupling < 1; coupling += 0.01) {
      double found = SquareIsing.neighbourCorrelation(coupling, 24);
      assertTrue(found > before && found < 1, "at " + coupling);
      before = found;
    }
  }

  @Test
  void refusesWhatHasNoTorus() {
    assertThrows(IllegalArgumentException.class, () -> SquareIsing.neighbourCorrelation(0.4, 1));
    for (double wrong : new double[] {0, -0.4, Double.NaN, 21}) {
      assertThrows(
          IllegalArgumentException.class, () -> SquareIsing.neighbourCorrelation(wrong, 4));
      assertThrows(IllegalArgumentException.class, () -> SquareIsing.neighbourCorrelation(wrong));
    }
  }
}
