package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.CouplingEstimate;

/**
 * Bonds of Ising spins that are satisfied (s s' = 1) and that are not, and the coupling that makes
 * them most likely on open pieces of a chain without a field or on a ring.
 *
 * <pre>
 *   open:  K = ln(n+/n-) / 2 = artanh c,   error = √(1/n+ + 1/n-) / 2,   c = (n+ - n-)/(n+ + n-)
 *   ring:  (t + t^(N-1))/(1 + t^N) = c,    error = (N dc/dK)^(-1/2),     t = tanh K
 * </pre>
 *
 * <p>Symbols: n+ and n- numbers of bonds; N sites of the ring, as many as bonds. Source: textbook
 * maximum likelihood; the error of the ring is the inverse root of its Fisher information.
 * Validity: no field; the bias of the open estimate is t/((1 - t²)n), below the error for n of some
 * tens. When one kind of bond is missing, half a bond is added to both and the estimate is a bound
 * with status ZERO_VARIANCE. Cost: O(sites) to count, O(1) to estimate.
 *
 * @param satisfied n+
 * @param unsatisfied n-
 */
public record BondCounts(long satisfied, long unsatisfied) {
  private static final int BISECTIONS = 200;
  private static final double LARGEST = 40;

  /** The bonds of an open chain. */
  public static BondCounts open(byte[] spins) {
    return windows(spins, Math.max(1, spins.length));
  }

  /**
   * The bonds within windows that lie one after the other and have no bond between them.
   *
   * @param spins of all windows; each 1 or -1
   * @param width sites per window
   * @throws IllegalArgumentException when the spins do not fill whole windows or one is not ±1
   */
  public static BondCounts windows(byte[] spins, int width) {
    if (width < 1 || spins.length % width != 0) {
      throw new IllegalArgumentException(
          "windows of %d spins cannot be cut from %d".formatted(width, spins.length));
    }
    Spins.check(spins);
    long sum = 0;
    for (int start = 0; start < spins.length; start += width) {
      int part = 0;
      for (int i = start + 1; i < start + width; i++) {
        part += spins[i] * spins[i - 1];
      }
      sum += part;
    }
    long bonds = (long) (spins.length / width) * (width - 1);
    return new BondCounts((bonds + sum) / 2, (bonds - sum) / 2);
  }

  /** The bonds of a ring, as many as its sites. */
  public static BondCounts ring(byte[] spins) {
    BondCounts open = open(spins);
    if (spins.length == 0) {
      return open;
    }
    boolean closed = spins[0] == spins[spins.length - 1];
    return new BondCounts(open.satisfied + (closed ? 1 : 0), open.unsatisfied + (closed ? 0 : 1));
  }

  /** The coupling of open pieces. */
  public CouplingEstimate openCoupling() {
    if (bonds() == 0) {
      return CouplingEstimate.none(
          Status.TOO_FEW_SAMPLES,
          "a coupling needs at least one bond between two spins, found none");
    }
    boolean alike = satisfied == 0 || unsatisfied == 0;
    double more = alike ? 0.5 : 0;
    double plus = satisfied + more;
    double minus = unsatisfied + more;
    double value = StrictMath.log(plus / minus) / 2;
    double error = StrictMath.sqrt(1 / plus + 1 / minus) / 2;
    return alike ? bound(value, error) : CouplingEstimate.measured(value, error);
  }

  private long bonds() {
    return satisfied + unsatisfied;
  }

  private CouplingEstimate bound(double value, double error) {
    return CouplingEstimate.bound(
        value,
        error,
        Status.ZERO_VARIANCE,
        "all %d bonds are %s; the value is a bound with half a bond added to both kinds"
            .formatted(bonds(), satisfied > unsatisfied ? "satisfied" : "unsatisfied"));
  }

  /** The coupling of one ring whose bonds these are. */
  public CouplingEstimate ringCoupling() {
    long sites = bonds();
    if (sites < 3) {
      return CouplingEstimate.none(
          Status.TOO_FEW_SAMPLES, "a ring needs at least 3 sites, found " + sites);
    }
    // A ring of odd length cannot have fewer than one satisfied bond.
    boolean alike = unsatisfied == 0 || satisfied == sites % 2;
    double mean = (satisfied - unsatisfied) / (double) sites;
    if (alike) {
      mean *= sites / (sites + 1.0);
    }
    double low = -LARGEST;
    double high = LARGEST;
    for (int i = 0; i < BISECTIONS && low < high; i++) {
      double middle = 0.5 * (low + high);
      if (ringMean(middle, sites) < mean) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double value = 0.5 * (low + high);
    double error = 1 / StrictMath.sqrt(sites * ringSlope(value, sites));
    return alike ? bound(value, error) : CouplingEstimate.measured(value, error);
  }

  /** c, with |t|^n as e^-un because 1 + t^N vanishes on an odd ring of large negative coupling. */
  private static double ringMean(double coupling, long sites) {
    double rate = IsingChain.withoutField(coupling).inverseCorrelationLength();
    double next = StrictMath.exp(-rate);
    if (coupling < 0 && sites % 2 == 1) {
      return -next * StrictMath.expm1(-rate * (sites - 2)) / StrictMath.expm1(-rate * sites);
    }
    double mean =
        next * (1 + StrictMath.exp(-rate * (sites - 2))) / (1 + StrictMath.exp(-rate * sites));
    return coupling < 0 ? -mean : mean;
  }

  /** dc/dK. */
  private static double ringSlope(double coupling, long sites) {
    double t = StrictMath.tanh(coupling);
    double whole = 1 + StrictMath.pow(t, sites);
    double top = 1 + (sites - 1) * StrictMath.pow(t, sites - 2);
    double mean = ringMean(coupling, sites);
    double slope = (top - mean * sites * StrictMath.pow(t, sites - 1)) / whole;
    return slope * (1 - t * t);
  }
}
