package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Library products against plain loops. */
class ProductTest {

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e-6", "FLOAT64, 2e-15"})
  void allTransposesViewsAndBetas(Precision precision, double tolerance) {
    SplittableRandom random = new SplittableRandom(3);
    Kernels k = Kernels.of(precision);
    for (int round = 0; round < 150; round++) {
      int m = 1 + random.nextInt(40);
      int n = 1 + random.nextInt(40);
      int depth = 1 + random.nextInt(70);
      boolean transposeA = random.nextBoolean();
      boolean transposeB = random.nextBoolean();
      Matrix a = operand(k, transposeA ? depth : m, transposeA ? m : depth, random);
      Matrix b = operand(k, transposeB ? n : depth, transposeB ? depth : n, random);
      Matrix c = operand(k, m, n, random);
      double beta = random.nextInt(3) * 0.5;
      double[] start = c.toArray();
      k.multiply(transposeA, a, transposeB, b, beta, c);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double expected = beta * start[i * n + j];
          for (int l = 0; l < depth; l++) {
            double left = transposeA ? a.get(l, i) : a.get(i, l);
            expected += left * (transposeB ? b.get(j, l) : b.get(l, j));
          }
          assertEquals(expected, c.get(i, j), tolerance * (1 + depth));
        }
      }
    }
  }

  /** With β = 0 what was in C does not matter, not even if it was no number. */
  @ParameterizedTest
  @CsvSource({"FLOAT32", "FLOAT64"})
  void zeroBetaOverwrites(Precision precision) {
    Kernels k = Kernels.of(precision);
    Matrix c = k.zeros(3, 5);
    c.fill(Double.NaN);
    k.multiply(false, k.zeros(3, 4), false, k.zeros(4, 5), 0, c);
    assertTrue(c.isFinite());
  }

  /**
   * 620 x 900 x 520 and its transposes take several calls, the last one with a remainder of rows.
   */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, false, false",
    "FLOAT32, true, false",
    "FLOAT32, false, true",
    "FLOAT64, true, true"
  })
  void largeProductsAreWholeAfterSlicing(
      Precision precision, boolean transposeA, boolean transposeB) {
    int m = 620;
    int n = 520;
    int depth = 900;
    SplittableRandom random = new SplittableRandom(4);
    Kernels k = Kernels.of(precision);
    Matrix a = operand(k, transposeA ? depth : m, transposeA ? m : depth, random);
    Matrix b = operand(k, transposeB ? n : depth, transposeB ? depth : n, random);
    Matrix c = operand(k, m, n, random);
    double[] start = c.toArray();
    k.multiply(transposeA, a, transposeB, b, 1, c);
    // Freivalds: C v = A (B v) + C₀ v for random v, row by row.
    double[] v = random.doubles(n, -1, 1).toArray();
    double[] bv = new double[depth];
    for (int l = 0; l < depth; l++) {
      for (int j = 0; j < n; j++) {
        bv[l] += (transposeB ? b.get(j, l) : b.get(l, j)) * v[j];
      }
    }
    for (int i = 0; i < m; i++) {
      double difference = 0;
      for (int j = 0; j < n; j++) {
        difference += (c.get(i, j) - start[i * n + j]) * v[j];
      }
      for (int l = 0; l < depth; l++) {
        difference -= (transposeA ? a.get(l, i) : a.get(i, l)) * bv[l];
      }
      assertEquals(0, difference, 3e4 * precision.epsilon(), "row " + i);
    }
  }

  @Test
  void namesTheShapesThatDoNotFit() {
    Kernels k = Kernels.of(Precision.FLOAT32);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> k.multiply(true, k.zeros(3, 4), false, k.zeros(5, 6), 0, k.zeros(4, 6)));
    assertEquals(
        "cannot multiply FloatMatrix[3 x 4]^T by FloatMatrix[5 x 6] into FloatMatrix[4 x 6]",
        e.getMessage());
  }

  /** A padded matrix, the first rows of a larger one, or a dense view in the middle of a vector. */
  private static Matrix operand(Kernels k, int rows, int columns, SplittableRandom random) {
    Matrix matrix =
        switch (random.nextInt(3)) {
          case 0 -> k.zeros(rows, columns);
          case 1 -> k.zeros(rows + 3, columns).firstRows(rows);
          default -> k.vector(rows * columns + 50).view(random.nextInt(50), rows, columns);
        };
    return Operands.gaussian(matrix, random);
  }
}
