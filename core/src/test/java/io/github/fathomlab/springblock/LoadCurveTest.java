package io.github.fathomlab.springblock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadCurveTest {
  private static final String MEASURE = "separation.log";

  private static List<LoadCurve> at(Table table, long step) {
    return LoadCurve.at(table.of(MEASURE), step);
  }

  @Test
  void readsTheWholeCurvesOfOneStepInTheOrderOfTheReplicas() {
    Table table = new Table().curve(MEASURE, 5, 2, 9, 6, 4).curve(MEASURE, 5, 0, 3, 2, 1);
    table.curve(MEASURE, 5, 1, 3, 2).curve(MEASURE, 0, 1, 8, 8, 8, 8);
    List<LoadCurve> curves = at(table, 5);
    assertEquals(2, curves.size(), "that of replica 1 is not whole");
    assertArrayEquals(new double[] {3, 2, 1}, curves.get(0).separations());
    assertArrayEquals(new double[] {3, 2}, curves.get(1).loads());
    assertEquals(1, at(table, 0).size());
  }

  @Test
  void isEmptyWhereThereAreNoLoads() {
    assertTrue(LoadCurve.at(List.of(), 0).isEmpty());
    assertTrue(at(new Table().curve(MEASURE, 5, 0, 3, 2), 4).isEmpty());
    assertTrue(at(new Table().curve(MEASURE, 5, 0, 3).curve(MEASURE, 5, 1, 2), 5).isEmpty());
  }

  @Test
  void keepsTheReasonOfAnUnusableValue() {
    Table table = new Table().curve(MEASURE, 5, 0, 3, 2);
    table.add(MEASURE, 5, 2, 0, Double.NaN, Status.ZERO_VARIANCE);
    table.curve(MEASURE, 5, 1, 3, 2).add(MEASURE, 5, 2, 1, 1, Status.RANK_DEFICIENT);
    table.curve(MEASURE, 5, 2, 3, 2, 1);
    assertEquals(
        List.of(Status.ZERO_VARIANCE, Status.RANK_DEFICIENT, Status.OK),
        at(table, 5).stream().map(LoadCurve::status).toList());
    assertArrayEquals(new double[] {3, 2, 1}, at(table, 5).get(1).separations());
  }

  @Test
  void givesNothingAwayOfItsNumbers() {
    double[] separations = {3, 1};
    LoadCurve curve = LoadCurve.of(separations);
    separations[0] = 9;
    curve.separations()[1] = 9;
    assertArrayEquals(new double[] {2}, curve.loads());
  }

  @Test
  void refusesACurveOfOnePoint() {
    String refused =
        assertThrows(IllegalArgumentException.class, () -> LoadCurve.of(1.0)).toString();
    assertTrue(refused.contains("at least 2 representations, found 1"), refused);
  }
}
