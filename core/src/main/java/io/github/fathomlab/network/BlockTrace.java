package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/** The traces of the layers of a block, and what a skip needs. */
final class BlockTrace extends LayerTrace {
  final LayerTrace[] branch;

  /** Finite changes of the states that leave the branch's layers, from the last secant pass. */
  final Matrix[] steps;

  final @Nullable LayerTrace shortcut;

  /** The factor of the branch, for every row of the block's state. */
  final Matrix scale;

  private final @Nullable Matrix shortcutGradient;
  private @Nullable Matrix meanBranch;
  private @Nullable Matrix outStep;

  BlockTrace(
      Kernels k,
      int width,
      int columns,
      LayerTrace[] branch,
      @Nullable LayerTrace shortcut,
      @Nullable Matrix below,
      double scale,
      @Nullable Matrix sharedGradient) {
    super(k, width, columns, sharedGradient);
    this.branch = branch;
    steps = new Matrix[branch.length];
    this.shortcut = shortcut;
    shortcutGradient = below;
    this.scale = k.vector(width);
    this.scale.fill(scale);
  }

  LayerTrace last() {
    return branch[branch.length - 1];
  }

  /** The state that enters layer i of the branch. */
  Matrix into(Matrix in, int i) {
    return i == 0 ? in : branch[i - 1].out();
  }

  /** Shaped like the state below: what the shortcut sends down. */
  @Nullable Matrix shortcutGradient() {
    return shortcutGradient;
  }

  Matrix meanBranch() {
    if (meanBranch == null) {
      meanBranch = like(out());
    }
    return meanBranch;
  }

  Matrix outStep() {
    if (outStep == null) {
      outStep = like(out());
    }
    return outStep;
  }

  @Override
  void keepGradients(boolean keep) {
    super.keepGradients(keep);
    for (LayerTrace layer : branch) {
      layer.keepGradients(keep);
    }
    if (shortcut != null) {
      shortcut.keepGradients(keep);
    }
  }
}
