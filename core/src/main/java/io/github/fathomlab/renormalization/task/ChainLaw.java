package io.github.fathomlab.renormalization.task;

/** The law of the infinite chain whose blocks a network reads. */
public sealed interface ChainLaw {

  /**
   * Spins ±1, {@link io.github.fathomlab.renormalization.ising.IsingChain}.
   *
   * @param coupling K
   * @param field h
   */
  record Ising(double coupling, double field) implements ChainLaw {}

  /**
   * Sites of unit variance, {@link io.github.fathomlab.renormalization.field.GaussianChain}.
   *
   * @param phi φ
   */
  record Gaussian(double phi) implements ChainLaw {}

  /**
   * Sites in a quartic well, {@link io.github.fathomlab.renormalization.field.QuarticChain}.
   *
   * @param coupling J
   */
  record Quartic(double theta2, double theta4, double coupling) implements ChainLaw {}

  /** The chain with its correlations and samples; refuses parameters that make no chain. */
  default SolvedChain solved() {
    return switch (this) {
      case Ising ising -> new SolvedIsing(ising);
      case Gaussian gaussian -> new SolvedGaussian(gaussian);
      case Quartic quartic -> new SolvedQuartic(quartic);
    };
  }

  /** The same chain with another coupling: K, φ or J. */
  default ChainLaw withCoupling(double other) {
    return switch (this) {
      case Ising(double _, double field) -> new Ising(other, field);
      case Gaussian _ -> new Gaussian(other);
      case Quartic(double theta2, double theta4, double _) -> new Quartic(theta2, theta4, other);
    };
  }
}
