package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas are grouped by case and place; what does not vary is not named. */
class SeedGroupTest {

  private static List<SeedGroup> groups(SyntheticRun run) {
    return SeedGroup.of(new Recorded(run, List.of()));
  }

  @Test
  void aRunIsOneGroupOfAllReplicas() {
    SyntheticRun run = SyntheticRun.empty();
    run.add("x", 0, -1, 0, 1, Status.OK).add("x", 0, -1, 1, 3, Status.OK);
    run.add("x", 0, -1, 2, Double.NaN, Status.NOT_FINITE).add("x", 7, 0, 0, 5, Status.OK);
    SeedGroup all = groups(run).getFirst();
    assertEquals("", all.label());
    assertArrayEquals(new double[] {1, 3}, all.values("x", 0));
    assertEquals(1, all.exact("x"));
    assertEquals(7, all.lastStep("x"));
    assertTrue(Double.isNaN(all.exact("y")) && !all.isNull());
  }

  @Test
  void aSweepIsGroupedByCaseAndByTheAxesThatVary() {
    SyntheticRun run = SyntheticRun.empty();
    List<String> cases = List.of("deep", "Shuffled labels");
    for (int replica = 0; replica < 8; replica++) {
      int kind = replica / 4;
      run.add(
          new Reading("axis.case", 0, -1, cases.get(kind), replica, kind, Status.OK, Double.NaN));
      run.add("axis.data.coupling", 0, -1, replica, replica / 2 % 2 == 0 ? 0.8 : 1.2, Status.OK);
      run.add("axis.training.learning_rate", 0, -1, replica, 0.003, Status.OK);
      run.add("x", 0, -1, replica, replica, Status.OK);
    }
    List<SeedGroup> groups = groups(run);
    assertEquals(
        List.of(
            "deep, K = 0.8",
            "deep, K = 1.2",
            "Shuffled labels, K = 0.8",
            "Shuffled labels, K = 1.2"),
        groups.stream().map(SeedGroup::label).toList());
    assertEquals(
        List.of(false, false, true, true), groups.stream().map(SeedGroup::isNull).toList());
    assertArrayEquals(new double[] {2, 3}, groups.get(1).values("x", 0));
    assertEquals("K = 1.2", groups.get(3).place());
  }

  @Test
  void stepZeroStandsLeftOfTheFirstStepInProportionToTheRest() {
    TrainingAxis axis = TrainingAxis.covering(new long[] {0, 10, 100, 1000});
    assertEquals(1, axis.x(10), 1e-12);
    assertEquals(3, axis.x(1000), 1e-12);
    assertEquals(1 - 0.14 * 2, axis.x(0), 1e-12);
    assertEquals(
        List.of("0", "10", "100", "1000"),
        axis.axis("").ticks().stream().map(Scale.Tick::label).toList());
    TrainingAxis one = TrainingAxis.covering(new long[] {0, 2500});
    assertTrue(one.x(0) < one.x(2500));
    assertEquals(
        List.of("0", "2500"), one.axis("").ticks().stream().map(Scale.Tick::label).toList());
    assertEquals(1, TrainingAxis.covering(new long[0]).last());
  }
}
