package io.github.fathomlab.training;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;

/**
 * A data set as the kernels see it: inputs [features x n] and targets [outputs x n], in the
 * training precision. Read-only and shared by all workers.
 */
public final class Samples {
  private final Dataset dataset;
  private final Matrix inputs;
  private final Matrix targets;
  private final double inputDeviation;

  public Samples(Dataset dataset, Kernels kernels) {
    this.dataset = dataset;
    int n = dataset.size();
    inputs = kernels.zeros(dataset.features(), n);
    targets = kernels.zeros(dataset.targets().width(), n);
    double sum = 0;
    double squares = 0;
    double[] x = dataset.inputs();
    for (int j = 0; j < n; j++) {
      for (int r = 0; r < dataset.features(); r++) {
        double value = x[j * dataset.features() + r];
        inputs.set(r, j, value);
        sum += value;
        squares += value * value;
      }
      setTarget(j);
    }
    double mean = sum / x.length;
    inputDeviation = Math.sqrt(Math.max(0, squares / x.length - mean * mean));
  }

  private void setTarget(int j) {
    switch (dataset.targets()) {
      case Targets.Classes classes -> targets.set(classes.labels()[j], j, 1);
      case Targets.Values values -> {
        for (int i = 0; i < values.width(); i++) {
          targets.set(i, j, values.values()[j * values.width() + i]);
        }
      }
    }
  }

  public Dataset dataset() {
    return dataset;
  }

  public int size() {
    return dataset.size();
  }

  /** [features x n]. */
  public Matrix inputs() {
    return inputs;
  }

  /** One-hot classes or values, [outputs x n]. */
  public Matrix targets() {
    return targets;
  }

  /** Standard deviation over all entries of the inputs. */
  public double inputDeviation() {
    return inputDeviation;
  }
}
