package io.github.fathomlab.springblock.chain;

/**
 * Two numbers instead of four: a chain without friction that relaxes to loads that grow by r.
 *
 * <pre>
 *   dx_l/dt = k (x_{l+1} - 2 x_l + x_{l-1} - r)
 *   mode j:  p(t+Δ) = q(t+Δ) + (p(t) - q(t)) e^{-κΔ},   κ = k λ_j,
 *            q = (S_jN y - r Σ_l S_jl - S_jN (dy/dt)/κ) / λ_j
 * </pre>
 *
 * <p>Symbols: S_jl = sqrt(2/(N+1)) sin(πjl/(N+1)), λ_j = 4 sin²(πj/2(N+1)); y straight between
 * samples; r a length per layer, k a rate in units where the damping is 1. The loads at rest are
 * arithmetic with increment r: r = μ_R/k for a chain pulled without noise, δ/k after long noise,
 * between them otherwise; k is the stiffness times the mobility that the noise leaves. Source: our
 * derivation, the linear response of the mean field of {@link MeanField}; blocks may move left.
 * Cost: O(N² · times) per response.
 *
 * <p>Parameters (log k, r).
 */
final class LoadedRelaxation implements BoundedLeastSquares.Model {
  static final int RATE = 0;
  static final int INCREMENT = 1;
  private static final int SIZE = 2;

  private final Trajectory data;
  private final double[][] shapes;

  LoadedRelaxation(Trajectory data) {
    this.data = data;
    int blocks = data.blocks();
    shapes = new double[blocks][blocks];
    for (int j = 0; j < blocks; j++) {
      for (int l = 0; l < blocks; l++) {
        double angle = Math.PI * (j + 1) * (l + 1) / (blocks + 1);
        shapes[j][l] = Math.sqrt(2.0 / (blocks + 1)) * Math.sin(angle);
      }
    }
  }

  @Override
  public BoundedLeastSquares.Response at(double[] parameters) {
    int blocks = data.blocks();
    int rows = data.times().length - 1;
    double[] residuals = new double[rows * blocks];
    double[][] jacobian = new double[residuals.length][SIZE];
    for (int j = 0; j < rows; j++) {
      for (int l = 0; l < blocks; l++) {
        residuals[j * blocks + l] = -data.positions()[j + 1][l] / data.error();
      }
    }
    for (int mode = 0; mode < blocks; mode++) {
      add(mode, parameters, residuals, jacobian);
    }
    return new BoundedLeastSquares.Response(residuals, jacobian);
  }

  /** One standing wave with its slopes in log k and r. */
  private void add(int mode, double[] parameters, double[] residuals, double[][] jacobian) {
    double[] shape = shapes[mode];
    int blocks = shape.length;
    double lambda = SlidingRun.eigenvalue(mode + 1, blocks);
    double rate = Math.exp(parameters[RATE]) * lambda;
    double sum = 0;
    double p = 0;
    for (int l = 0; l < blocks; l++) {
      sum += shape[l];
      p += shape[l] * data.positions()[0][l];
    }
    double pull = shape[blocks - 1] / lambda;
    double load = sum / lambda;
    double byRate = 0;
    double byIncrement = 0;
    for (int j = 1; j < data.times().length; j++) {
      double span = data.times()[j] - data.times()[j - 1];
      double lag = pull * (data.end()[j] - data.end()[j - 1]) / span / rate;
      double from = pull * data.end()[j - 1] - load * parameters[INCREMENT] - lag;
      double to = pull * data.end()[j] - load * parameters[INCREMENT] - lag;
      double left = Math.exp(-rate * span);
      byRate = lag + (byRate - lag) * left - rate * span * left * (p - from);
      byIncrement = -load + (byIncrement + load) * left;
      p = to + (p - from) * left;
      for (int l = 0; l < blocks; l++) {
        int row = (j - 1) * blocks + l;
        residuals[row] += shape[l] * p / data.error();
        jacobian[row][RATE] += shape[l] * byRate / data.error();
        jacobian[row][INCREMENT] += shape[l] * byIncrement / data.error();
      }
    }
  }
}
