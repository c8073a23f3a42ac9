package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DenseProductsTest {

  @Test
  void productsInPiecesAreWholeProducts() {
    int m = 40;
    int k = 700;
    int n = 3000; // several pieces
    double[] a = random(m * k, 1);
    double[] b = random(k * n, 2);
    double[] out = random(m * n, 3);
    DenseProducts.product(a, b, m, k, n, out);
    double[] gram = random(k * k, 4);
    DenseProducts.gram(b, k, n, gram);
    Random random = new Random(5);
    for (int sample = 0; sample < 200; sample++) {
      int i = random.nextInt(m);
      int j = random.nextInt(n);
      double expected = 0;
      for (int l = 0; l < k; l++) {
        expected += a[i * k + l] * b[l * n + j];
      }
      assertEquals(expected, out[i * n + j], 1e-11);
      int row = random.nextInt(k);
      int column = random.nextInt(row + 1);
      double inner = 0;
      for (int l = 0; l < n; l++) {
        inner += b[row * n + l] * b[column * n + l];
      }
      assertEquals(inner, gram[row * k + column], 1e-10);
    }
  }

  private static double[] random(int count, long seed) {
    return new Random(seed).doubles(count, -1, 1).toArray();
  }
}
