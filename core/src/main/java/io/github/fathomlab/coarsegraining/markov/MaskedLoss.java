package io.github.fathomlab.coarsegraining.markov;

/**
 * The least loss that any predictor of masked states of a chain can reach, in nats per masked
 * position.
 *
 * <pre>
 *   L(a,b)  = h_a + h_b - h_(a+b),   a missing side is at distance ∞, h_(a+∞) = h_∞ = H(π)
 *   p(a)    = (1-m) m^(a-1) for a ≤ l,   p(∞) = m^l
 *   L*(l,r) = Σ_(a,b) p(a) p(b) L(a,b),   L*_T = (1/T) Σ_t L*(t, T-1-t)
 * </pre>
 *
 * <p>Symbols: m mask rate; a, b distances to the nearest states seen on the left and right; l, r
 * positions there are on either side; h_n the conditional entropies of {@link MarkovChain}. Each
 * position is masked independently and shown as a mask.
 *
 * <p>Source: rank-collapse specification, section 3 (Fathom's derivation: by the Markov property
 * only the nearest states seen on either side count). Cost: O(n V³) for the entropies once, then
 * O(l + r) for a window and O(T²) for a sequence.
 */
public final class MaskedLoss {
  private final MarkovChain chain;
  private final double rate;

  /** H(π), h_1, h_2, ... as far as they were needed. */
  private double[] entropies;

  /**
   * The loss of a chain.
   *
   * @param rate m, strictly between 0 and 1
   * @throws IllegalArgumentException when the rate is no such number
   * @throws IllegalStateException when the chain has no unique stationary distribution
   */
  public MaskedLoss(MarkovChain chain, double rate) {
    this.chain = chain;
    this.rate = requireRate(rate);
    entropies = new double[] {chain.entropy()};
  }

  static double requireRate(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "a mask rate lies strictly between 0 and 1, found " + rate);
    }
    return rate;
  }

  /** H(π): the loss of a predictor that sees nothing. */
  public double blind() {
    return entropies[0];
  }

  /**
   * L*(l,r), the loss at a masked position with so many positions on its left and right.
   *
   * @throws IllegalArgumentException when a number of positions is negative
   */
  public double window(int left, int right) {
    if (left < 0 || right < 0) {
      throw new IllegalArgumentException(
          "a window has at least 0 positions on either side, found %d and %d"
              .formatted(left, right));
    }
    prepare(left + right);
    double oneSided = oneSided(left) + oneSided(right);
    double between = 0;
    double both = (1 - rate) * (1 - rate);
    for (int n = 2; n <= left + right; n++) {
      int ways = Math.min(left, n - 1) - Math.max(1, n - right) + 1;
      between += both * ways * entropies[n];
      both *= rate;
    }
    double seenOnBothSides = (1 - StrictMath.pow(rate, left)) * (1 - StrictMath.pow(rate, right));
    return oneSided - between - (1 - seenOnBothSides) * blind();
  }

  /**
   * L*_T, the loss over all positions of a sequence.
   *
   * @throws IllegalArgumentException when the sequence is empty
   */
  public double sequence(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("a sequence has at least 1 position, found " + length);
    }
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum += window(t, length - 1 - t);
    }
    return sum / length;
  }

  /** Mean of h over the distance to the nearest of so many positions that is seen. */
  private double oneSided(int positions) {
    double mean = 0;
    double weight = 1;
    for (int a = 1; a <= positions; a++) {
      mean += (1 - rate) * weight * entropies[a];
      weight *= rate;
    }
    return mean + weight * blind();
  }

  /** Has H(π), h_1, ..., h_n at hand. */
  private void prepare(int n) {
    if (entropies.length <= n) {
      double[] more = new double[n + 1];
      more[0] = entropies[0];
      System.arraycopy(chain.conditionalEntropies(n), 0, more, 1, n);
      entropies = more;
    }
  }
}
