package io.github.fathomlab.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What is done to one row of numbers, in vectors.
 *
 * <p>Lengths {@code n} of element-wise passes are padded to the lane count; sums take the true
 * length. Every result is bit-identical in the interpreter and in compiled code: {@code
 * reduceLanes} and library exponentials are not, so sums fold lanes in a fixed order and {@link
 * FloatMaths} builds the transcendental functions from exactly rounded operations.
 */
final class FloatRows {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  static final int L = S.length();

  private FloatRows() {}

  /** out := a x + c. */
  static void affine(float a, float[] x, int xo, float c, float[] out, int oo, int n) {
    FloatVector cv = FloatVector.broadcast(S, c);
    for (int j = 0; j < n; j += L) {
      FloatVector.fromArray(S, x, xo + j)
          .fma(FloatVector.broadcast(S, a), cv)
          .intoArray(out, oo + j);
    }
  }

  /** out := a x + b y + c. */
  static void combine(
      float a, float[] x, int xo, float b, float[] y, int yo, float c, float[] out, int oo, int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector bv = FloatVector.broadcast(S, b);
    FloatVector cv = FloatVector.broadcast(S, c);
    for (int j = 0; j < n; j += L) {
      FloatVector affine = FloatVector.fromArray(S, x, xo + j).fma(av, cv);
      FloatVector.fromArray(S, y, yo + j).fma(bv, affine).intoArray(out, oo + j);
    }
  }

  static float sum(float[] x, int xo, int n) {
    FloatVector s = FloatVector.zero(S);
    FloatVector t = s;
    int j = 0;
    for (; j + 2 * L <= n; j += 2 * L) {
      s = s.add(FloatVector.fromArray(S, x, xo + j));
      t = t.add(FloatVector.fromArray(S, x, xo + j + L));
    }
    for (; j < n; j += L) {
      s = s.add(FloatVector.fromArray(S, x, xo + j, S.indexInRange(j, n)));
    }
    return FloatMaths.fold(s.add(t));
  }

  /** Σ (x - m)². */
  static float sumOfSquares(float[] x, int xo, float m, int n) {
    FloatVector s = FloatVector.zero(S);
    FloatVector t = s;
    int j = 0;
    for (; j + 2 * L <= n; j += 2 * L) {
      FloatVector d = FloatVector.fromArray(S, x, xo + j).sub(m);
      FloatVector e = FloatVector.fromArray(S, x, xo + j + L).sub(m);
      s = d.fma(d, s);
      t = e.fma(e, t);
    }
    for (; j < n; j += L) {
      VectorMask<Float> in = S.indexInRange(j, n);
      FloatVector d = FloatVector.zero(S).blend(FloatVector.fromArray(S, x, xo + j).sub(m), in);
      s = d.fma(d, s);
    }
    return FloatMaths.fold(s.add(t));
  }

  /** Σ d (z - m). */
  static float centredDot(float[] d, int od, float[] z, int oz, float m, int n) {
    FloatVector s = FloatVector.zero(S);
    FloatVector t = s;
    int j = 0;
    for (; j + 2 * L <= n; j += 2 * L) {
      s = FloatVector.fromArray(S, d, od + j).fma(FloatVector.fromArray(S, z, oz + j).sub(m), s);
      t =
          FloatVector.fromArray(S, d, od + j + L)
              .fma(FloatVector.fromArray(S, z, oz + j + L).sub(m), t);
    }
    for (; j < n; j += L) {
      FloatVector dv = FloatVector.fromArray(S, d, od + j, S.indexInRange(j, n));
      FloatVector zv = FloatVector.fromArray(S, z, oz + j, S.indexInRange(j, n));
      s = dv.fma(zv.sub(m), s);
    }
    return FloatMaths.fold(s.add(t));
  }

