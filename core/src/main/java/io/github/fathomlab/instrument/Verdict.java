package io.github.fathomlab.instrument;

import java.util.Map;
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

  /** Whether the outcome is another than the documented one. */
  public boolean surprising() {
    return expected != null && expected != outcome;
  }
}
