package io.github.fathomlab.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Matrix products by OpenBLAS on heap arrays, without a copy.
 *
 * <p>A call that sees heap arrays holds up the garbage collector, so a large product is cut into
 * slices of rows of C that each last a few milliseconds. The cut depends on the shape alone: the
 * same product has the same bits every time.
 */
final class OpenBlas {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;
  private static final double FLOPS_PER_CALL = 2e8;

  /** Every call packs all of B anew, which only many rows repay. */
  private static final int LEAST_ROWS = 192;

  private static final MethodHandle SGEMM = gemm("cblas_sgemm", JAVA_FLOAT);
  private static final MethodHandle DGEMM = gemm("cblas_dgemm", JAVA_DOUBLE);

  private OpenBlas() {}

  private static MethodHandle gemm(String name, ValueLayout scalar) {
    return OpenBlasLibrary.function(
        name,
        FunctionDescriptor.ofVoid(
            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, scalar, ADDRESS, JAVA_INT,
            ADDRESS, JAVA_INT, scalar, ADDRESS, JAVA_INT),
        Linker.Option.critical(true));
  }

  static void multiply(
      boolean transposeA,
      FloatMatrix a,
      boolean transposeB,
      FloatMatrix b,
      float beta,
      FloatMatrix c) {
    MemorySegment right = MemorySegment.ofArray(b.data).asSlice(4L * b.offset);
    inSlices(
        transposeA,
        a,
        c,
        (rows, depth, fromA, fromC) -> {
          SGEMM.invokeExact(
              ROW_MAJOR,
              order(transposeA),
              order(transposeB),
              rows,
              c.columns,
              depth,
              1f,
              MemorySegment.ofArray(a.data).asSlice(4L * fromA),
              a.stride,
              right,
              b.stride,
              beta,
              MemorySegment.ofArray(c.data).asSlice(4L * fromC),
              c.stride);
        });
  }

  static void multiply(
      boolean transposeA,
      DoubleMatrix a,
      boolean transposeB,
      DoubleMatrix b,
      double beta,
      DoubleMatrix c) {
    MemorySegment right = MemorySegment.ofArray(b.data).asSlice(8L * b.offset);
    inSlices(
        transposeA,
        a,
        c,
        (rows, depth, fromA, fromC) -> {
          DGEMM.invokeExact(
              ROW_MAJOR,
              order(transposeA),
              order(transposeB),
              rows,
              c.columns,
              depth,
              1.0,
              MemorySegment.ofArray(a.data).asSlice(8L * fromA),
              a.stride,
              right,
              b.stride,
              beta,
              MemorySegment.ofArray(c.data).asSlice(8L * fromC),
              c.stride);
        });
  }

  /** One call for some rows of C, whose first entries and those of A lie at the given places. */
  private interface Slice {
    void multiply(int rows, int depth, int fromA, int fromC) throws Throwable;
  }

  private static void inSlices(boolean transposeA, Matrix a, Matrix c, Slice slice) {
    int depth = transposeA ? a.rows : a.columns;
    int most = rowsPerCall(c, depth);
    for (int r = 0; r < c.rows; r += most) {
      int fromA = a.offset + (transposeA ? r : r * a.stride);
      try {
        slice.multiply(Math.min(most, c.rows - r), depth, fromA, c.offset + r * c.stride);
      } catch (Throwable e) {
        throw new IllegalStateException("OpenBLAS could not be called", e);
      }
    }
  }

  private static int rowsPerCall(Matrix c, int depth) {
    double rows = FLOPS_PER_CALL / Math.max(1.0, 2.0 * c.columns * depth);
    return rows >= c.rows ? c.rows : Math.max(LEAST_ROWS, (int) rows / Matrix.LANES * Matrix.LANES);
  }

  private static int order(boolean transposed) {
    return transposed ? TRANSPOSED : PLAIN;
  }
}
