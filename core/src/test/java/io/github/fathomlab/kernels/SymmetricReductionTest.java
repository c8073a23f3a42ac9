package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricReductionTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 40, 130})
  void valuesAndLowestVectorsAreThoseOfTheMatrix(int n) {
    Random random = new Random(n);
    double[] full = new double[n * n];
    double[] lower = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        lower[i * n + j] = random.nextGaussian();
        full[i * n + j] = lower[i * n + j];
        full[j * n + i] = lower[i * n + j];
      }
    }
    double[] before = lower.clone();
    SymmetricReduction reduction = SymmetricReduction.of(lower, n);
    assertArrayEquals(before, lower);
    double[] values = reduction.eigenvalues();
    assertArrayEquals(Lapack.eigenvalues(full, n), values, 1e-11);
    int count = (n + 1) / 2;
    double[] vectors = reduction.lowestVectors(count);
    double[] images = new double[count * n];
    DenseProducts.product(vectors, full, count, n, n, images);
    double[] products = new double[count * count];
    DenseProducts.rowProducts(vectors, vectors, count, n, count, products);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < n; j++) {
        assertEquals(values[i] * vectors[i * n + j], images[i * n + j], 1e-11);
      }
      for (int j = 0; j < count; j++) {
        assertEquals(i == j ? 1 : 0, products[i * count + j], 1e-13);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> reduction.lowestVectors(n + 1));
    assertThrows(IllegalArgumentException.class, () -> reduction.lowestVectors(0));
    lower[n * n - 1] = Double.NaN;
    assertThrows(ArithmeticException.class, () -> SymmetricReduction.of(lower, n));
  }
}
