package io.github.fathomlab.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Dense decompositions in double precision on row-major arrays, by the LAPACK inside the process's
 * OpenBLAS.
 *
 * <p>Operands are copied off the heap (O(n^2) beside O(n^3) work), because a call on heap memory
 * would hold up the garbage collector for as long as it lasts. Every method is a pure function of
 * its arguments and may be called by any thread; each throws ArithmeticException when a number is
 * not finite or an iteration does not converge.
 */
public final class Lapack {
  static final int COLUMN_MAJOR = 102;

  /** LAPACKE reports -1010 and -1011 when it cannot allocate. */
  private static final int OUT_OF_MEMORY = -1010;

  private static final MethodHandle DGESDD = lapack("dgesdd", "ibiipippipi");
  private static final MethodHandle DGEQRF = lapack("dgeqrf", "iiipip");
  private static final MethodHandle DSYEVD = lapack("dsyevd", "ibbipip");
  private static final MethodHandle DPOTRF = lapack("dpotrf", "ibipi");
  private static final MethodHandle DPOCON = lapack("dpocon", "ibipidp");

  private Lapack() {}

  /**
   * A = left diag(values) right, with k = min(rows, columns).
   *
   * @param left orthonormal columns (rows x k), row-major
   * @param values singular values (k), descending
   * @param right orthonormal rows (k x columns), row-major
   */
  @SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
  public record Svd(double[] left, double[] values, double[] right) {}

  /**
   * Eigenvalues with their vectors.
   *
   * @param values (n), ascending
   * @param vectors (n x n), row j belongs to value j
   */
  @SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
  public record Eigen(double[] values, double[] vectors) {}

