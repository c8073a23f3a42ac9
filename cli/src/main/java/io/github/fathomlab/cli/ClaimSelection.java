package io.github.fathomlab.cli;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.experiment.NearestWord;
import io.github.fathomlab.instrument.Claim;
import java.util.ArrayList;
import java.util.List;

/**
 * What is meant by a claim, a paper or {@code all} among what is documented.
 *
 * @param word as the user wrote it
 */
record ClaimSelection(String word, List<Documented> documented) {
  static final String ALL = "all";

  /**
   * What has to be done for the selected claims, each once.
   *
   * @throws UsageException when nothing has this name
   */
  List<Documented> chosen() {
    List<Documented> chosen =
        documented.stream()
            .filter(each -> each.claims().stream().anyMatch(this::includes))
            .toList();
    if (chosen.isEmpty()) {
      throw new UsageException(
          "no claim \"%s\"%s (fathom reproduce --list names all)".formatted(word, hint()));
    }
    return chosen;
  }

  /** Whether a claim is among the selected ones. */
  boolean includes(Claim claim) {
    return word.equals(ALL) || word.equals(claim.id()) || word.equals(Documented.paper(claim));
  }

  private String hint() {
    List<String> names = new ArrayList<>(List.of(ALL));
    for (Documented each : documented) {
      for (Claim claim : each.claims()) {
        if (claim.id().endsWith("/" + word)) {
          return "; did you mean \"" + claim.id() + "\"?";
        }
        names.add(Documented.paper(claim));
        names.add(claim.id());
      }
    }
    return NearestWord.hint(word, names);
  }
}
