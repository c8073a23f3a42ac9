package io.github.fathomlab.renormalization.field;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.field.Estimate.Known;
import io.github.fathomlab.renormalization.field.Estimate.Unknown;

/**
 * A Gaussian chain of mean zero fitted to one window by maximum likelihood.
 *
 * <pre>
 *   given the first site   φ = Σ x_i x_(i+1) / Σ_(i&lt;n) x_i²,  σ_e² = mean squared residual
 *   exact                  φ minimises n ln RSS(φ) - ln(1 - φ²),  σ_e² = RSS(φ)/n
 *                          RSS(φ) = (1 - φ²) x_1² + Σ (x_(i+1) - φ x_i)²
 *   errors                 se(φ) = sqrt((1 - φ²)/n),  se(σ_e²) = σ_e² sqrt(2/n)
 * </pre>
 *
 * <p>Symbols: n sites. Source: the likelihood of the autoregressive process of order 1; the errors
 * are those of its information at large n. Validity: a window of mean zero; the conditional fit
 * needs 3 sites, the exact one 2. Cost: O(n). Returned when it does not apply: a status and a
 * sentence, for a window that is too short, one without innovations (constant, alternating or zero)
 * and a conditional estimate that is not stationary.
 *
 * @param chain the fitted chain
 * @param phiError standard error of φ
 * @param innovationError standard error of σ_e²
 */
public record GaussianFit(GaussianChain chain, double phiError, double innovationError) {

  /** Residuals below this share of the signal are rounding. */
  private static final double ROUNDING = 1e-14;

  /** The fit given the first site. */
  public static Estimate<GaussianFit> conditional(double[] window) {
    Sums sums = Sums.of(window);
    if (window.length < 3) {
      return tooShort(window, 3);
    }
    double before = sums.all - sums.last;
    double after = sums.all - sums.first;
    double phi = before > 0 ? sums.products / before : 0;
    double residuals = after - 2 * phi * sums.products + phi * phi * before;
    if (residuals <= ROUNDING * sums.all) {
      return noInnovations();
    }
    if (Math.abs(phi) >= 1) {
      return new Unknown<>(
          Status.NOT_APPLICABLE,
          "given its first site the window asks for phi = %s, which no stationary chain has; use the exact fit"
              .formatted(phi));
    }
    return fitted(phi, residuals / (window.length - 1), window.length);
  }

  /** The fit by the likelihood of the whole window. */
  public static Estimate<GaussianFit> exact(double[] window) {
    Sums sums = Sums.of(window);
    if (window.length < 2) {
      return tooShort(window, 2);
    }
    double inner = sums.all - sums.first - sums.last;
    double turning = Math.min(sums.residualsAt(1), sums.residualsAt(-1));
    if (turning <= ROUNDING * sums.all) {
      return noInnovations();
    }
    double phi = stationaryRoot(sums.all, sums.products, inner, window.length);
    return fitted(phi, sums.residualsAt(phi) / window.length, window.length);
  }

  /**
   * The zero of n (C φ - B)(1 - φ²) + φ RSS(φ), the slope of the profile likelihood cleared of its
   * denominators: a cubic that falls at infinity, is negative at -1 and positive at 1, and so has
   * exactly one zero in between.
   */
  private static double stationaryRoot(double all, double products, double inner, int n) {
    double low = -1;
    double high = 1;
    while (true) {
      double phi = (low + high) / 2;
      if (phi == low || phi == high) {
        return phi;
      }
      double residuals = all - 2 * products * phi + inner * phi * phi;
      double slope = n * (inner * phi - products) * (1 - phi) * (1 + phi) + phi * residuals;
      if (slope == 0) {
        return phi;
      }
      if (slope < 0) {
        low = phi;
      } else {
        high = phi;
      }
    }
  }

  private static Estimate<GaussianFit> fitted(double phi, double innovation, int n) {
    double share = (1 - phi) * (1 + phi);
    GaussianChain chain = new GaussianChain(phi, innovation / share);
    return new Known<>(
        new GaussianFit(chain, Math.sqrt(share / n), innovation * Math.sqrt(2.0 / n)));
  }

  private static Estimate<GaussianFit> tooShort(double[] window, int needed) {
    return new Unknown<>(
        Status.TOO_FEW_SAMPLES,
        "the fit of a Gaussian chain needs at least %d sites, found %d"
            .formatted(needed, window.length));
  }

  private static Estimate<GaussianFit> noInnovations() {
    return new Unknown<>(
        Status.ZERO_VARIANCE,
        "every site of the window follows from the one before it, so there is no noise to fit");
  }

  /** Sufficient statistics: Σ x², Σ x_i x_(i+1) and the squares of both ends. */
  private record Sums(double all, double products, double first, double last) {

    static Sums of(double[] window) {
      double all = 0;
      double products = 0;
      for (int i = 0; i < window.length; i++) {
        all += window[i] * window[i];
        products += i > 0 ? window[i - 1] * window[i] : 0;
      }
      if (!Double.isFinite(all)) {
        throw new IllegalArgumentException(
            "expected a window of finite numbers, found a sum of squares of " + all);
      }
      double first = window.length > 0 ? window[0] * window[0] : 0;
      double last = window.length > 0 ? window[window.length - 1] * window[window.length - 1] : 0;
      return new Sums(all, products, first, last);
    }

    double residualsAt(double phi) {
      return all - 2 * products * phi + (all - first - last) * phi * phi;
    }
  }
}
