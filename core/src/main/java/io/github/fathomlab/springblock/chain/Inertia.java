package io.github.fathomlab.springblock.chain;

/** Whether blocks have mass: the order of the equation of motion. */
public sealed interface Inertia {

  /** γ, force per velocity. */
  double damping();

  /** Force per velocity of a moving block, the scale of tolerances. */
  double impedance(double stiffness);

  /** The fastest rate of a chain of this stiffness, per unit of time. */
  double fastest(double stiffness);

  /**
   * First order, γ dx/dt = S(F).
   *
   * @param damping γ, positive
   */
  record Massless(double damping) implements Inertia {
    public Massless {
      if (!(damping > 0 && Double.isFinite(damping))) {
        throw new IllegalArgumentException(
            "blocks without mass need a damping > 0, found %s; give them mass (order: second) to move undamped"
                .formatted(damping));
      }
    }

    @Override
    public double impedance(double stiffness) {
      return damping;
    }

    @Override
    public double fastest(double stiffness) {
      return 4 * stiffness / damping;
    }
  }

  /**
   * Second order, m dv/dt = F - γ v - f.
   *
   * @param mass m, positive
   * @param damping γ, zero or more
   */
  record Massive(double mass, double damping) implements Inertia {
    public Massive {
      if (!(mass > 0 && Double.isFinite(mass) && damping >= 0 && Double.isFinite(damping))) {
        throw new IllegalArgumentException(
            "blocks with mass need mass > 0 and damping >= 0, found mass %s and damping %s"
                .formatted(mass, damping));
      }
    }

    @Override
    public double impedance(double stiffness) {
      return Math.sqrt(stiffness * mass);
    }

    @Override
    public double fastest(double stiffness) {
      return Math.max(2 * Math.sqrt(stiffness / mass), damping / mass);
    }
  }
}
