package io.github.fathomlab.data;

import java.util.Arrays;

/**
 * A named array of a NumPy file.
 *
 * @param type of the numbers in the file
 * @param shape sizes of the axes; empty for a single number
 * @param values in row-major order, whatever the order in the file
 */
public record NpyArray(String name, NpyType type, int[] shape, double[] values) {

  public NpyArray {
    long count = 1;
    for (int size : shape) {
      count *= size;
    }
    if (count != values.length) {
      throw new IllegalArgumentException(
          "array %s of shape %s needs %d values, found %d"
              .formatted(name, Arrays.toString(shape), count, values.length));
    }
  }

  /** A float64 array. */
  public static NpyArray of(String name, double[] values, int... shape) {
    return new NpyArray(name, NpyType.FLOAT64, shape, values);
  }
}
