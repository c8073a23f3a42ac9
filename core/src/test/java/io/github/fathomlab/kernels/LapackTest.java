package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LapackTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "7,1", "5,5", "4,9", "9,4", "60,130"})
  void thinSvdIsOrthonormalAndRebuildsTheMatrix(int rows, int columns) {
    double[] a = random(rows * columns, 11 * rows + columns);
    double[] before = a.clone();
    Lapack.Svd svd = Lapack.thinSvd(a, rows, columns);
    assertArrayEquals(before, a);
    int k = Math.min(rows, columns);
    RealMatrix left = matrix(svd.left(), rows, k);
    RealMatrix right = matrix(svd.right(), k, columns);
    assertIdentity(left.transposeMultiply(left));
    assertIdentity(right.multiplyTransposed(right));
    RealMatrix scaled = left.copy();
    for (int j = 0; j < k; j++) {
      scaled.setColumnVector(j, left.getColumnVector(j).mapMultiply(svd.values()[j]));
      assertTrue(svd.values()[j] >= 0 && (j == 0 || svd.values()[j] <= svd.values()[j - 1]));
    }
    assertEquals(0, scaled.multiply(right).subtract(matrix(a, rows, columns)).getNorm1(), 1e-11);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "5,5", "4,9", "60,130"})
  void lowerFactorKeepsSingularValuesAndLeftVectors(int rows, int columns) {
    double[] a = random(rows * columns, 13 * rows + columns);
    double[] lower = Lapack.lowerFactor(a, rows, columns);
    RealMatrix l = matrix(lower, rows, rows);
    RealMatrix original = matrix(a, rows, columns);
    RealMatrix difference = l.multiplyTransposed(l).subtract(original.multiplyTransposed(original));
    assertEquals(0, difference.getNorm1(), 1e-11);
    for (int i = 0; i < rows; i++) {
      for (int j = i + 1; j < rows; j++) {
        assertEquals(0, lower[i * rows + j]);
      }
    }
    assertArrayEquals(
        Lapack.thinSvd(a, rows, columns).values(),
        Lapack.thinSvd(lower, rows, rows).values(),
        1e-12);
    assertThrows(IllegalArgumentException.class, () -> Lapack.lowerFactor(a, columns + 1, rows));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void eigenvaluesAgreeWithHipparchus(int n) {
    double[] symmetric = symmetric(n, n);
    double[] expected =
        new EigenDecompositionSymmetric(matrix(symmetric, n, n)).getEigenvalues().clone();
    Arrays.sort(expected);
    assertArrayEquals(expected, Lapack.eigenvalues(symmetric, n), 1e-11);
    Lapack.Eigen eigen = Lapack.eigen(symmetric, n);
    assertArrayEquals(expected, eigen.values(), 1e-11);
    RealMatrix vectors = matrix(eigen.vectors(), n, n);
    assertIdentity(vectors.multiplyTransposed(vectors));
    for (int j = 0; j < n; j++) {
      double[] image = matrix(symmetric, n, n).operate(vectors.getRow(j));
      double[] expectedImage = vectors.getRowVector(j).mapMultiply(eigen.values()[j]).toArray();
      assertArrayEquals(expectedImage, image, 1e-10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 30})
  void choleskyFactorSquaresToTheMatrixAndKnowsItsCondition(int n) {
    double[] tall = random(n * (n + 20), n);
    double[] gram = new double[n * n];
    DenseProducts.gram(tall, n, n + 20, gram);
    double[] factor = gram.clone();
    double reciprocal = Lapack.cholesky(factor, n);
    RealMatrix l = new Array2DRowRealMatrix(n, n);
    RealMatrix a = new Array2DRowRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        l.setEntry(i, j, factor[i * n + j]);
        a.setEntry(i, j, gram[i * n + j]);
        a.setEntry(j, i, gram[i * n + j]);
      }
    }
    assertEquals(0, l.multiplyTransposed(l).subtract(a).getNorm1(), 1e-10);
    double[] values = Lapack.eigenvalues(flat(a), n);
    double exact = values[0] / values[n - 1];
    assertTrue(reciprocal <= n * exact && reciprocal >= exact / n, reciprocal + " " + exact);
  }

  @Test
  void choleskyOfAnIndefiniteMatrixHasConditionZero() {
    assertEquals(0, Lapack.cholesky(new double[] {1, 2, 2, 1}, 2));
    assertEquals(0, Lapack.cholesky(new double[] {0}, 1));
  }

  @Test
  void refusesWhatIsNoFiniteMatrixOfThatShape() {
    double[] bad = {1, Double.NaN, Double.NaN, 1};
    assertThrows(ArithmeticException.class, () -> Lapack.thinSvd(bad, 2, 2));
    assertThrows(ArithmeticException.class, () -> Lapack.eigenvalues(bad, 2));
    assertThrows(ArithmeticException.class, () -> Lapack.cholesky(bad, 2));
    double[] infinite = {1, 0, 0, Double.POSITIVE_INFINITY};
    assertThrows(ArithmeticException.class, () -> Lapack.lowerFactor(infinite, 2, 2));
    double[] small = {1, 2, 3};
    var error = assertThrows(IllegalArgumentException.class, () -> Lapack.thinSvd(small, 2, 2));
    assertEquals("expected a 2 x 2 matrix, found an array of 3 numbers", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Lapack.eigen(small, 0));
  }

  private static double[] random(int count, long seed) {
    return new Random(seed).doubles(count, -1, 1).toArray();
  }

  private static double[] symmetric(int n, long seed) {
    RealMatrix a = matrix(random(n * n, seed), n, n);
    return flat(a.add(a.transpose()));
  }

  private static RealMatrix matrix(double[] values, int rows, int columns) {
    RealMatrix matrix = new Array2DRowRealMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      matrix.setRow(i, Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
    }
    return matrix;
  }

  private static double[] flat(RealMatrix matrix) {
    return Arrays.stream(matrix.getData()).flatMapToDouble(Arrays::stream).toArray();
  }

  private static void assertIdentity(RealMatrix matrix) {
    for (int i = 0; i < matrix.getRowDimension(); i++) {
      for (int j = 0; j < matrix.getColumnDimension(); j++) {
        assertEquals(i == j ? 1 : 0, matrix.getEntry(i, j), 1e-12);
      }
    }
  }
}
