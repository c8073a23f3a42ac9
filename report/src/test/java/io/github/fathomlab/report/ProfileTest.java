package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import org.junit.jupiter.api.Test;

class ProfileTest {

  @Test
  void bandsAreTakenOverReplicasAfterTheStepsOfAColumn() {
    SyntheticRun run = SyntheticRun.empty();
    for (int step = 0; step < 5; step++) {
      run.add("q", step, 0, 0, step, Status.OK).add("q", step, 0, 1, 10.0 * step, Status.OK);
    }
    Profile mean = Profile.binned(run.of("q"), 3, Profile.Reduction.MEAN);
    assertEquals(3, mean.columns);
    assertEquals(2, mean.stepsPerColumn);
    assertEquals(0.5, mean.at(0, 0).low());
    assertEquals(5.0, mean.at(0, 0).high());
    assertEquals(2.75, mean.at(0, 0).mean());
    assertEquals("steps 2\u20133", mean.columnName(1));
    assertTrue(
        mean.binning(Profile.Reduction.MEAN)
            .startsWith("Mean of 2 recorded steps per column, the last of 1"));
    Profile largest = Profile.binned(run.of("q"), 3, Profile.Reduction.LARGEST);
    assertEquals(30.0, largest.at(1, 0).high());
    assertEquals(3.0, largest.at(1, 0).low());
  }

  @Test
  void flagsAndHolesAreKept() {
    SyntheticRun run =
        SyntheticRun.empty()
            .add("q", 0, 0, 0, 1.5, Status.RANK_DEFICIENT)
            .add("q", 0, 1, 0, Double.NaN, Status.ONE_CLASS)
            .add("q", 7, 0, 0, Double.POSITIVE_INFINITY, Status.OK);
    Profile profile = Profile.of(run.of("q"));
    assertEquals(1.5, profile.at(0, 0).mean());
    assertTrue(profile.at(0, 0).note().startsWith("RANK_DEFICIENT in 1 of 1 reading: "));
    assertFalse(profile.at(0, 1).hasValue());
    assertEquals(Status.ONE_CLASS, profile.at(0, 1).reason());
    assertEquals(Status.NOT_FINITE, profile.at(1, 0).reason());
    assertEquals("no reading was recorded here", profile.at(1, 1).note());
  }
}
