package io.github.fathomlab.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The matrix products that instruments need, in double precision on row-major heap arrays.
 *
 * <p>A call on heap memory holds up the garbage collector, so long products are done in pieces of a
 * few milliseconds. The pieces depend on the shape alone: the same product has the same bits every
 * time.
 */
public final class DenseProducts {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int LOWER = 122;

  /** Multiplications in one call: 2 to 4 ms on one core. */
  private static final long PIECE = 1L << 25;

  private static final MethodHandle DSYRK =
      OpenBlasLibrary.function(
          "cblas_dsyrk",
          FunctionDescriptor.ofVoid(
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_DOUBLE,
              ADDRESS,
              JAVA_INT,
              JAVA_DOUBLE,
              ADDRESS,
              JAVA_INT),
          Linker.Option.critical(true));

  private DenseProducts() {}

  /**
   * Inner products of all rows, out = A A^T (dsyrk); n^2 length / 2 multiplications.
   *
   * @param a (n x length), row-major
   * @param out (n x n), row-major, of which the lower triangle is written
   */
  public static void gram(double[] a, int n, int length, double[] out) {
    Lapack.require(a, n, length);
    Lapack.require(out, n, n);
    int piece = Math.clamp(2 * PIECE / ((long) n * n), 8, Math.max(8, length));
    MemorySegment c = MemorySegment.ofArray(out);
    try {
      for (int from = 0; from < length; from += piece) {
        int k = Math.min(piece, length - from);
        MemorySegment part = MemorySegment.ofArray(a).asSlice(8L * from);
        double keep = from == 0 ? 0 : 1;
        DSYRK.invokeExact(ROW_MAJOR, LOWER, PLAIN, n, k, 1.0, part, length, keep, c, n);
      }
    } catch (Throwable e) {
      throw Lapack.rethrown(e);
    }
  }

  /**
   * Matrix product, out = A B (dgemm); m k n multiplications.
   *
   * @param a (m x k), row-major
   * @param b (k x n), row-major
   * @param out (m x n), row-major, overwritten
   */
  public static void product(double[] a, double[] b, int m, int k, int n, double[] out) {
    Lapack.require(a, m, k);
    Lapack.require(b, k, n);
    Lapack.require(out, m, n);
    OpenBlas.multiply(false, whole(a, m, k), false, whole(b, k, n), 0, whole(out, m, n));
  }

  /**
   * Inner products of the rows of two matrices, out = A B^T (dgemm); m k n multiplications.
   *
   * @param a (m x k), row-major
   * @param b (n x k), row-major
   * @param out (m x n), row-major, overwritten
   */
  public static void rowProducts(double[] a, double[] b, int m, int k, int n, double[] out) {
    Lapack.require(a, m, k);
    Lapack.require(b, n, k);
    Lapack.require(out, m, n);
    OpenBlas.multiply(false, whole(a, m, k), true, whole(b, n, k), 0, whole(out, m, n));
  }

  private static DoubleMatrix whole(double[] values, int rows, int columns) {
    return new DoubleMatrix(values, 0, rows, columns, columns);
  }
}
