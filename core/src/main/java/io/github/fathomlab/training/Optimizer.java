package io.github.fathomlab.training;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.MiddleSums;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The optimizer of one replica: its state vectors, and the step f → u of its rule.
 *
 * <p>The force f is the gradient actually used: κg (clipping) + λθ (L2) + √(2T/lr) ξ (Langevin). It
 * equals g, and costs nothing, when none of them is on.
 */
public final class Optimizer {
  private final TrainingPlan plan;
  private final Network network;
  private final Kernels kernels;
  private final Matrix first;
  private final @Nullable Matrix second;

  Optimizer(TrainingPlan plan, Network network) {
    this.plan = plan;
    this.network = network;
    kernels = network.kernels();
    int length = network.parameters().columns();
    first = kernels.vector(length);
    second = adaptive() ? kernels.vector(length) : null;
  }

  private boolean adaptive() {
    return switch (plan.rule()) {
      case OptimizerRule.Adam _, OptimizerRule.AdamW _ -> true;
      case OptimizerRule.Sgd _, OptimizerRule.HeavyBall _, OptimizerRule.Nesterov _ -> false;
    };
  }

  /** The momentum buffer, or Adam's first moment. */
  public Matrix first() {
    return first;
  }

  /** Adam's second moment; null for the others. */
  public @Nullable Matrix second() {
    return second;
  }

  /**
   * The force of step k: {@code gradient} itself, or {@code scratch} filled.
   *
   * @param noiseKey key of this step's Langevin noise
   */
  Matrix force(Matrix gradient, Matrix scratch, long k, long noiseKey) {
    double clip = 1;
    if (plan.clipNorm() > 0) {
      double norm = Math.sqrt(kernels.dot(gradient, gradient));
      clip = Math.min(1, plan.clipNorm() / (norm + 1e-6)); // as torch's clip_grad_norm_
    }
    double temperature = plan.noise().temperature();
    if (clip == 1 && plan.l2() == 0 && temperature == 0) {
      return gradient;
    }
    scratch.fill(0);
    kernels.add(clip, gradient, scratch);
    if (plan.l2() > 0) {
      kernels.add(plan.l2(), network.parameters(), scratch);
    }
    if (temperature > 0) {
      double rate = plan.rateAt(k);
      // The kick is lr times the noise, √(2 T lr) ξ: none at rate zero, where schedules may end.
      double deviation = rate > 0 ? Math.sqrt(2 * temperature / rate) : 0;
      for (ParameterTensor tensor : network.tensors()) {
        Matrix view = tensor.of(scratch);
        for (int r = 0; r < tensor.rows(); r++) {
          for (int c = 0; c < tensor.columns(); c++) {
            long index = tensor.start() + (long) r * tensor.columns() + c;
            view.set(r, c, view.get(r, c) + deviation * CounterRandom.gaussian(noiseKey, index));
          }
        }
      }
    }
    return scratch;
  }

  /**
   * Step k (from 0) of all layers.
   *
   * @param displacement null: parameters move at once; otherwise u is stored there and they stay
   * @param sums null, or one per layer, overwritten
   */
  void step(
      long k,
      Matrix force,
      Matrix gradient,
      @Nullable Matrix displacement,
      @Nullable List<StepSums> sums) {
    double rate = plan.rateAt(k);
    Kernels.AdamRule adam = second == null ? null : adamRule(rate, k);
    for (int m = 0; m < network.layers().size(); m++) {
      Layer layer = network.layers().get(m);
      StepSums layerSums = sums == null ? null : sums.get(m);
      if (layerSums != null) {
        layerSums.clear();
      }
      if (second == null || adam == null) {
        kernels.momentumStep(
            momentumRule(rate),
            force,
            gradient,
            first,
            network.parameters(),
            displacement,
            layer.start(),
            layer.end(),
            layerSums);
      } else {
        kernels.adamStep(
            adam,
            force,
            gradient,
            first,
            second,
            network.parameters(),
            displacement,
            layer.start(),
            layer.end(),
            layerSums);
      }
    }
  }

  /** The midpoint of the step k that {@link #step} is about to make. */
  void middle(long k, Matrix force, Matrix gradient, Middle middle) {
    double rate = plan.rateAt(k);
    Kernels.AdamRule adam = second == null ? null : adamRule(rate, k);
    for (int m = 0; m < network.layers().size(); m++) {
      Layer layer = network.layers().get(m);
      MiddleSums sums = middle.sums().get(m);
      sums.clear();
      if (second == null || adam == null) {
        kernels.momentumMiddle(
            momentumRule(rate),
            force,
            gradient,
            first,
            middle.direction(),
            layer.start(),
            layer.end(),
            sums);
      } else {
        kernels.adamMiddle(
            adam,
            force,
            gradient,
            first,
            second,
            middle.direction(),
            layer.start(),
            layer.end(),
            sums);
      }
    }
  }

  private Kernels.MomentumRule momentumRule(double rate) {
    return new Kernels.MomentumRule(
        rate, plan.rule().memory(), plan.rule() instanceof OptimizerRule.Nesterov);
  }

  private Kernels.AdamRule adamRule(double rate, long k) {
    return switch (plan.rule()) {
      case OptimizerRule.Adam a -> adamRule(rate, k, a.beta1(), a.beta2(), a.epsilon(), 0);
      case OptimizerRule.AdamW a ->
          adamRule(rate, k, a.beta1(), a.beta2(), a.epsilon(), rate * a.weightDecay());
      default -> throw new IllegalStateException(plan.rule() + " has no second moment");
    };
  }

  private static Kernels.AdamRule adamRule(
      double rate, long k, double beta1, double beta2, double epsilon, double decay) {
    double correction1 = 1 - StrictMath.pow(beta1, k + 1);
    double correction2 = 1 - StrictMath.pow(beta2, k + 1);
    return new Kernels.AdamRule(
        rate / correction1, beta1, beta2, Math.sqrt(correction2), epsilon, decay);
  }
}
