package io.github.fathomlab.network;

import io.github.fathomlab.kernels.BlockMap;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * How the weights of an affine layer act on the state below: a bilinear map z = W · in, its adjoint
 * in each argument, and nothing else.
 */
sealed interface Weights {

  ParameterTensor tensor();

  /** Positions of z; its columns are positions x batch. */
  int positions();

  /** Scratch for passes with so many samples, or null when none is needed. */
  @Nullable Matrix patches(Kernels k, int batch);

  /** z := w · in + βz. */
  void apply(Kernels k, Matrix w, Matrix in, double beta, Matrix z, @Nullable Matrix patches);

  /** gradient := ∂⟨delta, w · in⟩/∂w. */
  void gradient(Kernels k, Matrix delta, Matrix in, Matrix gradient, @Nullable Matrix patches);

  /** inGradient := ∂⟨delta, w · in⟩/∂in. */
  void adjoint(Kernels k, Matrix w, Matrix delta, Matrix inGradient, @Nullable Matrix patches);

  /** Every unit sees the whole state: one product of 2·rows·columns·B flops. */
  record Dense(ParameterTensor tensor) implements Weights {
    @Override
    public int positions() {
      return 1;
    }

    @Override
    public @Nullable Matrix patches(Kernels k, int batch) {
      return null;
    }

    @Override
    public void apply(
        Kernels k, Matrix w, Matrix in, double beta, Matrix z, @Nullable Matrix patches) {
      k.multiply(false, w, false, in, beta, z);
    }

    @Override
    public void gradient(
        Kernels k, Matrix delta, Matrix in, Matrix gradient, @Nullable Matrix patches) {
      k.multiply(false, delta, true, in, 0, gradient);
    }

    @Override
    public void adjoint(
        Kernels k, Matrix w, Matrix delta, Matrix inGradient, @Nullable Matrix patches) {
      k.multiply(true, w, false, delta, 0, inGradient);
    }
  }

  /**
   * Every position sees a patch of the state, all with the same weights: a convolution, or with one
   * position a dense map of an image.
   *
   * <p>Patches are gathered for some positions at a time, so that they stay in the second-level
   * cache between the copy and the product, and are gathered anew where they are needed again.
   */
  record Patches(ParameterTensor tensor, BlockMap map) implements Weights {
    private static final int PATCH_ENTRIES = 65536;

    @Override
    public int positions() {
      return map.positions();
    }

    @Override
    public Matrix patches(Kernels k, int batch) {
      int fitting = PATCH_ENTRIES / (map.rows() * batch);
      return k.zeros(map.rows(), batch * Math.clamp(fitting, 1, map.positions()));
    }

    @Override
    public void apply(
        Kernels k, Matrix w, Matrix in, double beta, Matrix z, @Nullable Matrix patches) {
      for (Piece piece : pieces(in.columns() / map.sourcePositions(), patches)) {
        k.gatherBlocks(map.startingAt(piece.position), in, piece.patches);
        k.multiply(false, w, false, piece.patches, beta, piece.of(z));
      }
    }

    @Override
    public void gradient(
        Kernels k, Matrix delta, Matrix in, Matrix gradient, @Nullable Matrix patches) {
      for (Piece piece : pieces(in.columns() / map.sourcePositions(), patches)) {
        k.gatherBlocks(map.startingAt(piece.position), in, piece.patches);
        double keep = piece.position == 0 ? 0 : 1;
        k.multiply(false, piece.of(delta), true, piece.patches, keep, gradient);
      }
    }

    @Override
    public void adjoint(
        Kernels k, Matrix w, Matrix delta, Matrix inGradient, @Nullable Matrix patches) {
      inGradient.fill(0);
      for (Piece piece : pieces(delta.columns() / map.positions(), patches)) {
        k.multiply(true, w, false, piece.of(delta), 0, piece.patches);
        k.scatterBlocks(map.startingAt(piece.position), piece.patches, inGradient);
      }
    }

    /** Some positions of z, from {@code position} on, with room for their patches. */
    private record Piece(int position, int column, Matrix patches) {
      Matrix of(Matrix z) {
        return z.someColumns(column, patches.columns());
      }
    }

    private Iterable<Piece> pieces(int batch, @Nullable Matrix patches) {
      Matrix room = java.util.Objects.requireNonNull(patches);
      int step = room.columns() / batch;
      return () ->
          java.util.stream.IntStream.iterate(0, p -> p < map.positions(), p -> p + step)
              .mapToObj(p -> {
                int count = Math.min(step, map.positions() - p);
                return new Piece(p, p * batch, room.someColumns(0, count * batch));
              })
              .iterator();
    }
  }
}
