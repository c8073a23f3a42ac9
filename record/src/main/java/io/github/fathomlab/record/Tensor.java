package io.github.fathomlab.record;

/**
 * An array of numbers with its shape, row-major, in one of the types that Fathom stores.
 *
 * <p>The arrays are not copied: who makes a tensor lends its array. Two tensors are equal when they
 * share their arrays.
 */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Tensor {

  /** The lengths of the axes; empty for a single number. */
  int[] shape();

  /** How many numbers there are. */
  int size();

  /** Single precision, {@code F32}. */
  record Floats(int[] shape, float[] values) implements Tensor {
    public Floats {
      requireSize(shape, values.length);
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** Double precision, {@code F64}. */
  record Doubles(int[] shape, double[] values) implements Tensor {
    public Doubles {
      requireSize(shape, values.length);
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** Whole numbers, {@code I64}. */
  record Longs(int[] shape, long[] values) implements Tensor {
    public Longs {
      requireSize(shape, values.length);
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  private static void requireSize(int[] shape, int length) {
    long product = 1;
    for (int axis : shape) {
      if (axis < 0) {
        throw new IllegalArgumentException("a tensor has an axis of length " + axis);
      }
      product = Math.multiplyExact(product, (long) axis);
    }
    if (product != length) {
      throw new IllegalArgumentException(
          "a tensor of %d numbers has a shape of %d".formatted(length, product));
    }
  }
}
