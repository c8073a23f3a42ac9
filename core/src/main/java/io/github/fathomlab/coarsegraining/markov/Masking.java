package io.github.fathomlab.coarsegraining.markov;

/**
 * What is shown in place of a state that was chosen to be predicted.
 *
 * <pre>
 *   P(shown = o | state = k, chosen) = mask [o = MASK] + random / V [o &lt; V] + (1 - mask - random) [o = k]
 * </pre>
 *
 * <p>Symbols: V states; MASK = V, a symbol of its own. Every position is chosen independently with
 * probability rate. Source: rank-collapse specification, sections 3 and 4 (variant B).
 *
 * @param rate m, strictly between 0 and 1
 * @param mask share of the chosen that is shown as MASK
 * @param random share of the chosen that is shown as a state drawn uniformly
 */
public record Masking(double rate, double mask, double random) {

  /**
   * A masking.
   *
   * @throws IllegalArgumentException when a number is no probability
   */
  public Masking {
    MaskedLoss.requireRate(rate);
    if (!(mask >= 0 && random >= 0 && mask + random <= 1)) {
      throw new IllegalArgumentException(
          "expected shares of masks and random states of at least 0 and together at most 1, found %s and %s"
              .formatted(mask, random));
    }
  }

  /** Every chosen state is shown as MASK. */
  public static Masking plain(double rate) {
    return new Masking(rate, 1, 0);
  }

  /** 80 % masks, 10 % random states, 10 % left as they are (BERT, arXiv:1810.04805). */
  public static Masking bert(double rate) {
    return new Masking(rate, 0.8, 0.1);
  }

  /** plain, or bert where chosen positions can show states. */
  public String label() {
    return showsStates() ? "bert" : "plain";
  }

  /** Whether a chosen position can show a state. */
  boolean showsStates() {
    return mask < 1;
  }

  /** P(shown | state, chosen). */
  double chosen(int shown, int state, int states) {
    if (shown == states) {
      return mask;
    }
    return random / states + (shown == state ? 1 - mask - random : 0);
  }

  /** P(shown | state), chosen or not. */
  double any(int shown, int state, int states) {
    return rate * chosen(shown, state, states) + (shown == state ? 1 - rate : 0);
  }

  /**
   * What a chosen position shows.
   *
   * @param u uniform in [0, 1)
   */
  int shown(int state, int states, double u) {
    if (u < mask) {
      return states;
    }
    double rest = u - mask;
    return rest < random ? Math.min(states - 1, (int) (rest / random * states)) : state;
  }
}
