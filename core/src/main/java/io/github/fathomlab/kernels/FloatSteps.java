package io.github.fathomlab.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Optimizer steps and inner products over flat vectors.
 *
 * <p>Ranges begin and end at multiples of {@link Matrix#LANES} (parameter layouts are padded), so
 * steps have no tails. Inner products add up in float over blocks of {@value #BLOCK} numbers and in
 * double over blocks: the rounding error stays near 1e-7 whatever the length.
 */
final class FloatSteps {
  private static final VectorSpecies<Float> S = FloatRows.S;
  private static final int L = FloatRows.L;
  private static final int BLOCK = 512;

  private FloatSteps() {}

  static double dot(float[] x, int xo, float[] y, int yo, int n, boolean absolute) {
    double total = 0;
    for (int block = 0; block < n; block += BLOCK) {
      int end = Math.min(n, block + BLOCK);
      FloatVector s = FloatVector.zero(S);
      for (int j = block; j < end; j += L) {
        VectorMask<Float> in = S.indexInRange(j, end);
        FloatVector product =
            FloatVector.fromArray(S, x, xo + j, in).mul(FloatVector.fromArray(S, y, yo + j, in));
        s = s.add(absolute ? product.abs() : product);
      }
      total += FloatMaths.fold(s);
    }
    return total;
  }

  static void momentum(
      Kernels.MomentumRule rule,
      float[] f,
      float[] g,
      float[] buffer,
      float[] theta,
      float @Nullable [] u,
      int from,
      int to,
      @Nullable StepSums sums) {
    FloatVector rate = FloatVector.broadcast(S, (float) -rule.learningRate());
    FloatVector mu = FloatVector.broadcast(S, (float) rule.momentum());
    double momentumWeight = rule.learningRate() * (1 - rule.momentum());
    double forceWeight = rule.learningRate() / (1 - rule.momentum());
    Tally tally = sums == null ? null : new Tally();
    for (int block = from; block < to; block += BLOCK) {
      int end = Math.min(to, block + BLOCK);
      for (int i = block; i < end; i += L) {
        FloatVector force = FloatVector.fromArray(S, f, i);
        FloatVector before = FloatVector.fromArray(S, buffer, i);
        FloatVector after = before.fma(mu, force);
        FloatVector step = (rule.nesterov() ? after.fma(mu, force) : after).mul(rate);
        after.intoArray(buffer, i);
        FloatVector position = FloatVector.fromArray(S, theta, i);
        if (tally != null) {
          tally.before = before.fma(before, tally.before);
          tally.after = after.fma(after, tally.after);
          tally.force = force.fma(force, tally.force);
          tally.add(step, force, FloatVector.fromArray(S, g, i), position);
        }
        if (u == null) {
          position.add(step).intoArray(theta, i);
        } else {
          step.intoArray(u, i);
        }
      }
      if (tally != null && sums != null) {
        tally.flush(sums, momentumWeight, forceWeight);
      }
    }
  }

  static void adam(
      Kernels.AdamRule rule,
      float[] f,
      float[] g,
      float[] m,
      float[] v,
      float[] theta,
      float @Nullable [] u,
      int from,
      int to,
      @Nullable StepSums sums) {
    FloatVector stepSize = FloatVector.broadcast(S, (float) rule.stepSize());
    FloatVector epsilon = FloatVector.broadcast(S, (float) rule.epsilon());
    float beta1 = (float) rule.beta1();
    float beta2 = (float) rule.beta2();
    float new1 = (float) (1 - rule.beta1());
    float new2 = (float) (1 - rule.beta2());
    float uncorrect = (float) (1 / rule.rootCorrection());
    FloatVector decay = FloatVector.broadcast(S, (float) -rule.decay());
    Tally tally = sums == null ? null : new Tally();
    for (int block = from; block < to; block += BLOCK) {
      int end = Math.min(to, block + BLOCK);
      for (int i = block; i < end; i += L) {
        FloatVector force = FloatVector.fromArray(S, f, i);
        FloatVector before = FloatVector.fromArray(S, m, i);
        FloatVector after = before.mul(beta1).add(force.mul(new1));
        FloatVector second =
            FloatVector.fromArray(S, v, i).mul(beta2).add(force.mul(force).mul(new2));
        after.intoArray(m, i);
        second.intoArray(v, i);
        FloatVector rate = stepSize.div(second.sqrt().mul(uncorrect).add(epsilon));
        FloatVector position = FloatVector.fromArray(S, theta, i);
        FloatVector step = position.mul(decay).sub(after.mul(rate));
        if (tally != null) {
          tally.before = before.mul(rate).fma(before, tally.before);
          tally.after = after.mul(rate).fma(after, tally.after);
          tally.force = force.mul(rate).fma(force, tally.force);
          tally.add(step, force, FloatVector.fromArray(S, g, i), position);
        }
        if (u == null) {
          position.add(step).intoArray(theta, i);
        } else {
          step.intoArray(u, i);
        }
      }
      if (tally != null && sums != null) {
        tally.flush(sums, 1, 1);
      }
    }
  }

  /** Lane sums of one block; escape analysis keeps the fields in registers. */
  private static final class Tally {
    FloatVector before = FloatVector.zero(S);
    FloatVector after = FloatVector.zero(S);
    FloatVector force = FloatVector.zero(S);
    FloatVector gradientWork = FloatVector.zero(S);
    FloatVector externalWork = FloatVector.zero(S);
    FloatVector decayWork = FloatVector.zero(S);

    void add(FloatVector step, FloatVector used, FloatVector gradient, FloatVector position) {
      gradientWork = gradient.fma(step, gradientWork);
      externalWork = used.sub(gradient).fma(step, externalWork);
      decayWork = position.fma(used, decayWork);
    }

    void flush(StepSums sums, double momentumWeight, double forceWeight) {
      sums.momentumBefore += momentumWeight * FloatMaths.fold(before);
      sums.momentumAfter += momentumWeight * FloatMaths.fold(after);
      sums.force += forceWeight * FloatMaths.fold(force);
      sums.gradientWork += FloatMaths.fold(gradientWork);
      sums.externalWork += FloatMaths.fold(externalWork);
      sums.decayWork += FloatMaths.fold(decayWork);
      before = FloatVector.zero(S);
      after = FloatVector.zero(S);
      force = FloatVector.zero(S);
      gradientWork = FloatVector.zero(S);
      externalWork = FloatVector.zero(S);
      decayWork = FloatVector.zero(S);
    }
  }
}
