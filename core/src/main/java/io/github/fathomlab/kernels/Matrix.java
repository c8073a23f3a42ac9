package io.github.fathomlab.kernels;

/**
 * A row-major matrix over a Java array of one precision: entry (r, c) lies at {@code offset +
 * r*stride + c}.
 *
 * <p>Activations are feature-major [width x batch]: what batch normalisation, activation and mask
 * do to one feature is then one pass over a contiguous row. Views share the array. The accessors
 * are for set-up, tests and instruments; kernels work on the arrays.
 */
public abstract sealed class Matrix permits FloatMatrix, DoubleMatrix {
  /** Rows are padded to a multiple of this, so that kernels never read past the array. */
  static final int LANES = 16;

  final int offset;
  final int rows;
  final int columns;
  final int stride;

  Matrix(int length, int offset, int rows, int columns, int stride) {
    if (rows < 0 || columns < 0 || stride < columns) {
      throw new IllegalArgumentException(
          "a matrix cannot have shape %d x %d with stride %d".formatted(rows, columns, stride));
    }
    if (rows > 0 && offset + (long) (rows - 1) * stride + columns > length) {
      throw new IllegalArgumentException(
          "a view of %d x %d at offset %d does not fit into %d numbers"
              .formatted(rows, columns, offset, length));
    }
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.stride = stride;
  }

  /** The smallest multiple of the lane count that is not below n. */
  public static int padded(int n) {
    return (n + LANES - 1) / LANES * LANES;
  }

  public final int rows() {
    return rows;
  }

  public final int columns() {
    return columns;
  }

  /** Entry (r, c). */
  public final double get(int r, int c) {
    return at(offset + r * stride + c);
  }

  /** Sets entry (r, c), rounded to this matrix's precision. */
  public final void set(int r, int c, double value) {
    put(offset + r * stride + c, value);
  }

  /**
   * A dense matrix of the given shape that starts at entry {@code start} of this matrix's array.
   */
  public abstract Matrix view(int start, int viewRows, int viewColumns);

  /** The first rows of this matrix, on the same array. */
  public abstract Matrix firstRows(int count);

  /**
   * Columns {@code from, from + 1, ...} of this matrix, on the same array: for products and single
   * entries only, since its padding is other columns.
   */
  public abstract Matrix someColumns(int from, int count);

  abstract double at(int index);

  abstract void put(int index, double value);

  /** All entries, row by row without padding. */
  public abstract double[] toArray();

  /** Sets all entries from a dense row-major array. */
  public final void setAll(double[] values) {
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          "expected %d x %d = %d numbers, found %d"
              .formatted(rows, columns, rows * columns, values.length));
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        set(r, c, values[r * columns + c]);
      }
    }
  }

  /** Sets every entry, padding included, to one value. */
  public abstract void fill(double value);

  /** Copies a matrix of the same precision and layout. */
  public abstract void copyFrom(Matrix source);

  /**
   * Sets column j of this matrix to column {@code selected[j]} of the source, which has the same
   * precision.
   */
  public abstract void gather(Matrix source, int[] selected);

  /** Whether every entry is finite. */
  public final boolean isFinite() {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (!Double.isFinite(get(r, c))) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + rows + " x " + columns + "]";
  }
}
