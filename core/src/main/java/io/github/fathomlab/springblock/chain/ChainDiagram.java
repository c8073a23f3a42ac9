package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.LoadStatistics;
import io.github.fathomlab.springblock.Phase;

/**
 * The phase diagram of the chain's mean field over friction and noise.
 *
 * <p>Each cell is the mean field of {@link MeanField} from the chain's start to the duration, seen
 * as a load curve D_l = y - x_l with the last spring left out, as the networks' last layer is.
 * Source: the diagram is that of arXiv:2407.19353; the mean field in place of simulations is ours.
 * Validity: of the mean field; a cell has no spread, so its phase is that of its relative tilt q
 * alone: |q| &lt;= 0.1 is straight. Cost: one integration per cell.
 *
 * @param frictions μ_R of each row
 * @param amplitudes noise of each column
 * @param cells [row][column]
 */
public record ChainDiagram(double[] frictions, double[] amplitudes, Cell[][] cells) {
  private static final double BENT = 0.1;

  /**
   * One point of the diagram.
   *
   * @param positions x_1..x_N at the end
   * @param statistics of the loads without the last spring
   */
  public record Cell(double[] positions, LoadStatistics statistics) {

    /** CONCAVE, CONVEX or LINEAR; UNDEFINED where nothing was pulled. */
    public Phase phase() {
      if (statistics.status() != Status.OK) {
        return Phase.UNDEFINED;
      }
      double q = statistics.relativeTilt();
      if (Math.abs(q) <= BENT) {
        return Phase.LINEAR;
      }
      return q > 0 ? Phase.CONCAVE : Phase.CONVEX;
    }
  }

  /**
   * The diagram of one chain.
   *
   * @param chain everything but friction and amplitude
   * @param duration T
   * @param ratio μ_L / μ_R in every row
   * @param frictions μ_R of the rows
   * @param amplitudes noise of the columns
   * @param tolerance of the integration per step
   */
  public static ChainDiagram of(
      ChainSpec chain,
      double duration,
      double ratio,
      double[] frictions,
      double[] amplitudes,
      double tolerance) {
    Cell[][] cells = new Cell[frictions.length][amplitudes.length];
    for (int i = 0; i < frictions.length; i++) {
      DryFriction friction = new DryFriction(frictions[i], ratio * frictions[i]);
      for (int j = 0; j < amplitudes.length; j++) {
        ChainNoise noise =
            new ChainNoise(amplitudes[j], chain.noise().common(), chain.noise().decay());
        cells[i][j] = cell(chain.with(friction).with(noise), duration, tolerance);
      }
    }
    return new ChainDiagram(frictions, amplitudes, cells);
  }

  /** The mean field of one chain at a time. */
  public static Cell cell(ChainSpec chain, double duration, double tolerance) {
    double[] positions = new MeanField(chain).positions(tolerance, duration)[0];
    LoadCurve curve = LoadCurve.of(chain.separations(positions, duration));
    return new Cell(positions, curve.statistics(true));
  }
}
