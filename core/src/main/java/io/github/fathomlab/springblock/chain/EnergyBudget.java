package io.github.fathomlab.springblock.chain;

/**
 * Where the energy of a chain without noise went.
 *
 * <pre>   E(T) = E(0) + ∫ k e_{N+1} dy - γ ∫ Σ v² dt - μ_R (path right) - μ_L (path left) </pre>
 *
 * <p>Symbols: E(0) after the end was pulled to y(0), so that a step pull at rest begins with k
 * y²/2; paths in length, summed over blocks (the net way where there is no friction); the rest are
 * energies. Source: our derivation from the equations of {@link ChainSpec}. The integrals are Gauss
 * quadratures of the closed form, so the residual checks the motion.
 *
 * @param initial E(0)
 * @param end E(T)
 * @param pulled work of the pulled end after t = 0
 * @param viscous γ ∫ Σ v² dt
 * @param pathRight way to the right
 * @param pathLeft way to the left
 * @param friction work of dry friction
 */
public record EnergyBudget(
    double initial,
    double end,
    double pulled,
    double viscous,
    double pathRight,
    double pathLeft,
    double friction) {

  /** What does not balance; 0 but for rounding. */
  public double residual() {
    return initial + pulled - viscous - friction - end;
  }

  /** Sums the parts over the pieces of a motion. */
  static final class Account {
    private static final double[] NODES = {0.3399810435848563, 0.8611363115940526};
    private static final double[] WEIGHTS = {0.6521451548625461, 0.3478548451374538};

    private final ChainSpec chain;
    private double pulled;
    private double viscous;
    private double right;
    private double left;

    Account(ChainSpec chain) {
      this.chain = chain;
    }

    /** Adds a piece of motion from its beginning to a time. */
    void add(SmoothPiece piece, double end) {
      double[] from = piece.at(piece.begin()).positions();
      double[] to = piece.at(end).positions();
      for (int l = 0; l < from.length; l++) {
        right += Math.max(0, to[l] - from[l]);
        left += Math.max(0, from[l] - to[l]);
      }
      if (piece.isAtRest()) {
        return;
      }
      int panels = (int) Math.ceil((end - piece.begin()) / (2 * ContactSearch.step(chain)));
      double half = (end - piece.begin()) / (2 * panels);
      for (int panel = 0; panel < panels; panel++) {
        double middle = piece.begin() + (2 * panel + 1) * half;
        for (int i = 0; i < NODES.length; i++) {
          add(piece, middle - half * NODES[i], half * WEIGHTS[i]);
          add(piece, middle + half * NODES[i], half * WEIGHTS[i]);
        }
      }
    }

    private void add(SmoothPiece piece, double time, double weight) {
      ChainState state = piece.at(time);
      for (double v : state.velocities()) {
        viscous += weight * chain.inertia().damping() * v * v;
      }
      double rate = chain.pull().rate(time);
      if (rate != 0) {
        double last = chain.elongations(state.positions(), time)[chain.blocks()];
        pulled += weight * chain.stiffness() * last * rate;
      }
    }

    EnergyBudget close(ChainState last, double time) {
      DryFriction friction = chain.friction();
      return new EnergyBudget(
          chain.energy(chain.start(), 0),
          chain.energy(last, time),
          pulled,
          viscous,
          right,
          left,
          friction.right() * right + friction.left() * left);
    }
  }
}
