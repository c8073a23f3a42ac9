package io.github.fathomlab.bulkboundary.field;

import java.util.Arrays;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.ClassicalRungeKuttaIntegrator;

/**
 * Damped motion of the fields W(x, t), b(x, t) that define a residual network, and its energy.
 *
 * <p>Formula: {@code ∂_t²θ + γ ∂_tθ + g = 0} with g = (1/ε) ∂ℓ/∂θ_m; {@code e = ½|∂_tθ_m|²}, {@code
 * J_m = Σ_a δ_m·∂_t z_m}, {@code ∂_t e_m + 2γ e_m + (J_{m+1} - J_m)/ε = 0}, J_0 = 0, J_M = dℓ/dt.
 *
 * <p>Symbols: θ_m = (W_m, b_m) at site m (n x n, n), ε = 1/M, γ friction (1/time); e in loss per
 * unit of depth, J in loss per time. In the ordinary parameters of a residual network, W_std = εW,
 * this is a learning rate proportional to 1/M per layer.
 *
 * <p>Source: (6.1)-(6.3), Fathom's derivation of the field formulation that version 1 of
 * arXiv:2511.02003 announces. The continuity equation holds on the lattice to rounding, with every
 * {@link DepthScheme}; the limit in M is a statement about {@link DepthCollapse}.
 *
 * <p>Cost: O(M B n²) per observation, four of them per time step.
 */
public final class DepthField {
  private final ResidualLattice lattice;
  private final double friction;

  public DepthField(ResidualLattice lattice, double friction) {
    if (!(friction >= 0)) {
      throw new IllegalArgumentException(
          "the friction of a field must not be negative, found " + friction);
    }
    this.lattice = lattice;
    this.friction = friction;
  }

  /** Everything about one state. */
  public FieldObservation observe(FieldState state) {
    FieldShape shape = lattice.shape();
    LatticePass pass = lattice.forward(state.field());
    lattice.adjoint(state.field(), pass);
    double[][][] zDot = lattice.tangent(state.field(), state.velocity(), pass);
    double[] acceleration = acceleration(state.velocity(), lattice.gradient(pass));
    double[] current = new double[shape.sites() + 1];
    for (int m = 0; m < current.length; m++) {
      for (int a = 0; a < zDot[m].length; a++) {
        current[m] += dot(pass.delta[m][a], zDot[m][a], 0, shape.width());
      }
    }
    double[] energy = new double[shape.sites()];
    double[] rate = new double[shape.sites()];
    double[] dissipation = new double[shape.sites()];
    double[] residual = new double[shape.sites()];
    for (int m = 0; m < shape.sites(); m++) {
      int start = m * shape.block();
      energy[m] = 0.5 * dot(state.velocity(), state.velocity(), start, shape.block());
      rate[m] = dot(state.velocity(), acceleration, start, shape.block());
      dissipation[m] = 2 * friction * energy[m];
      residual[m] = rate[m] + dissipation[m] + (current[m + 1] - current[m]) / shape.spacing();
    }
    return new FieldObservation(
        pass.loss,
        pass.z,
        zDot,
        pass.delta,
        acceleration,
        energy,
        rate,
        current,
        dissipation,
        residual);
  }

  /**
   * The state some time later (or, with a negative duration, earlier), by the classical Runge-Kutta
   * method of order 4.
   *
   * @param steps time steps, at least 1
   */
  public FieldState evolve(FieldState state, double duration, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("at least one time step is needed, found " + steps);
    }
    if (duration == 0) {
      return state;
    }
    int length = state.shape().length();
    double[] start = new double[2 * length];
    System.arraycopy(state.field(), 0, start, 0, length);
    System.arraycopy(state.velocity(), 0, start, length, length);
    double[] end =
        new ClassicalRungeKuttaIntegrator(Math.abs(duration) / steps)
            .integrate(motion(length), new ODEState(0, start), duration)
            .getPrimaryState();
    return new FieldState(state.shape(), first(end, length), second(end, length));
  }

  private OrdinaryDifferentialEquation motion(int length) {
    return new OrdinaryDifferentialEquation() {
      @Override
      public int getDimension() {
        return 2 * length;
      }

      @Override
      public double[] computeDerivatives(double time, double[] y) {
        double[] field = first(y, length);
        double[] velocity = second(y, length);
        LatticePass pass = lattice.forward(field);
        lattice.adjoint(field, pass);
        double[] acceleration = acceleration(velocity, lattice.gradient(pass));
        double[] rates = new double[2 * length];
        System.arraycopy(velocity, 0, rates, 0, length);
        System.arraycopy(acceleration, 0, rates, length, length);
        return rates;
      }
    };
  }

  private double[] acceleration(double[] velocity, double[] gradient) {
    double[] acceleration = new double[velocity.length];
    for (int k = 0; k < velocity.length; k++) {
      acceleration[k] = -friction * velocity[k] - gradient[k];
    }
    return acceleration;
  }

  private static double[] first(double[] y, int length) {
    return Arrays.copyOf(y, length);
  }

  private static double[] second(double[] y, int length) {
    return Arrays.copyOfRange(y, length, 2 * length);
  }

  private static double dot(double[] x, double[] y, int start, int count) {
    double sum = 0;
    for (int k = start; k < start + count; k++) {
      sum += x[k] * y[k];
    }
    return sum;
  }
}
