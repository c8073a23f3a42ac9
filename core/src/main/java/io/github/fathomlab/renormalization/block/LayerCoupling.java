package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import java.util.Arrays;

/**
 * The coupling of a layer: how much of the bond between two neighbouring blocks its units keep.
 *
 * <pre>
 *   K_l = atanh(l R_L R_R),  R_R^2 = a_R^T C_0^-1 a_R,  R_L^2 = a_L^T C_0^-1 a_L
 * </pre>
 *
 * <p>Symbols: R_R^2 (R_L^2) the share of the variance of the right (left) edge function psi that a
 * linear regression on the units explains, C_0 [n x n] the covariance of the n units over the
 * window, l and psi as in {@link Window}. l R_L R_R is the first canonical correlation of the
 * layer's states on two neighbouring blocks.
 *
 * <p>Source: our own proposition, summed out over two blocks in the tests. No invertible linear
 * mixing of the units changes K_l; the input layer has K_l = K. Directions of C_0 below {@link
 * #cut} of the largest are rounding and left out. Cost: O(n^2 2^W + n^3).
 *
 * <p>Where no unit varies the status is {@link Status#ZERO_VARIANCE}, where a state is not finite
 * {@link Status#NOT_FINITE}, where samples are no more than kept directions plus one {@link
 * Status#TOO_FEW_SAMPLES}; the numbers are NaN then.
 *
 * @param left R_L
 * @param right R_R
 * @param contraction l
 * @param rank number of kept directions
 */
public record LayerCoupling(
    double left, double right, double contraction, int rank, Status status) {

  /** The smallest eigenvalue of C_0 that counts, over the largest. */
  public static double cut(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> 1e-7;
      case FLOAT64 -> 1e-13;
    };
  }

  /**
   * The exact coupling of a layer over all configurations of a window.
   *
   * @param activations (units x 2^W), row-major
   * @param precision in which they were computed
   */
  public static LayerCoupling of(
      Window window, double[] activations, int units, Precision precision) {
    return weighted(
        window.contraction(),
        activations,
        units,
        window.tabulate(window::weight),
        window.tabulate(window::leftEdge),
        window.tabulate(window::rightEdge),
        precision);
  }

  /**
   * The coupling over any blocks whose weighted averages are exact.
   *
   * @param contraction l of the chain
   * @param activations (units x N), row-major
   * @param weights of the N blocks, of sum 1
   * @param left edge function at every block's left end
   * @param right the same at the right end
   */
  public static LayerCoupling weighted(
      double contraction,
      double[] activations,
      int units,
      double[] weights,
      double[] left,
      double[] right,
      Precision precision) {
    requireShape(activations, units, weights.length);
    if (!isFinite(activations)) {
      return unknown(contraction, Status.NOT_FINITE);
    }
    Whitening whitening = new Whitening(activations, weights.length, 0, weights, cut(precision));
    if (whitening.rank() == 0) {
      return unknown(contraction, Status.ZERO_VARIANCE);
    }
    return new LayerCoupling(
        Math.sqrt(whitening.explained(left)),
        Math.sqrt(whitening.explained(right)),
        contraction,
        whitening.rank(),
        Status.OK);
  }

  /** As {@link #of(Window, double[], int, Precision)}, of a state [units x 2^W]. */
  public static LayerCoupling of(Window window, Matrix state, Precision precision) {
    return of(window, state.toArray(), state.rows(), precision);
  }

  /**
   * The coupling from blocks of a sampled chain, with R^2 adjusted for what a regression finds in
   * noise: R^2 := 1 - (1 - R^2)(N - 1)/(N - p - 1), at least 0, for N blocks and p kept directions.
   *
   * @param contraction l of the chain, tanh K without a field
   * @param activations (units x N), row-major
   * @param left edge function (the spin itself without a field) at every block's left end
   * @param right the same at the right end
   */
  public static LayerCoupling ofSamples(
      double contraction,
      double[] activations,
      int units,
      double[] left,
      double[] right,
      Precision precision) {
    int samples = left.length;
    requireShape(activations, units, samples);
    if (right.length != samples) {
      throw new IllegalArgumentException(
          "expected as many right edges as left ones, %d, found %d"
              .formatted(samples, right.length));
    }
    if (!isFinite(activations)) {
      return unknown(contraction, Status.NOT_FINITE);
    }
    double[] weights = new double[samples];
    Arrays.fill(weights, 1.0 / samples);
    Whitening whitening = new Whitening(activations, samples, 0, weights, cut(precision));
    if (whitening.rank() == 0) {
      return unknown(contraction, Status.ZERO_VARIANCE);
    }
    int rank = whitening.rank();
    if (samples <= rank + 1) {
      return unknown(contraction, Status.TOO_FEW_SAMPLES);
    }
    return new LayerCoupling(
        adjusted(whitening.explained(left), samples, rank),
        adjusted(whitening.explained(right), samples, rank),
        contraction,
        rank,
        Status.OK);
  }

  private static double adjusted(double explained, int samples, int rank) {
    double corrected = 1 - (1 - explained) * (samples - 1) / (samples - rank - 1);
    return Math.sqrt(Math.max(0, corrected));
  }

  /** l R_L R_R, the first canonical correlation of neighbouring blocks. */
  public double correlation() {
    return contraction * left * right;
  }

  /** K_l = atanh(l R_L R_R). */
  public double coupling() {
    return Couplings.ofCorrelation(correlation());
  }

  private static LayerCoupling unknown(double contraction, Status status) {
    return new LayerCoupling(Double.NaN, Double.NaN, contraction, 0, status);
  }

  private static void requireShape(double[] activations, int units, int columns) {
    if (units < 1 || columns < 1 || activations.length != units * columns) {
      throw new IllegalArgumentException(
          "expected activations of %d units in %d configurations, found %d numbers"
              .formatted(units, columns, activations.length));
    }
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
