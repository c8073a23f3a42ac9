package io.github.fathomlab.springblock.chain;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/**
 * The mean motion of a noisy chain whose blocks forget their velocity before their force changes.
 *
 * <pre>
 *   first order    γ dx/dt = g(F) = ε̄ [H(a) - H(b)],  H(z) = φ(z) + z Φ(z),
 *                  a = (F - μ_R)/ε̄,  b = (-F - μ_L)/ε̄
 *   second order   dx/dt = V(F) = (s/√2γ) [X(w₊) - X(w₋)] / [R(w₊) + R(w₋)],
 *                  s = ε sqrt(γ/m),  w₊ = √2 (μ_R - F)/s,  w₋ = √2 (μ_L + F)/s
 * </pre>
 *
 * <p>Symbols: F force, ε or ε̄ the amplitude at the time, R and X of {@link MillsRatio}. Source:
 * our derivation for arXiv:2407.19353; V is the stationary velocity of Brownian motion with dry
 * friction (arXiv:1008.3331), written without overflow and cancellation. Validity: first order for
 * a small step at fixed ε̄; second order for m/γ short against the relaxation of the springs and
 * damping above 0. Without noise both are sliding with friction, S(F)/γ. Cost: one adaptive
 * integration of order 8.
 *
 * @param chain spring, friction, noise and inertia
 */
public record MeanField(ChainSpec chain) implements OrdinaryDifferentialEquation {
  private static final double FORGOTTEN = 1e-12;

  public MeanField {
    if (chain.inertia().damping() == 0) {
      throw new IllegalArgumentException(
          "a mean field needs damping > 0, found 0; without damping noise heats the chain forever");
    }
  }

  /** Mean velocity of a block under a constant force at a time. */
  public double velocity(double force, double time) {
    double noise = chain.noise().at(time);
    DryFriction friction = chain.friction();
    double damping = chain.inertia().damping();
    if (noise <= FORGOTTEN * (Math.abs(force) + friction.mean())) {
      return friction.slip(force) / damping;
    }
    return switch (chain.inertia()) {
      case Inertia.Massless _ ->
          noise
              / damping
              * (MillsRatio.positivePart((force - friction.right()) / noise)
                  - MillsRatio.positivePart((-force - friction.left()) / noise));
      case Inertia.Massive massive -> driven(force, noise, massive);
    };
  }

  private double driven(double force, double noise, Inertia.Massive massive) {
    double s = noise * Math.sqrt(massive.damping() / massive.mass());
    double right = Math.sqrt(2) * (chain.friction().right() - force) / s;
    double left = Math.sqrt(2) * (chain.friction().left() + force) / s;
    double lowest = Math.min(0, Math.min(right, left));
    double log = lowest * lowest / 2;
    double drift = MillsRatio.scaledExcess(right, log) - MillsRatio.scaledExcess(left, log);
    double sum = MillsRatio.scaledRatio(right, log) + MillsRatio.scaledRatio(left, log);
    return s / (Math.sqrt(2) * massive.damping()) * drift / sum;
  }

  /** dV/dF where the mean velocity is zero, times the damping: 0 stuck, 1 free. */
  public double mobility(double time) {
    double noise = chain.noise().at(time);
    double friction = chain.friction().mean();
    if (friction == 0) {
      return 1;
    }
    if (noise <= FORGOTTEN * friction) {
      return 0;
    }
    return switch (chain.inertia()) {
      case Inertia.Massless _ -> {
        double a = friction / noise;
        yield 2 * MillsRatio.density(a) * MillsRatio.ratio(a);
      }
      case Inertia.Massive massive ->
          MillsRatio.mobility(friction / noise * Math.sqrt(2 * massive.mass() / massive.damping()));
    };
  }

  @Override
  public int getDimension() {
    return chain.blocks();
  }

  @Override
  public double[] computeDerivatives(double time, double[] positions) {
    double[] rates = new double[positions.length];
    for (int l = 0; l < rates.length; l++) {
      rates[l] = velocity(chain.force(positions, l, time), time);
    }
    return rates;
  }

  /**
   * Mean positions at given times.
   *
   * @param tolerance absolute and relative error per step and block
   * @param times rising, above 0
   */
  public double[][] positions(double tolerance, double... times) {
    double[][] positions = new double[times.length][];
    double[] state = chain.start().positions().clone();
    double from = 0;
    for (int i = 0; i < times.length; i++) {
      double span = times[i] - from;
      if (span > 0) {
        DormandPrince853Integrator integrator =
            new DormandPrince853Integrator(1e-12 * span, span, tolerance, tolerance);
        state = integrator.integrate(this, new ODEState(from, state), times[i]).getPrimaryState();
      }
      positions[i] = state;
      from = times[i];
    }
    return positions;
  }
}
