package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.coarsegraining.SpectralRanks;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Lapack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The directions in the space of contexts that the optimum of a masked-token task depends on, and
 * how many there are.
 *
 * <pre>
 *   ell_ck = ln p(k | c) - (1/V) Σ_k' ln p(k' | c)
 *   A_ck   = √q_c (ell_ck - Σ_c' q_c' ell_c'k),   singular values s_1 ≥ s_2 ≥ ...
 *   task rank = exp(-Σ_i p_i ln p_i),   p_i = s_i / Σ_j s_j
 * </pre>
 *
 * <p>Symbols: c the contexts with a mask in the middle, q_c their weights (Σ q = 1), p(k | c) the
 * posterior of the V states. The basis has the left singular vectors of A to its non-zero singular
 * values: what a layer's weighted centred states have in its span is the relevant part.
 *
 * <p>Source: rank-collapse specification, sections 3.2 and 6; Fathom's, not the paper's. Validity:
 * status OK. NOT_FINITE when a context excludes a state, whose log-posterior is minus infinity.
 * When the log-posterior varies by less than 1e-13 nats no context tells anything: rank 0, no
 * basis. Cost: O(n V²) for n contexts.
 *
 * @param status OK or NOT_FINITE, and then ranks are 0 and arrays empty
 * @param rank the task rank
 * @param participation (Σ s²)² / Σ s⁴
 * @param singularValues s_i above 1e-12 s_1, descending
 * @param contexts n
 * @param basis orthonormal columns (n x number of singular values), row-major; rows as in {@link
 *     WeightedContexts#masked}
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
public record RelevantSubspace(
    Status status,
    double rank,
    double participation,
    double[] singularValues,
    int contexts,
    double[] basis) {
  private static final double ROUNDING = 1e-13;
  private static final double RANK_TOLERANCE = 1e-12;

  /** The relevant subspace of a task. */
  public static RelevantSubspace of(WindowTask task) {
    List<double[]> posteriors = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int l = 0; l < task.sights(); l++) {
      for (int r = 0; r < task.sights(); r++) {
        double weight = task.weight(l, r);
        if (weight > 0) {
          posteriors.add(task.posterior(l, r));
          weights.add(weight);
        }
      }
    }
    return of(posteriors, weights.stream().mapToDouble(weight -> weight).toArray());
  }

  /**
   * The relevant subspace of some contexts.
   *
   * @param posteriors p(k | c) of the V states
   * @param weights q_c, positive, of any sum
   */
  static RelevantSubspace of(List<double[]> posteriors, double[] weights) {
    int n = weights.length;
    int v = posteriors.getFirst().length;
    double total = Arrays.stream(weights).sum();
    double[] a = new double[n * v];
    double[] q = new double[n];
    for (int c = 0; c < n; c++) {
      if (!fillLogPosterior(posteriors.get(c), a, c * v)) {
        return none(Status.NOT_FINITE, n);
      }
      q[c] = weights[c] / total;
    }
    double norm = centreAndWeigh(a, q, n, v);
    return norm > ROUNDING ? decompose(a, n, v) : none(Status.OK, n);
  }

  private static RelevantSubspace none(Status status, int contexts) {
    return new RelevantSubspace(status, 0, 0, new double[0], contexts, new double[0]);
  }

  private static boolean fillLogPosterior(double[] posterior, double[] a, int from) {
    double mean = 0;
    for (int k = 0; k < posterior.length; k++) {
      if (posterior[k] == 0) {
        return false;
      }
      a[from + k] = StrictMath.log(posterior[k]);
      mean += a[from + k] / posterior.length;
    }
    for (int k = 0; k < posterior.length; k++) {
      a[from + k] -= mean;
    }
    return true;
  }

  /** Turns ell into A and returns its Frobenius norm. */
  private static double centreAndWeigh(double[] a, double[] q, int n, int v) {
    double squares = 0;
    for (int k = 0; k < v; k++) {
      double mean = 0;
      for (int c = 0; c < n; c++) {
        mean += q[c] * a[c * v + k];
      }
      for (int c = 0; c < n; c++) {
        a[c * v + k] = Math.sqrt(q[c]) * (a[c * v + k] - mean);
        squares += a[c * v + k] * a[c * v + k];
      }
    }
    return Math.sqrt(squares);
  }

  private static RelevantSubspace decompose(double[] a, int n, int v) {
    Lapack.Svd svd = Lapack.thinSvd(a, n, v);
    int columns = svd.values().length;
    int kept = 0;
    while (kept < columns && svd.values()[kept] > RANK_TOLERANCE * svd.values()[0]) {
      kept++;
    }
    double[] basis = new double[n * kept];
    for (int c = 0; c < n; c++) {
      System.arraycopy(svd.left(), c * columns, basis, c * kept, kept);
    }
    SpectralRanks ranks = SpectralRanks.of(svd.values());
    return new RelevantSubspace(
        Status.OK,
        ranks.effective(),
        ranks.participation(),
        Arrays.copyOf(svd.values(), kept),
        n,
        basis);
  }
}
