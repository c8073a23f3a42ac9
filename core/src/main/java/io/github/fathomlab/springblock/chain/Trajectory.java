package io.github.fathomlab.springblock.chain;

import java.util.Arrays;
import java.util.List;

/**
 * Where the blocks of a chain were seen at a few times, with the place of the pulled end.
 *
 * <p>For a network x_l = D_0 - D_l and y = D_0 - D_{N+1}, both as changes since the initialisation.
 * The first row is the start and is taken as exact; the others carry the error.
 *
 * @param times t_0 &lt; t_1 &lt; ..., at least 3
 * @param positions x_1..x_N at each time, [time][block]
 * @param end y at each time; between them straight
 * @param error standard error of one measured position, a length, positive
 */
public record Trajectory(double[] times, double[][] positions, double[] end, double error) {

  public Trajectory {
    if (times.length < 3 || positions.length != times.length || end.length != times.length) {
      throw new IllegalArgumentException(
          "a trajectory needs at least 3 times with a row of positions and an end for each, found %d times, %d rows and %d ends"
              .formatted(times.length, positions.length, end.length));
    }
    if (!(error > 0 && Double.isFinite(error))) {
      throw new IllegalArgumentException(
          "a trajectory needs a standard error of measurement > 0, found %s".formatted(error));
    }
    int blocks = positions[0].length;
    for (int j = 0; j < times.length; j++) {
      boolean finite = Double.isFinite(times[j]) && Double.isFinite(end[j]);
      finite &= Arrays.stream(positions[j]).allMatch(Double::isFinite);
      if (!finite || positions[j].length != blocks || blocks == 0) {
        throw new IllegalArgumentException(
            "row %d of a trajectory needs a finite time, a finite end and %d finite positions, found time %s, end %s and positions %s"
                .formatted(
                    j, Math.max(1, blocks), times[j], end[j], Arrays.toString(positions[j])));
      }
      if (j > 0 && times[j] <= times[j - 1]) {
        throw new IllegalArgumentException(
            "a trajectory needs rising times, found %s after %s".formatted(times[j], times[j - 1]));
      }
    }
    times = times.clone();
    positions = Arrays.stream(positions).map(double[]::clone).toArray(double[][]::new);
    end = end.clone();
  }

  /** N. */
  public int blocks() {
    return positions[0].length;
  }

  /** Last time minus first. */
  public double duration() {
    return times[times.length - 1] - times[0];
  }

  /** The largest distance from the wall of any block or of the end. */
  public double reach() {
    double reach = 0;
    for (int j = 0; j < times.length; j++) {
      reach = Math.max(reach, Math.abs(end[j]));
      reach = Math.max(reach, Arrays.stream(positions[j]).map(Math::abs).max().orElse(0));
    }
    return reach;
  }

  /** Root mean square distance from the straight line x_l = y l / (N+1) after the first row. */
  public double straightLineRms() {
    double squares = 0;
    for (int j = 1; j < times.length; j++) {
      for (int l = 0; l < blocks(); l++) {
        double rest = positions[j][l] - end[j] * (l + 1) / (blocks() + 1);
        squares += rest * rest;
      }
    }
    return Math.sqrt(squares / ((times.length - 1) * blocks()));
  }

  /**
   * The mean over replicas, with the error of a mean.
   *
   * @throws IllegalArgumentException when the replicas were not seen at the same times
   */
  public static Trajectory mean(List<Trajectory> replicas) {
    Trajectory first = replicas.getFirst();
    double[][] positions = new double[first.times.length][first.blocks()];
    double[] end = new double[first.times.length];
    double squares = 0;
    for (Trajectory replica : replicas) {
      if (!Arrays.equals(first.times, replica.times) || first.blocks() != replica.blocks()) {
        throw new IllegalArgumentException(
            "the mean of replicas needs the same times and blocks in all of them, found %d times of %d blocks and %d times of %d blocks"
                .formatted(
                    first.times.length, first.blocks(), replica.times.length, replica.blocks()));
      }
      for (int j = 0; j < end.length; j++) {
        end[j] += replica.end[j] / replicas.size();
        for (int l = 0; l < first.blocks(); l++) {
          positions[j][l] += replica.positions[j][l] / replicas.size();
        }
      }
      squares += replica.error * replica.error;
    }
    return new Trajectory(first.times, positions, end, Math.sqrt(squares) / replicas.size());
  }
}
