package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final Targets.Classes CLASSES = new Targets.Classes(new int[] {2, 0, 1, 0}, 3);
  private static final Targets.Values VALUES =
      new Targets.Values(new double[] {1, 2, 3, 4, 5, 6}, 2);

  @Test
  void selectsLabelsInTheOrderAskedFor() {
    Targets.Classes selected = CLASSES.select(new int[] {3, 0, 0, 2});
    assertArrayEquals(new int[] {0, 2, 2, 1}, selected.labels());
    assertEquals(4, selected.size());
    assertEquals(3, selected.width(), "classes that were not selected are still classes");
    assertEquals(3, CLASSES.select(new int[] {1}).classes());
  }

  @Test
  void selectsVectorsInTheOrderAskedFor() {
    Targets.Values selected = VALUES.select(new int[] {2, 0, 2});
    assertArrayEquals(new double[] {5, 6, 1, 2, 5, 6}, selected.values());
    assertEquals(3, selected.size());
    assertEquals(2, selected.width());
  }

  @Test
  void selectsNothing() {
    assertEquals(0, CLASSES.select(new int[0]).size());
    assertEquals(0, VALUES.select(new int[0]).size());
  }

  @Test
  void isACopy() {
    Targets.Values selected = VALUES.select(new int[] {0, 1, 2});
    selected.values()[0] = 9;
    assertEquals(1, VALUES.values()[0]);
  }

  @Test
  void refusesSamplesThatAreNotThere() {
    assertThrows(IndexOutOfBoundsException.class, () -> CLASSES.select(new int[] {4}));
    assertThrows(IndexOutOfBoundsException.class, () -> VALUES.select(new int[] {3}));
  }

  @Test
  void refusesTargetsThatAreNone() {
    String label =
        assertThrows(IllegalArgumentException.class, () -> new Targets.Classes(new int[] {0, 3}, 3))
            .toString();
    assertTrue(label.contains("0..2, found label 3 of sample 1"), label);
    assertThrows(IllegalArgumentException.class, () -> new Targets.Values(new double[3], 2));
    assertThrows(IllegalArgumentException.class, () -> new Targets.Values(new double[3], 0));
  }
}
