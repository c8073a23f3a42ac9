package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.CouplingEstimate;
import io.github.fathomlab.renormalization.ising.PairCouplings;
import java.util.Arrays;

/**
 * The literal reading of a layer as a system of spins: every unit is a spin, up where its value
 * exceeds the unit's median, and the coupling is that of all pairs of units.
 *
 * <pre>
 *   s_ik = +1 where x_ik &gt; median_k x_ik, otherwise -1;   K_units = K_rms of {@link PairCouplings}
 * </pre>
 *
 * <p>Symbols: x_ik value of unit i on configuration k. A unit with two values only, such as a spin,
 * is cut midway between them: its median is one of the two and would split ties. Where no value
 * exceeds the median, up is what reaches it.
 *
 * <p>Source: our own reading; arXiv:2212.00005 speaks of the coupling of a network's output and
 * what it means by that could not be seen. Validity: independent configurations, and what {@link
 * PairCouplings} asks. A unit that does not vary has no spin: status ZERO_VARIANCE. Cost: O(n N log
 * N) for the medians, and the fit.
 */
public final class UnitsAsSpins {
  private UnitsAsSpins() {}

  /**
   * K_units.
   *
   * @param activations [n x N] row-major, all configurations of a unit side by side
   * @param units n
   * @throws IllegalArgumentException when the values do not fill whole rows
   */
  public static CouplingEstimate of(double[] activations, int units) {
    if (units < 1 || activations.length == 0 || activations.length % units != 0) {
      throw new IllegalArgumentException(
          "rows of %d units cannot be cut from %d values".formatted(units, activations.length));
    }
    int samples = activations.length / units;
    byte[] spins = new byte[activations.length];
    for (int i = 0; i < units; i++) {
      double[] sorted = Arrays.copyOfRange(activations, i * samples, (i + 1) * samples);
      Arrays.sort(sorted);
      double least = sorted[0];
      double largest = sorted[samples - 1];
      if (!Double.isFinite(least) || !Double.isFinite(largest)) {
        return CouplingEstimate.none(
            Status.NOT_FINITE, "unit %d contains NaN or infinity".formatted(i));
      }
      if (least == largest) {
        return CouplingEstimate.none(
            Status.ZERO_VARIANCE,
            "unit %d is %s on all %d configurations, so it is no spin"
                .formatted(i, least, samples));
      }
      double threshold = threshold(sorted);
      for (int k = i * samples; k < (i + 1) * samples; k++) {
        spins[k] = (byte) (activations[k] > threshold ? 1 : -1);
      }
    }
    return PairCouplings.of(spins, units).strength();
  }

  /** The value above which a unit is up; at least one value lies above it and one does not. */
  private static double threshold(double[] sorted) {
    int samples = sorted.length;
    double least = sorted[0];
    double largest = sorted[samples - 1];
    int second = 0;
    while (sorted[second] == least) {
      second++;
    }
    if (sorted[second] == largest) {
      return least + 0.5 * (largest - least);
    }
    double low = sorted[(samples - 1) / 2];
    double median = low + 0.5 * (sorted[samples / 2] - low);
    return median < largest ? median : Math.nextDown(median);
  }
}
