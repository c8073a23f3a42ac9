package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.CouplingEstimate;

/**
 * How often one spin follows another along an open chain, and the coupling and field that make this
 * most likely.
 *
 * <pre>
 *   P+ = n++/(n++ + n+-),  P- = n--/(n-- + n-+)
 *   K = ln[P+ P- / ((1 - P+)(1 - P-))] / 4,   error = √(1/n++ + 1/n+- + 1/n-+ + 1/n--) / 4
 *   h = ln(P+/P-) / 2,   error = √((1 - P+)/n++ + (1 - P-)/n--) / 2
 * </pre>
 *
 * <p>Symbols: n_ss' number of sites with spin s followed by s'. Source: maximum likelihood of a
 * two-state Markov chain; errors by the delta method. Validity: a window of an infinite chain. When
 * a kind of pair is missing, half a pair is added to each and the estimates are bounds. Cost:
 * O(sites) to count.
 *
 * @param upUp n++
 * @param upDown n+-
 * @param downUp n-+
 * @param downDown n--
 */
public record TransitionCounts(long upUp, long upDown, long downUp, long downDown) {

  /**
   * The pairs of an open chain.
   *
   * @throws IllegalArgumentException when a spin is not ±1
   */
  public static TransitionCounts of(byte[] spins) {
    Spins.check(spins);
    if (spins.length < 2) {
      return new TransitionCounts(0, 0, 0, 0);
    }
    int sum = 0;
    int products = 0;
    for (int i = 1; i < spins.length; i++) {
      sum += spins[i - 1];
      products += spins[i] * spins[i - 1];
    }
    int last = spins[spins.length - 1];
    int shifted = sum - spins[0] + last;
    long pairs = spins.length - 1;
    return new TransitionCounts(
        (pairs + sum + shifted + products) / 4,
        (pairs + sum - shifted - products) / 4,
        (pairs - sum + shifted - products) / 4,
        (pairs - sum - shifted + products) / 4);
  }

  /**
   * Coupling and field.
   *
   * @param coupling K
   * @param field h, whose status is that of the coupling
   */
  public record Estimate(CouplingEstimate coupling, CouplingEstimate field) {}

  /** The estimates. */
  public Estimate estimate() {
    long pairs = upUp + upDown + downUp + downDown;
    if (pairs == 0) {
      CouplingEstimate none =
          CouplingEstimate.none(
              Status.TOO_FEW_SAMPLES, "a coupling needs at least two spins in a row, found fewer");
      return new Estimate(none, none);
    }
    boolean missing = upUp == 0 || upDown == 0 || downUp == 0 || downDown == 0;
    double more = missing ? 0.5 : 0;
    double pp = upUp + more;
    double pm = upDown + more;
    double mp = downUp + more;
    double mm = downDown + more;
    double coupling = StrictMath.log(pp / pm * (mm / mp)) / 4;
    double couplingError = StrictMath.sqrt(1 / pp + 1 / pm + 1 / mp + 1 / mm) / 4;
    double field = StrictMath.log(pp / (pp + pm) * ((mm + mp) / mm)) / 2;
    double fieldError = StrictMath.sqrt(pm / (pp + pm) / pp + mp / (mm + mp) / mm) / 2;
    if (!missing) {
      return new Estimate(
          CouplingEstimate.measured(coupling, couplingError),
          CouplingEstimate.measured(field, fieldError));
    }
    Status status =
        upUp == pairs || downDown == pairs ? Status.ZERO_VARIANCE : Status.TOO_FEW_SAMPLES;
    String reason =
        "of the pairs ++ +- -+ -- there are %d %d %d %d; the value is a bound with half a pair added to each"
            .formatted(upUp, upDown, downUp, downDown);
    return new Estimate(
        CouplingEstimate.bound(coupling, couplingError, status, reason),
        CouplingEstimate.bound(field, fieldError, status, reason));
  }
}
