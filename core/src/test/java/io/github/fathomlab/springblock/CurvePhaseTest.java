package io.github.fathomlab.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvePhaseTest {

  @ParameterizedTest
  @CsvSource({
    "0.10, 0.01, CONCAVE",
    "-0.10, 0.01, CONVEX",
    "0.00, 0.01, LINEAR",
    "0.02, 0.001, LINEAR", // significant, but too small to matter
    "0.05, 0.40, UNDECIDED",
    "0.00, 0.20, UNDECIDED" // straight on average, but nobody knows
  })
  void namesTheShapeOfTheLoads(double tilt, double spread, Phase expected) {
    double[] offsets = {-1, -0.4, 0, 0.4, 1};
    List<LoadStatistics> replicas =
        Arrays.stream(offsets).mapToObj(o -> arithmetic(1, tilt + spread * o)).toList();
    CurvePhase found = CurvePhase.of(replicas);
    assertEquals(expected, found.phase(), found.reason());
    assertEquals(5, found.replicas());
    assertEquals(tilt, found.tilt(), 1e-14);
    double sd = spread * Math.sqrt(2.32 / 4);
    assertEquals(sd / Math.sqrt(5), found.tiltError(), 1e-14);
    // t_{0.975, 4} from a table
    double half = 2.776445105 * sd / Math.sqrt(5);
    assertEquals(tilt - half, found.tiltLow(), 1e-8);
    assertEquals(tilt + half, found.tiltHigh(), 1e-8);
    assertEquals(3 * (tilt - half), found.relativeTiltLow(), 1e-7);
    assertEquals(3 * (tilt + half), found.relativeTiltHigh(), 1e-7);
    assertEquals(-6 * tilt, found.curvature(), 1e-13);
  }

  @Test
  void twoReplicasDecideNothing() {
    CurvePhase found = CurvePhase.of(List.of(arithmetic(1, 0.1), arithmetic(1, 0.11)));
    assertEquals(Phase.UNDECIDED, found.phase());
    assertEquals("an interval over seeds needs at least three replicas, found 2", found.reason());
    assertEquals(0.105, found.tilt(), 1e-14);
    assertEquals(Phase.UNDECIDED, CurvePhase.of(List.of()).phase());
    assertTrue(Double.isNaN(CurvePhase.of(List.of(arithmetic(1, 0.1))).tiltError()));
  }

  @Test
  void oneUnusableReplicaLeavesThePhaseUndefined() {
    List<LoadStatistics> replicas =
        new ArrayList<>(List.of(arithmetic(1, .1), arithmetic(1, .1), arithmetic(1, .1)));
    replicas.add(arithmetic(-0.5, 0.1));
    CurvePhase rising = CurvePhase.of(replicas);
    assertEquals(Phase.UNDEFINED, rising.phase());
    assertTrue(rising.reason().contains("replica 3"), rising.reason());
    replicas.set(
        3,
        LoadCurve.of(
                List.of(
                    new Separation.Measure(7, Status.OK),
                    new Separation.Measure(6, Status.OK),
                    new Separation.Measure(5, Status.OK),
                    new Separation.Measure(4, Status.OK),
                    new Separation.Measure(3, Status.RANK_DEFICIENT),
                    new Separation.Measure(2, Status.OK),
                    new Separation.Measure(1, Status.OK),
                    new Separation.Measure(0, Status.OK)))
            .statistics(false));
    assertEquals(Phase.UNDEFINED, CurvePhase.of(replicas).phase());
  }

  @Test
  void refusesCurvesOfDifferentDepth() {
    LoadStatistics shallow = LoadCurve.of(3, 2, 1, 0).statistics(false);
    assertThrows(
        IllegalArgumentException.class, () -> CurvePhase.of(List.of(arithmetic(1, 0), shallow)));
  }

  /** The interval covers a true tilt of zero in about 95 of 100 experiments with three seeds. */
  @Test
  void theIntervalCoversTheTruth() {
    Random random = new Random(1);
    int covered = 0;
    int experiments = 2000;
    for (int e = 0; e < experiments; e++) {
      List<LoadStatistics> replicas = new ArrayList<>();
      for (int r = 0; r < 3; r++) {
        replicas.add(arithmetic(1, 0.05 * random.nextGaussian()));
      }
      CurvePhase found = CurvePhase.of(replicas);
      covered += found.tiltLow() <= 0 && found.tiltHigh() >= 0 ? 1 : 0;
    }
    double share = (double) covered / experiments;
    assertEquals(0.95, share, 0.02);
  }

  /** Seven loads around a mean that grow by the tilt. */
  private static LoadStatistics arithmetic(double mean, double tilt) {
    double[] separations = new double[8];
    for (int l = 1; l < 8; l++) {
      separations[l] = separations[l - 1] - (mean + tilt * (l - 4));
    }
    return LoadCurve.of(separations).statistics(false);
  }
}
