package io.github.fathomlab.renormalization.task;

/** What a network is asked about a block of the chain. */
public sealed interface BlockTask {

  /**
   * Which of two couplings the block comes from, as a logit.
   *
   * @param against the other coupling, K_0 or φ_0; both are equally likely
   */
  record Thermometer(double against) implements BlockTask {}

  /**
   * The site so many places beyond the block.
   *
   * @param distance L, 1 is the next site
   * @param bothSides whether the site on the left is asked for too, through a bottleneck
   */
  record Environment(int distance, boolean bothSides) implements BlockTask {}

  /** The sign of the sum of the block. */
  record Majority() implements BlockTask {}

  /** The block itself, through a bottleneck. */
  record Reconstruction() implements BlockTask {}

  /** Whether the answer is a logit, and not a number to come close to. */
  default boolean isLogit() {
    return this instanceof Thermometer;
  }

  /** Whether the coupling is read from a bottleneck, and not from the only output. */
  default boolean hasBottleneck() {
    return switch (this) {
      case Reconstruction _ -> true;
      case Environment environment -> environment.bothSides();
      case Thermometer _, Majority _ -> false;
    };
  }
}
