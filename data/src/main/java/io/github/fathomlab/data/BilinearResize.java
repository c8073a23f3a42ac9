package io.github.fathomlab.data;

/**
 * Resizes square images by bilinear interpolation without antialiasing.
 *
 * <p>Output pixel i reads at source coordinate {@code u = max(0, (i + 1/2) s/t - 1/2)} (half-pixel
 * centres, edge clamp): {@code (1-λ) x[j] + λ x[min(j+1, s-1)]} with {@code j = floor(u)}, {@code λ
 * = u - j}, along rows and columns.
 *
 * <p>Symbols: s side of the source, t side of the result, x pixel values.
 *
 * <p>Source: the data preparation of arXiv:2407.19353 (bilinear {@code Resize} of tensors in
 * torchvision 0.14). Strong shrinking skips source pixels; that is part of the published data.
 * Cost: O(t²) an image.
 */
final class BilinearResize {
  private final int from;
  private final int to;
  private final int[] low;
  private final int[] high;
  private final double[] weight;

  BilinearResize(int from, int to) {
    if (to < 1) {
      throw new DataException("data.resize must be at least 1, found " + to + ".");
    }
    this.from = from;
    this.to = to;
    low = new int[to];
    high = new int[to];
    weight = new double[to];
    for (int i = 0; i < to; i++) {
      double u = Math.max(0, (i + 0.5) * from / to - 0.5);
      low[i] = Math.min((int) u, from - 1);
      high[i] = Math.min(low[i] + 1, from - 1);
      weight[i] = u - low[i];
    }
  }

  /** Number of pixels t² of a resized image. */
  int features() {
    return to * to;
  }

  /** Resizes the image that starts at {@code offset} of {@code pixels} into {@code result}. */
  void apply(double[] pixels, int offset, double[] result, int resultOffset) {
    for (int i = 0; i < to; i++) {
      int top = offset + low[i] * from;
      int bottom = offset + high[i] * from;
      for (int j = 0; j < to; j++) {
        double above = mix(pixels[top + low[j]], pixels[top + high[j]], weight[j]);
        double below = mix(pixels[bottom + low[j]], pixels[bottom + high[j]], weight[j]);
        result[resultOffset + i * to + j] = mix(above, below, weight[i]);
      }
    }
  }

  /** Resizes n images in a row. */
  double[] applyAll(double[] pixels) {
    int n = pixels.length / (from * from);
    double[] result = new double[n * features()];
    for (int i = 0; i < n; i++) {
      apply(pixels, i * from * from, result, i * features());
    }
    return result;
  }

  private static double mix(double a, double b, double weight) {
    return (1 - weight) * a + weight * b;
  }
}
