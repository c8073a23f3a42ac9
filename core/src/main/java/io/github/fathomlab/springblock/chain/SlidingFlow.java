package io.github.fathomlab.springblock.chain;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/**
 * The first-order mean field with its slopes in its four parameters, fitted to a trajectory.
 *
 * <pre>
 *   dx/dt = g(F) = ε̄ [H(a) - H(b)],   a = (F - μ̄ - δ)/ε̄,   b = (-F - μ̄ + δ)/ε̄
 *   g_F = Φ(a) + Φ(b) = -g_δ,   g_μ̄ = Φ(b) - Φ(a),   g_ε̄ = φ(a) - φ(b)
 *   d(∂x/∂p)/dt = g_F (F of ∂x/∂p + ∂F/∂p) + g_p
 * </pre>
 *
 * <p>Parameters (log k, log μ̄, log ε̄, δ), forces in units where the damping is 1. Source: the
 * mean field of {@link MeanField}; our derivation. Validity: |δ| may exceed μ̄, which stands for a
 * constant force on the blocks. Cost: one adaptive integration of 5 N numbers of order 8.
 */
final class SlidingFlow implements BoundedLeastSquares.Model {
  static final int STIFFNESS = 0;
  static final int FRICTION = 1;
  static final int NOISE = 2;
  static final int SKEW = 3;
  static final int SIZE = 4;

  /** An error that asks for eight digits of a chain of unit length. */
  static final double FINE = 1e-4;

  /** Of the error of measurement. */
  private static final double TOLERANCE = 1e-4;

  private static final double FINEST = 1e-11;

  /** In units of the time of one spring. */
  private static final double FIRST_STEP = 0.5;

  private static final double SLOPE_TOLERANCE = 1e-3;

  private final Trajectory data;
  private final Pull.Sampled pull;

  SlidingFlow(Trajectory data) {
    this.data = data;
    pull = new Pull.Sampled(data.times(), data.end());
  }

  @Override
  public BoundedLeastSquares.Response at(double[] parameters) {
    int blocks = data.blocks();
    double[] times = data.times();
    Motion motion = new Motion(parameters);
    double[] state = new double[blocks * (1 + SIZE)];
    System.arraycopy(data.positions()[0], 0, state, 0, blocks);
    double[] tolerances = new double[state.length];
    double unit = data.reach();
    double tolerance = Math.clamp(TOLERANCE * data.error(), FINEST * unit, SLOPE_TOLERANCE * unit);
    for (int i = 0; i < tolerances.length; i++) {
      tolerances[i] = i < blocks ? tolerance : Math.max(tolerance, SLOPE_TOLERANCE * unit);
    }
    double[] relative = new double[state.length];
    double[] residuals = new double[(times.length - 1) * blocks];
    double[][] jacobian = new double[residuals.length][SIZE];
    for (int j = 1; j < times.length; j++) {
      double span = times[j] - times[j - 1];
      DormandPrince853Integrator integrator =
          new DormandPrince853Integrator(1e-12 * span, span, tolerances, relative);
      integrator.setInitialStepSize(Math.min(span, FIRST_STEP / motion.stiffness));
      state =
          integrator
              .integrate(motion, new ODEState(times[j - 1], state), times[j])
              .getPrimaryState();
      for (int l = 0; l < blocks; l++) {
        int row = (j - 1) * blocks + l;
        residuals[row] = (state[l] - data.positions()[j][l]) / data.error();
        for (int p = 0; p < SIZE; p++) {
          jacobian[row][p] = state[blocks * (1 + p) + l] / data.error();
        }
      }
    }
    return new BoundedLeastSquares.Response(residuals, jacobian);
  }

  /** x_1..x_N, then their slopes parameter after parameter. */
  private final class Motion implements OrdinaryDifferentialEquation {
    private final double stiffness;
    private final double friction;
    private final double noise;
    private final double skew;

    Motion(double[] parameters) {
      stiffness = Math.exp(parameters[STIFFNESS]);
      friction = Math.exp(parameters[FRICTION]);
      noise = Math.exp(parameters[NOISE]);
      skew = parameters[SKEW];
    }

    @Override
    public int getDimension() {
      return data.blocks() * (1 + SIZE);
    }

    @Override
    public double[] computeDerivatives(double time, double[] state) {
      int blocks = data.blocks();
      double end = pull.at(time);
      double[] rates = new double[state.length];
      for (int l = 0; l < blocks; l++) {
        double force = stiffness * curvature(state, 0, l, end);
        double a = (force - friction - skew) / noise;
        double b = (-force - friction + skew) / noise;
        double densityA = MillsRatio.density(a);
        double densityB = MillsRatio.density(b);
        double right = FastNormal.below(a, densityA);
        double left = FastNormal.below(b, densityB);
        double mobility = right + left;
        rates[l] = noise * (densityA + a * right - densityB - b * left);
        for (int p = 0; p < SIZE; p++) {
          double own =
              switch (p) {
                case STIFFNESS -> mobility * force;
                case FRICTION -> friction * (left - right);
                case NOISE -> noise * (densityA - densityB);
                default -> -mobility;
              };
          int from = blocks * (1 + p);
          rates[from + l] = mobility * stiffness * curvature(state, from, l, 0) + own;
        }
      }
      return rates;
    }

    private double curvature(double[] state, int from, int l, double end) {
      double left = l == 0 ? 0 : state[from + l - 1];
      double right = l == data.blocks() - 1 ? end : state[from + l + 1];
      return right - 2 * state[from + l] + left;
    }
  }
}
