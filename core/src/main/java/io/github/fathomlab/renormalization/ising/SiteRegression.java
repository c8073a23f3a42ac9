package io.github.fathomlab.renormalization.ising;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The field and couplings under which one spin is most likely given all others.
 *
 * <pre>
 *   maximise  (1/N) Σ ln P(s_i | rest) - ridge |θ|²/2,   P = 1/(1 + exp(-2 s_i m)),   m = θ·x
 *   gradient  (1/N) Σ (s_i - tanh m) x - ridge θ,        curvature (1/N) Σ (1 - tanh² m) x xᵀ + ridge
 * </pre>
 *
 * <p>Symbols: x the spins of a sample [n] with 1 in the place of spin i; θ the couplings J_ij [n]
 * with the field h_i in the place of spin i. Newton's steps, halved until the function grows; the
 * ridge keeps them finite where the others tell the spin. Cost: O(patterns n²) per step, some ten
 * steps.
 */
final class SiteRegression {
  private static final int MOST_STEPS = 60;
  private static final double LEAST_GAIN = 1e-12;
  private static final double LEAST_LENGTH = 0x1p-20;
  private static final double ARMIJO = 1e-4;

  private final SpinPatterns patterns;
  private final int site;
  private final int n;
  private final double ridge;
  private final double samples;
  private final double[] x;
  private final double[] theta;
  private final double[] gradient;

  /** Curvature, and below its diagonal and on it the factor L of its decomposition L Lᵀ. */
  private final double[][] curvature;

  private double[] m;
  private double value;
  private boolean converged;

  private SiteRegression(SpinPatterns patterns, int site, double ridge) {
    this.patterns = patterns;
    this.site = site;
    this.ridge = ridge;
    n = patterns.spins();
    samples = patterns.samples();
    x = patterns.signs().clone();
    for (int r = 0; r < patterns.distinct(); r++) {
      x[r * n + site] = 1;
    }
    theta = new double[n];
    gradient = new double[n];
    curvature = new double[n][n];
    m = new double[patterns.distinct()];
  }

  /** The maximum. */
  static SiteRegression of(SpinPatterns patterns, int site, double ridge) {
    SiteRegression regression = new SiteRegression(patterns, site, ridge);
    regression.climb();
    return regression;
  }

  /** J_ij of all j, with h_i in the place of j = i. */
  double[] coefficients() {
    return theta.clone();
  }

  /** Whether the last step was as small as asked. */
  boolean converged() {
    return converged;
  }

  private void climb() {
    value = value(theta, m);
    for (int step = 0; step < MOST_STEPS && !converged; step++) {
      linearise();
      double[] move = solve(gradient);
      double gain = dot(gradient, move);
      if (!Double.isFinite(gain)) {
        return;
      }
      converged = gain < LEAST_GAIN;
      double length = converged ? 1 : length(move, gain);
      for (int j = 0; j < n; j++) {
        theta[j] += length * move[j];
      }
      value = value(theta, m);
    }
    linearise();
  }

  private double length(double[] move, double gain) {
    double[] trial = new double[n];
    double[] fields = new double[m.length];
    double length = 1;
    while (length > LEAST_LENGTH) {
      double part = length;
      Arrays.setAll(trial, j -> theta[j] + part * move[j]);
      if (value(trial, fields) >= value + ARMIJO * length * gain) {
        return length;
      }
      length /= 2;
    }
    return length;
  }

  /** The function at a point; leaves the fields m of all patterns. */
  private double value(double[] point, double[] fields) {
    double sum = 0;
    for (int r = 0; r < fields.length; r++) {
      double field = 0;
      for (int j = 0; j < n; j++) {
        field += point[j] * x[r * n + j];
      }
      fields[r] = field;
      double along = 2 * patterns.sign(r, site) * field;
      double cost = Math.max(0, -along) + StrictMath.log1p(StrictMath.exp(-Math.abs(along)));
      sum -= patterns.counts()[r] * cost;
    }
    return sum / samples - ridge * dot(point, point) / 2;
  }

  private void linearise() {
    Arrays.setAll(gradient, j -> -ridge * theta[j]);
    for (double[] row : curvature) {
      Arrays.fill(row, 0);
    }
    for (int r = 0; r < m.length; r++) {
      double mean = StrictMath.tanh(m[r]);
      double share = patterns.counts()[r] / samples;
      double rest = share * (patterns.sign(r, site) - mean);
      double weight = share * (1 - mean) * (1 + mean);
      int start = r * n;
      for (int j = 0; j < n; j++) {
        double left = x[start + j];
        gradient[j] += rest * left;
        left *= weight;
        double[] row = curvature[j];
        for (int k = 0; k <= j; k++) {
          row[k] += left * x[start + k];
        }
      }
    }
    for (int j = 0; j < n; j++) {
      curvature[j][j] += ridge;
    }
    factor();
  }

  private void factor() {
    for (int j = 0; j < n; j++) {
      for (int k = 0; k <= j; k++) {
        double sum = curvature[j][k];
        for (int l = 0; l < k; l++) {
          sum -= curvature[j][l] * curvature[k][l];
        }
        curvature[j][k] = j == k ? StrictMath.sqrt(sum) : sum / curvature[k][k];
      }
    }
  }

  /** Curvature⁻¹ times a vector; NaN where the curvature is not positive. */
  double[] solve(double[] right) {
    double[] solution = right.clone();
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < j; k++) {
        solution[j] -= curvature[j][k] * solution[k];
      }
      solution[j] /= curvature[j][j];
    }
    for (int j = n - 1; j >= 0; j--) {
      for (int k = j + 1; k < n; k++) {
        solution[j] -= curvature[k][j] * solution[k];
      }
      solution[j] /= curvature[j][j];
    }
    return solution;
  }

  /** (s_i - tanh m) direction·x of a pattern: its part of the gradient along a direction. */
  IntToDoubleFunction score(double[] direction) {
    return r -> {
      double along = 0;
      for (int j = 0; j < n; j++) {
        along += direction[j] * x[r * n + j];
      }
      return (patterns.sign(r, site) - StrictMath.tanh(m[r])) * along;
    };
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
