package io.github.fathomlab.kernels;

/** Shape checks with the shapes in the message. */
final class Shapes {
  private Shapes() {}

  static void requireProduct(boolean transposeA, Matrix a, boolean transposeB, Matrix b, Matrix c) {
    int m = transposeA ? a.columns : a.rows;
    int k = transposeA ? a.rows : a.columns;
    int inner = transposeB ? b.columns : b.rows;
    int n = transposeB ? b.rows : b.columns;
    if (m != c.rows || n != c.columns || k != inner) {
      throw new IllegalArgumentException(
          "cannot multiply %s%s by %s%s into %s"
              .formatted(a, transposeA ? "^T" : "", b, transposeB ? "^T" : "", c));
    }
  }
}
