package io.github.fathomlab.bulkboundary.lagrangian;

/**
 * The samples of an instant and, where the data move, their velocities.
 *
 * @param inputs X [B][n_0]
 * @param targets Y [B][n_M]
 * @param inputRates dX/dt [B][n_0]
 * @param targetRates dY/dt [B][n_M]
 */
public record ChainData(
    double[][] inputs, double[][] targets, double[][] inputRates, double[][] targetRates) {

  public ChainData {
    if (inputs.length == 0
        || targets.length != inputs.length
        || inputRates.length != inputs.length
        || targetRates.length != inputs.length) {
      throw new IllegalArgumentException(
          "data need at least one sample and as many inputs as targets and rates, found %d, %d, %d, %d"
              .formatted(inputs.length, targets.length, inputRates.length, targetRates.length));
    }
  }

  /** Data at rest. */
  public static ChainData fixed(double[][] inputs, double[][] targets) {
    return new ChainData(inputs, targets, zeros(inputs), zeros(targets));
  }

  /** B. */
  public int batch() {
    return inputs.length;
  }

  /** Whether neither inputs nor targets move. */
  public boolean atRest() {
    double motion = 0;
    for (int a = 0; a < batch(); a++) {
      motion += SmallMatrices.dot(inputRates[a], inputRates[a]);
      motion += SmallMatrices.dot(targetRates[a], targetRates[a]);
    }
    return motion == 0;
  }

  /** One of the samples alone. */
  public ChainData sample(int a) {
    return new ChainData(
        new double[][] {inputs[a]},
        new double[][] {targets[a]},
        new double[][] {inputRates[a]},
        new double[][] {targetRates[a]});
  }

  private static double[][] zeros(double[][] like) {
    double[][] zeros = new double[like.length][];
    for (int a = 0; a < like.length; a++) {
      zeros[a] = new double[like[a].length];
    }
    return zeros;
  }
}
