package io.github.fathomlab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.kernels.CounterRandom;
import org.junit.jupiter.api.Test;

class BilinearResizeTest {

  @Test
  void sameSideIsTheIdentity() {
    for (int side = 1; side < 12; side++) {
      double[] image = random(side, side);
      assertArrayEquals(image, new BilinearResize(side, side).applyAll(image), 1e-15);
    }
  }

  @Test
  void affineImagesStayAffineAwayFromTheClampedEdge() {
    int from = 28;
    int to = 10;
    double[] image = new double[from * from];
    for (int i = 0; i < image.length; i++) {
      int row = i / from;
      int column = i % from;
      image[i] = 2.0 * row - 3.0 * column + 1;
    }
    double[] small = new BilinearResize(from, to).applyAll(image);
    for (int i = 0; i < small.length; i++) {
      int line = i / to;
      double row = (line + 0.5) * 2.8 - 0.5;
      double column = (i % to + 0.5) * 2.8 - 0.5;
      assertEquals(2 * row - 3 * column + 1, small[i], 1e-12);
    }
  }

  @Test
  void agreesWithTheSumOverAllSourcePixels() {
    for (int round = 0; round < 30; round++) {
      int from = 1 + CounterRandom.below(1, round, 30);
      int to = 1 + CounterRandom.below(2, round, 30);
      double[] image = random(from, round);
      assertArrayEquals(
          bruteForce(image, from, to), new BilinearResize(from, to).applyAll(image), 1e-13);
    }
  }

  @Test
  void flippingCommutesWithResizing() {
    double[] image = random(9, 4);
    BilinearResize resizing = new BilinearResize(9, 14);
    assertArrayEquals(flipped(resizing.applyAll(image)), resizing.applyAll(flipped(image)), 1e-13);
  }

  @Test
  void sideBelowOne() {
    Failures.sentence(() -> new BilinearResize(8, 0), "data.resize", "found 0");
  }

  /**
   * Every source pixel weighted by the hat function, the coordinate clamped to the centres of the
   * edge pixels.
   */
  private static double[] bruteForce(double[] image, int from, int to) {
    double[] result = new double[to * to];
    for (int i = 0; i < result.length; i++) {
      double row = coordinate(i / to, from, to);
      double column = coordinate(i % to, from, to);
      for (int j = 0; j < image.length; j++) {
        int sourceRow = j / from;
        int sourceColumn = j % from;
        double weight = hat(row - sourceRow) * hat(column - sourceColumn);
        result[i] += weight * image[j];
      }
    }
    return result;
  }

  private static double hat(double distance) {
    return Math.max(0, 1 - Math.abs(distance));
  }

  private static double coordinate(int i, int from, int to) {
    return Math.clamp((i + 0.5) * from / to - 0.5, 0, from - 1);
  }

  private static double[] flipped(double[] image) {
    double[] result = new double[image.length];
    for (int i = 0; i < image.length; i++) {
      result[i] = image[image.length - 1 - i];
    }
    return result;
  }

  private static double[] random(int side, long key) {
    double[] image = new double[side * side];
    for (int i = 0; i < image.length; i++) {
      image[i] = CounterRandom.uniform(key, i);
    }
    return image;
  }
}