  /**
   * Thin singular value decomposition (dgesdd): each singular value to about eps s_1 absolute; O(m
   * n min(m,n)).
   *
   * @param matrix (rows x columns), row-major, not changed
   */
  public static Svd thinSvd(double[] matrix, int rows, int columns) {
    require(matrix, rows, columns);
    int k = Math.min(rows, columns);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = copy(arena, matrix, rows * columns);
      MemorySegment s = arena.allocate(JAVA_DOUBLE, k);
      MemorySegment u = arena.allocate(JAVA_DOUBLE, (long) columns * k);
      MemorySegment vt = arena.allocate(JAVA_DOUBLE, (long) rows * k);
      // row-major A is column-major A^T, so LAPACK's left vectors are the right ones of A
      int info =
          (int)
              DGESDD.invokeExact(
                  COLUMN_MAJOR, (byte) 'S', columns, rows, a, columns, s, u, columns, vt, k);
      check("singular value decomposition", info);
      return new Svd(vt.toArray(JAVA_DOUBLE), s.toArray(JAVA_DOUBLE), u.toArray(JAVA_DOUBLE));
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /**
   * The lower triangle L of A = L Q with orthonormal rows of Q (dgeqrf): A A^T = L L^T without
   * squaring the condition number, so L has the singular values and left vectors of A.
   *
   * @param matrix (rows x columns), row-major, rows &lt;= columns; not changed
   * @return L (rows x rows), row-major
   */
  public static double[] lowerFactor(double[] matrix, int rows, int columns) {
    require(matrix, rows, columns);
    if (rows > columns) {
      throw new IllegalArgumentException(
          "expected no more rows than columns, found a " + rows + " x " + columns + " matrix");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = copy(arena, matrix, rows * columns);
      MemorySegment tau = arena.allocate(JAVA_DOUBLE, rows);
      int info = (int) DGEQRF.invokeExact(COLUMN_MAJOR, columns, rows, a, columns, tau);
      check("orthogonal factorisation", info);
      double[] lower = new double[rows * rows];
      for (int i = 0; i < rows; i++) {
        MemorySegment.copy(a, JAVA_DOUBLE, 8L * i * columns, lower, i * rows, i + 1);
      }
      return lower;
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /**
   * Eigenvalues of a symmetric matrix, ascending (dsyevd); O(n^3).
   *
   * @param symmetric (n x n), row-major, of which the upper triangle is read; not changed
   */
  public static double[] eigenvalues(double[] symmetric, int n) {
    return decompose(symmetric, n, 'N').values();
  }

  /** As {@link #eigenvalues}, with orthonormal eigenvectors; about twice the work. */
  public static Eigen eigen(double[] symmetric, int n) {
    return decompose(symmetric, n, 'V');
  }

  private static Eigen decompose(double[] symmetric, int n, char job) {
    require(symmetric, n, n);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = copy(arena, symmetric, n * n);
      MemorySegment w = arena.allocate(JAVA_DOUBLE, n);
      int info = (int) DSYEVD.invokeExact(COLUMN_MAJOR, (byte) job, (byte) 'L', n, a, n, w);
      check("eigenvalue decomposition", info);
      return new Eigen(w.toArray(JAVA_DOUBLE), job == 'V' ? a.toArray(JAVA_DOUBLE) : new double[0]);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /**
   * Replaces the lower triangle of a positive definite matrix by its Cholesky factor L (A = L L^T,
   * dpotrf) and estimates how well A can be inverted (dpocon); n^3/3 multiplications.
   *
   * @param symmetric (n x n), row-major, of which the lower triangle is read and overwritten
   * @return the reciprocal 1-norm condition number of A, or 0 (and an unspecified triangle) when A
   *     is not numerically positive definite
   */
  public static double cholesky(double[] symmetric, int n) {
    require(symmetric, n, n);
    double norm = 0;
    for (int i = 0; i < n; i++) {
      double row = 0;
      for (int j = 0; j < n; j++) {
        row += Math.abs(j <= i ? symmetric[i * n + j] : symmetric[j * n + i]);
      }
      norm = Math.max(norm, row);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = copy(arena, symmetric, n * n);
      MemorySegment reciprocal = arena.allocate(JAVA_DOUBLE);
      int info = (int) DPOTRF.invokeExact(COLUMN_MAJOR, (byte) 'U', n, a, n);
      if (info > 0) {
        return 0;
      }
      check("Cholesky decomposition", info);
      info = (int) DPOCON.invokeExact(COLUMN_MAJOR, (byte) 'U', n, a, n, norm, reciprocal);
      check("condition estimate", info);
      MemorySegment.copy(a, JAVA_DOUBLE, 0, symmetric, 0, n * n);
      return reciprocal.get(JAVA_DOUBLE, 0);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static MethodHandle lapack(String name, String arguments) {
    return OpenBlasLibrary.function(
        "LAPACKE_" + name, FunctionDescriptor.of(JAVA_INT, layouts(arguments)));
  }

  /** One letter for each C argument: int, byte, double or pointer. */
  private static MemoryLayout[] layouts(String arguments) {
    return arguments
        .chars()
        .mapToObj(letter ->
            switch (letter) {
              case 'i' -> JAVA_INT;
              case 'b' -> JAVA_BYTE;
              case 'd' -> JAVA_DOUBLE;
              default -> ADDRESS;
            })
        .toArray(MemoryLayout[]::new);
  }

  static MemorySegment copy(Arena arena, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(values[i])) {
        throw new ArithmeticException(
            "a decomposition needs finite numbers, found %s at index %d".formatted(values[i], i));
      }
    }
    MemorySegment segment = arena.allocate(JAVA_DOUBLE, count);
    MemorySegment.copy(values, 0, segment, JAVA_DOUBLE, 0, count);
    return segment;
  }

  static void require(double[] values, int rows, int columns) {
    long needed = (long) rows * columns;
    if (rows < 1 || columns < 1 || needed > Integer.MAX_VALUE || values.length < needed) {
      throw new IllegalArgumentException(
          "expected a %d x %d matrix, found an array of %d numbers"
              .formatted(rows, columns, values.length));
    }
  }

  static void check(String what, int info) {
    if (info <= OUT_OF_MEMORY) {
      throw new OutOfMemoryError("no native memory for a " + what);
    }
    if (info != 0) {
      throw new ArithmeticException("a " + what + " did not converge (LAPACK info " + info + ")");
    }
  }

  static RuntimeException rethrown(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known
        ? known
        : new IllegalStateException("a call into OpenBLAS failed", e);
  }
}
