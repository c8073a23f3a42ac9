package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/** The tensors of one layer in one pass, all [width x batch]. */
public final class LayerTrace {
  final RowMaps.State rows;
  final @Nullable Matrix affine;
  final Matrix out;
  private final Kernels kernels;
  private final Matrix sharedGradient;
  private @Nullable Matrix ownOutGradient;
  private @Nullable Matrix ownDelta;
  Matrix outGradient;
  Matrix delta;
  private @Nullable Matrix outTangent;
  private @Nullable Matrix zTangent;
  private @Nullable LayerSecants secants;

  LayerTrace(Kernels k, int width, boolean affine, Matrix sharedGradient) {
    int batch = sharedGradient.columns();
    kernels = k;
    rows = new RowMaps.State(k, width);
    this.affine = affine ? k.zeros(width, batch) : null;
    out = k.zeros(width, batch);
    this.sharedGradient = sharedGradient.firstRows(width);
    outGradient = this.sharedGradient;
    delta = this.sharedGradient;
  }

  /**
   * With {@code keep}, the gradients of this layer get buffers of their own and survive the
   * backward pass. Without, δ overwrites ∂ℓ/∂out in a buffer that every second layer shares: half
   * the memory traffic of the backward pass.
   */
  void keepGradients(boolean keep) {
    if (keep && ownOutGradient == null) {
      ownOutGradient = kernels.zeros(out.rows(), out.columns());
      ownDelta = kernels.zeros(out.rows(), out.columns());
    }
    outGradient = keep && ownOutGradient != null ? ownOutGradient : sharedGradient;
    delta = keep && ownDelta != null ? ownDelta : sharedGradient;
  }

  Matrix outTangent() {
    if (outTangent == null) {
      outTangent = kernels.zeros(out.rows(), out.columns());
    }
    return outTangent;
  }

  Matrix zTangent() {
    if (zTangent == null) {
      zTangent = kernels.zeros(out.rows(), out.columns());
    }
    return zTangent;
  }

  LayerSecants secants(RowMaps maps, int inputs) {
    if (secants == null) {
      secants = new LayerSecants(kernels, maps, inputs, out.columns());
    }
    return secants;
  }
}
