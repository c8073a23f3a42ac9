package io.github.fathomlab.bulkboundary.field;

/**
 * What a depth field does at one instant.
 *
 * @param loss ℓ, mean over the batch
 * @param z states at the cuts x = m/M (M+1 x B x n)
 * @param zDot ∂_t z (M+1 x B x n)
 * @param delta ∂ℓ/∂z (M+1 x B x n), the 1/B included
 * @param acceleration ∂_t² θ, in the layout of the field
 * @param energy e_m = ½|∂_t W|² + ½|∂_t b|² (M), density over x
 * @param energyRate ∂_t e_m (M)
 * @param current J_m = Σ_a δ·∂_t z (M+1)
 * @param dissipation 2γ e_m (M)
 * @param residual of the continuity equation, ∂_t e + 2γe + (J_{m+1} - J_m)/ε (M): rounding
 */
public record FieldObservation(
    double loss,
    double[][][] z,
    double[][][] zDot,
    double[][][] delta,
    double[] acceleration,
    double[] energy,
    double[] energyRate,
    double[] current,
    double[] dissipation,
    double[] residual) {

  /** z(1), the states that the loss sees (B x n). */
  public double[][] output() {
    return z[z.length - 1];
  }
}
