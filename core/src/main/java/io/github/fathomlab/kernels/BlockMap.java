package io.github.fathomlab.kernels;

/**
 * Which blocks of one state make up another, as a convolution gathers patches of an image.
 *
 * <p>A state of C channels at P positions for a batch of B is a matrix [C x P·B] with the columns
 * of one position side by side; a block is B numbers, and block c·P + p holds channel c at position
 * p. The same numbers as [C·P x B] have the same block indices.
 *
 * @param table (rows x positions) row-major: index of a source block, or {@link #NOWHERE}
 * @param rows of the target
 * @param positions of the target in all
 * @param sourcePositions blocks in one row of the source
 * @param from first position of the target that is wanted; how many follows from its columns
 */
public record BlockMap(int[] table, int rows, int positions, int sourcePositions, int from) {
  /** Outside of the image: a block of zeros. */
  public static final int NOWHERE = -1;

  /** The same map from another position on. */
  public BlockMap startingAt(int position) {
    return new BlockMap(table, rows, positions, sourcePositions, position);
  }

  /** Number of columns in a block of the source. */
  int batch(Matrix source) {
    return source.columns / sourcePositions;
  }

  /** Where in the array of the source block {@code index} begins. */
  int place(Matrix source, int index) {
    return source.offset
        + index / sourcePositions * source.stride
        + index % sourcePositions * batch(source);
  }
}
