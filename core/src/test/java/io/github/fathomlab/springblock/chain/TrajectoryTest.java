package io.github.fathomlab.springblock.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrajectoryTest {

  @Test
  void meanOfReplicas() {
    double[] times = {0, 1, 2};
    Trajectory a = new Trajectory(times, new double[][] {{0}, {1}, {2}}, new double[] {4, 4, 4}, 3);
    Trajectory b = new Trajectory(times, new double[][] {{0}, {3}, {2}}, new double[] {4, 6, 8}, 4);
    Trajectory mean = Trajectory.mean(List.of(a, b));
    assertArrayEquals(new double[] {2}, mean.positions()[1]);
    assertArrayEquals(new double[] {4, 5, 6}, mean.end());
    assertEquals(2.5, mean.error());
    assertEquals(6, mean.reach());
    assertEquals(Math.sqrt((0.5 * 0.5 + 1) / 2), mean.straightLineRms(), 1e-15);
    Trajectory other = new Trajectory(new double[] {0, 1, 3}, new double[3][1], new double[3], 1);
    assertThrows(IllegalArgumentException.class, () -> Trajectory.mean(List.of(a, other)));
  }

  @Test
  void refusesWhatIsNone() {
    double[] times = {0, 50, 100};
    refused("a trajectory needs at least 3 times", new double[] {0, 1}, new double[2][3], 1);
    refused("a trajectory needs rising times", new double[3], new double[3][3], 1);
    refused("a trajectory needs a standard error", times, new double[3][3], 0);
    refused("row 0 of a trajectory", times, new double[3][0], 1);
    double[][] broken = new double[3][2];
    broken[1][1] = Double.NaN;
    refused("row 1 of a trajectory", times, broken, 1);
  }

  private static void refused(String message, double[] times, double[][] x, double error) {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Trajectory(times, x, new double[times.length], error));
    assertTrue(String.valueOf(thrown.getMessage()).startsWith(message), thrown.getMessage());
  }

  @Test
  void normalDistribution() {
    for (double z = -12; z < 12; z += 0.13) {
      double tail = MillsRatio.density(z) * MillsRatio.ratio(Math.abs(z));
      double exact = z < 0 ? tail : 1 - tail;
      double found = FastNormal.below(z, MillsRatio.density(z));
      assertEquals(exact, found, 2e-15 + 1e-15 * exact, "at " + z);
    }
  }

  @Test
  void sampledPull() {
    Pull pull = new Pull.Sampled(new double[] {1, 2, 4}, new double[] {0, 3, -1});
    assertEquals(0, pull.at(-5));
    assertEquals(1.5, pull.at(1.5));
    assertEquals(1, pull.at(3));
    assertEquals(-1, pull.at(9));
    assertEquals(-2, pull.rate(2));
    assertEquals(0, pull.rate(4));
    assertEquals(0, pull.rate(0));
    assertEquals(3, pull.reach());
    ChainSpec chain = ChainVectors.massless(7, 1, 0.1, 0.1, 1).with(pull);
    assertThrows(IllegalArgumentException.class, () -> EventDrivenChain.run(chain, 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Pull.Sampled(new double[] {1, 1}, new double[2]));
  }
}
