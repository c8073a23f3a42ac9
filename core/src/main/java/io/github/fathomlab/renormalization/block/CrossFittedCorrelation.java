package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Lapack;
import io.github.fathomlab.kernels.Precision;
import java.util.Arrays;

/**
 * The first canonical correlation of two sets of units on data of which no chain is known, fitted
 * on one half of the samples and measured on the other.
 *
 * <pre>
 *   (u, v) = argmax corr(u.x, v.y) on one half,  rho = corr(u.x, v.y) on the other
 * </pre>
 *
 * <p>Symbols: x [p x N] and y [q x N] the states of neighbouring blocks. The halves are the first
 * and the second, so that correlation along the data crosses one boundary only; both halves are
 * fitted once and the two correlations averaged. In sample the correlation is too large by about
 * (sqrt p + sqrt q)/sqrt N; this one is not, but is too small where the fit is poor.
 *
 * <p>Source: canonical correlation (Hotelling, Biometrika 28, 1936) by the singular values of the
 * whitened covariance; directions below {@link LayerCoupling#cut} are left out. Cost: O((p + q)^2 N
 * + (p + q)^3).
 *
 * <p>Fewer than 2 (p + q + 2) samples have status {@link Status#TOO_FEW_SAMPLES}, states that do
 * not vary in a half {@link Status#ZERO_VARIANCE}, those that are not finite {@link
 * Status#NOT_FINITE}; the numbers are NaN then.
 *
 * @param first fitted on the first half, measured on the second
 * @param second fitted on the second half, measured on the first
 */
public record CrossFittedCorrelation(double first, double second, Status status) {

  /**
   * The correlation of two sets of states of the same samples.
   *
   * @param x (p x samples), row-major
   * @param y (q x samples), row-major
   */
  public static CrossFittedCorrelation of(
      double[] x, double[] y, int samples, Precision precision) {
    if (samples < 1 || x.length == 0 || y.length == 0) {
      throw new IllegalArgumentException("expected samples of at least one unit on either side");
    }
    if (x.length % samples != 0 || y.length % samples != 0) {
      throw new IllegalArgumentException(
          "expected %d samples of every unit, found %d and %d numbers"
              .formatted(samples, x.length, y.length));
    }
    int units = x.length / samples + y.length / samples;
    if (!isFinite(x) || !isFinite(y)) {
      return unknown(Status.NOT_FINITE);
    }
    if (samples < 2 * (units + 2)) {
      return unknown(Status.TOO_FEW_SAMPLES);
    }
    double cut = LayerCoupling.cut(precision);
    Whitening[] xs = halves(x, samples, cut);
    Whitening[] ys = halves(y, samples, cut);
    for (Whitening side : new Whitening[] {xs[0], xs[1], ys[0], ys[1]}) {
      if (side.rank() == 0) {
        return unknown(Status.ZERO_VARIANCE);
      }
    }
    double first = transferred(xs[0], ys[0], xs[1], ys[1]);
    double second = transferred(xs[1], ys[1], xs[0], ys[0]);
    Status status = Double.isNaN(first) || Double.isNaN(second) ? Status.ZERO_VARIANCE : Status.OK;
    return new CrossFittedCorrelation(first, second, status);
  }

  private static Whitening[] halves(double[] states, int samples, double cut) {
    int half = samples / 2;
    double[] before = new double[half];
    double[] after = new double[samples - half];
    Arrays.fill(before, 1.0 / before.length);
    Arrays.fill(after, 1.0 / after.length);
    return new Whitening[] {
      new Whitening(states, samples, 0, before, cut),
      new Whitening(states, samples, half, after, cut)
    };
  }

  /** Fits on one half and correlates on the other. */
  private static double transferred(
      Whitening fitX, Whitening fitY, Whitening testX, Whitening testY) {
    Lapack.Svd svd = Lapack.thinSvd(fitX.whitenedCovariance(fitY), fitX.rank(), fitY.rank());
    int kept = svd.values().length;
    double[] u = new double[fitX.rank()];
    for (int i = 0; i < u.length; i++) {
      u[i] = svd.left()[i * kept];
    }
    double[] v = new double[fitY.rank()];
    System.arraycopy(svd.right(), 0, v, 0, v.length);
    double[] a = testX.along(fitX.direction(u));
    double[] b = testY.along(fitY.direction(v));
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  /** The mean of both. */
  public double correlation() {
    return (first + second) / 2;
  }

  /** atanh of the mean. */
  public double coupling() {
    return Couplings.ofCorrelation(correlation());
  }

  private static CrossFittedCorrelation unknown(Status status) {
    return new CrossFittedCorrelation(Double.NaN, Double.NaN, status);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
