package io.github.fathomlab.springblock.chain;

import java.util.List;

/**
 * The relative tilt of the mean field at several noises, with its slopes in (log μ̄, δ, log gain).
 *
 * <pre>   q = (N-1) s / (2 x_N/N),   s = Σ_l c_l e_l,   c_l = (l - (N+1)/2) / Σ_l (l - (N+1)/2)²
 * </pre>
 *
 * <p>The amplitude of a cell is the gain times its noise, but at least 1e-5 of the pull, which
 * moves q by about 1e-4 and spares the integrator the corner of the friction.
 *
 * @param blocks N
 * @param strengths noise of each cell, more is noisier
 * @param measured q of each cell
 * @param error of one measured q
 * @param most the largest strength
 */
record TiltModel(int blocks, double[] strengths, double[] measured, double error, double most)
    implements BoundedLeastSquares.Model {
  private static final int FRICTION = 0;
  private static final int SKEW = 1;
  private static final int GAIN = 2;
  private static final double SILENT = 1e-5;

  static final List<ProfileFit.Axis> AXES =
      List.of(
          new ProfileFit.Axis("friction over stiffness", true, 1),
          new ProfileFit.Axis("skew of the friction over stiffness", false, 0.1),
          new ProfileFit.Axis("noise per noise of the axis", true, 1));

  /** Starts with the noisiest cell anywhere between little and much noise. */
  List<double[]> starts() {
    return List.of(
        new double[] {Math.log(0.1), 0, Math.log(0.3 / most)},
        new double[] {Math.log(0.05), -0.02, Math.log(0.05 / most)},
        new double[] {Math.log(0.02), -0.01, Math.log(0.1 / most)},
        new double[] {Math.log(0.2), -0.03, Math.log(1 / most)});
  }

  /** Within the box the last block always moves, so that there is a load to speak of. */
  BoundedLeastSquares problem() {
    double[] low = {Math.log(1e-3), -0.3, Math.log(1e-4 / most)};
    double[] high = {Math.log(0.5), 0.3, Math.log(1e2 / most)};
    return new BoundedLeastSquares(this, low, high);
  }

  @Override
  public BoundedLeastSquares.Response at(double[] parameters) {
    double[] residuals = new double[strengths.length];
    double[][] jacobian = new double[strengths.length][AXES.size()];
    Trajectory pulled =
        new Trajectory(
            new double[] {0, RowMatch.DURATION / 2, RowMatch.DURATION},
            new double[3][blocks],
            new double[] {1, 1, 1},
            SlidingFlow.FINE);
    SlidingFlow flow = new SlidingFlow(pulled);
    for (int j = 0; j < strengths.length; j++) {
      double noise = Math.exp(parameters[GAIN]) * strengths[j];
      double[] chain = {
        0, parameters[FRICTION], Math.log(Math.max(SILENT, noise)), parameters[SKEW]
      };
      BoundedLeastSquares.Response end = flow.at(chain);
      double[] slopes = new double[SlidingFlow.SIZE];
      residuals[j] = (tilt(end, slopes) - measured[j]) / error;
      jacobian[j][FRICTION] = slopes[SlidingFlow.FRICTION] / error;
      jacobian[j][SKEW] = slopes[SlidingFlow.SKEW] / error;
      jacobian[j][GAIN] = noise > SILENT ? slopes[SlidingFlow.NOISE] / error : 0;
    }
    return new BoundedLeastSquares.Response(residuals, jacobian);
  }

  /** q of the last row of positions; writes its slopes. */
  private double tilt(BoundedLeastSquares.Response positions, double... slopes) {
    int first = positions.residuals().length - blocks;
    double slope = 0;
    double spread = 0;
    double[] slopeBy = new double[SlidingFlow.SIZE];
    for (int l = 0; l < blocks; l++) {
      double centred = l - (blocks - 1) / 2.0;
      spread += centred * centred;
      int row = first + l;
      slope +=
          centred * (positions.residuals()[row] - (l == 0 ? 0 : positions.residuals()[row - 1]));
      for (int p = 0; p < slopeBy.length; p++) {
        double left = l == 0 ? 0 : positions.jacobian()[row - 1][p];
        slopeBy[p] += centred * (positions.jacobian()[row][p] - left);
      }
    }
    int last = first + blocks - 1;
    double pulled = positions.residuals()[last];
    double factor = (blocks - 1) * blocks / (2 * spread);
    for (int p = 0; p < slopes.length; p++) {
      double pulledBy = positions.jacobian()[last][p];
      slopes[p] = factor * (slopeBy[p] - slope * pulledBy / pulled) / pulled;
    }
    return factor * slope / pulled;
  }
}
