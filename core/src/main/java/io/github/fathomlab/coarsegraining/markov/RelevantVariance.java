package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.instrument.Status;
import java.util.Arrays;

/**
 * How much of a layer's variance over masked contexts lies in the directions that the optimum
 * depends on, and how much elsewhere.
 *
 * <pre>
 *   A_ck = √q_c (h_ck - Σ_c' q_c' h_c'k),   relevant = ||uᵀ A||²,   other = ||A||² - relevant
 * </pre>
 *
 * <p>Symbols: h_c the layer's state for context c, q_c weights (Σ q = 1), u the basis of {@link
 * RelevantSubspace}. Source: rank-collapse specification, section 6; Fathom's. Validity: linear: a
 * nonlinear function of what is relevant counts as other. Status that of the subspace, NOT_FINITE
 * for a state that is not, TOO_FEW_SAMPLES for fewer than two contexts; then both are NaN. Cost:
 * O(n d r).
 */
record RelevantVariance(double relevant, double other, Status status) {

  /**
   * The variances of one layer.
   *
   * @param state feature-major, all contexts
   * @param weights of all contexts, 0 for those that are not masked
   */
  static RelevantVariance of(RelevantSubspace subspace, double[] state, double[] weights) {
    int[] kept = kept(weights);
    if (subspace.status() != Status.OK) {
      return none(subspace.status());
    }
    if (kept.length < 2) {
      return none(Status.TOO_FEW_SAMPLES);
    }
    double total = 0;
    for (int c : kept) {
      total += weights[c];
    }
    int n = weights.length;
    int rank = subspace.singularValues().length;
    double[] a = new double[kept.length];
    double relevant = 0;
    double all = 0;
    for (int k = 0; k < state.length / n; k++) {
      double mean = 0;
      for (int c : kept) {
        mean += weights[c] / total * state[k * n + c];
      }
      for (int i = 0; i < kept.length; i++) {
        a[i] = Math.sqrt(weights[kept[i]] / total) * (state[k * n + kept[i]] - mean);
        all += a[i] * a[i];
      }
      for (int j = 0; j < rank; j++) {
        double along = 0;
        for (int i = 0; i < kept.length; i++) {
          along += subspace.basis()[i * rank + j] * a[i];
        }
        relevant += along * along;
      }
    }
    return Double.isFinite(all)
        ? new RelevantVariance(relevant, Math.max(0, all - relevant), Status.OK)
        : none(Status.NOT_FINITE);
  }

  private static RelevantVariance none(Status status) {
    return new RelevantVariance(Double.NaN, Double.NaN, status);
  }

  private static int[] kept(double[] weights) {
    int[] kept = new int[weights.length];
    int n = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        kept[n++] = i;
      }
    }
    return Arrays.copyOf(kept, n);
  }
}
