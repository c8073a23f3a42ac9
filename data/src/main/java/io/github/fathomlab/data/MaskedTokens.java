package io.github.fathomlab.data;

import io.github.fathomlab.coarsegraining.markov.ChainFamily;
import io.github.fathomlab.coarsegraining.markov.Masking;
import io.github.fathomlab.coarsegraining.markov.TokenProblem;
import io.github.fathomlab.training.Split;

/**
 * Masked tokens of a Markov chain with a chosen spectrum; see {@link TokenProblem}.
 *
 * @param family of the chain
 * @param masking what chosen positions show
 * @param window half-width, positions seen on either side
 * @param draws chosen positions that one step counts; 0 for the exact gradient of the population
 * @param sequence positions of the sequences that draws come from, or 0 for independent windows
 * @param shuffle share of targets drawn whatever is seen: 1 is the null
 */
public record MaskedTokens(
    ChainFamily family, Masking masking, int window, int draws, int sequence, double shuffle)
    implements DataSource {

  public MaskedTokens {
    try {
      new TokenProblem(family, masking, window, draws, sequence, shuffle);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + ".");
    }
  }

  /** The task. */
  public TokenProblem problem() {
    return new TokenProblem(family, masking, window, draws, sequence, shuffle);
  }

  @Override
  public Split load() {
    return problem().split();
  }

  @Override
  public String description() {
    String seen = window == 0 ? "no neighbours seen" : "%d seen on either side".formatted(window);
    String drawn =
        draws == 0
            ? "exact gradients"
            : "%d masked positions a step%s"
                .formatted(draws, sequence == 0 ? "" : " from sequences of " + sequence);
    return "masked tokens of a %s chain of %d states, xi = %s; %s, %s%s"
        .formatted(
            family.label(),
            family.states(),
            family.correlationLength(),
            seen,
            drawn,
            shuffle > 0 ? ", share of shuffled targets " + shuffle : "");
  }

  @Override
  public Selection selection() {
    return Selection.ALL;
  }
}
