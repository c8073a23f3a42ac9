package io.github.fathomlab.network;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * How the weights of an affine layer start; biases start at zero except with {@link Pytorch} and
 * where {@link Scaled} says otherwise.
 */
public sealed interface Initialisation {

  /** PyTorch's default for Linear: weights and biases uniform in ±1/√fan_in. */
  record Pytorch() implements Initialisation {}

  /** Normal with variance 2/fan_in (He et al., arXiv:1502.01852, eq. 10). */
  record He() implements Initialisation {}

  /**
   * Rows or columns orthonormal (whichever are fewer), times the gain (Saxe et al.,
   * arXiv:1312.6120).
   */
  record Orthogonal(double gain) implements Initialisation {}

  /**
   * Normal with variance gain²/fan_in, biases normal with variance bias²: σ_w and σ_b of the
   * mean-field literature.
   */
  record Scaled(double gain, double bias) implements Initialisation {

    /** Biases at zero. */
    public Scaled(double gain) {
      this(gain, 0);
    }
  }

  /** The weights, (outputs x inputs) row-major. */
  default double[] weights(int outputs, int inputs, long key) {
    double[] w = new double[outputs * inputs];
    switch (this) {
      case Pytorch _ -> {
        for (int i = 0; i < w.length; i++) {
          w[i] = (2 * CounterRandom.uniform(key, i) - 1) / StrictMath.sqrt(inputs);
        }
      }
      case He _ -> fillNormal(w, StrictMath.sqrt(2.0 / inputs), key);
      case Scaled scaled -> fillNormal(w, scaled.gain() / StrictMath.sqrt(inputs), key);
      case Orthogonal orthogonal -> {
        fillNormal(w, 1, key);
        return orthonormal(w, outputs, inputs, orthogonal.gain());
      }
    }
    return w;
  }

  /** The biases, (outputs). */
  default double[] biases(int outputs, int inputs, long key) {
    double[] b = new double[outputs];
    if (this instanceof Pytorch) {
      for (int i = 0; i < outputs; i++) {
        b[i] = (2 * CounterRandom.uniform(key, i) - 1) / StrictMath.sqrt(inputs);
      }
    } else if (this instanceof Scaled scaled && scaled.bias() != 0) {
      fillNormal(b, scaled.bias(), key);
    }
    return b;
  }

  private static void fillNormal(double[] w, double deviation, long key) {
    for (int i = 0; i < w.length; i++) {
      w[i] = deviation * CounterRandom.gaussian(key, i);
    }
  }

  /** Gram-Schmidt with reorthogonalisation on the shorter side's vectors. */
  private static double[] orthonormal(double[] w, int rows, int columns, double gain) {
    boolean byRows = rows <= columns;
    int count = byRows ? rows : columns;
    int length = byRows ? columns : rows;
    double[][] q = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        q[i][k] = byRows ? w[i * columns + k] : w[k * columns + i];
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          double projection = dot(q[i], q[j]);
          for (int k = 0; k < length; k++) {
            q[i][k] -= projection * q[j][k];
          }
        }
      }
      double norm = StrictMath.sqrt(dot(q[i], q[i]));
      for (int k = 0; k < length; k++) {
        q[i][k] /= norm;
      }
    }
    double[] result = new double[w.length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        result[byRows ? i * columns + k : k * columns + i] = gain * q[i][k];
      }
    }
    return result;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * y[k];
    }
    return sum;
  }
}
