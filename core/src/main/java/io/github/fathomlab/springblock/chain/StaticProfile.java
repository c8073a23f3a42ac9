package io.github.fathomlab.springblock.chain;

/**
 * Where a chain without noise and without overshoot comes to rest when it is pulled from the wall.
 *
 * <pre>
 *   ν = μ_R / k,  P = N + 1
 *   M = min(P, max(1, ceil((-1 + sqrt(1 + 8 y/ν)) / 2)))      springs that are stretched, the last M
 *   e_{P-M+j} = y/M - ν (M-1)/2 + ν (j-1),  j = 1..M;         all other e = 0
 * </pre>
 *
 * <p>Symbols: y the pulled end (length, zero or more), k the stiffness, μ_R the friction to the
 * right. Source: our derivation for the first-order chain of arXiv:2407.19353: blocks only ever
 * move right, so that they end in the least equilibrium and the friction to the left does not
 * matter. Loads are arithmetic with increment ν: D is concave. Cost: O(N).
 *
 * @param stretched M
 * @param elongations e_1..e_{N+1}
 * @param positions x_1..x_N
 */
public record StaticProfile(int stretched, double[] elongations, double[] positions) {

  /**
   * The profile of N blocks.
   *
   * @param ratio ν = μ_R / k, a length
   * @param position y
   * @throws IllegalArgumentException when y or ν is negative
   */
  public static StaticProfile of(int blocks, double ratio, double position) {
    if (!(position >= 0 && ratio >= 0)) {
      throw new IllegalArgumentException(
          "the profile of a chain pulled from the wall needs a pull >= 0 and a friction >= 0, found %s and %s"
              .formatted(position, ratio));
    }
    int springs = blocks + 1;
    double depth = (-1 + Math.sqrt(1 + 8 * position / ratio)) / 2;
    int stretched = ratio == 0 ? springs : (int) Math.min(springs, Math.max(1, Math.ceil(depth)));
    double first = position / stretched - ratio * (stretched - 1) / 2;
    double[] elongations = new double[springs];
    double[] positions = new double[blocks];
    double sum = 0;
    for (int l = 0; l < springs; l++) {
      int j = l - (springs - stretched);
      elongations[l] = j < 0 ? 0 : first + ratio * j;
      sum += elongations[l];
      if (l < blocks) {
        positions[l] = sum;
      }
    }
    return new StaticProfile(stretched, elongations, positions);
  }
}
