package io.github.fathomlab.springblock.chain;

/**
 * What is left until one block changes its contact: positive while it does not.
 *
 * <pre>   sticking: μ_R - F and F + μ_L (forces);   sliding: |v| with the sign of its direction
 * </pre>
 *
 * @param piece the motion that is watched
 * @param index of the block, from 0
 * @param target what the block would change to
 * @param slack how far below zero rounding alone may bring the margin
 */
record ContactWatch(ChainSpec chain, SmoothPiece piece, int index, Contact target, double slack) {

  double margin(ChainState state, double time) {
    return switch (target) {
      case SLIP_RIGHT -> chain.friction().right() - chain.force(state.positions(), index, time);
      case SLIP_LEFT -> chain.force(state.positions(), index, time) + chain.friction().left();
      case STICK -> direction() * state.velocities()[index];
    };
  }

  double slope(ChainState state, double time) {
    return switch (target) {
      case SLIP_RIGHT -> -piece.forceRate(state, index, time);
      case SLIP_LEFT -> piece.forceRate(state, index, time);
      case STICK -> direction() * piece.acceleration(state, index, time);
    };
  }

  private double direction() {
    return piece.contact(index) == Contact.SLIP_RIGHT ? 1 : -1;
  }

  double margin(double time) {
    return margin(piece.at(time), time);
  }

  double slope(double time) {
    return slope(piece.at(time), time);
  }
}
