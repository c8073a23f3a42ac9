package io.github.fathomlab.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Eigenvalues of any square matrix in double precision, each with the error to be expected of it
 * (dgeevx).
 *
 * <pre>
 *   error_j = eps |A|_1 / s_j,   s_j = |y_j^H x_j| of the left and right unit eigenvectors
 * </pre>
 *
 * <p>Source: LAPACK Users' Guide, error bounds for the nonsymmetric eigenproblem. Where a matrix
 * has no full set of eigenvectors s_j falls towards 0 and the error rises to about eps^(1/k), k the
 * size of the Jordan block. Cost: O(n^3).
 *
 * @param real parts (n), in LAPACK's order
 * @param imaginary parts (n)
 * @param errors (n), infinite where left and right eigenvectors are orthogonal
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
public record GeneralEigenvalues(double[] real, double[] imaginary, double[] errors) {
  private static final MethodHandle DGEEVX = Lapack.lapack("dgeevx", "ibbbbipipppipipppppp");

  /**
   * The eigenvalues of a matrix.
   *
   * @param matrix (n x n), row-major; not changed
   * @throws ArithmeticException when a number is not finite or the iteration does not converge
   */
  public static GeneralEigenvalues of(double[] matrix, int n) {
    Lapack.require(matrix, n, n);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = Lapack.copy(arena, matrix, n * n);
      MemorySegment real = arena.allocate(JAVA_DOUBLE, n);
      MemorySegment imaginary = arena.allocate(JAVA_DOUBLE, n);
      MemorySegment left = arena.allocate(JAVA_DOUBLE, (long) n * n);
      MemorySegment right = arena.allocate(JAVA_DOUBLE, (long) n * n);
      MemorySegment low = arena.allocate(JAVA_INT);
      MemorySegment high = arena.allocate(JAVA_INT);
      MemorySegment scale = arena.allocate(JAVA_DOUBLE, n);
      MemorySegment norm = arena.allocate(JAVA_DOUBLE);
      MemorySegment alignment = arena.allocate(JAVA_DOUBLE, n);
      MemorySegment separation = arena.allocate(JAVA_DOUBLE, n);
      // row-major A is column-major A^T, which has the same eigenvalues and alignments
      int info =
          (int)
              DGEEVX.invokeExact(
                  Lapack.COLUMN_MAJOR,
                  (byte) 'N',
                  (byte) 'V',
                  (byte) 'V',
                  (byte) 'E',
                  n,
                  a,
                  n,
                  real,
                  imaginary,
                  left,
                  n,
                  right,
                  n,
                  low,
                  high,
                  scale,
                  norm,
                  alignment,
                  separation);
      Lapack.check("nonsymmetric eigenvalue decomposition", info);
      double[] errors = alignment.toArray(JAVA_DOUBLE);
      for (int j = 0; j < n; j++) {
        errors[j] = Math.ulp(1.0) * norm.get(JAVA_DOUBLE, 0) / errors[j];
      }
      return new GeneralEigenvalues(
          real.toArray(JAVA_DOUBLE), imaginary.toArray(JAVA_DOUBLE), errors);
    } catch (Throwable e) {
      throw Lapack.rethrown(e);
    }
  }
}
