package io.github.fathomlab.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.DenseProducts;
import io.github.fathomlab.kernels.Lapack;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Gram matrices, once or again and again, find the spectrum that a plain decomposition finds. */
class GramSpectrumTest {
  private static final int K = 96;
  private static final int LENGTH = 150;

  /** Spectra that lose more and more by squaring. */
  private enum Shape {
    FLAT(i -> 1),
    THREE_DECADES(i -> Math.pow(10, -3.0 * i / K)),
    FIVE_DECADES(i -> Math.pow(10, -5.0 * i / K)),
    SEVEN_DECADES(i -> Math.pow(10, -7.0 * i / K)),
    ELEVEN_DECADES(i -> Math.pow(10, -11.0 * i / K)),
    TWENTY_DECADES(i -> Math.pow(10, -20.0 * i / K)),
    DEPENDENT(i -> i < K / 3 ? 1 + i : 0),
    STEEP_AND_DEPENDENT(i -> i < K / 2 ? Math.pow(10, -10.0 * i / K) : 0),
    ONE_AMONG_SMALL(i -> i == 0 ? 1 : 1e-3),
    ONE_AMONG_TINY(i -> i == 0 ? 1 : 1e-7),
    STEPS(i -> Math.pow(10, -3.0 * (i / 24))),
    ONE_DIRECTION(i -> i == 0 ? 1 : 0);

    private final double[] values = new double[K];

    Shape(IntToDoubleFunction value) {
      Arrays.setAll(values, value::applyAsDouble);
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithThePlainDecomposition(Shape shape) {
    for (int seed = 1; seed <= 3; seed++) {
      double[] matrix = matrix(shape.values, LENGTH, seed);
      double[] before = matrix.clone();
      GramSpectrum found = new GramSpectrum(matrix, K, LENGTH);
      assertArrayEquals(before, matrix);
      double[] plain = Lapack.thinSvd(matrix, K, LENGTH).values();
      double expected = SpectralRanks.of(plain).effective();
      assertEquals(1, SpectralRanks.of(found.values).effective() / expected, 1e-10, shape.name());
      for (int i = 0; i < K; i++) {
        assertEquals(plain[i], found.values[i], 1e-12 * plain[0], shape + " value " + i);
        assertTrue(found.values[i] >= 0 && (i == 0 || found.values[i] <= found.values[i - 1]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "2,2", "2,50"})
  void smallMatrices(int k, int length) {
    Random random = new Random(k);
    double[] matrix = random.doubles((long) k * length).toArray();
    double[] found = new GramSpectrum(matrix, k, length).values;
    assertArrayEquals(Lapack.thinSvd(matrix, k, length).values(), found, 1e-14);
  }

  @Test
  void theProductsAreThoseOfTheWholeMatrix() {
    double[] matrix = matrix(Shape.SEVEN_DECADES.values, LENGTH, 1);
    double[] products = new double[K * K];
    DenseProducts.gram(matrix, K, LENGTH, products);
    assertArrayEquals(products, new GramSpectrum(matrix, K, LENGTH).gram);
    assertArrayEquals(new double[3], new GramSpectrum(new double[6], 3, 2).values);
  }

  /** A matrix with these singular values and directions of no particular kind. */
  private static double[] matrix(double[] values, int length, int seed) {
    int k = values.length;
    double[] gaussian = new Random(seed).doubles((long) k * length).map(u -> u - 0.5).toArray();
    Lapack.Svd directions = Lapack.thinSvd(gaussian, k, length);
    double[] scaled = directions.left().clone();
    for (int i = 0; i < k * k; i++) {
      scaled[i] *= values[i % k];
    }
    double[] matrix = new double[k * length];
    DenseProducts.product(scaled, directions.right(), k, k, length, matrix);
    return matrix;
  }
}
