package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.instrument.Status;
import java.util.Arrays;

/**
 * Weighted samples as orthonormal contrasts: a matrix with the same singular values and kernels,
 * and no row or column that is zero by construction.
 *
 * <pre>
 *   y_ik = √q_i (x_ik - m_k),   m = Σ q_i x_i or 0
 *   c_ik = y_ik - √q_i y_1k / (1 + √q_1),   i = 2..n
 * </pre>
 *
 * <p>Symbols: q_i the weights (Σ q = 1), x_ik feature k of sample i, c the contrasts (n-1 x d) of
 * centred samples. √q is a unit vector and orthogonal to every feature of y, so the Householder
 * reflection that takes it to the first axis leaves nothing there; what remains is c. From {@link
 * Origin#ZERO} there is no such direction and c = y. Features that are constant to rounding and
 * samples of weight 0 are left out; all entries are divided by the largest.
 *
 * <p>Source: Fathom's; reflections change neither singular values nor inner products. Cost: O(n d).
 * Status: TOO_FEW_SAMPLES for fewer than two samples of positive weight, NOT_FINITE, ZERO_VARIANCE
 * when no feature is left.
 *
 * @param rows number of contrasts
 * @param values feature-major (features x rows)
 * @param scale the divisor of all entries
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
record Contrasts(Status status, int features, int rows, double[] values, double scale) {
  /** Centring a constant feature twice leaves at most this, relative to its size. */
  private static final double ROUNDING = 4 * Math.ulp(1.0);

  /**
   * The contrasts of the samples that have a weight.
   *
   * @param x feature-major (d x n), not changed
   * @param weights n numbers, not negative, of any positive sum
   */
  static Contrasts of(double[] x, int features, double[] weights, Origin origin) {
    int[] kept = kept(weights);
    if (kept.length < 2) {
      return none(Status.TOO_FEW_SAMPLES);
    }
    double largest = 0;
    for (int k = 0; k < features; k++) {
      for (int i : kept) {
        double value = x[k * weights.length + i];
        if (!Double.isFinite(value)) {
          return none(Status.NOT_FINITE);
        }
        if (Math.abs(value) > largest) {
          largest = Math.abs(value);
        }
      }
    }
    return largest == 0
        ? none(Status.ZERO_VARIANCE)
        : scaled(x, features, weights, kept, origin, largest);
  }

  private static Contrasts none(Status status) {
    return new Contrasts(status, 0, 0, new double[0], 1);
  }

  private static int[] kept(double[] weights) {
    int[] kept = new int[weights.length];
    int n = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        kept[n++] = i;
      }
    }
    return Arrays.copyOf(kept, n);
  }

  private static Contrasts scaled(
      double[] x, int features, double[] weights, int[] kept, Origin origin, double scale) {
    double[] roots = roots(weights, kept);
    double[] shares = Arrays.stream(roots).map(root -> root * root).toArray();
    int n = kept.length;
    int rows = origin == Origin.MEAN ? n - 1 : n;
    double[] values = new double[features * rows];
    double[] y = new double[n];
    int varying = 0;
    for (int k = 0; k < features; k++) {
      if (n == weights.length) {
        System.arraycopy(x, k * n, y, 0, n);
      } else {
        for (int i = 0; i < n; i++) {
          y[i] = x[k * weights.length + kept[i]];
        }
      }
      for (int i = 0; i < n; i++) {
        y[i] /= scale;
      }
      if (origin == Origin.MEAN ? centre(y, roots, shares) : weigh(y, roots) > 0) {
        double first = rows < n ? y[0] / (1 + roots[0]) : 0;
        for (int i = 0, from = n - rows; i < rows; i++) {
          values[varying * rows + i] = y[from + i] - roots[from + i] * first;
        }
        varying++;
      }
    }
    if (varying == 0) {
      return none(Status.ZERO_VARIANCE);
    }
    double[] filled = varying == features ? values : Arrays.copyOf(values, varying * rows);
    return new Contrasts(Status.OK, varying, rows, filled, scale);
  }

  private static double[] roots(double[] weights, int[] kept) {
    double largest = 0;
    for (int i : kept) {
      largest = Math.max(largest, weights[i]);
    }
    double sum = 0;
    for (int i : kept) {
      sum += weights[i] / largest;
    }
    double[] roots = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      roots[i] = Math.sqrt(weights[kept[i]] / largest / sum);
    }
    return roots;
  }

  /** Takes the mean out and weighs; whether more than rounding is left. */
  private static boolean centre(double[] y, double[] roots, double[] shares) {
    double mean = subtractMean(y, shares);
    subtractMean(y, shares);
    double left = weigh(y, roots);
    return left > ROUNDING * ROUNDING * (left + mean * mean);
  }

  private static double subtractMean(double[] y, double[] shares) {
    double mean = dot(y, shares);
    for (int i = 0; i < y.length; i++) {
      y[i] -= mean;
    }
    return mean;
  }

  /** Multiplies by the roots and returns the sum of squares. */
  private static double weigh(double[] y, double[] roots) {
    for (int i = 0; i < y.length; i++) {
      y[i] *= roots[i];
    }
    return dot(y, y);
  }

  /** In four sums, because one would wait for itself. */
  private static double dot(double[] a, double[] b) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      first += a[i] * b[i];
    }
    return first + second + (third + fourth);
  }

  /** The same numbers with one row per contrast (rows x features). */
  double[] rowMajor() {
    double[] transposed = new double[values.length];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < features; k++) {
        transposed[i * features + k] = values[k * rows + i];
      }
    }
    return transposed;
  }
}
