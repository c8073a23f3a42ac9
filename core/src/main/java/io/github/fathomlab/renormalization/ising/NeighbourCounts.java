package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.CouplingEstimate;

/**
 * Spins of a ring whose two neighbours agree with one another, counted by whether the spin agrees
 * too, and the coupling that makes each spin most likely given its neighbours.
 *
 * <pre>
 *   K = ln(N+/N-) / 4,   error = √(1/N+ + 1/N-) / 4
 * </pre>
 *
 * <p>Symbols: N+ aligned and N- opposed spins between equal neighbours. Source: pseudo-likelihood
 * P(s_i | rest) = 1/(1 + exp(-2 K s_i (s_(i-1) + s_(i+1)))); the error takes the counted spins as
 * independent. Validity: a ring without a field. When one count is zero, half a spin is added to
 * both and the estimate is a bound with status ZERO_VARIANCE. Cost: O(sites).
 *
 * @param aligned N+
 * @param opposed N-
 */
public record NeighbourCounts(long aligned, long opposed) {

  /**
   * The counts of a ring; a ring of fewer than 3 sites has none.
   *
   * @throws IllegalArgumentException when a spin is not ±1
   */
  public static NeighbourCounts ring(byte[] spins) {
    Spins.check(spins);
    int sites = spins.length;
    if (sites < 3) {
      return new NeighbourCounts(0, 0);
    }
    Count count = new Count();
    count.add(spins[sites - 1], spins[0], spins[1]);
    count.add(spins[sites - 2], spins[sites - 1], spins[0]);
    long equal = 0;
    long signed = 0;
    for (int i = 1; i < sites - 1; i++) {
      // 1 + s s'' is 2 between equal neighbours and 0 otherwise.
      int both = 1 + spins[i - 1] * spins[i + 1];
      equal += both;
      signed += both * spins[i] * spins[i - 1];
    }
    return new NeighbourCounts(
        count.aligned + (equal + signed) / 4, count.opposed + (equal - signed) / 4);
  }

  private static final class Count {
    private int aligned;
    private int opposed;

    void add(byte left, byte spin, byte right) {
      if (left == right) {
        aligned += spin == left ? 1 : 0;
        opposed += spin == left ? 0 : 1;
      }
    }
  }

  /** The coupling. */
  public CouplingEstimate coupling() {
    if (aligned + opposed == 0) {
      return CouplingEstimate.none(
          Status.TOO_FEW_SAMPLES,
          "a pseudo-likelihood needs a ring of at least 3 sites with a spin between equal neighbours, found none");
    }
    boolean alike = aligned == 0 || opposed == 0;
    double plus = aligned + (alike ? 0.5 : 0);
    double minus = opposed + (alike ? 0.5 : 0);
    double value = StrictMath.log(plus / minus) / 4;
    double error = StrictMath.sqrt(1 / plus + 1 / minus) / 4;
    return alike
        ? CouplingEstimate.bound(
            value,
            error,
            Status.ZERO_VARIANCE,
            "all %d spins between equal neighbours are %s; the value is a bound with half a spin added to both kinds"
                .formatted(aligned + opposed, opposed == 0 ? "aligned" : "opposed"))
        : CouplingEstimate.measured(value, error);
  }
}
