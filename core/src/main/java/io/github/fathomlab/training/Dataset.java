package io.github.fathomlab.training;

/**
 * Samples and their targets in memory.
 *
 * @param name for people
 * @param features number of input features d
 * @param inputs (n x d), row-major
 * @param targets n targets
 */
public record Dataset(String name, int features, double[] inputs, Targets targets) {

  public Dataset {
    if (features < 1) {
      throw new IllegalArgumentException(
          "data set " + name + " needs at least 1 feature, found " + features);
    }
    if (inputs.length == 0) {
      throw new IllegalArgumentException("data set " + name + " is empty");
    }
    if (inputs.length != (long) features * targets.size()) {
      throw new IllegalArgumentException(
          "data set %s has %d inputs of %d features but %d targets"
              .formatted(name, inputs.length / features, features, targets.size()));
    }
  }

  /** Number of samples n. */
  public int size() {
    return targets.size();
  }

  /** The samples at the given indices, in that order. */
  public Dataset select(String newName, int[] indices) {
    double[] x = new double[indices.length * features];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(inputs, indices[i] * features, x, i * features, features);
    }
    return new Dataset(newName, features, x, targets.select(indices));
  }
}
