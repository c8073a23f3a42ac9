package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.instrument.Status;
import java.util.Arrays;

/**
 * Whether the change over depth happens at one or two transitions and stands still at the others.
 *
 * <pre>
 *   top1, top2  = share of the largest one and two of D_1..D_L in their sum
 *   gini        = Σ_i (2 i - L - 1) D_(i) / (L Σ D),  D_(1) ≤ ... ≤ D_(L)
 *   effective   = (Σ D)² / Σ D²
 *   plateau     = share of transitions with D ≤ 0.1 max D;  longest = the longest run of such
 *   chance      = P(top1 ≥ the one found | null) = Σ_j (-1)^(j+1) C(L,j) max(0, 1 - j top1)^(L-1)
 * </pre>
 *
 * <p>Symbols: D_l ≥ 0 the drift of transition l, L their number. Shares lie in [1/L, 1] and [2/L,
 * 1].
 *
 * <p>Source: top1, top2, gini, effective and plateau are the rank-collapse specification's (section
 * 6, Fathom's own; arXiv:2606.10324 claims that drift sits at one or two transitions). {@code
 * chance} is the exact tail of R. A. Fisher's largest share (Proc. R. Soc. A 125, 54, 1929) under
 * the null of {@link Null}.
 *
 * <p>Validity: L ≥ 2 drifts that are not all rounding; else status NOT_APPLICABLE, and NOT_FINITE
 * when a drift is missing, with all numbers NaN, position -1 and longest 0. Drifts are not
 * independent draws: the chance measures how uneven they are, and the untrained network is the null
 * that knows the architecture. The sum alternates, so that chance is good to 1e-6 up to L = 30 and
 * above that {@code min(1, L (1 - top1)^(L-1))}, its upper bound. Cost: O(L log L).
 *
 * @param position of the largest drift, the first one of equals
 */
public record Concentration(
    Status status,
    int transitions,
    int position,
    double top1,
    double top2,
    double gini,
    double effective,
    double plateau,
    int longest,
    double chance) {
  /** Transitions below this fraction of the largest drift stand still. */
  static final double STILL = 0.1;

  /** Drifts below this are rounding of 1 - CKA. */
  private static final double ROUNDING = 1e-13;

  private static final int LONGEST_SUM = 30;

  /**
   * What is expected when the drifts are independent draws from one exponential distribution, so
   * that their shares are uniform over all shares of sum 1.
   *
   * <pre>
   *   E top1 = (1/L) Σ_{k=1..L} 1/k,   E top2 = E top1 + (1/L) Σ_{k=2..L} 1/k
   *   E plateau = 1 - Π_{k=1..L-1} k / (k + 0.1)
   * </pre>
   *
   * <p>Source: the spacings of exponential order statistics (A. Rényi 1953); the plateau is our
   * derivation, L(L-1) ∫ (1 - u^0.1) (1 - u)^(L-2) du over the rank of the largest. Untrained
   * networks of six blocks have top1 0.36 and top2 0.61 (specification, section 7), this null 0.41
   * and 0.65; evenly spread drift has 1/L and 2/L.
   */
  public record Null(double top1, double top2, double plateau) {

    /** The expectations for L ≥ 2 transitions. */
    public static Null of(int transitions) {
      if (transitions < 2) {
        throw new IllegalArgumentException(
            "expected at least two transitions, found " + transitions);
      }
      double harmonic = 0;
      double moving = 1;
      for (int k = 1; k <= transitions; k++) {
        harmonic += 1.0 / k;
        moving *= k < transitions ? k / (k + STILL) : 1;
      }
      return new Null(harmonic / transitions, (2 * harmonic - 1) / transitions, 1 - moving);
    }
  }

  /**
   * The concentration of drifts in the order of depth.
   *
   * @param drifts not negative but for rounding
   */
  public static Concentration of(double[] drifts) {
    int n = drifts.length;
    for (double drift : drifts) {
      if (!Double.isFinite(drift)) {
        return none(Status.NOT_FINITE, n);
      }
    }
    double[] d = Arrays.stream(drifts).map(drift -> Math.max(0, drift)).toArray();
    double[] sorted = d.clone();
    Arrays.sort(sorted);
    if (n < 2 || sorted[n - 1] <= ROUNDING) {
      return none(Status.NOT_APPLICABLE, n);
    }
    double sum = 0;
    double squares = 0;
    double ranked = 0;
    for (int i = 0; i < n; i++) {
      sum += sorted[i];
      squares += sorted[i] * sorted[i];
      ranked += (2.0 * i - n + 1) * sorted[i];
    }
    double largest = sorted[n - 1];
    double top1 = largest / sum;
    return new Concentration(
        Status.OK,
        n,
        first(d, largest),
        top1,
        (largest + sorted[n - 2]) / sum,
        ranked / (n * sum),
        sum * sum / squares,
        (double) still(d, largest) / n,
        longest(d, largest),
        chance(top1, n));
  }

  private static Concentration none(Status status, int transitions) {
    double no = Double.NaN;
    return new Concentration(status, transitions, -1, no, no, no, no, no, 0, no);
  }

  private static int first(double[] d, double largest) {
    int at = 0;
    while (d[at] < largest) {
      at++;
    }
    return at;
  }

  private static long still(double[] d, double largest) {
    return Arrays.stream(d).filter(drift -> drift <= STILL * largest).count();
  }

  private static int longest(double[] d, double largest) {
    int longest = 0;
    int run = 0;
    for (double drift : d) {
      run = drift <= STILL * largest ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** P(largest of n uniform spacings ≥ share). */
  private static double chance(double share, int n) {
    if (n > LONGEST_SUM) {
      return Math.min(1, n * Math.pow(1 - share, n - 1));
    }
    double sum = 0;
    double binomial = 1;
    for (int j = 1; j <= n && j * share < 1; j++) {
      binomial *= (n - j + 1.0) / j;
      double term = binomial * Math.pow(1 - j * share, n - 1);
      sum += j % 2 == 1 ? term : -term;
    }
    return Math.clamp(sum, 0, 1);
  }
}
