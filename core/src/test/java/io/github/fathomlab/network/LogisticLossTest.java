package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The logistic loss by itself: closed forms, slopes, chords, and both ends of the scale. */
class LogisticLossTest {
  private static final Kernels K = new DoubleKernels(true);
  private static final Loss LOSS = new Loss.Logistic();

  @Test
  void anUndecidedOutputCostsLnTwo() {
    Matrix gradient = K.zeros(2, 4);
    Matrix targets = of(2, 4, 0, 1, 0.5, 0.25, 1, 1, 0, 0);
    assertEquals(2 * Math.log(2), LOSS.evaluate(K, K.zeros(2, 4), targets, gradient), 1e-15);
    double[] expected = {0.125, -0.125, 0, 0.0625, -0.125, -0.125, 0.125, 0.125};
    assertArrayEquals(expected, gradient.toArray(), 1e-17);
  }

  /** At z = ln p/(1-p) the loss is the cross entropy of (y, 1-y) and (p, 1-p), the slope p - y. */
  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "0.9, 1", "0.9, 0", "0.2, 0.3", "1e-6, 1", "0.999, 0.25"})
  void logOddsAreJudgedByTheirProbability(double p, double y) {
    Matrix gradient = K.zeros(1, 1);
    double z = Math.log(p / (1 - p));
    double loss = LOSS.evaluate(K, of(1, 1, z), of(1, 1, y), gradient);
    double expected = -y * Math.log(p) - (1 - y) * Math.log1p(-p);
    assertEquals(expected, loss, 1e-13 * (1 + expected));
    assertEquals(p - y, gradient.get(0, 0), 1e-13);
  }

  /** Softmax over two classes is the logistic function of the difference of their outputs. */
  @Test
  void isTheCrossEntropyOfTwoClasses() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50; i++) {
      double[] z = {4 * random.nextGaussian(), 4 * random.nextGaussian()};
      double y = random.nextDouble();
      Matrix two = K.zeros(2, 1);
      Matrix one = K.zeros(1, 1);
      double expected = new Loss.CrossEntropy().evaluate(K, of(2, 1, z), of(2, 1, y, 1 - y), two);
      double found = LOSS.evaluate(K, of(1, 1, z[0] - z[1]), of(1, 1, y), one);
      assertEquals(expected, found, 1e-13 * (1 + expected));
      assertEquals(two.get(0, 0), one.get(0, 0), 1e-14);
    }
  }

  @Test
  void theGradientIsTheSlope() {
    SplittableRandom random = new SplittableRandom(5);
    Matrix z = K.zeros(3, 7);
    Matrix y = K.zeros(3, 7);
    z.setAll(random.doubles(21, -6, 6).toArray());
    y.setAll(random.doubles(21).toArray());
    Matrix gradient = K.zeros(3, 7);
    LOSS.evaluate(K, z, y, gradient);
    double h = 1e-5;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 7; j++) {
        double at = z.get(i, j);
        z.set(i, j, at + h);
        double above = LOSS.evaluate(K, z, y, K.zeros(3, 7));
        z.set(i, j, at - h);
        double below = LOSS.evaluate(K, z, y, K.zeros(3, 7));
        z.set(i, j, at);
        assertEquals((above - below) / (2 * h), gradient.get(i, j), 1e-10);
      }
    }
  }

  /** Right answers cost e^{-|z|} to rounding, wrong ones |z|, and nothing overflows. */
  @ParameterizedTest
  @ValueSource(doubles = {20, 100, 700, 1000, 1e6})
  void farOutputsStayExact(double z) {
    double tail = Math.exp(-z);
    for (int sign = -1; sign <= 1; sign += 2) {
      double right = sign > 0 ? 1 : 0;
      Matrix gradient = K.zeros(1, 1);
      double loss = LOSS.evaluate(K, of(1, 1, sign * z), of(1, 1, right), gradient);
      assertEquals(Math.log1p(tail), loss, 1e-14 * tail);
      assertEquals(-sign * tail / (1 + tail), gradient.get(0, 0), 1e-14 * tail);
      double wrong = LOSS.evaluate(K, of(1, 1, sign * z), of(1, 1, 1 - right), gradient);
      assertEquals(z, wrong, 3e-9);
      assertEquals(sign, gradient.get(0, 0), 3e-9);
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void brokenOutputsBreakTheLoss(double z) {
    double loss = LOSS.evaluate(K, of(1, 1, z), of(1, 1, 0.5), K.zeros(1, 1));
    assertTrue(!Double.isFinite(loss));
  }

  /**
   * Chords against a quadrature of the slope: starts and steps of every size and sign. The argument
   * of e^a is rounded to |a| 2^-53, and so is what can be asked of a far tail.
   */
  @Test
  void theChordIsExactAtEveryScale() {
    double[] starts = {0, 1e-9, 0.3, 1, 5, 40, 300, 1000};
    double[] lengths = {1e-300, 1e-16, 1e-8, 1e-3, 0.5, 1, 1.5, 7, 60, 800, 2000};
    for (double start : starts) {
      for (double length : lengths) {
        for (int signs = 0; signs < 4; signs++) {
          double a = (signs & 1) == 0 ? start : -start;
          double d = (signs & 2) == 0 ? length : -length;
          double expected = meanSlope(a, d);
          double bound = 2e-15 * (1 + Math.abs(a) / 10) * expected;
          assertEquals(expected, Secants.softplus(a, d), bound, "from " + a + " by " + d);
        }
      }
    }
  }

  @Test
  void aChordOfNoLengthIsTheGradient() {
    for (double z : new double[] {-1000, -30, -1, 0, 2, 50, 1000}) {
      for (double y : new double[] {0, 0.3, 1}) {
        Matrix gradient = K.zeros(1, 1);
        Matrix mean = K.zeros(1, 1);
        LOSS.evaluate(K, of(1, 1, z), of(1, 1, y), gradient);
        LOSS.secant(of(1, 1, z), K.zeros(1, 1), of(1, 1, y), mean);
        assertEquals(gradient.get(0, 0), mean.get(0, 0));
      }
    }
  }

  @Test
  void chordTimesStepIsTheChangeOfTheLoss() {
    double[] starts = {0, -3, 20, -700, 1000, -1000};
    double[] steps = {1e-12, -1e-6, 0.7, -1, 3, -50, 1000, -2000};
    for (double start : starts) {
      for (double step : steps) {
        Matrix z = of(2, 1, start, -start / 2);
        Matrix after = of(2, 1, start + step, -start / 2 - step / 3);
        Matrix delta = of(2, 1, after.get(0, 0) - z.get(0, 0), after.get(1, 0) - z.get(1, 0));
        Matrix y = of(2, 1, 0.25, 1);
        Matrix mean = K.zeros(2, 1);
        double before = LOSS.evaluate(K, z, y, mean);
        LOSS.secant(z, delta, y, mean);
        double work = K.dot(mean, delta);
        double then = LOSS.evaluate(K, after, y, K.zeros(2, 1));
        String where = start + " by " + step;
        assertEquals(then - before, work, 1e-15 * (before + then), where);
      }
    }
  }

  /** The float kernels hold float outputs; the loss itself is summed in double. */
  @Test
  void bothPrecisionsAgree() {
    Kernels floats = Kernels.of(Precision.FLOAT32);
    SplittableRandom random = new SplittableRandom(8);
    Matrix z = K.zeros(2, 9);
    Matrix y = K.zeros(2, 9);
    Matrix zf = floats.zeros(2, 9);
    Matrix yf = floats.zeros(2, 9);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 9; j++) {
        zf.set(i, j, 5 * random.nextGaussian());
        yf.set(i, j, random.nextDouble());
        z.set(i, j, zf.get(i, j));
        y.set(i, j, yf.get(i, j));
      }
    }
    Matrix gradient = floats.zeros(2, 9);
    Matrix exact = K.zeros(2, 9);
    assertEquals(LOSS.evaluate(K, z, y, exact), LOSS.evaluate(floats, zf, yf, gradient));
    assertArrayEquals(exact.toArray(), gradient.toArray(), 1e-8);
  }

  private static Matrix of(int rows, int columns, double... values) {
    Matrix matrix = K.zeros(rows, columns);
    matrix.setAll(values);
    return matrix;
  }

  /** The mean of σ between a and a + d by Gauss-Legendre quadrature in panels of 1/8. */
  private static double meanSlope(double a, double d) {
    double inner = Math.sqrt(5 - 2 * Math.sqrt(10.0 / 7)) / 3;
    double outer = Math.sqrt(5 + 2 * Math.sqrt(10.0 / 7)) / 3;
    double[] nodes = {-outer, -inner, 0, inner, outer};
    double near = (322 + 13 * Math.sqrt(70)) / 1800;
    double far = (322 - 13 * Math.sqrt(70)) / 1800;
    double[] weights = {far, near, 64 / 225.0, near, far};
    int panels = Math.max(1, (int) Math.ceil(8 * Math.abs(d)));
    DoubleStream.Builder terms = DoubleStream.builder();
    for (int p = 0; p < panels; p++) {
      for (int i = 0; i < nodes.length; i++) {
        double x = a + d * ((p + 0.5 + 0.5 * nodes[i]) / panels);
        terms.add(weights[i] / (1 + Math.exp(-x)));
      }
    }
    return terms.build().sum() / panels; // a compensated sum
  }
}
