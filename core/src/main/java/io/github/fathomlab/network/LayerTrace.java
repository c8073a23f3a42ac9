package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/** The tensors of one layer in one pass, all [width x columns]; columns are positions x batch. */
public abstract sealed class LayerTrace permits RowTrace, ColumnTrace, BlockTrace {
  private final Kernels kernels;
  private final Matrix out;
  private final Matrix sharedGradient;
  private @Nullable Matrix ownGradient;
  private Matrix outGradient;
  private @Nullable Matrix outTangent;

  /** With {@code sharedGradient}, ∂ℓ/∂out lies in a buffer that other layers use as well. */
  LayerTrace(Kernels k, int width, int columns, @Nullable Matrix sharedGradient) {
    kernels = k;
    out = k.zeros(width, columns);
    this.sharedGradient =
        sharedGradient == null ? k.zeros(width, columns) : sharedGradient.firstRows(width);
    outGradient = this.sharedGradient;
  }

  final Kernels kernels() {
    return kernels;
  }

  /** The state that leaves the layer. */
  final Matrix out() {
    return out;
  }

  /** ∂ℓ/∂out. */
  final Matrix outGradient() {
    return outGradient;
  }

  /** Derivative of out along a direction in parameter space. */
  final Matrix outTangent() {
    if (outTangent == null) {
      outTangent = like(out);
    }
    return outTangent;
  }

  final Matrix like(Matrix state) {
    return kernels.zeros(state.rows(), state.columns());
  }

  /**
   * With {@code keep}, ∂ℓ/∂out gets a buffer of its own and survives the backward pass. Without, it
   * may be overwritten in a buffer that every second layer shares: half the memory traffic.
   */
  void keepGradients(boolean keep) {
    if (keep && ownGradient == null) {
      ownGradient = like(out);
    }
    outGradient = keep && ownGradient != null ? ownGradient : sharedGradient;
  }
}
