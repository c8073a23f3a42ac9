package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation in both precisions against the plain double loops, over random shapes and ranges
 * of rows.
 */
class OperationsTest {
  private static final int SHAPES = 30;

  /** The first entries of {@link Operands#contents} have one row, or one number, per feature. */
  private static final int ROW_MATRICES = 9;

  @ParameterizedTest
  @EnumSource
  void agreesWithThePlainLoops(Operation operation) {
    Kernels plain = new DoubleKernels(true);
    for (int seed = 0; seed < SHAPES; seed++) {
      Operands expected = new Operands(plain, seed);
      operation.apply(plain, expected);
      for (Precision precision : Precision.values()) {
        Kernels k = Kernels.of(precision);
        Operands found = new Operands(k, seed);
        operation.apply(k, found);
        requireClose(operation, precision, seed, expected, found);
      }
    }
  }

  /** Rows outside the range keep their numbers, whatever is done to the others. */
  @ParameterizedTest
  @EnumSource
  void touchesNothingElse(Operation operation) {
    for (Precision precision : Precision.values()) {
      Kernels k = Kernels.of(precision);
      for (int seed = 0; seed < SHAPES; seed++) {
        Operands before = new Operands(k, seed);
        Operands after = new Operands(k, seed);
        operation.apply(k, after);
        if (operation.ordinal() <= Operation.MULTIPLY_ELEMENTS.ordinal()) {
          requireSameOutside(before, after);
        }
        assertArrayEquals(before.a.toArray(), after.a.toArray());
        assertArrayEquals(before.c.toArray(), after.c.toArray());
        assertArrayEquals(before.targets.toArray(), after.targets.toArray());
        assertArrayEquals(before.gradient.toArray(), after.gradient.toArray());
      }
    }
  }

  private static void requireSameOutside(Operands before, Operands after) {
    List<double[]> left = before.contents();
    List<double[]> right = after.contents();
    for (int matrix = 0; matrix < ROW_MATRICES; matrix++) {
      double[] old = left.get(matrix);
      double[] now = right.get(matrix);
      int width = old.length / before.rows;
      for (int i = 0; i < old.length; i++) {
        boolean inside = i / width >= before.from && i / width < before.to;
        assertTrue(inside || old[i] == now[i]);
      }
    }
  }

  private static void requireClose(
      Operation operation, Precision precision, int seed, Operands expected, Operands found) {
    List<double[]> left = expected.contents();
    List<double[]> right = found.contents();
    for (int matrix = 0; matrix < left.size(); matrix++) {
      double scale = 1;
      double worst = 0;
      for (int i = 0; i < left.get(matrix).length; i++) {
        scale = Math.max(scale, Math.abs(left.get(matrix)[i]));
        worst = Math.max(worst, Math.abs(left.get(matrix)[i] - right.get(matrix)[i]));
      }
      double error = worst / scale;
      assertTrue(
          error <= operation.tolerance(precision),
          "%s %s, seed %d, matrix %d: %.3g".formatted(operation, precision, seed, matrix, error));
    }
  }
}
