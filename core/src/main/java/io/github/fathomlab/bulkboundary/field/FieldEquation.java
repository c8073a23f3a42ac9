package io.github.fathomlab.bulkboundary.field;

/**
 * The field equation of z at work, from the motion of (z, W) alone.
 *
 * <p>Formula: {@code π + Σ_a δ_a = 0} with {@code π = (∂_t + γ) ∂_t b}, {@code b = (z_{m+1} -
 * z_m)/ε - W_m σ(z̄_m)}; ∂_t by central differences of width h.
 *
 * <p>Source: (6.2), Fathom's derivation: backpropagation is the Euler-Lagrange equation of z. The
 * error is O(h²) plus rounding of O(1e-16 M/h²). b is formed from every sample apart, which must
 * all give the same. Cost: two short evolutions and three passes.
 *
 * @param residual largest |π + Σ_a δ̄_a| over sites and units
 * @param spread largest difference between the biases of two samples
 */
public record FieldEquation(double residual, double spread) {

  /** Measures it on the motion through a state. */
  public static FieldEquation at(
      ResidualLattice lattice, double friction, FieldState state, double h) {
    DepthField field = new DepthField(lattice, friction);
    FieldState later = field.evolve(state, h, 4);
    FieldState earlier = field.evolve(state, -h, 4);
    LatticePass now = lattice.forward(state.field());
    lattice.adjoint(state.field(), now);
    LatticePass after = lattice.forward(later.field());
    LatticePass before = lattice.forward(earlier.field());
    double residual = 0;
    double spread = 0;
    for (int m = 0; m < state.shape().sites(); m++) {
      for (int i = 0; i < state.shape().width(); i++) {
        double adjoint = 0;
        for (double[] source : now.source[m]) {
          adjoint += source[i];
        }
        for (int a = 0; a < now.source[m].length; a++) {
          double middle = bias(state, now, m, a, i);
          double up = bias(later, after, m, a, i);
          double down = bias(earlier, before, m, a, i);
          double pi = (up - 2 * middle + down) / (h * h) + friction * (up - down) / (2 * h);
          residual = Math.max(residual, Math.abs(pi + adjoint));
          spread = Math.max(spread, Math.abs(middle - bias(state, now, m, 0, i)));
        }
      }
    }
    return new FieldEquation(residual, spread);
  }

  private static double bias(FieldState state, LatticePass pass, int m, int a, int i) {
    FieldShape shape = state.shape();
    double bias = (pass.z[m + 1][a][i] - pass.z[m][a][i]) / shape.spacing();
    for (int j = 0; j < shape.width(); j++) {
      bias -= state.field()[shape.weight(m, i, j)] * pass.s[m][a][j];
    }
    return bias;
  }
}
