package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Status;
import java.util.Random;

/** Made-up readings with the shape of a sweep: for tests of drawing only. */
final class SyntheticSweep {
  private static final int LAYERS = 8;

  private SyntheticSweep() {}

  /**
   * Dropout over slopes; the tilt falls with noise and is zero where the dropout is 0.2 - 0.15
   * slope. One seed of the noisiest cell of the first row diverges; linear networks with little
   * noise do not separate.
   */
  static SyntheticRun of(double[] slopes, double[] noises, int seeds) {
    SyntheticRun run = SyntheticRun.empty();
    Random random = new Random(5);
    for (int step : new int[] {0, 100}) {
      int replica = 0;
      for (int row = 0; row < slopes.length; row++) {
        for (int column = 0; column < noises.length; column++) {
          for (int seed = 0; seed < seeds; seed++) {
            run.add("axis.network.activation.slope", step, -1, replica, slopes[row], Status.OK);
            run.add("axis.network.dropout", step, -1, replica, noises[column], Status.OK);
            run.add("sweep.cell", step, -1, replica, row * noises.length + column, Status.OK);
            boolean lost = row == 0 && column == noises.length - 1 && seed == 0;
            if (!lost || step == 0) {
              train(run, random, step, replica, slopes[row], noises[column]);
            }
            replica++;
          }
        }
      }
    }
    return run;
  }

  private static void train(
      SyntheticRun run, Random random, int step, int replica, double slope, double noise) {
    double q = 4 * (0.2 - 0.15 * slope - noise) + 0.12 * random.nextGaussian();
    double mean = step == 0 ? 0.02 : slope == 1 && noise < 0.05 ? -0.01 : 0.5 - 0.3 * slope;
    double accuracy = step == 0 ? 0.1 : 0.81 - 0.1 * q * q - 0.03 * slope;
    run.add(
        "accuracy.test", step, -1, replica, accuracy + 0.002 * random.nextGaussian(), Status.OK);
    double separation = 3.3;
    for (int l = 0; l <= LAYERS; l++) {
      double value = separation + 0.04 * random.nextGaussian();
      run.add("separation.trace_ratio", step, l, replica, value - 2.7, Status.OK);
      run.add("separation.log", step, l, replica, 1.4 * value - 0.1 * l, Status.OK);
      run.add("separation.invariant", step, l, replica, 6 - value, Status.OK);
      separation -= mean * (1 + q * (2.0 * l / (LAYERS - 2) - 1));
    }
  }
}
