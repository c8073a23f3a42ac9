package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.CouplingEstimate;

/**
 * The coupling and field of a ring that make each spin most likely given its two neighbours.
 *
 * <pre>
 *   maximise Σ_i ln P(s_i | n_i),   P(s | n) = 1/(1 + exp(-2 s (h + K n))),   n_i = s_(i-1) + s_(i+1)
 * </pre>
 *
 * <p>Symbols: K coupling, h field. Source: textbook pseudo-likelihood, by Newton steps on its
 * concave function of two numbers; errors from its curvature, which takes the spins as independent.
 * Validity: a ring of at least 3 sites on which the neighbours do not tell every spin; otherwise
 * there is no value, and the reason. Cost: O(sites).
 */
public final class PseudoLikelihood {
  private static final int MOST_STEPS = 60;
  private static final double TOLERANCE = 1e-14;

  private PseudoLikelihood() {}

  /**
   * The estimate.
   *
   * @throws IllegalArgumentException when a spin is not ±1
   */
  public static TransitionCounts.Estimate ring(byte[] spins) {
    Spins.check(spins);
    if (spins.length < 3) {
      return none(
          Status.TOO_FEW_SAMPLES,
          "a pseudo-likelihood needs a ring of at least 3 sites, found " + spins.length);
    }
    // [neighbours -2, 0, 2] x [spin down, up]
    long[][] counts = counts(spins);
    if (separable(counts)) {
      return none(
          Status.TOO_FEW_SAMPLES,
          "the sum of the neighbours tells every spin, so no finite coupling and field are most likely; use more than these %d sites"
              .formatted(spins.length));
    }
    return newton(counts);
  }

  private static TransitionCounts.Estimate none(Status status, String reason) {
    CouplingEstimate none = CouplingEstimate.none(status, reason);
    return new TransitionCounts.Estimate(none, none);
  }

  private static long[][] counts(byte[] spins) {
    int sites = spins.length;
    long[] flat = new long[8];
    int pattern = (spins[sites - 1] > 0 ? 2 : 0) | (spins[0] > 0 ? 1 : 0);
    for (int i = 1; i <= sites; i++) {
      pattern = (pattern << 1 | (spins[i == sites ? 0 : i] > 0 ? 1 : 0)) & 7;
      flat[pattern]++;
    }
    return new long[][] {
      {flat[0], flat[2]}, {flat[1] + flat[4], flat[3] + flat[6]}, {flat[5], flat[7]}
    };
  }

  /** Whether spins above some sum of neighbours are all equal and those below all opposite. */
  private static boolean separable(long[][] counts) {
    return first(counts, 1) >= last(counts, 0) || first(counts, 0) >= last(counts, 1);
  }

  private static int first(long[][] counts, int spin) {
    int kind = 0;
    while (kind < 3 && counts[kind][spin] == 0) {
      kind++;
    }
    return kind;
  }

  private static int last(long[][] counts, int spin) {
    int kind = 2;
    while (kind >= 0 && counts[kind][spin] == 0) {
      kind--;
    }
    return kind;
  }

  private static TransitionCounts.Estimate newton(long[][] counts) {
    // Beside equal neighbours alone the maximum is in closed form and a good place to begin.
    double low = StrictMath.log((counts[0][1] + 0.5) / (counts[0][0] + 0.5)) / 2;
    double high = StrictMath.log((counts[2][1] + 0.5) / (counts[2][0] + 0.5)) / 2;
    double coupling = (high - low) / 4;
    double field = (high + low) / 2;
    for (int step = 0; step < MOST_STEPS; step++) {
      double gradientK = 0;
      double gradientH = 0;
      double curveKK = 0;
      double curveKH = 0;
      double curveHH = 0;
      for (int kind = 0; kind < 3; kind++) {
        int n = 2 * kind - 2;
        double all = counts[kind][0] + counts[kind][1];
        double mean = StrictMath.tanh(field + coupling * n);
        double rest = counts[kind][1] - counts[kind][0] - all * mean;
        double curve = all * (1 - mean * mean);
        gradientK += n * rest;
        gradientH += rest;
        curveKK += n * n * curve;
        curveKH += n * curve;
        curveHH += curve;
      }
      double determinant = curveKK * curveHH - curveKH * curveKH;
      double moveK = (curveHH * gradientK - curveKH * gradientH) / determinant;
      double moveH = (curveKK * gradientH - curveKH * gradientK) / determinant;
      coupling += moveK;
      field += moveH;
      if (Math.abs(moveK) + Math.abs(moveH)
          <= TOLERANCE * (1 + Math.abs(coupling) + Math.abs(field))) {
        return new TransitionCounts.Estimate(
            CouplingEstimate.measured(coupling, StrictMath.sqrt(curveHH / determinant)),
            CouplingEstimate.measured(field, StrictMath.sqrt(curveKK / determinant)));
      }
    }
    return none(
        Status.NOT_CONVERGED, "the pseudo-likelihood still moved after " + MOST_STEPS + " steps");
  }
}
