package io.github.fathomlab.training;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training step as watchers see it.
 *
 * @param step k, counted from 0
 * @param network at θ_k when tensors were asked for, at θ_{k+1} when only sums were
 * @param trace tensors of the step's pass; gradients of all layers only when tensors were asked for
 * @param loss ℓ_k of the batch
 * @param sums per layer; null when only the loss was asked for
 * @param displacement u = θ_{k+1} - θ_k, flat; null when only sums were asked for
 */
public record StepSnapshot(
    int replica,
    long step,
    Network network,
    Trace trace,
    TrainingPlan plan,
    double loss,
    @Nullable List<StepSums> sums,
    @Nullable Matrix displacement) {

  /** Learning rate of this step. */
  public double learningRate() {
    return plan.rateAt(step);
  }
}