  /** sum[j] += d[j], dot[j] += d[j] z[j]. */
  static void addColumns(
      float[] d, int od, float[] z, int zo, float[] sum, int so, float[] dot, int po, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector dv = FloatVector.fromArray(S, d, od + j);
      FloatVector.fromArray(S, sum, so + j).add(dv).intoArray(sum, so + j);
      dv.fma(FloatVector.fromArray(S, z, zo + j), FloatVector.fromArray(S, dot, po + j))
          .intoArray(dot, po + j);
    }
  }

  /** out[j] := a[j] x[j] + c[j]. */
  static void scaleColumns(
      float[] a, int ao, float[] x, int xo, float[] c, int co, float[] out, int oo, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector.fromArray(S, x, xo + j)
          .fma(FloatVector.fromArray(S, a, ao + j), FloatVector.fromArray(S, c, co + j))
          .intoArray(out, oo + j);
    }
  }

  /** out[j] := a[j] x[j] + b[j] y[j] + c[j]. */
  static void combineColumns(
      float[] a,
      int ao,
      float[] x,
      int xo,
      float[] b,
      int bo,
      float[] y,
      int yo,
      float[] c,
      int co,
      float[] out,
      int oo,
      int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector affine =
          FloatVector.fromArray(S, x, xo + j)
              .fma(FloatVector.fromArray(S, a, ao + j), FloatVector.fromArray(S, c, co + j));
      FloatVector.fromArray(S, y, yo + j)
          .fma(FloatVector.fromArray(S, b, bo + j), affine)
          .intoArray(out, oo + j);
    }
  }

  /** out := max(n, αn) for n = a z + c and α in [0, 1]. */
  static void leaky(float alpha, float a, float[] z, int zo, float c, float[] out, int oo, int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector cv = FloatVector.broadcast(S, c);
    for (int j = 0; j < n; j += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + j).fma(av, cv);
      x.max(x.mul(alpha)).intoArray(out, oo + j);
    }
  }

  /** out := d where n = a z + c is positive, αd elsewhere. */
  static void leakySlope(
      float alpha,
      float a,
      float[] z,
      int zo,
      float c,
      float[] d,
      int od,
      float[] out,
      int oo,
      int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector cv = FloatVector.broadcast(S, c);
    for (int j = 0; j < n; j += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + j).fma(av, cv);
      FloatVector dv = FloatVector.fromArray(S, d, od + j);
      dv.mul(alpha).blend(dv, x.compare(VectorOperators.GT, 0f)).intoArray(out, oo + j);
    }
  }

  static void tanh(float a, float[] z, int zo, float c, float[] out, int oo, int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector cv = FloatVector.broadcast(S, c);
    for (int j = 0; j < n; j += L) {
      FloatMaths.tanh(FloatVector.fromArray(S, z, zo + j).fma(av, cv)).intoArray(out, oo + j);
    }
  }

  /** out := d (1 - tanh² n). */
  static void tanhSlope(
      float a, float[] z, int zo, float c, float[] d, int od, float[] out, int oo, int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector cv = FloatVector.broadcast(S, c);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < n; j += L) {
      FloatVector t = FloatMaths.tanh(FloatVector.fromArray(S, z, zo + j).fma(av, cv));
      FloatVector slope = t.neg().fma(t, one);
      FloatVector.fromArray(S, d, od + j).mul(slope).intoArray(out, oo + j);
    }
  }

  static void gelu(float a, float[] z, int zo, float c, float[] out, int oo, int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector cv = FloatVector.broadcast(S, c);
    for (int j = 0; j < n; j += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + j).fma(av, cv);
      x.mul(FloatMaths.normalDistribution(x)).intoArray(out, oo + j);
    }
  }

  /** out := d (Φ(n) + n φ(n)). */
  static void geluSlope(
      float a, float[] z, int zo, float c, float[] d, int od, float[] out, int oo, int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector cv = FloatVector.broadcast(S, c);
    // Two loops, for together density and distribution are too long to be compiled to vectors.
    float[] density = new float[n + L];
    for (int j = 0; j < n; j += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + j).fma(av, cv);
      FloatMaths.expOfNegative(x.mul(x).mul(-0.5f)).mul(0.39894228f).intoArray(density, j);
    }
    for (int j = 0; j < n; j += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + j).fma(av, cv);
      FloatVector slope =
          x.fma(FloatVector.fromArray(S, density, j), FloatMaths.normalDistribution(x));
      FloatVector.fromArray(S, d, od + j).mul(slope).intoArray(out, oo + j);
    }
  }

  /**
   * x := x · scale where the hash of the entry is at least the threshold, 0 elsewhere; see {@link
   * Dropout}.
   */
  static void drop(int rowKey, int threshold, float scale, float[] x, int xo, int n) {
    IntVector index = IntVector.zero(I).addIndex(1);
    for (int j = 0; j < n; j += L) {
      IntVector u = index.add(j).mul(Dropout.STEP).add(rowKey);
      u = u.lanewise(VectorOperators.XOR, u.lanewise(VectorOperators.LSHR, 16)).mul(0x7FEB352D);
      u = u.lanewise(VectorOperators.XOR, u.lanewise(VectorOperators.LSHR, 15)).mul(0x846CA68B);
      u = u.lanewise(VectorOperators.XOR, u.lanewise(VectorOperators.LSHR, 16));
      VectorMask<Float> keep = u.compare(VectorOperators.GE, threshold).cast(S);
      FloatVector kept = FloatVector.fromArray(S, x, xo + j).mul(scale);
      FloatVector.zero(S).blend(kept, keep).intoArray(x, xo + j);
    }
  }

  /** y := x y. */
  static void multiply(float[] x, int xo, float[] y, int yo, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector.fromArray(S, x, xo + j)
          .mul(FloatVector.fromArray(S, y, yo + j))
          .intoArray(y, yo + j);
    }
  }

  /** y := y + x over exactly n numbers, which need no padding behind them. */
  static void add(float[] x, int xo, float[] y, int yo, int n) {
    int j = 0;
    for (; j + L <= n; j += L) {
      FloatVector.fromArray(S, y, yo + j)
          .add(FloatVector.fromArray(S, x, xo + j))
          .intoArray(y, yo + j);
    }
    if (j < n) {
      VectorMask<Float> in = S.indexInRange(j, n);
      FloatVector.fromArray(S, y, yo + j, in)
          .add(FloatVector.fromArray(S, x, xo + j, in))
          .intoArray(y, yo + j, in);
    }
  }
}
