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
  private static final int SUMS = 6;

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

  /** y := αx + y; the product is rounded before the sum, as in plain loops. */
  static void add(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    int j = 0;
    for (; j + L <= n; j += L) {
      FloatVector product = FloatVector.fromArray(S, x, xo + j).mul(alpha);
      FloatVector.fromArray(S, y, yo + j).add(product).intoArray(y, yo + j);
    }
    for (; j < n; j++) {
      y[yo + j] += alpha * x[xo + j];
    }
  }

  /** step := (θ + u) - θ, middle := θ + ½ step. */
  static void roundedStep(
      float[] theta, float[] u, int from, int to, float[] step, float[] middle) {
    for (int i = from; i < to; i += L) {
      FloatVector start = FloatVector.fromArray(S, theta, i);
      FloatVector made = start.add(FloatVector.fromArray(S, u, i)).sub(start);
      made.intoArray(step, i - from);
      start.add(made.mul(0.5f)).intoArray(middle, i);
    }
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
    float[] lanes = new float[SUMS * L];
    for (int block = from; block < to; block += BLOCK) {
      int end = Math.min(to, block + BLOCK);
      if (sums != null) {
        addMomentumSums(rule, f, g, buffer, theta, block, end, lanes, sums);
      }
      FloatVector rate = FloatVector.broadcast(S, (float) -rule.learningRate());
      FloatVector mu = FloatVector.broadcast(S, (float) rule.momentum());
      for (int i = block; i < end; i += L) {
        FloatVector force = FloatVector.fromArray(S, f, i);
        FloatVector after = FloatVector.fromArray(S, buffer, i).fma(mu, force);
        FloatVector step = (rule.nesterov() ? after.fma(mu, force) : after).mul(rate);
        after.intoArray(buffer, i);
        if (u == null) {
          FloatVector.fromArray(S, theta, i).add(step).intoArray(theta, i);
        } else {
          step.intoArray(u, i);
        }
      }
    }
  }

  /**
   * Inner products of the step that a block is about to make; what it reads is then warm for the
   * step itself.
   */
  private static void addMomentumSums(
      Kernels.MomentumRule rule,
      float[] f,
      float[] g,
      float[] buffer,
      float[] theta,
      int from,
      int to,
      float[] lanes,
      StepSums sums) {
    FloatVector rate = FloatVector.broadcast(S, (float) -rule.learningRate());
    FloatVector mu = FloatVector.broadcast(S, (float) rule.momentum());
    FloatVector befores = FloatVector.zero(S);
    FloatVector afters = FloatVector.zero(S);
    FloatVector forces = FloatVector.zero(S);
    FloatVector gradientWork = FloatVector.zero(S);
    FloatVector externalWork = FloatVector.zero(S);
    FloatVector decayWork = FloatVector.zero(S);
    for (int i = from; i < to; i += L) {
      FloatVector force = FloatVector.fromArray(S, f, i);
      FloatVector before = FloatVector.fromArray(S, buffer, i);
      FloatVector after = before.fma(mu, force);
      FloatVector step = (rule.nesterov() ? after.fma(mu, force) : after).mul(rate);
      FloatVector gradient = FloatVector.fromArray(S, g, i);
      befores = before.fma(before, befores);
      afters = after.fma(after, afters);
      forces = force.fma(force, forces);
      gradientWork = gradient.fma(step, gradientWork);
      externalWork = force.sub(gradient).fma(step, externalWork);
      decayWork = FloatVector.fromArray(S, theta, i).fma(force, decayWork);
    }
    befores.intoArray(lanes, 0);
    afters.intoArray(lanes, L);
    forces.intoArray(lanes, 2 * L);
    gradientWork.intoArray(lanes, 3 * L);
    externalWork.intoArray(lanes, 4 * L);
    decayWork.intoArray(lanes, 5 * L);
    double momentumWeight = rule.learningRate() * (1 - rule.momentum());
    add(lanes, sums, momentumWeight, rule.learningRate() / (1 - rule.momentum()));
  }

  /**
   * Adds what the lanes of one block hold; they come in an array, because vectors that reach a call
   * are boxed.
   */
  private static void add(float[] lanes, StepSums sums, double momentumWeight, double forceWeight) {
    sums.momentumBefore += momentumWeight * fold(lanes, 0);
    sums.momentumAfter += momentumWeight * fold(lanes, 1);
    sums.force += forceWeight * fold(lanes, 2);
    sums.gradientWork += fold(lanes, 3);
    sums.externalWork += fold(lanes, 4);
    sums.decayWork += fold(lanes, 5);
  }

  private static float fold(float[] lanes, int sum) {
    return FloatMaths.fold(FloatVector.fromArray(S, lanes, sum * L));
  }

  /**
   * One loop without and one with inner products: lane sums have to be locals, or the loop boxes
   * them.
   */
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
    if (sums != null) {
      float[] lanes = new float[SUMS * L];
      for (int block = from; block < to; block += BLOCK) {
        adamWithSums(rule, f, g, m, v, theta, u, block, Math.min(to, block + BLOCK), lanes, sums);
      }
      return;
    }
    FloatVector stepSize = FloatVector.broadcast(S, (float) rule.stepSize());
    FloatVector epsilon = FloatVector.broadcast(S, (float) rule.epsilon());
    float uncorrect = (float) (1 / rule.rootCorrection());
    FloatVector decay = FloatVector.broadcast(S, (float) -rule.decay());
    for (int i = from; i < to; i += L) {
      FloatVector force = FloatVector.fromArray(S, f, i);
      FloatVector after = firstMoment(rule, FloatVector.fromArray(S, m, i), force);
      FloatVector second = secondMoment(rule, FloatVector.fromArray(S, v, i), force);
      after.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector rate = stepSize.div(second.sqrt().mul(uncorrect).add(epsilon));
      FloatVector position = FloatVector.fromArray(S, theta, i);
      FloatVector step = position.mul(decay).sub(after.mul(rate));
      if (u == null) {
        position.add(step).intoArray(theta, i);
      } else {
        step.intoArray(u, i);
      }
    }
  }

  private static FloatVector firstMoment(
      Kernels.AdamRule rule, FloatVector before, FloatVector force) {
    return before.mul((float) rule.beta1()).add(force.mul((float) (1 - rule.beta1())));
  }

  private static FloatVector secondMoment(
      Kernels.AdamRule rule, FloatVector before, FloatVector force) {
    return before.mul((float) rule.beta2()).add(force.mul(force).mul((float) (1 - rule.beta2())));
  }

  private static void adamWithSums(
      Kernels.AdamRule rule,
      float[] f,
      float[] g,
      float[] m,
      float[] v,
      float[] theta,
      float @Nullable [] u,
      int from,
      int to,
      float[] lanes,
      StepSums sums) {
    FloatVector stepSize = FloatVector.broadcast(S, (float) rule.stepSize());
    FloatVector epsilon = FloatVector.broadcast(S, (float) rule.epsilon());
    float uncorrect = (float) (1 / rule.rootCorrection());
    FloatVector decay = FloatVector.broadcast(S, (float) -rule.decay());
    FloatVector befores = FloatVector.zero(S);
    FloatVector afters = FloatVector.zero(S);
    FloatVector forces = FloatVector.zero(S);
    FloatVector gradientWork = FloatVector.zero(S);
    FloatVector externalWork = FloatVector.zero(S);
    FloatVector decayWork = FloatVector.zero(S);
    for (int i = from; i < to; i += L) {
      FloatVector force = FloatVector.fromArray(S, f, i);
      FloatVector gradient = FloatVector.fromArray(S, g, i);
      FloatVector before = FloatVector.fromArray(S, m, i);
      FloatVector after = firstMoment(rule, before, force);
      FloatVector second = secondMoment(rule, FloatVector.fromArray(S, v, i), force);
      after.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector rate = stepSize.div(second.sqrt().mul(uncorrect).add(epsilon));
      FloatVector position = FloatVector.fromArray(S, theta, i);
      FloatVector step = position.mul(decay).sub(after.mul(rate));
      befores = before.mul(rate).fma(before, befores);
      afters = after.mul(rate).fma(after, afters);
      forces = force.mul(rate).fma(force, forces);
      gradientWork = gradient.fma(step, gradientWork);
      externalWork = force.sub(gradient).fma(step, externalWork);
      decayWork = position.fma(force, decayWork);
      if (u == null) {
        position.add(step).intoArray(theta, i);
      } else {
        step.intoArray(u, i);
      }
    }
    befores.intoArray(lanes, 0);
    afters.intoArray(lanes, L);
    forces.intoArray(lanes, 2 * L);
    gradientWork.intoArray(lanes, 3 * L);
    externalWork.intoArray(lanes, 4 * L);
    decayWork.intoArray(lanes, 5 * L);
    add(lanes, sums, 1, 1);
  }

  /**
   * In double and without vectors: asked for to compare with the theory, not on every step of a
   * long run.
   */
  static void momentumMiddle(
      Kernels.MomentumRule rule,
      float[] f,
      float[] g,
      float[] buffer,
      float[] middle,
      int from,
      int to,
      MiddleSums sums) {
    double mass = (1 - rule.momentum()) / rule.learningRate();
    for (int i = from; i < to; i++) {
      double after = rule.momentum() * buffer[i] + f[i];
      middle(-0.5 * rule.learningRate() * (buffer[i] + after), mass, f[i], g[i], middle, i, sums);
    }
  }

  static void adamMiddle(
      Kernels.AdamRule rule,
      float[] f,
      float[] g,
      float[] m,
      float[] v,
      float[] middle,
      int from,
      int to,
      MiddleSums sums) {
    for (int i = from; i < to; i++) {
      double after = rule.beta1() * m[i] + (1 - rule.beta1()) * f[i];
      double second = rule.beta2() * v[i] + (1 - rule.beta2()) * f[i] * f[i];
      double mass = (Math.sqrt(second) / rule.rootCorrection() + rule.epsilon()) / rule.stepSize();
      middle(-0.5 * (m[i] + after) / mass, mass, f[i], g[i], middle, i, sums);
    }
  }

  private static void middle(
      double mean,
      double mass,
      float force,
      float gradient,
      float[] middle,
      int i,
      MiddleSums sums) {
    middle[i] = (float) mean;
    sums.dissipation += mass * mean * mean;
    sums.gradientWork += gradient * mean;
    sums.externalWork += mean * ((double) force - gradient);
  }
}
