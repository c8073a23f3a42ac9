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
  private final double[] row;
  private final double[] theta;
  private final double[] gradient;

  /** Curvature, and below its diagonal and on it the factor L of its decomposition L Lᵀ. */
  private final double[][] curvature;

  private double[] m;
  private double value;
  private boolean converged;

  private SiteRegression(SpinPatterns patterns, int site, double ridge, double[] start) {
    this.patterns = patterns;
    this.site = site;
    this.ridge = ridge;
    n = patterns.spins();
    samples = patterns.samples();
    row = new double[n];
    theta = start.clone();
    gradient = new double[n];
    curvature = new double[n][n];
    m = new double[patterns.distinct()];
  }

  /**
   * The maximum.
   *
   * @param start where the search for θ begins [n]
   */
  static SiteRegression of(SpinPatterns patterns, int site, double ridge, double[] start) {
    SiteRegression regression = new SiteRegression(patterns, site, ridge, start);
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
      double field = along(point, r);
      fields[r] = field;
      double margin = 2 * patterns.sign(r, site) * field;
      double cost = Math.max(0, -margin) + StrictMath.log1p(StrictMath.exp(-Math.abs(margin)));
      sum -= patterns.counts()[r] * cost;
    }
    return sum / samples - ridge * dot(point, point) / 2;
  }

  private void linearise() {
    Arrays.setAll(gradient, j -> -ridge * theta[j]);
    for (double[] line : curvature) {
      Arrays.fill(line, 0);
    }
    for (int r = 0; r < m.length; r++) {
      double mean = StrictMath.tanh(m[r]);
      double share = patterns.counts()[r] / samples;
      double rest = share * (patterns.sign(r, site) - mean);
      double weight = share * (1 - mean) * (1 + mean);
      System.arraycopy(patterns.signs(), r * n, row, 0, n);
      row[site] = 1;
      for (int j = 0; j < n; j++) {
        gradient[j] += rest * row[j];
        double left = weight * row[j];
        double[] line = curvature[j];
        for (int k = 0; k <= j; k++) {
          line[k] += left * row[k];
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
    return r -> (patterns.sign(r, site) - StrictMath.tanh(m[r])) * along(direction, r);
  }

  /** direction·x of a pattern. */
  private double along(double[] direction, int pattern) {
    double[] signs = patterns.signs();
    double sum = direction[site] * (1 - patterns.sign(pattern, site));
    for (int j = 0; j < n; j++) {
      sum += direction[j] * signs[pattern * n + j];
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
