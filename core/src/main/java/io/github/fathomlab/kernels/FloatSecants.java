package io.github.fathomlab.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Chord slopes r = (σ(n+d) - σ(n))/d of one row, in forms that do not divide rounding errors by a
 * small d; {@link ScalarActivations#secant} is the definition.
 *
 * <p>n = a z + c. With t = tanh: r = (tanh d / d)(1 - t(n) t(n+d)) by the addition theorem. With Φ,
 * φ the normal distribution and density, m = n + d/2: Δ(nΦ)/d = (Φ(n) + Φ(n+d))/2 + m ΔΦ/d, where
 * ΔΦ/d = φ(m)(1 + (m²-1)d²/24 + (m⁴-6m²+3)d⁴/1920) for |d| < ½ and the quotient else.
 */
final class FloatSecants {
  private static final VectorSpecies<Float> S = FloatRows.S;
  private static final int L = FloatRows.L;

  /** m² from which φ(m) vanishes in float; its polynomial would outgrow it. */
  private static final float NO_DENSITY = 200f;

  private FloatSecants() {}

  static void leaky(
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
    FloatVector zero = FloatVector.zero(S);
    FloatVector slope = FloatVector.broadcast(S, alpha);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < n; j += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + j).fma(av, cv);
      FloatVector step = FloatVector.fromArray(S, d, od + j);
      FloatVector y = x.add(step);
      VectorMask<Float> before = x.compare(VectorOperators.GT, 0f);
      VectorMask<Float> after = y.compare(VectorOperators.GT, 0f);
      FloatVector crossing =
          y.max(zero).sub(x.max(zero)).div(step).mul(1 - alpha).add(alpha).max(slope).min(one);
      slope.blend(one, before.and(after)).blend(crossing, before.xor(after)).intoArray(out, oo + j);
    }
  }

  static void tanh(
      float a, float[] z, int zo, float c, float[] d, int od, float[] out, int oo, int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector cv = FloatVector.broadcast(S, c);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < n; j += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + j).fma(av, cv);
      FloatVector step = FloatVector.fromArray(S, d, od + j);
      FloatVector ends = FloatMaths.tanh(x).neg().mul(FloatMaths.tanh(x.add(step))).add(1f);
      FloatVector square = step.mul(step);
      FloatVector series =
          square
              .fma(FloatVector.broadcast(S, 2f / 15), FloatVector.broadcast(S, -1f / 3))
              .fma(square, one);
      FloatVector quotient = FloatMaths.tanh(step).div(step);
      quotient
          .blend(series, step.abs().compare(VectorOperators.LT, 0.05f))
          .mul(ends)
          .intoArray(out, oo + j);
    }
  }

  static void gelu(
      float a, float[] z, int zo, float c, float[] d, int od, float[] out, int oo, int n) {
    FloatVector av = FloatVector.broadcast(S, a);
    FloatVector cv = FloatVector.broadcast(S, c);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < n; j += L) {
      FloatVector x = FloatVector.fromArray(S, z, zo + j).fma(av, cv);
      FloatVector step = FloatVector.fromArray(S, d, od + j);
      FloatVector before = FloatMaths.normalDistribution(x);
      FloatVector after = FloatMaths.normalDistribution(x.add(step));
      FloatVector middle = step.fma(FloatVector.broadcast(S, 0.5f), x);
      FloatVector m2 = middle.mul(middle);
      FloatVector d2 = step.mul(step);
      FloatVector density = FloatMaths.expOfNegative(m2.mul(-0.5f)).mul(0.39894228f);
      FloatVector second = m2.sub(1f).mul(1f / 24);
      FloatVector fourth = m2.mul(m2).sub(m2.mul(6f)).add(3f).mul(1f / 1920);
      FloatVector series =
          fourth
              .fma(d2, second)
              .fma(d2, one)
              .mul(density)
              .blend(0f, m2.compare(VectorOperators.GT, NO_DENSITY));
      FloatVector rise =
          after.sub(before).div(step).blend(series, step.abs().compare(VectorOperators.LT, 0.5f));
      rise.fma(middle, before.add(after).mul(0.5f)).intoArray(out, oo + j);
    }
  }
}
