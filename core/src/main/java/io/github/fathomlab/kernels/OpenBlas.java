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
    int depth = transposeA ? a.rows : a.columns;
    int slice = rowsPerCall(c, depth);
    for (int r = 0; r < c.rows; r += slice) {
      int rows = Math.min(slice, c.rows - r);
      try {
        SGEMM.invokeExact(
            ROW_MAJOR,
            transposeA ? TRANSPOSED : PLAIN,
            transposeB ? TRANSPOSED : PLAIN,
            rows,
            c.columns,
            depth,
            1f,
            MemorySegment.ofArray(a.data).asSlice(4L * startOfRow(transposeA, a, r)),
            a.stride,
            MemorySegment.ofArray(b.data).asSlice(4L * b.offset),
            b.stride,
            beta,
            MemorySegment.ofArray(c.data).asSlice(4L * (c.offset + r * c.stride)),
            c.stride);
      } catch (Throwable e) {
        throw new IllegalStateException("cblas_sgemm could not be called", e);
      }
    }
  }

  static void multiply(
      boolean transposeA,
      DoubleMatrix a,
      boolean transposeB,
      DoubleMatrix b,
      double beta,
      DoubleMatrix c) {
    int depth = transposeA ? a.rows : a.columns;
    int slice = rowsPerCall(c, depth);
    for (int r = 0; r < c.rows; r += slice) {
      int rows = Math.min(slice, c.rows - r);
      try {
        DGEMM.invokeExact(
            ROW_MAJOR,
            transposeA ? TRANSPOSED : PLAIN,
            transposeB ? TRANSPOSED : PLAIN,
            rows,
            c.columns,
            depth,
            1.0,
            MemorySegment.ofArray(a.data).asSlice(8L * startOfRow(transposeA, a, r)),
            a.stride,
            MemorySegment.ofArray(b.data).asSlice(8L * b.offset),
            b.stride,
            beta,
            MemorySegment.ofArray(c.data).asSlice(8L * (c.offset + r * c.stride)),
            c.stride);
      } catch (Throwable e) {
        throw new IllegalStateException("cblas_dgemm could not be called", e);
      }
    }
  }

  private static int startOfRow(boolean transposed, Matrix a, int r) {
    return a.offset + (transposed ? r : r * a.stride);
  }

  private static int rowsPerCall(Matrix c, int depth) {
    double rows = FLOPS_PER_CALL / Math.max(1.0, 2.0 * c.columns * depth);
<<<<<<< HEAD
    return rows >= c.rows
        ? c.rows
        : Math.max(Matrix.LANES, (int) rows / Matrix.LANES * Matrix.LANES);
=======
    return rows >= c.rows ? c.rows : Math.max(LEAST_ROWS, (int) rows / Matrix.LANES * Matrix.LANES);
>>>>>>> helper/bench2
  }
}
