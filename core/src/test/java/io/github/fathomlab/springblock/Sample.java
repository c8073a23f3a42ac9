package io.github.fathomlab.springblock;

import java.util.Arrays;
import java.util.Random;

/**
 * A labelled representation for tests.
 *
 * @param x (features x samples)
 * @param labels (samples)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(double[][] x, int[] labels, int classes) {

  /** Unbalanced Gaussian classes with different means and a common random covariance. */
  static Sample random(Random random, int features, int samples, int classes) {
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = i < 2 * classes ? i % classes : random.nextInt(classes);
    }
    double[][] noise = gaussian(random, features, samples);
    double[][] means = gaussian(random, features, classes);
    double[][] x = new double[features][samples];
    for (int k = 0; k < features; k++) {
      for (int i = 0; i < samples; i++) {
        x[k][i] = means[k][labels[i]] + noise[k][i];
      }
    }
    double[][] mix = gaussian(random, features, features);
    for (int k = 0; k < features; k++) {
      mix[k][k] += 3;
    }
    return new Sample(x, labels, classes).mapped(mix, new double[features]);
  }

  static double[][] gaussian(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return matrix;
  }

  /** Samples given as rows. */
  static Sample ofRows(double[][] rows, int[] labels, int classes) {
    int features = rows.length == 0 ? 1 : rows[0].length;
    double[][] x = new double[features][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < features; k++) {
        x[k][i] = rows[i][k];
      }
    }
    return new Sample(x, labels, classes);
  }

  int features() {
    return x.length;
  }

  int samples() {
    return labels.length;
  }

  /** A x + b. */
  Sample mapped(double[][] a, double[] b) {
    double[][] y = new double[a.length][samples()];
    for (int k = 0; k < a.length; k++) {
      for (int i = 0; i < samples(); i++) {
        y[k][i] = b[k];
        for (int j = 0; j < features(); j++) {
          y[k][i] += a[k][j] * x[j][i];
        }
      }
    }
    return new Sample(y, labels, classes);
  }

  Sample scaled(double factor) {
    double[][] y = new double[features()][];
    Arrays.setAll(y, k -> Arrays.stream(x[k]).map(v -> factor * v).toArray());
    return new Sample(y, labels, classes);
  }

  /** Column i of the result is column order[i]. */
  Sample permuted(int[] order) {
    double[][] y = new double[features()][];
    Arrays.setAll(y, k -> Arrays.stream(order).mapToDouble(i -> x[k][i]).toArray());
    return new Sample(y, Arrays.stream(order).map(i -> labels[i]).toArray(), classes);
  }

  Sample relabelled(int[] names, int count) {
    return new Sample(x, Arrays.stream(labels).map(c -> names[c]).toArray(), count);
  }

  /** Measured with rows that do not lie side by side. */
  Separation measure(DataSeparation measure) {
    int stride = samples() + 3;
    double[] values = new double[features() * stride];
    Arrays.fill(values, Double.NaN);
    for (int k = 0; k < features(); k++) {
      System.arraycopy(x[k], 0, values, k * stride, samples());
    }
    return measure.measure(values, stride, features(), labels, classes);
  }

  Separation measure() {
    return measure(new DataSeparation());
  }
}
