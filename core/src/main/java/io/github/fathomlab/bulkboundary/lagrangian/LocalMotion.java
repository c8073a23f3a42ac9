package io.github.fathomlab.bulkboundary.lagrangian;

import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.dot;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.plus;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.times;

/**
 * The equations of motion of the local Lagrangian, and its energy booked by site and by variable.
 *
 * <pre>
 *   d/dt(momentum) + γ momentum = force;   for z_m:  f_{m-1} = σ'_m ∘ (W_mᵀ f_m),  f_m = β̇_m + γ β_m   (2.4)
 *   J_m = -ż_m·(β̇_{m-1} + γ β_{m-1})                                                            (2.10)
 *   h_m = T_m - (κ_{m+1} - κ_m),   κ_m = β_m·W_m(σ'_m ∘ ż_m)
 *   J̃_m = J_m + κ̇_m + 2γ κ_m,   ḣ_m + 2γ h_m + J̃_{m+1} - J̃_m = 0                              (2.11)
 * </pre>
 *
 * <p>Symbols: β_m as in {@link LocalLagrangian}; on shell f_m = -δ_{m+1}, which is backpropagation
 * (2.5), and (2.10) equals ⟨δ_m, ż_m⟩ without a backward pass. h_m, κ_m in loss units, J in loss
 * per time. Source: Fathom's derivation from the Lagrangian of arXiv:2511.02003 (bulk-boundary
 * specification, §2.2 and §2.4). Validity: one sample, fixed input, smooth σ or between its kinks;
 * off shell (2.10), (2.11) do not hold and the residuals say by how much. Cost: O(parameters).
 */
public final class LocalMotion {
  private final LocalLagrangian lagrangian;
  private final NeuronCoordinates acceleration;
  private final double gamma;

  /** With an acceleration of any origin; z_0 of it is zero. */
  public LocalMotion(LocalLagrangian lagrangian, NeuronCoordinates acceleration, double gamma) {
    this.lagrangian = lagrangian;
    this.acceleration = acceleration;
    this.gamma = gamma;
  }

  /** With the acceleration that the damped gradient dynamics of (W, b) gives to one sample. */
  public static LocalMotion onShell(Instant instant, int a) {
    ChainState state = instant.state();
    LocalLagrangian lagrangian =
        state.data().batch() == 1 ? LocalLagrangian.of(state) : LocalLagrangian.ofSample(state, a);
    NeuronCoordinates acceleration = NeuronCoordinates.zero(state.chain());
    for (int m = 0; m < state.chain().depth(); m++) {
      LayerVector layer = instant.acceleration(m);
      double[] signals = instant.signals(m, a);
      acceleration.w()[m] = layer.w();
      double[] own =
          plus(
              layer.apply(signals),
              1,
              times(state.velocity().get(m).w(), lagrangian.signalRate(m)));
      acceleration.z()[m + 1] = plus(own, 1, lagrangian.carriedAcceleration(m, acceleration));
    }
    return new LocalMotion(lagrangian, acceleration, instant.gamma());
  }

  public LocalLagrangian lagrangian() {
    return lagrangian;
  }

  /** (Ẅ, z̈). */
  public NeuronCoordinates acceleration() {
    return acceleration;
  }

  /** f_m = β̇_m + γ β_m, the force in the bond between z_m and z_{m+1}. */
  public double[] bondForce(int m) {
    return plus(lagrangian.biasAcceleration(m, acceleration), gamma, lagrangian.biasRate(m));
  }

  /** d/dt(momentum) + γ momentum - force for every coordinate; zero on shell. */
  public NeuronCoordinates equationResidual() {
    return lagrangian
        .momentumRates(acceleration)
        .plus(gamma, lagrangian.momenta())
        .plus(-1, lagrangian.forces());
  }

  /** J_m from the bonds alone (2.10), m = 0..M. */
  public double current(int m) {
    return m == 0 ? 0 : -dot(lagrangian.velocity().z()[m], bondForce(m - 1));
  }

  /** κ_m, m = 0..M; zero at both ends. */
  public double improvement(int m) {
    return end(m) ? 0 : dot(lagrangian.biasRate(m), carried(m));
  }

  /** dκ_m/dt. */
  public double improvementRate(int m) {
    return end(m)
        ? 0
        : dot(lagrangian.biasAcceleration(m, acceleration), carried(m))
            + dot(lagrangian.biasRate(m), lagrangian.carriedAcceleration(m, acceleration));
  }

  /** h_m = Ẇ_m·P_W,m + ż_{m+1}·p_{m+1} - T_m, the energy of the variables of layer m. */
  public double canonicalEnergy(int m) {
    NeuronCoordinates velocity = lagrangian.velocity();
    NeuronCoordinates momenta = lagrangian.momenta();
    return dot(velocity.w()[m], momenta.w()[m])
        + dot(velocity.z()[m + 1], momenta.z()[m + 1])
        - lagrangian.kinetic(m);
  }

  /** J̃_m. */
  public double canonicalCurrent(int m) {
    return current(m) + improvementRate(m) + 2 * gamma * improvement(m);
  }

  /** dh_m/dt from the definition of h_m by the product rule. */
  public double canonicalEnergyRate(int m) {
    NeuronCoordinates velocity = lagrangian.velocity();
    NeuronCoordinates momenta = lagrangian.momenta();
    NeuronCoordinates rates = lagrangian.momentumRates(acceleration);
    double kineticRate =
        dot(velocity.w()[m], acceleration.w()[m])
            + dot(lagrangian.biasRate(m), lagrangian.biasAcceleration(m, acceleration));
    return dot(acceleration.w()[m], momenta.w()[m])
        + dot(velocity.w()[m], rates.w()[m])
        + dot(acceleration.z()[m + 1], momenta.z()[m + 1])
        + dot(velocity.z()[m + 1], rates.z()[m + 1])
        - kineticRate;
  }

  /** The closing error of (2.11) in layer m; zero on shell but for rounding. */
  public double canonicalResidual(int m) {
    return canonicalEnergyRate(m)
        + 2 * gamma * canonicalEnergy(m)
        + canonicalCurrent(m + 1)
        - canonicalCurrent(m);
  }

  private boolean end(int m) {
    return m == 0 || m == lagrangian.chain().depth();
  }

  /** W_m(σ'_m ∘ ż_m). */
  private double[] carried(int m) {
    return times(lagrangian.position().w()[m], lagrangian.signalRate(m));
  }
}
