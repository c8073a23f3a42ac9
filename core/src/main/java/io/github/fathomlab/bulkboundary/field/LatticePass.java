package io.github.fathomlab.bulkboundary.field;

/** The states and adjoints of one pass through a {@link ResidualLattice}. */
final class LatticePass {
  /** Pre-activations at the cuts (M+1 x B x n). */
  final double[][][] z;

  /** σ(z̄) at the sites (M x B x n). */
  final double[][][] s;

  /** σ'(z̄) at the sites (M x B x n). */
  final double[][][] slope;

  /** ∂ℓ/∂z at the cuts (M+1 x B x n). */
  final double[][][] delta;

  /** δ̄, the adjoint that acts on the parameters of a site (M x B x n); -π of the field. */
  final double[][][] source;

  double loss;

  LatticePass(FieldShape shape, int batch) {
    z = new double[shape.sites() + 1][batch][shape.width()];
    s = new double[shape.sites()][batch][shape.width()];
    slope = new double[shape.sites()][batch][shape.width()];
    delta = new double[shape.sites() + 1][batch][shape.width()];
    source = new double[shape.sites()][batch][shape.width()];
  }
}
