package io.github.fathomlab.springblock.chain;

/** What is fitted to a sampled trajectory. */
public enum TrajectoryParameter {
  /** k of the mean field, a rate in units where the damping is 1. */
  STIFFNESS("stiffness", true),
  /** μ̄ = (μ_R + μ_L)/2. */
  FRICTION("friction", true),
  /** ε̄ of the mean field. */
  NOISE("noise", true),
  /** δ = (μ_R - μ_L)/2. */
  SKEW("skew of the friction", false),
  /** k of the reduction to two numbers. */
  RATE("rate of relaxation", true),
  /** r of the reduction, a length: by how much loads grow per layer at rest. */
  INCREMENT("increment of the loads", false);

  private final String description;
  private final boolean positive;

  TrajectoryParameter(String description, boolean positive) {
    this.description = description;
    this.positive = positive;
  }

  /** For people. */
  public String description() {
    return description;
  }

  /** Whether its logarithm is fitted. */
  boolean isPositive() {
    return positive;
  }
}
