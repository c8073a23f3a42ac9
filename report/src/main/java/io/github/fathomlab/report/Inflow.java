package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Status;
import java.util.Arrays;

/**
 * The inflow Phi_m = -J_m averaged over some steps, and what each layer takes of it, t_m =
 * Phi_(m+1) - Phi_m with Phi_0 = 0.
 *
 * @param steps the steps
 * @param atCuts mean inflow at cut m, over steps and replicas, m = 0..M
 * @param cuts inflow at the upper cut of each layer, with the spread over replicas
 * @param shares what each layer takes, as a part of the sum of the sizes of all that is taken
 */
record Inflow(long[] steps, double[] atCuts, Band[] cuts, Band[] shares) {

  /** The average over the steps that a replica has complete. */
  static Inflow over(long[] steps, Cells current) {
    int depth = current.layers.length;
    double[][] cuts = new double[depth][current.replicas.length];
    double[][] shares = new double[depth][current.replicas.length];
    for (int r = 0; r < current.replicas.length; r++) {
      double[] mean = mean(steps, current.replicas[r], current);
      double[] taken = mean.clone();
      for (int m = 1; m < depth; m++) {
        taken[m] -= mean[m - 1];
      }
      double[] parts = LayerShares.ofSizes(taken);
      for (int m = 0; m < depth; m++) {
        cuts[m][r] = mean[m];
        shares[m][r] = parts[m];
      }
    }
    Status reason = current.reason() == Status.OK ? Status.NOT_APPLICABLE : current.reason();
    Band[] cutBands = bands(cuts, reason);
    double[] atCuts = new double[depth + 1];
    for (int m = 0; m < depth; m++) {
      atCuts[m + 1] = cutBands[m].mean();
    }
    return new Inflow(steps, atCuts, cutBands, bands(shares, reason));
  }

  private static Band[] bands(double[][] perLayer, Status reason) {
    return Arrays.stream(perLayer).map(values -> Band.of(values, reason)).toArray(Band[]::new);
  }

  private static double[] mean(long[] steps, int replica, Cells current) {
    double[] sum = new double[current.layers.length];
    int count = 0;
    for (long step : steps) {
      double[] through = current.overDepth(step, replica);
      if (through != null) {
        count++;
        for (int m = 0; m < sum.length; m++) {
          sum[m] -= through[m];
        }
      }
    }
    int used = count;
    return Arrays.stream(sum).map(s -> used == 0 ? Double.NaN : s / used).toArray();
  }

  /** What the loss gives: the inflow at the last cut. */
  double released() {
    return atCuts[atCuts.length - 1];
  }

  /** Which steps these are, in words. */
  String name() {
    return Numbers.steps(steps[0], steps[steps.length - 1]);
  }
}
