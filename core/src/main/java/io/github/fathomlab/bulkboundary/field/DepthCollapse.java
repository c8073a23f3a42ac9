package io.github.fathomlab.bulkboundary.field;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;

/**
 * Lattices of different depth that learn the same data from the same initial field.
 *
 * <p>Formula: tanh lattices from rest, ℓ = ½ mean_a |z(1) - y|², X and Y standard normal, evolved
 * by Runge-Kutta; then e(x), J(x), ℓ, z(1) of M, 2M, 4M lie on one curve up to O(1/M) for {@link
 * DepthScheme.Euler} and O(1/M²) for {@link DepthScheme.Midpoint}, when the initial field is
 * smooth. Independent random parameters approach the field of their local mean like M^(-1/2) only.
 *
 * <p>Source: bulk-boundary specification §6, Fathom's derivation. Validity: fields of order one and
 * M above 2 |W σ'| for the midpoint. Cost: 4 x time steps x O(M B n²).
 *
 * @param width n
 * @param batch B
 * @param friction γ
 * @param duration T
 * @param timeSteps Runge-Kutta steps over T
 * @param seed of the data
 */
public record DepthCollapse(
    int width, int batch, double friction, double duration, int timeSteps, long seed) {
  private static final long INPUTS = 0;
  private static final long TARGETS = 1;

  /** The lattice of a depth after its evolution. */
  public DepthProfile profile(int sites, DepthScheme scheme, InitialField initial) {
    FieldShape shape = new FieldShape(sites, width);
    ResidualLattice lattice =
        new ResidualLattice(
            shape, scheme, new Activation.Tanh(), samples(INPUTS), samples(TARGETS));
    DepthField field = new DepthField(lattice, friction);
    FieldState start = FieldState.atRest(shape, initial.sample(shape, scheme));
    FieldState end = field.evolve(start, duration, timeSteps);
    return new DepthProfile(end, scheme, field.observe(end));
  }

  private double[][] samples(long purpose) {
    double[][] samples = new double[batch][width];
    long key = CounterRandom.key(seed, purpose);
    for (int a = 0; a < batch; a++) {
      for (int i = 0; i < width; i++) {
        samples[a][i] = CounterRandom.gaussian(key, (long) a * width + i);
      }
    }
    return samples;
  }
}
