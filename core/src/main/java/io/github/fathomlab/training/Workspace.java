package io.github.fathomlab.training;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.MiddleSums;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.network.FiniteStep;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scratch tensors of one worker: replicas of one shape take turns in it, so memory does not
 * grow with their number and stays warm in the cache.
 */
final class Workspace {
  private final Network shape;
  private final Map<Integer, Trace> traces = new HashMap<>();
  private final Map<Integer, Trace> evaluations = new HashMap<>();
  private final Map<Integer, Matrix> targets = new HashMap<>();
  private final Matrix force;
  private final Matrix displacement;
  private final Matrix statistics;
  private FiniteStep.@Nullable Scratch finite;
  private @Nullable Middle middle;
  private final List<StepSums> sums = new ArrayList<>();
  private boolean constantLoaded;

  Workspace(Network shape) {
    this.shape = shape;
    Kernels k = shape.kernels();
    force = k.vector(shape.parameters().columns());
    displacement = k.vector(shape.parameters().columns());
    statistics = k.vector(shape.statistics().columns());
    for (int m = 0; m < shape.layers().size(); m++) {
      sums.add(new StepSums());
    }
  }

  /** Tensors of a training pass. */
  Trace trace(int batch) {
    return traces.computeIfAbsent(batch, shape::trace);
  }

  /** Tensors of an evaluation; apart from training's, whose input may be kept from step to step. */
  Trace evaluation(int samples) {
    return evaluations.computeIfAbsent(samples, shape::trace);
  }

  Matrix targets(int rows, int batch) {
    return targets.computeIfAbsent(batch, b -> shape.kernels().zeros(rows, b));
  }

  /** True once, when a batch that never changes has not been loaded yet. */
  boolean mustLoadConstant() {
    boolean must = !constantLoaded;
    constantLoaded = true;
    return must;
  }

  Matrix force() {
    return force;
  }

  Matrix displacement() {
    return displacement;
  }

  /** The running statistics as they were before the step. */
  Matrix statistics() {
    return statistics;
  }

  /** The step that a network of this shape makes when it moves by the displacement. */
  FiniteStep finiteStep(Network network) {
    if (finite == null) {
      finite = FiniteStep.Scratch.of(shape);
    }
    return new FiniteStep(network, displacement, finite);
  }

  Middle middle() {
    if (middle == null) {
      List<MiddleSums> perLayer = shape.layers().stream().map(_ -> new MiddleSums()).toList();
      middle = new Middle(shape.kernels().vector(shape.parameters().columns()), perLayer);
    }
    return middle;
  }

  List<StepSums> sums() {
    return sums;
  }
}
