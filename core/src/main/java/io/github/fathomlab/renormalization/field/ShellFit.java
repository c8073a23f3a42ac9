package io.github.fathomlab.renormalization.field;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.field.Estimate.Known;
import io.github.fathomlab.renormalization.field.Estimate.Unknown;

/**
 * Mass and stiffness of a Gaussian field, read from the variances of a few modes.
 *
 * <p>Formula: 1/λ_k = r + c (2 - 2 cos θ_k) by least squares over the given modes; g = c/r, and
 * g/b² after a momentum shell of b.
 *
 * <p>Symbols: λ_k variance of mode k, θ_k its momentum. Source: the spectrum of the Gaussian chain;
 * exact modes return g = φ/(1 - φ)² exactly. Validity: 2 or more modes of different momentum. Cost:
 * O(modes). Returned when it does not apply: a status and a sentence, for a mode without variance
 * and a fit without mass.
 *
 * @param mass r
 * @param stiffness c
 */
public record ShellFit(double mass, double stiffness) {

  /** g = c/r. */
  public double ratio() {
    return stiffness / mass;
  }

  /**
   * The fit over some modes.
   *
   * @param momenta θ_k
   * @param variances λ_k of the same modes
   */
  public static Estimate<ShellFit> of(double[] momenta, double[] variances) {
    int modes = variances.length;
    if (modes < 2 || momenta.length != modes) {
      throw new IllegalArgumentException(
          "mass and stiffness need the momenta and variances of the same 2 or more modes, found %d and %d"
              .formatted(momenta.length, modes));
    }
    double meanX = 0;
    double meanY = 0;
    for (int k = 0; k < modes; k++) {
      if (!(variances[k] > 0)) {
        return new Unknown<>(
            Status.ZERO_VARIANCE,
            "mode %d has the variance %s, so its inverse does not exist"
                .formatted(k + 1, variances[k]));
      }
      meanX += lattice(momenta[k]) / modes;
      meanY += 1 / variances[k] / modes;
    }
    double xx = 0;
    double xy = 0;
    for (int k = 0; k < modes; k++) {
      double x = lattice(momenta[k]) - meanX;
      xx += x * x;
      xy += x * (1 / variances[k] - meanY);
    }
    double stiffness = xy / xx;
    double mass = meanY - stiffness * meanX;
    if (!(mass > 0)) {
      return new Unknown<>(
          Status.NOT_APPLICABLE,
          "the inverse variances of the modes extrapolate to a mass of %s, so g does not exist"
              .formatted(mass));
    }
    return new Known<>(new ShellFit(mass, stiffness));
  }

  /** 2 - 2 cos θ. */
  private static double lattice(double momentum) {
    double half = Math.sin(momentum / 2);
    return 4 * half * half;
  }
}
