package io.github.fathomlab.kernels;

import java.util.Arrays;

/** A matrix over a {@code float[]}. */
final class FloatMatrix extends Matrix {
  final float[] data;

  FloatMatrix(float[] data, int offset, int rows, int columns, int stride) {
    super(data.length, offset, rows, columns, stride);
    this.data = data;
  }

  @Override
  public Matrix view(int start, int viewRows, int viewColumns) {
    return new FloatMatrix(data, offset + start, viewRows, viewColumns, viewColumns);
  }

  @Override
  public Matrix firstRows(int count) {
    return new FloatMatrix(data, offset, count, columns, stride);
  }

  @Override
  public Matrix someColumns(int from, int count) {
    return new FloatMatrix(data, offset + from, rows, count, stride);
  }

  @Override
  double at(int index) {
    return data[index];
  }

  @Override
  void put(int index, double value) {
    data[index] = (float) value;
  }

  @Override
  public void fill(double value) {
    Arrays.fill(data, offset, offset + rows * stride, (float) value);
  }

  @Override
  public void copyFrom(Matrix source) {
    FloatMatrix from = (FloatMatrix) source;
    if (from.rows != rows || from.columns != columns || from.stride != stride) {
      throw new IllegalArgumentException("cannot copy " + source + " into " + this);
    }
    System.arraycopy(from.data, from.offset, data, offset, rows * stride);
  }

  @Override
  public void gather(Matrix source, int[] selected) {
    FloatMatrix from = (FloatMatrix) source;
    for (int r = 0; r < rows; r++) {
      int target = offset + r * stride;
      int origin = from.offset + r * from.stride;
      for (int j = 0; j < columns; j++) {
        data[target + j] = from.data[origin + selected[j]];
      }
    }
  }

  @Override
  public double[] toArray() {
    double[] values = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      int from = offset + r * stride;
      for (int c = 0; c < columns; c++) {
        values[r * columns + c] = data[from + c];
      }
    }
    return values;
  }
}
