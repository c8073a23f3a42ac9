package io.github.fathomlab.instrument;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run says about one claim.
 *
 * @param claim identifier of the claim, such as {@code bulk-boundary/ledger-balances}
 * @param outcome the word
 * @param sentence the verdict in one sentence with its numbers, for people
 * @param expected the documented outcome, or null when none is documented for this experiment
 * @param evidence the numbers behind it, the null beside the measurement; values are Double, Long,
 *     String or Boolean
 * @param source where the claim was published and, where the criterion is our own, that it is
 */
public record Verdict(
    String claim,
    Outcome outcome,
    String sentence,
    @Nullable Outcome expected,
    Map<String, Object> evidence,
    String source) {

  /** The three words a verdict can have. */
  public enum Outcome {
    HOLDS,
    FAILS,
    UNDECIDED
  }

  /**
   * The verdict of a claim that is documented to hold: a failure outweighs a doubt, and without
   * either the claim holds.
   *
   * @param failure what fails the claim, as a sentence, or null
   * @param doubt why it cannot be decided, or null
   * @param agreement the sentence of a claim that holds; asked for only then
   */
  public static Verdict ofHolding(
      Claim claim,
      @Nullable String failure,
      @Nullable String doubt,
      Supplier<String> agreement,
      Map<String, Object> evidence) {
    Outcome outcome =
        failure != null ? Outcome.FAILS : doubt != null ? Outcome.UNDECIDED : Outcome.HOLDS;
    String sentence = failure != null ? failure : doubt != null ? doubt : agreement.get();
    return new Verdict(claim.id(), outcome, sentence, Outcome.HOLDS, evidence, claim.source());
  }

  /** Whether the outcome is another than the documented one. */
  public boolean surprising() {
    return expected != null && expected != outcome;
  }
}
