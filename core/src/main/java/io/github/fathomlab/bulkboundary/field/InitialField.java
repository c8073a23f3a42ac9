package io.github.fathomlab.bulkboundary.field;

import io.github.fathomlab.kernels.CounterRandom;

/** Fields that start a lattice; every random entry has mean 0 and variance 1. */
public sealed interface InitialField {

  /**
   * Smooth functions of x, f(x) = a_0 + Σ_{k=1..modes} (a_k cos πkx + b_k sin πkx) with deviations
   * of a_k, b_k proportional to 1/(1+k²): every depth samples the same field.
   */
  record Smooth(long seed, int modes) implements InitialField {

    private double value(int entry, double x) {
      long key = CounterRandom.key(seed, entry);
      double sum = CounterRandom.gaussian(key, 0);
      double variance = 1;
      for (int k = 1; k <= modes; k++) {
        double deviation = 1.0 / (1 + k * k);
        double angle = Math.PI * k * x;
        sum += deviation * CounterRandom.gaussian(key, 2 * k) * StrictMath.cos(angle);
        sum += deviation * CounterRandom.gaussian(key, 2 * k + 1) * StrictMath.sin(angle);
        variance += deviation * deviation;
      }
      return sum / StrictMath.sqrt(variance);
    }
  }

  /** Independent normal numbers at every site, the usual initialisation: no field in the limit. */
  record Rough(long seed) implements InitialField {}

  /** Zero everywhere: the local mean of the rough field. */
  record Zero() implements InitialField {}

  /** The field on a lattice, at x = (m + c)/M. */
  default double[] sample(FieldShape shape, DepthScheme scheme) {
    double[] field = new double[shape.length()];
    int block = shape.block();
    for (int entry = 0; entry < block; entry++) {
      for (int m = 0; m < shape.sites(); m++) {
        field[m * block + entry] =
            switch (this) {
              case Smooth smooth -> smooth.value(entry, (m + scheme.weight()) / shape.sites());
              case Zero _ -> 0;
              case Rough rough ->
                  CounterRandom.gaussian(
                      CounterRandom.key(rough.seed(), shape.sites()), m * block + entry);
            };
      }
    }
    return field;
  }
}
