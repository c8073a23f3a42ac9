package io.github.fathomlab.springblock.chain;

/**
 * Where the blocks are and how fast they go.
 *
 * @param positions x_1..x_N, lengths from the wall
 * @param velocities v_1..v_N
 */
public record ChainState(double[] positions, double[] velocities) {

  public ChainState {
    if (positions.length != velocities.length) {
      throw new IllegalArgumentException(
          "a chain has as many velocities as positions, found %d and %d"
              .formatted(velocities.length, positions.length));
    }
    for (int l = 0; l < positions.length; l++) {
      if (!Double.isFinite(positions[l]) || !Double.isFinite(velocities[l])) {
        throw new IllegalArgumentException(
            "block %d needs a finite position and velocity, found %s and %s"
                .formatted(l + 1, positions[l], velocities[l]));
      }
    }
  }

  /** At rest at given positions. */
  public static ChainState atRest(double... positions) {
    return new ChainState(positions, new double[positions.length]);
  }

  /** All blocks at rest at the wall. */
  public static ChainState atWall(int blocks) {
    return atRest(new double[blocks]);
  }
}
