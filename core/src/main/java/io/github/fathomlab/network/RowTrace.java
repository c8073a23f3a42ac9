package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tensors of a layer that ends in row maps, with or without weights before them. */
final class RowTrace extends LayerTrace {
  final RowMaps.State rows;

  /** Patches of the state below, for weights that need them. */
  final @Nullable Matrix patches;

  private final @Nullable Matrix affine;
  private @Nullable Matrix ownDelta;
  private @Nullable Matrix zTangent;
  private @Nullable LayerSecants secants;
  private boolean kept;

  RowTrace(
      Kernels k,
      int width,
      int columns,
      boolean affine,
      @Nullable Matrix patches,
      @Nullable Matrix sharedGradient) {
    super(k, width, columns, sharedGradient);
    rows = new RowMaps.State(k, width);
    this.affine = affine ? k.zeros(width, columns) : null;
    this.patches = patches;
  }

  /** W in, without bias. */
  Matrix affine() {
    return Objects.requireNonNull(affine);
  }

  @Override
  void keepGradients(boolean keep) {
    super.keepGradients(keep);
    kept = keep;
    if (keep && ownDelta == null) {
      ownDelta = like(out());
    }
  }

  /** δ = ∂ℓ/∂(W in); overwrites ∂ℓ/∂out unless gradients are kept. */
  Matrix delta() {
    return kept && ownDelta != null ? ownDelta : outGradient();
  }

  Matrix zTangent() {
    if (zTangent == null) {
      zTangent = like(out());
    }
    return zTangent;
  }

  LayerSecants secants(RowMaps maps, Matrix in) {
    if (secants == null) {
      secants = new LayerSecants(kernels(), maps, in, out().columns());
    }
    return secants;
  }
}
