package io.github.fathomlab.springblock.chain;

import java.util.Arrays;

/**
 * A chain of N blocks between a wall and a pulled end, joined by N+1 equal springs.
 *
 * <pre>
 *   x_0 = 0,  x_{N+1} = y(t),   e_l = x_l - x_{l-1},   F_l = k (e_{l+1} - e_l)
 *   second order:  m dv_l = (F_l - γ v_l - f_l) dt + ε e^{-λt} dB_l,   dx_l = v_l dt
 *   first order:   γ dx_l/dt = S(F_l)
 * </pre>
 *
 * <p>Source: arXiv:2407.19353 and its code, with friction set-valued at rest. Block l stands for
 * the l-th hidden layer, the elongation e_l for its load, the pull for the loss.
 *
 * @param blocks N, at least 1
 * @param stiffness k, force per length, positive
 * @param pull y(t)
 * @param friction f, the same for all blocks
 * @param inertia the order of the motion
 * @param noise random forces
 * @param start positions and velocities at t = 0; blocks without mass have no velocity of their own
 */
public record ChainSpec(
    int blocks,
    double stiffness,
    Pull pull,
    DryFriction friction,
    Inertia inertia,
    ChainNoise noise,
    ChainState start) {

  public ChainSpec {
    if (blocks < 1) {
      throw new IllegalArgumentException(
          "a chain needs at least 1 block, found %d".formatted(blocks));
    }
    if (!(stiffness > 0 && Double.isFinite(stiffness))) {
      throw new IllegalArgumentException(
          "a chain needs a stiffness > 0, found %s; without springs no block feels the pull"
              .formatted(stiffness));
    }
    if (start.positions().length != blocks) {
      throw new IllegalArgumentException(
          "a chain of %d blocks needs as many positions to start from, found %d"
              .formatted(blocks, start.positions().length));
    }
    boolean moving = Arrays.stream(start.velocities()).anyMatch(v -> v != 0);
    if (inertia instanceof Inertia.Massless && moving) {
      throw new IllegalArgumentException(
          "blocks without mass start at rest; leave the velocities out or give the blocks mass");
    }
  }

  /** The first published program: 7 blocks, k = 1, y = 1, μ = 0.1, no mass, noise 0.1 per step. */
  public static ChainSpec firstOrder() {
    return new ChainSpec(
        7,
        1,
        new Pull.Constant(1),
        new DryFriction(0.1, 0.1),
        new Inertia.Massless(1),
        ChainNoise.independent(0.1),
        ChainState.atWall(7));
  }

  /** The second published program: 7 blocks, k = 0.1, more friction to the left, fading noise. */
  public static ChainSpec secondOrder() {
    return new ChainSpec(
        7,
        0.1,
        new Pull.Constant(1),
        new DryFriction(0.003, 0.004),
        new Inertia.Massive(1, 1),
        new ChainNoise(0.003 * Math.sqrt(7), true, 0.001),
        ChainState.atWall(7));
  }

  /** The same chain with another pull. */
  public ChainSpec with(Pull newPull) {
    return new ChainSpec(blocks, stiffness, newPull, friction, inertia, noise, start);
  }

  /** The same chain with other friction. */
  public ChainSpec with(DryFriction newFriction) {
    return new ChainSpec(blocks, stiffness, pull, newFriction, inertia, noise, start);
  }

  /** The same chain with other noise. */
  public ChainSpec with(ChainNoise newNoise) {
    return new ChainSpec(blocks, stiffness, pull, friction, inertia, newNoise, start);
  }

  /** The same chain from another start. */
  public ChainSpec from(ChainState newStart) {
    return new ChainSpec(blocks, stiffness, pull, friction, inertia, noise, newStart);
  }

  /** e_1..e_{N+1}. */
  public double[] elongations(double[] positions, double time) {
    double[] elongations = new double[blocks + 1];
    double left = 0;
    for (int l = 0; l < blocks; l++) {
      elongations[l] = positions[l] - left;
      left = positions[l];
    }
    elongations[blocks] = pull.at(time) - left;
    return elongations;
  }

  /** F_l of block l = index + 1. */
  double force(double[] positions, int index, double time) {
    double left = index == 0 ? 0 : positions[index - 1];
    double right = index == blocks - 1 ? pull.at(time) : positions[index + 1];
    return stiffness * ((right - positions[index]) - (positions[index] - left));
  }

  /** E = ½ m Σ v² + ½ k Σ e². */
  public double energy(ChainState state, double time) {
    double springs = 0;
    for (double e : elongations(state.positions(), time)) {
      springs += e * e;
    }
    double motion = 0;
    if (inertia instanceof Inertia.Massive massive) {
      for (double v : state.velocities()) {
        motion += massive.mass() * v * v;
      }
    }
    return (stiffness * springs + motion) / 2;
  }

  /** The chain seen as representations: D_l = y - x_l for l = 0..N+1, whose falls are the e_l. */
  public double[] separations(double[] positions, double time) {
    double end = pull.at(time);
    double[] separations = new double[blocks + 2];
    separations[0] = end;
    for (int l = 0; l < blocks; l++) {
      separations[l + 1] = end - positions[l];
    }
    return separations;
  }

  /**
   * x* that every symmetric noise leads to on average: k (x*_{l+1} - 2 x*_l + x*_{l-1}) = δ with δ
   * the skew of the friction, so that loads grow by δ/k from layer to layer.
   *
   * <p>Source: our derivation; z → -z with z = x - x* is a symmetry of the noisy motion, for any
   * amplitude, decay, correlation of the noise between blocks and step of the integrator. Validity:
   * a constant pull, and times long enough to forget the start.
   */
  public double[] centre(double position) {
    double increment = friction.skew() / stiffness;
    double first = position / (blocks + 1) - increment * blocks / 2;
    double[] centre = new double[blocks];
    for (int l = 1; l <= blocks; l++) {
      centre[l - 1] = first * l + increment * l * (l - 1) / 2;
    }
    return centre;
  }
}
