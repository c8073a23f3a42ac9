package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTextTest {

  private static Course course(long done, long total, double loss) {
    return new Course("some", "step", total, () -> done, () -> ProgressText.lossPart(loss));
  }

  @Test
  void saysHowFarHowFastAndHowLong() {
    assertEquals(
        "step 12 000 of 150 000 (8 %), 2 400 steps/s, 58 s left, loss 0.310",
        ProgressText.line(course(12_000, 150_000, 0.31), 0, 5));
  }

  @Test
  void aResumedRunIsAsFastAsItsOwnSteps() {
    assertEquals(
        "step 90 of 100 (90 %), 10 steps/s, 1 s left, loss 0.500",
        ProgressText.line(course(90, 100, 0.5), 50, 4));
  }

  @Test
  void knowsNothingBeforeTheFirstStep() {
    assertEquals("step 0 of 100 (0 %)", ProgressText.line(course(0, 100, Double.NaN), 0, 4));
  }

  @Test
  void durationsHaveTwoUnits() {
    assertEquals("59 s", ProgressText.duration(59.4));
    assertEquals("3 min 20 s", ProgressText.duration(200));
    assertEquals("1 h 5 min", ProgressText.duration(3900));
  }

  @Test
  void tablesHaveNumbersToTheRightAndWordsToTheLeft() {
    TextTable table = new TextTable("name", "value");
    table.add("a", 1.5);
    table.add("longer", Double.NaN);
    table.add("b", -1e-9);
    assertEquals(
        List.of(
            "name          value",
            "a            1.5000",
            "longer            -",
            "b       -1.0000e-09"),
        table.lines());
  }
}
