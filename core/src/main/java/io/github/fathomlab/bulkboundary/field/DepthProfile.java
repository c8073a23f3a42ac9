package io.github.fathomlab.bulkboundary.field;

/**
 * A lattice at the end of its evolution, over depth x in [0, 1].
 *
 * @param state the field
 * @param scheme how its states were carried through depth
 * @param observation what it does
 */
public record DepthProfile(FieldState state, DepthScheme scheme, FieldObservation observation) {

  /** e(x) between the sites, linearly; beyond the outermost sites on the line of the last two. */
  double energy(double x) {
    return between(observation.energy(), x * state.shape().sites() - scheme.weight());
  }

  /** J(x) between the cuts, linearly. */
  double current(double x) {
    return between(observation.current(), x * state.shape().sites());
  }

  private static double between(double[] values, double place) {
    if (values.length == 1) {
      return values[0];
    }
    int below = Math.clamp((long) Math.floor(place), 0, values.length - 2);
    double share = place - below;
    return (1 - share) * values[below] + share * values[below + 1];
  }
}
