package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.DenseProducts;
import io.github.fathomlab.kernels.Lapack;
import io.github.fathomlab.springblock.Separation.Measure;
import java.util.Arrays;

/**
 * log Tr(Sigma_B Sigma_W^+), the measure that no invertible affine map changes.
 *
 * <p>With the class means M (d x C) the trace is that of M^T Sigma_W^- M, the same for every
 * generalised inverse as long as M lies in the range of Sigma_W. So features may be scaled to unit
 * within-class variance first, which nearly minimises the condition number; then one Cholesky
 * factorisation does. Where that factor would cost more than eight digits, the singular values of
 * the deviations themselves are used: they lose half as many digits as the eigenvalues of Sigma_W.
 */
final class InvariantSeparation {

  /** Cholesky is trusted above this reciprocal condition number: an error of at most about 1e-8. */
  private static final double SAFE_RECIPROCAL = 1e-8;

  private double[] gram = {};

  /** The measure and the numerical rank of Sigma_W. */
  record Trace(Measure measure, int rank) {}

  Trace of(ClassScatter scatter) {
    int[] active = active(scatter);
    double[] means = scaledMeans(scatter, active); // [C x active]
    boolean covered = covered(scatter);
    boolean enough = scatter.samples - scatter.classes >= active.length;
    double sum = enough ? byCholesky(scatter, active, means) : Double.NaN;
    int rank = active.length;
    if (Double.isNaN(sum)) {
      Lapack.Svd svd = deviations(scatter, active);
      rank = rank(svd, scatter.samples);
      sum = byDirections(svd, rank, means, scatter);
      covered &= rank == active.length || inRange(svd, rank, means, scatter.classes);
    }
    return new Trace(measure(sum, enough, covered), rank);
  }

  private static Measure measure(double sum, boolean enough, boolean covered) {
    if (!(sum > 0)) {
      return Measure.missing(Status.RANK_DEFICIENT);
    }
    Status status = covered ? Status.OK : Status.RANK_DEFICIENT;
    return new Measure(Math.log(sum), enough ? status : Status.TOO_FEW_SAMPLES);
  }

  /** Indices of the features that vary within classes. */
  private static int[] active(ClassScatter scatter) {
    int[] found = new int[scatter.features];
    int count = 0;
    for (int k = 0; k < scatter.features; k++) {
      if (scatter.variance[k] > 0) {
        found[count++] = k;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static double[] deviation(ClassScatter scatter, int[] active) {
    return Arrays.stream(active).mapToDouble(k -> Math.sqrt(scatter.variance[k])).toArray();
  }

  private static double[] scaledMeans(ClassScatter scatter, int[] active) {
    double[] deviation = deviation(scatter, active);
    double[] means = new double[scatter.classes * active.length];
    for (int c = 0; c < scatter.classes; c++) {
      for (int k = 0; k < active.length; k++) {
        means[c * active.length + k] =
            scatter.between[c * scatter.features + active[k]] / deviation[k];
      }
    }
    return means;
  }

  /** Whether no feature that is constant within classes differs between them. */
  private static boolean covered(ClassScatter scatter) {
    for (int k = 0; k < scatter.features; k++) {
      for (int c = 0; c < scatter.classes && scatter.variance[k] == 0; c++) {
        if (scatter.between[c * scatter.features + k] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** NaN when the correlation matrix is too close to singular. */
  private double byCholesky(ClassScatter scatter, int[] active, double[] means) {
    int d = scatter.features;
    int a = active.length;
    gram = gram.length < d * d ? new double[d * d] : gram;
    DenseProducts.gram(scatter.within, d, scatter.samples, gram);
    double[] deviation = deviation(scatter, active);
    double[] correlation = new double[a * a];
    for (int i = 0; i < a; i++) {
      for (int j = 0; j <= i; j++) {
        correlation[i * a + j] =
            gram[active[i] * d + active[j]] / scatter.samples / deviation[i] / deviation[j];
      }
    }
    if (Lapack.cholesky(correlation, a) < SAFE_RECIPROCAL) {
      return Double.NaN;
    }
    double sum = 0;
    for (int c = 0; c < scatter.classes; c++) {
      sum += solvedSquare(correlation, a, means, c * a);
    }
    return sum;
  }

  /** |L^-1 m|^2 by forward substitution, for the mean m that starts at the offset. */
  private static double solvedSquare(double[] factor, int a, double[] means, int offset) {
    double[] y = new double[a];
    double sum = 0;
    for (int i = 0; i < a; i++) {
      double value = means[offset + i];
      for (int j = 0; j < i; j++) {
        value -= factor[i * a + j] * y[j];
      }
      y[i] = value / factor[i * a + i];
      sum += y[i] * y[i];
    }
    return sum;
  }

  private static Lapack.Svd deviations(ClassScatter scatter, int[] active) {
    int n = scatter.samples;
    double[] scaled = new double[active.length * n];
    for (int k = 0; k < active.length; k++) {
      double scale = 1 / Math.sqrt(scatter.variance[active[k]]);
      for (int i = 0; i < n; i++) {
        scaled[k * n + i] = scatter.within[active[k] * n + i] * scale;
      }
    }
    int a = active.length;
    return n > a
        ? Lapack.thinSvd(Lapack.lowerFactor(scaled, a, n), a, a)
        : Lapack.thinSvd(scaled, a, n);
  }

  private static int rank(Lapack.Svd svd, int samples) {
    double[] s = svd.values();
    double cut = Math.max(samples, svd.left().length / s.length) * Math.ulp(1.0) * s[0];
    int rank = 0;
    while (rank < s.length && s[rank] > cut) {
      rank++;
    }
    return rank;
  }

  private static double byDirections(
      Lapack.Svd svd, int rank, double[] means, ClassScatter scatter) {
    double[] s = svd.values();
    double sum = 0;
    for (int c = 0; c < scatter.classes; c++) {
      for (int j = 0; j < rank; j++) {
        double component = component(svd, j, means, c) / s[j];
        sum += scatter.samples * component * component;
      }
    }
    return sum;
  }

  /** Whether what the kept directions leave of the class means is rounding. */
  private static boolean inRange(Lapack.Svd svd, int rank, double[] means, int classes) {
    int k = svd.values().length;
    int a = svd.left().length / k;
    double[] rest = means.clone();
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < rank; j++) {
        double component = component(svd, j, means, c);
        for (int i = 0; i < a; i++) {
          rest[c * a + i] -= component * svd.left()[i * k + j];
        }
      }
    }
    double tolerance = DataSeparation.RANK_TOLERANCE * DataSeparation.RANK_TOLERANCE;
    return squares(rest) <= tolerance * squares(means);
  }

  private static double component(Lapack.Svd svd, int j, double[] means, int c) {
    int k = svd.values().length;
    int a = svd.left().length / k;
    double sum = 0;
    for (int i = 0; i < a; i++) {
      sum += svd.left()[i * k + j] * means[c * a + i];
    }
    return sum;
  }

  private static double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }
}
