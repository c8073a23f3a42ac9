package io.github.fathomlab.bulkboundary.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import org.junit.jupiter.api.Test;

/** How far neighbouring blocks are apart. */
class RoughnessTest {

  @Test
  void closedForms() {
    assertEquals(
        new Roughness(0, Status.OK), Roughness.of(new double[][] {{1, 2}, {1, 2}, {1, 2}}));
    assertEquals(new Roughness(2.0 / 14, Status.OK), Roughness.of(new double[][] {{1}, {2}, {3}}));
    assertEquals(new Roughness(8.0 / 3, Status.OK), Roughness.of(new double[][] {{1}, {-1}, {1}}));
  }

  @Test
  void sizeDoesNotMatter() {
    double small = Roughness.of(new double[][] {{1, 3}, {2, -1}}).value();
    double large = Roughness.of(new double[][] {{4, 12}, {8, -4}}).value();
    assertEquals(small, large);
  }

  @Test
  void smoothFieldsFallAsTheSquareRoughOnesDoNot() {
    double[] smooth = new double[2];
    double[] rough = new double[2];
    for (int k = 0; k < 2; k++) {
      FieldShape shape = new FieldShape(64 << k, 3);
      DepthScheme euler = new DepthScheme.Euler();
      smooth[k] = roughness(shape, new InitialField.Smooth(7, 3).sample(shape, euler));
      rough[k] = roughness(shape, new InitialField.Rough(7).sample(shape, euler));
    }
    assertEquals(4, smooth[0] / smooth[1], 0.2);
    assertEquals(2, rough[0], 0.3);
    assertEquals(2, rough[1], 0.3);
  }

  private static double roughness(FieldShape shape, double[] field) {
    return Roughness.of(FieldState.atRest(shape, field)).value();
  }

  @Test
  void whatHasNoRoughnessSaysWhy() {
    assertStatus(Status.NOT_APPLICABLE, new double[][] {});
    assertStatus(Status.NOT_APPLICABLE, new double[][] {{1, 2}});
    assertStatus(Status.NOT_APPLICABLE, new double[][] {{1, 2}, {1, 2, 3}});
    assertStatus(Status.ZERO_VARIANCE, new double[][] {{0, 0}, {0, 0}});
    assertStatus(Status.NOT_FINITE, new double[][] {{0, 1}, {Double.NaN, 0}});
    assertStatus(Status.NOT_FINITE, new double[][] {{0, 1}, {Double.POSITIVE_INFINITY, 0}});
  }

  private static void assertStatus(Status expected, double[][] blocks) {
    Roughness found = Roughness.of(blocks);
    assertEquals(expected, found.status());
    assertTrue(Double.isNaN(found.value()));
  }
}
