package io.github.fathomlab.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Elementary functions of float vectors from exactly rounded operations only, so that their bits
 * never change.
 */
final class FloatMaths {
  private static final int L = FloatRows.L;
  private static final VectorShuffle<Float> BY_8 = rotation(8);
  private static final VectorShuffle<Float> BY_4 = rotation(4);
  private static final VectorShuffle<Float> BY_2 = rotation(2);
  private static final VectorShuffle<Float> BY_1 = rotation(1);

  // As fields, for as calls they would be too many to be inlined into one loop.
  private static final FloatVector ONE = constant(1f);
  private static final FloatVector HALF = constant(0.5f);
  private static final FloatVector EXP_0 = constant(1.9875691500e-4f);
  private static final FloatVector EXP_1 = constant(1.3981999507e-3f);
  private static final FloatVector EXP_2 = constant(8.3334519073e-3f);
  private static final FloatVector EXP_3 = constant(4.1665795894e-2f);
  private static final FloatVector EXP_4 = constant(1.6666665459e-1f);
  private static final FloatVector EXP_5 = constant(5.0000001201e-1f);
  private static final FloatVector TANH_0 = constant(-5.70498872745e-3f);
  private static final FloatVector TANH_1 = constant(2.06390887954e-2f);
  private static final FloatVector TANH_2 = constant(-5.37397155531e-2f);
  private static final FloatVector TANH_3 = constant(1.33314422036e-1f);
  private static final FloatVector TANH_4 = constant(-3.33332819422e-1f);
  private static final FloatVector ERFC_0 = constant(0.17087277f);
  private static final FloatVector ERFC_1 = constant(-0.82215223f);
  private static final FloatVector ERFC_2 = constant(1.48851587f);
  private static final FloatVector ERFC_3 = constant(-1.13520398f);
  private static final FloatVector ERFC_4 = constant(0.27886807f);
  private static final FloatVector ERFC_5 = constant(-0.18628806f);
  private static final FloatVector ERFC_6 = constant(0.09678418f);
  private static final FloatVector ERFC_7 = constant(0.37409196f);
  private static final FloatVector ERFC_8 = constant(1.00002368f);
  private static final FloatVector ERFC_9 = constant(-1.26551223f);

  private FloatMaths() {}

  private static VectorShuffle<Float> rotation(int by) {
    return VectorShuffle.iota(FloatRows.S, by % L, 1, true);
  }

  /** Sum of the lanes as a balanced tree: halves, quarters, eighths, sixteenths. */
  static float fold(FloatVector v) {
    if (L >= 16) {
      v = v.add(v.rearrange(BY_8));
    }
    if (L >= 8) {
      v = v.add(v.rearrange(BY_4));
    }
    if (L >= 4) {
      v = v.add(v.rearrange(BY_2));
    }
    return v.add(v.rearrange(BY_1)).lane(0);
  }

  /**
   * e^x for x ≤ 0, within 2 ulp; below -87 it is held at e^-87.
   *
   * <p>x = n ln 2 + r with ln 2 in two parts; polynomial of degree 6 in r (coefficients of the
   * Cephes library's expf).
   */
  static FloatVector expOfNegative(FloatVector x) {
    x = x.max(-87f);
    // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer.
    FloatVector n = x.mul(1.44269504f).add(12582912f).sub(12582912f);
    FloatVector r = n.mul(-0.693359375f).add(x);
    r = n.mul(2.12194440e-4f).add(r);
    FloatVector p = EXP_0;
    p = p.fma(r, EXP_1);
    p = p.fma(r, EXP_2);
    p = p.fma(r, EXP_3);
    p = p.fma(r, EXP_4);
    p = p.fma(r, EXP_5);
    p = p.fma(r.mul(r), r).add(1f);
    IntVector exponent = (IntVector) n.convert(VectorOperators.F2I, 0);
    FloatVector power = exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    return p.mul(power);
  }

  /** tanh x within 2 ulp: odd polynomial (Cephes tanhf) below 0.625, 1 - 2/(e^{2|x|}+1) above. */
  static FloatVector tanh(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector square = x.mul(x);
    FloatVector p = TANH_0;
    p = p.fma(square, TANH_1);
    p = p.fma(square, TANH_2);
    p = p.fma(square, TANH_3);
    p = p.fma(square, TANH_4);
    FloatVector small = p.mul(square).fma(x, x);
    FloatVector e = expOfNegative(magnitude.mul(-2f));
    FloatVector large = ONE.sub(e).div(e.add(1f));
    large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
    return large.blend(small, magnitude.compare(VectorOperators.LT, 0.625f));
  }

  /**
   * The normal distribution function Φ(x) = ½ erfc(-x/√2) with relative error below 4e-7 + 8e-8 x²
   * in both tails (the rounding of the exponent, which is held at -87), by the Chebyshev fit of
   * erfc of Numerical Recipes (2nd ed., section 6.2): erfc(z) = t exp(-z² + P(t)), t = 1/(1 + z/2).
   */
  static FloatVector normalDistribution(FloatVector x) {
    FloatVector z = x.abs().mul(0.70710678f);
    FloatVector t = ONE.div(z.fma(HALF, ONE));
    FloatVector p = ERFC_0;
    p = p.fma(t, ERFC_1);
    p = p.fma(t, ERFC_2);
    p = p.fma(t, ERFC_3);
    p = p.fma(t, ERFC_4);
    p = p.fma(t, ERFC_5);
    p = p.fma(t, ERFC_6);
    p = p.fma(t, ERFC_7);
    p = p.fma(t, ERFC_8);
    p = p.fma(t, ERFC_9);
    FloatVector half = expOfNegative(p.sub(x.mul(x).mul(0.5f))).mul(t).mul(0.5f);
    return ONE.sub(half).blend(half, x.compare(VectorOperators.LT, 0f));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(FloatRows.S, value);
  }
}
