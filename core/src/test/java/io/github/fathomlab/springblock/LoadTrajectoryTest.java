package io.github.fathomlab.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.springblock.chain.ChainSpec;
import io.github.fathomlab.springblock.chain.DryFriction;
import io.github.fathomlab.springblock.chain.StaticProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoadTrajectoryTest {

  /** A chain at rest over any start: r is friction over stiffness. */
  @Test
  void incrementOfAChainAtRest() {
    ChainSpec chain = ChainSpec.firstOrder().with(new DryFriction(0.02, 0.02));
    double[] rest = chain.separations(StaticProfile.of(7, 0.02, 1).positions(), 0);
    Random random = new Random(3);
    TreeMap<Long, List<LoadCurve>> curves = new TreeMap<>();
    List<LoadCurve> before = new ArrayList<>();
    List<LoadCurve> after = new ArrayList<>();
    for (int replica = 0; replica < 4; replica++) {
      double[] start = random.doubles(9, 3, 4).toArray();
      double[] end = start.clone();
      for (int l = 0; l < 9; l++) {
        end[l] += rest[l] - 1;
      }
      before.add(LoadCurve.of(start));
      after.add(LoadCurve.of(end));
    }
    curves.put(0L, before);
    curves.put(100L, after);
    LoadTrajectory found = LoadTrajectory.of(curves);
    assertEquals(0, found.points().getFirst().mean().orElseThrow(), 1e-15);
    LoadTrajectory.Point last = found.points().getLast();
    assertEquals(100, last.step());
    last.replicas().forEach(r -> assertEquals(0.02, r.orElseThrow(), 1e-14));
    assertEquals(0.02, last.interval().orElseThrow().low(), 1e-14);
  }

  /** The same mean and interval as those of the tilts when nothing was there at the start. */
  @Test
  void intervalIsThatOfTheTilts() {
    TreeMap<Long, List<LoadCurve>> curves = new TreeMap<>();
    LoadCurve flat = LoadCurve.of(new double[9]);
    List<LoadCurve> tilted =
        List.of(TiltedDiagrams.curve(0.1), TiltedDiagrams.curve(0.13), TiltedDiagrams.curve(0.04));
    curves.put(0L, List.of(flat, flat, flat));
    curves.put(7L, tilted);
    LoadTrajectory.Point point = LoadTrajectory.of(curves).points().getLast();
    CurvePhase phase = CurvePhase.of(tilted.stream().map(c -> c.statistics(true)).toList());
    assertEquals(phase.tilt(), point.mean().orElseThrow(), 1e-14);
    assertEquals(phase.tiltLow(), point.interval().orElseThrow().low(), 1e-13);
    assertEquals(phase.tiltHigh(), point.interval().orElseThrow().high(), 1e-13);
  }

  @Test
  void unusableCurvesAreLeftOut() {
    TreeMap<Long, List<LoadCurve>> curves = new TreeMap<>();
    assertTrue(LoadTrajectory.of(curves).points().isEmpty());
    LoadCurve good = TiltedDiagrams.curve(0.1);
    LoadCurve broken = LoadCurve.of(1, Double.NaN, 2, 3, 4, 5, 6, 7, 8);
    curves.put(0L, List.of(good, broken, good));
    curves.put(1L, List.of(broken, good, good));
    LoadTrajectory.Point point = LoadTrajectory.of(curves).points().getLast();
    assertTrue(point.replicas().get(0).isEmpty() && point.replicas().get(1).isEmpty());
    assertEquals(0, point.mean().orElseThrow(), 1e-15);
    assertTrue(point.interval().isEmpty());
    curves.put(2L, List.of(good));
    assertThrows(IllegalArgumentException.class, () -> LoadTrajectory.of(curves));
    curves.put(2L, List.of(good, good, LoadCurve.of(3, 2, 1)));
    assertThrows(IllegalArgumentException.class, () -> LoadTrajectory.of(curves));
  }
}
