package io.github.fathomlab.springblock.chain;

/** A parameter of the first-order chain. */
public enum SlipParameter {
  /** k, force per length. */
  STIFFNESS,
  /** μ_R, a force. */
  RIGHT_FRICTION,
  /** μ_L, a force. */
  LEFT_FRICTION,
  /** ε̄, a force, the noise of one step. */
  NOISE
}
