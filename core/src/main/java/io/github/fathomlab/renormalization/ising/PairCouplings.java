package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.CouplingEstimate;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The couplings between all pairs of n spins that make each spin most likely given all others, and
 * one number for their size.
 *
 * <pre>
 *   P(s_i | rest) = 1/(1 + exp(-2 s_i (h_i + Σ_j J_ij s_j))),   J := (J + Jᵀ)/2
 *   K_rms = √(Σ_(i≠j) J_ij² / (n min(2, n-1)))
 *   error² = Σ_samples ψ²/N²,   ψ = Σ_i v_i·(s_i - tanh m_i) x_i,   v_i = C_i⁻¹ ∂K/∂J_i
 * </pre>
 *
 * <p>Symbols: h_i fields, J_ij couplings in units of the temperature, m_i the field that spin i
 * feels, x_i the other spins, C_i curvature of spin i's mean logarithm. K_rms is K for a ring and K
 * √(1 - 1/n) for an open chain, whatever the order and the signs of the spins. Source: textbook
 * pseudo-likelihood, a ridge of {@value #RIDGE} per sample; the number for the size is our own.
 *
 * <p>Validity: 2 to {@value SpinPatterns#MOST_SPINS} spins, none of them constant, independent
 * samples (the error takes them so), at least {@value #SAMPLES_PER_SPIN} per spin. Without
 * couplings K_rms is not 0 but about √((n-1)/(min(2, n-1) N)). Where the other spins tell one, only
 * the ridge holds its couplings: when a tenth of the ridge changes K_rms by more than {@value
 * #LARGEST_SHIFT}, the number is a bound with status ZERO_VARIANCE. Cost: O(patterns n³) for some
 * ten steps, patterns being the distinct ones.
 *
 * @param fields h_i [n]; empty when there is no estimate
 * @param couplings J_ij [n x n], symmetric with zeros on its diagonal; empty when there is no
 *     estimate
 * @param strength K_rms
 */
public record PairCouplings(double[] fields, double[] couplings, CouplingEstimate strength) {
  private static final double RIDGE = 1e-4;
  private static final int SAMPLES_PER_SPIN = 10;
  private static final double LARGEST_SHIFT = 0.05;

  /**
   * The estimate.
   *
   * @param spins [n x N], all samples of a spin side by side; each 1 or -1
   * @param count n
   * @throws IllegalArgumentException when they are not n times as many samples or one is not ±1
   */
  public static PairCouplings of(byte[] spins, int count) {
    if (count < 1 || spins.length % count != 0) {
      throw new IllegalArgumentException(
          "samples of %d spins cannot be cut from %d values".formatted(count, spins.length));
    }
    Spins.check(spins);
    int samples = spins.length / count;
    if (count < 2 || count > SpinPatterns.MOST_SPINS) {
      return none(
          Status.NOT_APPLICABLE,
          "pairs are coupled among 2 to %d spins, found %d"
              .formatted(SpinPatterns.MOST_SPINS, count));
    }
    if (samples < SAMPLES_PER_SPIN * count) {
      return none(
          Status.TOO_FEW_SAMPLES,
          "the couplings of %d spins need at least %d samples, found %d"
              .formatted(count, SAMPLES_PER_SPIN * count, samples));
    }
    for (int i = 0; i < count; i++) {
      if (constant(spins, i * samples, samples)) {
        return none(
            Status.ZERO_VARIANCE,
            "spin %d is the same in all %d samples, so it has no couplings; leave it out"
                .formatted(i, samples));
      }
    }
    return of(SpinPatterns.of(spins, count));
  }

  private static PairCouplings none(Status status, String reason) {
    return new PairCouplings(new double[0], new double[0], CouplingEstimate.none(status, reason));
  }

  private static boolean constant(byte[] spins, int from, int samples) {
    int k = 1;
    while (k < samples && spins[from + k] == spins[from]) {
      k++;
    }
    return k == samples;
  }

  private static PairCouplings of(SpinPatterns patterns) {
    int n = patterns.spins();
    SiteRegression[] sites = climb(patterns, RIDGE, new double[n][n]);
    PairCouplings fit = symmetrised(patterns, sites);
    CouplingEstimate strength = fit.strength;
    if (strength.status() != Status.OK) {
      return fit;
    }
    double[][] found = new double[n][];
    Arrays.setAll(found, i -> sites[i].coefficients());
    double looser = symmetrised(patterns, climb(patterns, RIDGE / 10, found)).strength.value();
    if (Math.abs(looser - strength.value()) <= LARGEST_SHIFT * strength.value()) {
      return fit;
    }
    CouplingEstimate bound =
        CouplingEstimate.bound(
            strength.value(),
            strength.error(),
            Status.ZERO_VARIANCE,
            "the other spins tell some spin, so its couplings are held by the ridge alone: a tenth of it turns %.3g into %.3g"
                .formatted(strength.value(), looser));
    return new PairCouplings(fit.fields, fit.couplings, bound);
  }

  private static SiteRegression[] climb(SpinPatterns patterns, double ridge, double[][] starts) {
    SiteRegression[] sites = new SiteRegression[starts.length];
    Arrays.setAll(sites, i -> SiteRegression.of(patterns, i, ridge, starts[i]));
    return sites;
  }

  /** The estimate with a given ridge. */
  static PairCouplings fit(SpinPatterns patterns, double ridge) {
    int n = patterns.spins();
    return symmetrised(patterns, climb(patterns, ridge, new double[n][n]));
  }

  private static PairCouplings symmetrised(SpinPatterns patterns, SiteRegression[] sites) {
    int n = sites.length;
    double[] fields = new double[n];
    double[] couplings = new double[n * n];
    for (int i = 0; i < n; i++) {
      if (!sites[i].converged()) {
        return none(
            Status.NOT_CONVERGED,
            "the pseudo-likelihood of spin %d still grew when its steps ended".formatted(i));
      }
      double[] found = sites[i].coefficients();
      for (int j = 0; j < n; j++) {
        couplings[i * n + j] += found[j] / 2;
        couplings[j * n + i] += found[j] / 2;
      }
      fields[i] = found[i];
      couplings[i * n + i] = 0;
    }
    double squares = 0;
    for (double coupling : couplings) {
      squares += coupling * coupling;
    }
    double pairs = n * Math.min(2, n - 1);
    double size = StrictMath.sqrt(squares / pairs);
    double error = error(patterns, sites, couplings, pairs * size);
    return new PairCouplings(fields, couplings, CouplingEstimate.measured(size, error));
  }

  /**
   * The spread of K_rms over samples.
   *
   * @param scale ∂K/∂J_ij = J_ij/scale
   */
  private static double error(
      SpinPatterns patterns, SiteRegression[] sites, double[] couplings, double scale) {
    int n = sites.length;
    IntToDoubleFunction[] scores = new IntToDoubleFunction[n];
    for (int i = 0; i < n; i++) {
      double[] slope = new double[n];
      for (int j = 0; j < n; j++) {
        slope[j] = couplings[i * n + j] / scale;
      }
      scores[i] = sites[i].score(sites[i].solve(slope));
    }
    double squares = 0;
    for (int r = 0; r < patterns.distinct(); r++) {
      double influence = 0;
      for (IntToDoubleFunction score : scores) {
        influence += score.applyAsDouble(r);
      }
      squares += patterns.counts()[r] * influence * influence;
    }
    return StrictMath.sqrt(squares) / patterns.samples();
  }
}
