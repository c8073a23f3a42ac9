package io.github.fathomlab.springblock.chain;

import java.util.Arrays;

/**
 * Every step of a recorded first-order chain, one entry per block and step.
 *
 * <pre>   u = x_{l+1} - 2 x_l + x_{l-1},   w = (x_l(t+η) - x_l(t)) / η </pre>
 *
 * <p>Symbols: u a length, w a velocity, a force in units where the damping is 1. A block that kept
 * its position to the last bit was stuck (w = 0). Source: arXiv:2407.19353, whose first program
 * moves blocks by η S(k u + noise). Validity: successive steps, none left out, positions as stored
 * by the integrator. Cost: O(blocks · steps).
 *
 * @param curvatures u
 * @param velocities w
 */
public record SlipSteps(double[] curvatures, double[] velocities) {

  public SlipSteps {
    if (curvatures.length != velocities.length) {
      throw new IllegalArgumentException(
          "steps need as many curvatures as velocities, found %d and %d"
              .formatted(curvatures.length, velocities.length));
    }
    for (int i = 0; i < curvatures.length; i++) {
      if (!Double.isFinite(curvatures[i]) || !Double.isFinite(velocities[i])) {
        throw new IllegalArgumentException(
            "steps need finite numbers, found curvature %s and velocity %s at entry %d"
                .formatted(curvatures[i], velocities[i], i));
      }
    }
    curvatures = curvatures.clone();
    velocities = velocities.clone();
  }

  /**
   * The steps of a recorded chain.
   *
   * @param step η, positive
   * @param pull y(t), with t = 0 at the first row
   * @param positions [time][block], every step of the integrator
   */
  public static SlipSteps of(double step, Pull pull, double[]... positions) {
    if (!(step > 0 && Double.isFinite(step)) || positions.length < 2 || positions[0].length == 0) {
      throw new IllegalArgumentException(
          "steps need a length > 0 and at least 2 rows of positions of at least 1 block, found length %s and %d rows"
              .formatted(step, positions.length));
    }
    int blocks = positions[0].length;
    double[] u = new double[(positions.length - 1) * blocks];
    double[] w = new double[u.length];
    for (int t = 0; t < positions.length; t++) {
      if (positions[t].length != blocks) {
        throw new IllegalArgumentException(
            "expected %d blocks in every row of positions, found %d in row %d"
                .formatted(blocks, positions[t].length, t));
      }
    }
    for (int t = 0; t + 1 < positions.length; t++) {
      double[] x = positions[t];
      for (int l = 0; l < blocks; l++) {
        double left = l == 0 ? 0 : x[l - 1];
        double right = l == blocks - 1 ? pull.at(t * step) : x[l + 1];
        u[t * blocks + l] = (right - x[l]) - (x[l] - left);
        w[t * blocks + l] = (positions[t + 1][l] - x[l]) / step;
      }
    }
    return new SlipSteps(u, w);
  }

  /** Number of entries. */
  public int count() {
    return velocities.length;
  }

  /** Entries that moved right. */
  public int rights() {
    return (int) Arrays.stream(velocities).filter(w -> w > 0).count();
  }

  /** Entries that moved left. */
  public int lefts() {
    return (int) Arrays.stream(velocities).filter(w -> w < 0).count();
  }

  /** Entries that stuck. */
  public int stuck() {
    return count() - rights() - lefts();
  }
}
