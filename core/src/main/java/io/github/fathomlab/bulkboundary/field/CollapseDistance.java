package io.github.fathomlab.bulkboundary.field;

import java.util.Arrays;

/**
 * How far a lattice is from the field that another lattice stands for, each relative to the
 * reference.
 *
 * @param energy root mean square over the sites of e(x) - e_ref(x), over that of e_ref
 * @param current the same for J over the cuts
 * @param loss |ℓ - ℓ_ref| / ℓ_ref
 * @param output |z(1) - z_ref(1)| / |z_ref(1)|
 */
public record CollapseDistance(double energy, double current, double loss, double output) {

  /** Compares two lattices at places that belong to the first. */
  public static CollapseDistance between(DepthProfile lattice, DepthProfile reference) {
    double[] energy = lattice.observation().energy();
    double[] current = lattice.observation().current();
    double[] energyReference = new double[energy.length];
    double[] currentReference = new double[current.length];
    for (int m = 0; m < current.length; m++) {
      currentReference[m] = reference.current((double) m / energy.length);
      if (m < energy.length) {
        double x = (m + lattice.scheme().weight()) / energy.length;
        energyReference[m] = reference.energy(x);
      }
    }
    double loss = reference.observation().loss();
    return new CollapseDistance(
        relative(energy, energyReference),
        relative(current, currentReference),
        Math.abs(lattice.observation().loss() - loss) / loss,
        relative(flat(lattice.observation().output()), flat(reference.observation().output())));
  }

  private static double relative(double[] values, double[] reference) {
    double difference = 0;
    double size = 0;
    for (int k = 0; k < values.length; k++) {
      difference += (values[k] - reference[k]) * (values[k] - reference[k]);
      size += reference[k] * reference[k];
    }
    return Math.sqrt(difference / size);
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
