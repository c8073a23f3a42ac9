package io.github.fathomlab.bulkboundary.lagrangian;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.List;

/**
 * A point in the phase space of a chain, with the data that act on it.
 *
 * @param parameters θ_m = (W_m, b_m)
 * @param velocity dθ_m/dt
 */
public record ChainState(
    Chain chain, List<LayerVector> parameters, List<LayerVector> velocity, ChainData data) {

  public ChainState {
    parameters = List.copyOf(parameters);
    velocity = List.copyOf(velocity);
    for (int m = 0; m < chain.depth(); m++) {
      int rows = chain.widths().get(m + 1);
      int columns = chain.widths().get(m);
      for (List<LayerVector> vector : List.of(parameters, velocity)) {
        if (vector.size() != chain.depth()
            || vector.get(m).w().length != rows
            || vector.get(m).w()[0].length != columns) {
          throw new IllegalArgumentException(
              "parameters and velocity must have %d layers, layer %d with %d x %d weights"
                  .formatted(chain.depth(), m, rows, columns));
        }
      }
    }
    for (int a = 0; a < data.batch(); a++) {
      if (data.inputs()[a].length != chain.widths().getFirst()
          || data.targets()[a].length != chain.widths().getLast()) {
        throw new IllegalArgumentException(
            "sample %d must have %d inputs and %d targets, found %d and %d"
                .formatted(
                    a,
                    chain.widths().getFirst(),
                    chain.widths().getLast(),
                    data.inputs()[a].length,
                    data.targets()[a].length));
      }
    }
  }

  /**
   * A generic point: weights normal with variance 1/n_m, biases, inputs, targets and velocities
   * normal with standard deviation 0.3, 1, 1 and 0.4; for cross entropy the targets are class 0, 1,
   * ... in turn. Data at rest.
   */
  public static ChainState random(Chain chain, int batch, long seed) {
    int count = chain.parameterCount();
    List<LayerVector> parameters = chain.unpack(gaussian(count, 1, CounterRandom.key(seed, 0)), 0);
    List<LayerVector> scaled =
        parameters.stream()
            .map(layer ->
                new LayerVector(
                    SmallMatrices.scaled(1 / Math.sqrt(layer.w()[0].length), layer.w()),
                    SmallMatrices.scaled(0.3, layer.b())))
            .toList();
    List<LayerVector> velocity = chain.unpack(gaussian(count, 0.4, CounterRandom.key(seed, 1)), 0);
    double[][] inputs = new double[batch][];
    double[][] targets = new double[batch][];
    for (int a = 0; a < batch; a++) {
      inputs[a] = gaussian(chain.widths().getFirst(), 1, CounterRandom.key(seed, 2, a));
      targets[a] = gaussian(chain.widths().getLast(), 1, CounterRandom.key(seed, 3, a));
      if (chain.loss() == OutputLoss.CROSS_ENTROPY) {
        targets[a] = new double[targets[a].length];
        targets[a][a % targets[a].length] = 1;
      }
    }
    return new ChainState(chain, scaled, velocity, ChainData.fixed(inputs, targets));
  }

  /** The same point with other data: a switch of the sample or the batch. */
  public ChainState withData(ChainData other) {
    return new ChainState(chain, parameters, velocity, other);
  }

  /** The same parameters with another velocity. */
  public ChainState withVelocity(List<LayerVector> other) {
    return new ChainState(chain, parameters, other, data);
  }

  /** The same parameters moving along -c ∂ℓ/∂θ, as after a gradient step of length c. */
  public ChainState descending(double c) {
    return withVelocity(
        new Instant(this, 1).gradient().stream().map(layer -> layer.times(-c)).toList());
  }

  private static double[] gaussian(int count, double deviation, long key) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * CounterRandom.gaussian(key, i);
    }
    return values;
  }
}
