package io.github.fathomlab.bulkboundary.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lattices of different depth against a deep one, and what their initial fields are. */
class DepthCollapseTest {
  private static final DepthCollapse SETTING = new DepthCollapse(3, 4, 1, 2, 10, 1);
  private static final InitialField SMOOTH = new InitialField.Smooth(2, 3);
  private static final DepthScheme EULER = new DepthScheme.Euler();
  private static final DepthScheme MIDPOINT = new DepthScheme.Midpoint();
  private static DepthProfile reference;

  @BeforeAll
  static void deepLattice() {
    reference = SETTING.profile(128, MIDPOINT, SMOOTH);
  }

  private static CollapseDistance distance(int sites, DepthScheme scheme) {
    return CollapseDistance.between(SETTING.profile(sites, scheme, SMOOTH), reference);
  }

  private static void assertOrders(
      double low, double high, CollapseDistance coarse, CollapseDistance fine) {
    double[] ratios = {
      coarse.energy() / fine.energy(),
      coarse.current() / fine.current(),
      coarse.loss() / fine.loss(),
      coarse.output() / fine.output()
    };
    for (double ratio : ratios) {
      double order = Math.log(ratio) / Math.log(2);
      assertTrue(order > low && order < high, Arrays.toString(ratios));
    }
  }

  @Test
  void theNetworkFollowsTheFieldToFirstOrder() {
    assertOrders(0.85, 1.2, distance(32, EULER), distance(64, EULER));
  }

  @Test
  void theMidpointFollowsItToSecondOrder() {
    assertOrders(1.85, 2.25, distance(8, MIDPOINT), distance(16, MIDPOINT));
  }

  @Test
  void aLatticeIsNoDistanceFromItself() {
    CollapseDistance none = CollapseDistance.between(reference, reference);
    assertEquals(new CollapseDistance(0, 0, 0, 0), none);
  }

  /** On a single site the densities are constant, the currents a line. */
  @Test
  void aSingleSiteHasAProfileToo() {
    DepthProfile one = SETTING.profile(1, EULER, SMOOTH);
    assertEquals(one.energy(0), one.energy(0.7));
    assertEquals(0.5 * one.current(1), one.current(0.5), 1e-16);
  }

  @Test
  void everyDepthSamplesTheSameSmoothField() {
    double[] coarse = SMOOTH.sample(new FieldShape(4, 2), EULER);
    double[] fine = SMOOTH.sample(new FieldShape(8, 2), EULER);
    for (int m = 0; m < 4; m++) {
      for (int k = 0; k < 6; k++) {
        assertEquals(coarse[6 * m + k], fine[12 * m + k]);
      }
    }
    // the midpoint of a site of 4 is the border between two sites of 8
    double[] middle = SMOOTH.sample(new FieldShape(4, 2), MIDPOINT);
    assertArrayEquals(Arrays.copyOfRange(fine, 6, 12), Arrays.copyOf(middle, 6));
  }

  @Test
  void randomFieldsHaveTheSameSize() {
    FieldShape shape = new FieldShape(2, 40);
    for (InitialField field : new InitialField[] {SMOOTH, new InitialField.Rough(3)}) {
      double[] values = field.sample(shape, EULER);
      double square = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
      assertEquals(1, square, 0.1, field.toString());
    }
  }

  @Test
  void anOrderIsTheExponentOfAPower() {
    double[] coarse = {3e-2, 5e-3, 1};
    double[] fine = Arrays.stream(coarse).map(d -> d / 8).toArray();
    CollapseOrder order = CollapseOrder.of(coarse, fine, 4);
    assertEquals(1.5, order.order(), 1e-15);
    assertEquals(0, order.standardError(), 1e-7);
    CollapseOrder spread = CollapseOrder.of(new double[] {2, 4}, new double[] {1, 1}, 2);
    assertEquals(1.5, spread.order(), 1e-15);
    assertEquals(0.5, spread.standardError(), 1e-15);
    assertTrue(
        Double.isNaN(CollapseOrder.of(new double[] {2}, new double[] {1}, 2).standardError()));
    assertThrows(IllegalArgumentException.class, () -> CollapseOrder.of(coarse, new double[2], 2));
  }
}
