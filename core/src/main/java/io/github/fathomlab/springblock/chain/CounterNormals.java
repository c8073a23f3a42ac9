package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * Standard normals as a pure function of (seed, step, block, chain), a row at a time.
 *
 * <pre>   u = (a + ½) 2⁻³², θ = 2π b 2⁻³²:   sqrt(-2 ln u) cos θ  and  sqrt(-2 ln u) sin θ </pre>
 *
 * <p>a and b are the halves of 64 bits of {@link CounterRandom}; chains 2i and 2i+1 share them.
 * Logarithm, sine and cosine are polynomials of exactly rounded operations, so the bits are the
 * same everywhere; they are within 1e-11 of the true ones, and no number exceeds 6.8. Source: Box
 * and Muller 1958. Cost: one hash, one logarithm, one root and one pair of polynomials per two
 * numbers, about a third of {@link CounterRandom#gaussian}.
 */
final class CounterNormals implements Normals {
  private static final long PURPOSE = 0x636861696eL;
  private static final double UNIT = 0x1p-32;
  private static final double LN2 = 0.6931471805599453;

  /** Bits of a number just below sqrt(1/2), where the mantissa of the logarithm begins. */
  private static final long LEAST = 0x3fe6a09e00000000L;

  private final long key;

  CounterNormals(long seed) {
    key = CounterRandom.key(seed, PURPOSE);
  }

  @Override
  public void fill(long step, int block, double[] row) {
    long rowKey = CounterRandom.key(key, step, block);
    for (int i = 0; i < row.length; i += 2) {
      long bits = CounterRandom.bits(rowKey, i >> 1);
      double radius = Math.sqrt(-2 * log(((bits >>> 32) + 0.5) * UNIT));
      // The two highest bits of the angle choose its quadrant, the rest lies within 45 degrees.
      double turn = ((bits & 0x3fffffffL) + 0.5 - 0x1p29) * (Math.PI / 2 * 0x1p-30);
      double square = turn * turn;
      double sine = radius * turn * sineOver(square);
      double cosine = radius * cosine(square);
      boolean odd = (bits & 0x40000000L) != 0;
      double sign = (bits & 0x80000000L) != 0 ? -1 : 1;
      row[i] = sign * (odd ? sine : cosine);
      if (i + 1 < row.length) {
        row[i + 1] = sign * (odd ? -cosine : sine);
      }
    }
  }

  /** ln u for a positive normal number. */
  private static double log(double u) {
    long bits = Double.doubleToRawLongBits(u);
    long exponent = (bits - LEAST) >> 52;
    double m = Double.longBitsToDouble(bits - (exponent << 52));
    double s = (m - 1) / (m + 1);
    double q = s * s;
    double series =
        1 + q * (1.0 / 3 + q * (0.2 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q / 13)))));
    return exponent * LN2 + 2 * s * series;
  }

  /** sin x / x of x². */
  private static double sineOver(double q) {
    return 1
        + q * (-1.0 / 6 + q * (1.0 / 120 + q * (-1.0 / 5040 + q * (1.0 / 362880 - q / 39916800))));
  }

  private static double cosine(double q) {
    return 1
        + q
            * (-0.5
                + q
                    * (1.0 / 24
                        + q
                            * (-1.0 / 720
                                + q * (1.0 / 40320 + q * (-1.0 / 3628800 + q / 479001600)))));
  }
}
