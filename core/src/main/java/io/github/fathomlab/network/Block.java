package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers in a row that count as one, with or without a skip: out = branch(in), or out = skip(in) +
 * ε branch(in).
 *
 * <p>The state that crosses the cut below and above a block is one tensor, so the energy ledger of
 * the bulk-boundary decomposition holds for blocks as for single layers; a current inside a skip
 * would not be seen by a cut through the branch. A skip is the identity or, where shapes differ, a
 * layer. Cost: that of its layers and a pass over the state.
 */
public final class Block implements Layer {
  private final LayerShape shape;
  private final List<Layer> branch;
  private final @Nullable Skip skip;
  private final @Nullable Layer shortcut;

  /**
   * What is added to the branch.
   *
   * @param scale ε, the factor of the branch
   * @param shortcut null for the identity
   * @param inputPositions of the state below
   */
  record Skip(double scale, @Nullable Layer shortcut, int inputPositions) {}

  Block(String name, List<Layer> branch, @Nullable Skip skip) {
    this.branch = List.copyOf(branch);
    this.skip = skip;
    shortcut = skip == null ? null : skip.shortcut;
    List<ParameterTensor> tensors = new ArrayList<>();
    this.branch.forEach(layer -> tensors.addAll(layer.tensors()));
    if (shortcut != null) {
      tensors.addAll(shortcut.tensors());
    }
    LayerShape last = this.branch.getLast().shape();
    int inputs = this.branch.getFirst().inputs();
    shape = new LayerShape(name, inputs, last.outputs(), last.positions(), tensors);
  }

  /** Whether the state below is added to the branch as it is: a site of a field over depth. */
  public boolean keepsState() {
    return skip != null && shortcut == null;
  }

  @Override
  public LayerShape shape() {
    return shape;
  }

  @Override
  public LayerTrace trace(Kernels k, int batch, @Nullable Matrix sharedGradient) {
    LayerTrace[] inner = new LayerTrace[branch.size()];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = branch.get(i).trace(k, batch, null);
    }
    return new BlockTrace(
        k,
        outputs(),
        shape.positions() * batch,
        inner,
        shortcut == null ? null : shortcut.trace(k, batch, null),
        shortcut == null || skip == null
            ? null
            : k.zeros(shortcut.inputs(), skip.inputPositions * batch),
        skip == null ? 1 : skip.scale,
        sharedGradient);
  }

  @Override
  public void forward(
      Kernels k, Matrix theta, Matrix statistics, Pass pass, Matrix in, LayerTrace trace) {
    BlockTrace t = (BlockTrace) trace;
    for (int i = 0; i < branch.size(); i++) {
      branch.get(i).forward(k, theta, statistics, pass, t.into(in, i), t.branch[i]);
    }
    Matrix kept = in;
    if (shortcut != null && t.shortcut != null) {
      shortcut.forward(k, theta, statistics, pass, in, t.shortcut);
      kept = t.shortcut.out();
    }
    join(k, t, t.last().out(), kept, t.out());
  }

  /** out := skip + ε branch, or branch; a null state does not move. */
  private void join(
      Kernels k, BlockTrace t, Matrix branchState, @Nullable Matrix skipState, Matrix out) {
    if (skip == null) {
      out.copyFrom(branchState);
    } else {
      k.combine(out, t.scale, branchState, null, skipState, null, 0, outputs());
    }
  }

  @Override
  public void backward(
      Kernels k,
      Matrix theta,
      Matrix gradient,
      Matrix in,
      LayerTrace trace,
      @Nullable Matrix inGradient) {
    BlockTrace t = (BlockTrace) trace;
    k.combine(t.last().outGradient(), t.scale, t.outGradient(), null, null, null, 0, outputs());
    for (int i = branch.size() - 1; i >= 0; i--) {
      Matrix below = i == 0 ? inGradient : t.branch[i - 1].outGradient();
      branch.get(i).backward(k, theta, gradient, t.into(in, i), t.branch[i], below);
    }
    if (skip == null) {
      return;
    }
    Matrix through = t.outGradient();
    if (shortcut != null && t.shortcut != null) {
      t.shortcut.outGradient().copyFrom(t.outGradient());
      Matrix below = inGradient == null ? null : t.shortcutGradient();
      shortcut.backward(k, theta, gradient, in, t.shortcut, below);
      through = below;
    }
    if (inGradient != null) {
      k.combine(inGradient, null, inGradient, null, through, null, 0, inGradient.rows());
    }
  }

  @Override
  public void tangent(
      Kernels k,
      Matrix theta,
      Matrix direction,
      Matrix in,
      @Nullable Matrix inDot,
      LayerTrace trace) {
    BlockTrace t = (BlockTrace) trace;
    Matrix moving = inDot;
    for (int i = 0; i < branch.size(); i++) {
      branch.get(i).tangent(k, theta, direction, t.into(in, i), moving, t.branch[i]);
      moving = t.branch[i].outTangent();
    }
    Matrix kept = inDot;
    if (shortcut != null && t.shortcut != null) {
      shortcut.tangent(k, theta, direction, in, inDot, t.shortcut);
      kept = t.shortcut.outTangent();
    }
    join(k, t, t.last().outTangent(), kept, t.outTangent());
  }

  @Override
  public Matrix secantForward(
      Kernels k, FiniteStep step, Matrix in, @Nullable Matrix inStep, LayerTrace trace) {
    BlockTrace t = (BlockTrace) trace;
    Matrix moving = inStep;
    for (int i = 0; i < branch.size(); i++) {
      moving = branch.get(i).secantForward(k, step, t.into(in, i), moving, t.branch[i]);
      t.steps[i] = moving;
    }
    Matrix kept = inStep;
    if (shortcut != null && t.shortcut != null) {
      kept = shortcut.secantForward(k, step, in, inStep, t.shortcut);
    }
    join(k, t, t.steps[branch.size() - 1], kept, t.outStep());
    return t.outStep();
  }

  @Override
  public @Nullable Matrix secantBackward(
      Kernels k,
      FiniteStep step,
      Matrix in,
      @Nullable Matrix inStep,
      Matrix meanOut,
      LayerTrace trace,
      SecantWork work) {
    BlockTrace t = (BlockTrace) trace;
    Matrix mean = t.meanBranch();
    k.combine(mean, t.scale, meanOut, null, null, null, 0, outputs());
    for (int i = branch.size() - 1; i >= 0; i--) {
      Matrix moved = i == 0 ? inStep : t.steps[i - 1];
      Matrix below =
          branch.get(i).secantBackward(k, step, t.into(in, i), moved, mean, t.branch[i], work);
      if (below == null) {
        break;
      }
      mean = below;
    }
    Matrix through = meanOut;
    if (shortcut != null && t.shortcut != null) {
      through = shortcut.secantBackward(k, step, in, inStep, meanOut, t.shortcut, work);
    }
    if (inStep == null) {
      return null;
    }
    if (skip != null) {
      k.combine(mean, null, mean, null, through, null, 0, mean.rows());
    }
    return mean;
  }
}
