package io.github.fathomlab.bulkboundary.field;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;

/** A lattice in a random state of motion. */
record LatticeCase(ResidualLattice lattice, DepthField field, FieldState state, double friction) {

  static LatticeCase of(int sites, int width, int batch, DepthScheme scheme, long seed) {
    FieldShape shape = new FieldShape(sites, width);
    ResidualLattice lattice =
        new ResidualLattice(
            shape,
            scheme,
            new Activation.Tanh(),
            samples(batch, width, CounterRandom.key(seed, 1)),
            samples(batch, width, CounterRandom.key(seed, 2)));
    FieldState state =
        new FieldState(
            shape,
            new InitialField.Smooth(CounterRandom.key(seed, 3), 3).sample(shape, scheme),
            new InitialField.Smooth(CounterRandom.key(seed, 4), 3).sample(shape, scheme));
    double friction = 0.7 + 0.1 * (seed % 5);
    return new LatticeCase(lattice, new DepthField(lattice, friction), state, friction);
  }

  static double[][] samples(int batch, int width, long key) {
    double[][] samples = new double[batch][width];
    for (int a = 0; a < batch; a++) {
      for (int i = 0; i < width; i++) {
        samples[a][i] = CounterRandom.gaussian(key, (long) a * width + i);
      }
    }
    return samples;
  }

  static DepthScheme[] schemes() {
    return new DepthScheme[] {new DepthScheme.Euler(), new DepthScheme.Midpoint()};
  }
}
