package io.github.fathomlab.springblock.chain;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.jspecify.annotations.Nullable;

/**
 * A flat slice θ = offset + Σ φ_j direction_j through {@link SlipLikelihood}, and its highest
 * point.
 *
 * <p>Newton's method with halved steps. The likelihood is concave on every flat slice, so the point
 * found is the only one. Cost: 4 to 10 iterations, each one pass over the stuck steps.
 *
 * @param offset θ at φ = 0
 * @param directions of the parameters that are free
 */
record SlipSlice(double[] offset, double[][] directions) {
  private static final int MOST_ITERATIONS = 100;
  private static final int MOST_HALVINGS = 60;

  /** Twice the rise of the likelihood that is left when the last step, a full one, is made. */
  private static final double DECREMENT = 1e-11;

  /** A rise this small may drown in the rounding of the sum, and halving steps is no remedy. */
  private static final double ROUNDING = 1e-7;

  /** Smallest eigenvalue of the scaled information that still counts as known. */
  private static final double FLAT = 1e-11;

  /** A noise this small against the moves is none. */
  private static final double RUNAWAY = 1e6;

  /**
   * The highest point.
   *
   * @param covariance inverse of the observed information, 4 x 4, of the free directions
   */
  record Peak(double[] theta, double value, double[][] covariance) {}

  /** The highest point from a start; null when there is none or it is a ridge. */
  @Nullable Peak peak(SlipLikelihood likelihood, double[] start) {
    double[] phi = start.clone();
    SlipLikelihood.Local local = likelihood.local(theta(phi));
    for (int i = 0; i < MOST_ITERATIONS && local.value() > Double.NEGATIVE_INFINITY; i++) {
      RealMatrix inverse = inverse(local.information());
      if (inverse == null || theta(phi)[0] > RUNAWAY) {
        return null;
      }
      RealVector slope = frame().operate(new ArrayRealVector(local.gradient(), false));
      double[] move = inverse.operate(slope).toArray();
      double decrement = slope.dotProduct(new ArrayRealVector(move, false));
      if (decrement <= DECREMENT) {
        RealMatrix covariance = frame().transpose().multiply(inverse).multiply(frame());
        return new Peak(
            theta(moved(phi, move, 1)), local.value() + decrement / 2, covariance.getData());
      }
      double size = 1;
      SlipLikelihood.Local next = likelihood.local(theta(moved(phi, move, size)));
      for (int n = 0;
          next.value() < local.value() && decrement > ROUNDING && n < MOST_HALVINGS;
          n++) {
        size /= 2;
        next = likelihood.local(theta(moved(phi, move, size)));
      }
      phi = moved(phi, move, size);
      local = next;
    }
    return null;
  }

  private double[] theta(double[] phi) {
    double[] theta = offset.clone();
    for (int j = 0; j < phi.length; j++) {
      for (int i = 0; i < theta.length; i++) {
        theta[i] += phi[j] * directions[j][i];
      }
    }
    return theta;
  }

  private static double[] moved(double[] phi, double[] move, double size) {
    double[] moved = phi.clone();
    Arrays.setAll(moved, j -> phi[j] + size * move[j]);
    return moved;
  }

  private RealMatrix frame() {
    return new Array2DRowRealMatrix(directions, false);
  }

  /** Inverse of the information in the free directions; null when one of them is flat. */
  private @Nullable RealMatrix inverse(double[][] information) {
    RealMatrix frame = frame();
    RealMatrix free =
        frame.multiply(new Array2DRowRealMatrix(information, false)).multiply(frame.transpose());
    int size = free.getRowDimension();
    double[] scale = new double[size];
    for (int i = 0; i < size; i++) {
      scale[i] = 1 / Math.sqrt(free.getEntry(i, i));
      if (!(scale[i] > 0 && Double.isFinite(scale[i]))) {
        return null;
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        free.multiplyEntry(i, j, scale[i] * scale[j]);
      }
    }
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(free);
    if (!(eigen.getEigenvalue(size - 1) > FLAT)) {
      return null;
    }
    RealMatrix inverse = eigen.getSolver().getInverse();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        inverse.multiplyEntry(i, j, scale[i] * scale[j]);
      }
    }
    return inverse;
  }
}
