package io.github.fathomlab.bulkboundary.lagrangian;

import org.hipparchus.ode.OrdinaryDifferentialEquation;

/**
 * Damped gradient dynamics in weights and biases, with the two sides of every layer's energy
 * account carried along.
 *
 * <pre>
 *   μ θ̈ + c θ̇ + ∂ℓ/∂θ = 0
 *   T_m(t) - T_m(0) + ∫c|θ̇_m|² + ∫(J_{m+1} - J_m) = 0,   T_m = ½μ|θ̇_m|²
 * </pre>
 *
 * <p>State: θ, θ̇, ∫c|θ̇_m|² and ∫(J_{m+1} - J_m) of every layer, J by its own tangent pass.
 * Source: arXiv:2511.02003 with μ = 1, c = γ = 1/η; the other masses are Fathom's derivation
 * (bulk-boundary specification, 2.7 and 2.12). Validity: data at rest. Cost: three passes per
 * evaluation.
 *
 * @param data the samples, at rest
 * @param mass μ
 * @param friction c
 */
public record DampedFlow(Chain chain, ChainData data, double mass, double friction)
    implements OrdinaryDifferentialEquation {

  public DampedFlow {
    if (!(mass > 0 && friction >= 0)) {
      throw new IllegalArgumentException(
          "the mass must be positive and the friction not negative, found %s and %s"
              .formatted(mass, friction));
    }
    if (!data.atRest()) {
      throw new IllegalArgumentException(
          "the flow is that of data at rest; set the rates of inputs and targets to zero");
    }
  }

  /** The dynamics of arXiv:2511.02003 on the data of a state: unit mass, damping γ. */
  public static DampedFlow of(ChainState state, double gamma) {
    return new DampedFlow(state.chain(), state.data(), 1, gamma);
  }

  @Override
  public int getDimension() {
    return 2 * chain.parameterCount() + 2 * chain.depth();
  }

  /** The accounts empty. */
  public double[] start(ChainState from) {
    double[] y = new double[getDimension()];
    int count = chain.parameterCount();
    System.arraycopy(chain.pack(from.parameters()), 0, y, 0, count);
    System.arraycopy(chain.pack(from.velocity()), 0, y, count, count);
    return y;
  }

  /** Parameters and velocity. */
  public ChainState state(double[] y) {
    return new ChainState(chain, chain.unpack(y, 0), chain.unpack(y, chain.parameterCount()), data);
  }

  @Override
  public double[] computeDerivatives(double time, double[] y) {
    ChainState state = state(y);
    double gamma = friction / mass;
    Instant instant = new Instant(state, gamma);
    double[] rate = new double[getDimension()];
    int count = chain.parameterCount();
    double[] gradient = chain.pack(instant.gradient());
    for (int i = 0; i < count; i++) {
      rate[i] = y[count + i];
      rate[count + i] = -(friction * y[count + i] + gradient[i]) / mass;
    }
    for (int m = 0; m < chain.depth(); m++) {
      rate[2 * count + m] = mass * instant.dissipation(m);
      rate[2 * count + chain.depth() + m] = instant.current(m + 1) - instant.current(m);
    }
    return rate;
  }

  /** T_m. */
  public double kinetic(double[] y, int m) {
    LayerVector velocity = state(y).velocity().get(m);
    return 0.5 * mass * velocity.dot(velocity);
  }

  /** ∫c|θ̇_m|², the energy that layer m has dissipated. */
  public double dissipated(double[] y, int m) {
    return y[2 * chain.parameterCount() + m];
  }

  /** ∫(J_{m+1} - J_m), the energy that has left layer m through its two cuts. */
  public double passedOn(double[] y, int m) {
    return y[2 * chain.parameterCount() + chain.depth() + m];
  }
}
