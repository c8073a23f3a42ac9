package io.github.fathomlab.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A symmetric matrix as A = Q T Q^T with orthogonal Q and tridiagonal T (dsytrd), for who wants its
 * eigenvalues first and some of its eigenvectors perhaps.
 *
 * <p>Every method throws ArithmeticException when a number is not finite or an iteration does not
 * converge. Cost: 4/3 n³ flops for the reduction, O(n²) for the eigenvalues (dsterf), 4/3 n³ to 8/3
 * n³ for eigenvectors of T (dstedc; less, the more eigenvalues agree) and 2 n² for each that is
 * carried back to A (dormtr).
 *
 * @param n size of A
 * @param reflectors Householder vectors of Q, with their factors
 * @param diagonal of T (n)
 * @param beside the diagonal of T (n - 1 numbers, and a zero)
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
public record SymmetricReduction(
    int n, double[] reflectors, double[] factors, double[] diagonal, double[] beside) {
  private static final byte UPPER = 'U';
  private static final MethodHandle DSYTRD = Lapack.lapack("dsytrd", "ibipippp");
  private static final MethodHandle DSTERF = Lapack.lapack("dsterf", "ipp");
  private static final MethodHandle DSTEDC = Lapack.lapack("dstedc", "ibipppi");
  private static final MethodHandle DORMTR = Lapack.lapack("dormtr", "ibbbiipippi");

  /**
   * Reduces a matrix.
   *
   * @param symmetric (n x n), row-major, of which the lower triangle is read; not changed
   */
  public static SymmetricReduction of(double[] symmetric, int n) {
    Lapack.require(symmetric, n, n);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = Lapack.copy(arena, symmetric, n * n);
      MemorySegment d = arena.allocate(JAVA_DOUBLE, n);
      MemorySegment e = arena.allocate(JAVA_DOUBLE, n);
      MemorySegment tau = arena.allocate(JAVA_DOUBLE, n);
      // the lower triangle of a row-major matrix is the upper one of a column-major one
      int info = (int) DSYTRD.invokeExact(Lapack.COLUMN_MAJOR, UPPER, n, a, n, d, e, tau);
      Lapack.check("tridiagonal reduction", info);
      return new SymmetricReduction(
          n,
          a.toArray(JAVA_DOUBLE),
          tau.toArray(JAVA_DOUBLE),
          d.toArray(JAVA_DOUBLE),
          e.toArray(JAVA_DOUBLE));
    } catch (Throwable e) {
      throw Lapack.rethrown(e);
    }
  }

  /** All eigenvalues, ascending. */
  public double[] eigenvalues() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment d = Lapack.copy(arena, diagonal, n);
      MemorySegment e = Lapack.copy(arena, beside, n);
      int info = (int) DSTERF.invokeExact(n, d, e);
      Lapack.check("tridiagonal eigenvalue iteration", info);
      return d.toArray(JAVA_DOUBLE);
    } catch (Throwable e) {
      throw Lapack.rethrown(e);
    }
  }

  /**
   * Orthonormal eigenvectors of the lowest eigenvalues.
   *
   * @return (count x n), row-major, row j belongs to the j-th eigenvalue from below
   */
  public double[] lowestVectors(int count) {
    if (count < 1 || count > n) {
      throw new IllegalArgumentException("expected 1 to " + n + " vectors, found " + count);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment d = Lapack.copy(arena, diagonal, n);
      MemorySegment e = Lapack.copy(arena, beside, n);
      MemorySegment z = arena.allocate(JAVA_DOUBLE, (long) n * n);
      int info = (int) DSTEDC.invokeExact(Lapack.COLUMN_MAJOR, (byte) 'I', n, d, e, z, n);
      Lapack.check("tridiagonal eigenvector iteration", info);
      MemorySegment a = Lapack.copy(arena, reflectors, n * n);
      MemorySegment tau = Lapack.copy(arena, factors, n);
      info =
          (int)
              DORMTR.invokeExact(
                  Lapack.COLUMN_MAJOR, (byte) 'L', UPPER, (byte) 'N', n, count, a, n, tau, z, n);
      Lapack.check("product with reflections", info);
      return z.asSlice(0, 8L * count * n).toArray(JAVA_DOUBLE);
    } catch (Throwable e) {
      throw Lapack.rethrown(e);
    }
  }
}
