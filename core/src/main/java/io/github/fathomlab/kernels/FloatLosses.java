package io.github.fathomlab.kernels;

import jdk.incubator.vector.FloatVector;

/** Losses over the columns of a feature-major output, vectors along the batch. */
final class FloatLosses {
  private static final int L = FloatRows.L;

  private FloatLosses() {}

  /** As {@link Kernels#crossEntropy}; the loss is summed in double. */
  static double crossEntropy(FloatMatrix output, FloatMatrix targets, FloatMatrix gradient) {
    int batch = output.columns;
    int classes = output.rows;
    FloatVector share = FloatVector.broadcast(FloatRows.S, 1f / batch);
    float[] sums = new float[Matrix.padded(batch)];
    float[] weights = new float[Matrix.padded(batch)];
    float[] fits = new float[Matrix.padded(batch)];
    for (int j = 0; j < batch; j += L) {
      FloatVector max = load(output, 0, j);
      for (int i = 1; i < classes; i++) {
        max = max.max(load(output, i, j));
      }
      FloatVector sum = FloatVector.zero(FloatRows.S);
      FloatVector fit = sum;
      FloatVector weight = sum;
      for (int i = 0; i < classes; i++) {
        FloatVector d = load(output, i, j).sub(max);
        FloatVector target = load(targets, i, j);
        fit = d.fma(target, fit);
        weight = weight.add(target);
        FloatVector e = FloatMaths.expOfNegative(d);
        sum = sum.add(e);
        e.intoArray(gradient.data, at(gradient, i, j));
      }
      sum.intoArray(sums, j);
      fit.intoArray(fits, j);
      weight.intoArray(weights, j);
      FloatVector scale = share.mul(weight).div(sum);
      for (int i = 0; i < classes; i++) {
        FloatVector softmax = load(gradient, i, j).mul(scale);
        softmax.sub(load(targets, i, j).mul(share)).intoArray(gradient.data, at(gradient, i, j));
      }
    }
    double loss = 0;
    for (int j = 0; j < batch; j++) {
      loss += weights[j] * StrictMath.log(sums[j]) - fits[j];
    }
    return loss / batch;
  }

  /** As {@link Kernels#squaredError}. */
  static double squaredError(FloatMatrix output, FloatMatrix targets, FloatMatrix gradient) {
    int batch = output.columns;
    double loss = 0;
    for (int i = 0; i < output.rows; i++) {
      for (int j = 0; j < batch; j++) {
        float d = output.data[at(output, i, j)] - targets.data[at(targets, i, j)];
        loss += (double) d * d;
        gradient.data[at(gradient, i, j)] = d / batch;
      }
    }
    return loss / (2.0 * batch);
  }

  private static FloatVector load(FloatMatrix matrix, int i, int j) {
    return FloatVector.fromArray(FloatRows.S, matrix.data, at(matrix, i, j));
  }

  private static int at(FloatMatrix matrix, int i, int j) {
    return matrix.offset + i * matrix.stride + j;
  }
}
