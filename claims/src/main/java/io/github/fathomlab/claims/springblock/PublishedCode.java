package io.github.fathomlab.claims.springblock;

import java.util.List;

/**
 * What the published code (github.com/DaDaCheng/DNN_Spring at 7516d5d, unmodified, torch 1.13 on a
 * CPU) gives for six cells of its dropout diagram: Fashion-MNIST at 10 x 10 pixels, its own choice
 * of 2560 samples, depth 8, width 100, Adam at 0.001, full batch, 100 epochs, seeds 1 to 3.
 *
 * @param slope of the LeakyReLU
 * @param dropout rate
 * @param traceRatios mean over seeds of log Tr Sigma_W - log Tr Sigma_B, input to logits
 * @param deviations of the seeds
 * @param accuracy mean test accuracy, with the code's division by one sample too many undone
 */
record PublishedCode(
    double slope, double dropout, double[] traceRatios, double[] deviations, double accuracy) {
  /** Seeds behind every mean. */
  static final int SEEDS = 3;

  static final List<PublishedCode> CELLS =
      List.of(
          new PublishedCode(
              0,
              0,
              new double[] {.5668, .565, .4456, .2543, -.1628, -.812, -1.8057, -3.0757, -4.2127},
              new double[] {.0007, .0839, .1223, .0939, .1135, .1452, .1628, .0777, .0801},
              .7815),
          new PublishedCode(
              0,
              0.1,
              new double[] {.5622, .6391, .2117, -.3361, -.9178, -1.4175, -1.855, -2.2002, -2.7954},
              new double[] {.001, .0783, .0791, .0624, .0219, .0222, .0682, .0599, .0528},
              .8072),
          new PublishedCode(
              0,
              0.3,
              new double[] {
                .5583, .1066, -.6349, -1.0993, -1.3417, -1.521, -1.6693, -1.8115, -2.453
              },
              new double[] {.0038, .0798, .1058, .0626, .0122, .0389, .0241, .0141, .0272},
              .7305),
          new PublishedCode(
              0.4,
              0,
              new double[] {.5639, .4649, .2423, -.0005, -.3152, -.6657, -1.0893, -1.4639, -1.8789},
              new double[] {.0028, .0451, .0767, .0313, .0293, .0224, .0542, .0334, .0103},
              .7915),
          new PublishedCode(
              0.4,
              0.1,
              new double[] {.559, .5882, .2165, -.2293, -.6459, -.9809, -1.2655, -1.4906, -1.8439},
              new double[] {.0034, .0259, .0334, .0059, .015, .0108, .0369, .0182, .0155},
              .8068),
          new PublishedCode(
              0.4,
              0.3,
              new double[] {
                .5499, .1253, -.5359, -.8768, -1.0468, -1.147, -1.2789, -1.4564, -1.8484
              },
              new double[] {.0014, .0608, .0345, .0081, .0178, .0121, .0084, .0119, .0044},
              .7846));

  /**
   * Accuracy may differ by this much: a point, and more where the seeds themselves scatter by
   * points.
   */
  double accuracyTolerance() {
    return slope == 0 && dropout == 0.3 ? 0.025 : 0.01;
  }
}
