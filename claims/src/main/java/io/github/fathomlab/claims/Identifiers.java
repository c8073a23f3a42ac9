package io.github.fathomlab.claims;

import io.github.fathomlab.instrument.Claim;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The identifiers of claims, {@code paper/statement}: words on a command line, names of folders.
 */
final class Identifiers {
  private static final Pattern FORM = Pattern.compile("[a-z0-9-]+/[a-z0-9-]+");

  private Identifiers() {}

  /**
   * Checks the claims of one experiment or study.
   *
   * @throws IllegalArgumentException when there are none or an identifier has another form
   */
  static void requireSound(List<Claim> claims) {
    if (claims.isEmpty()) {
      throw new IllegalArgumentException("expected at least one claim, found none");
    }
    for (Claim claim : claims) {
      if (!FORM.matcher(claim.id()).matches()) {
        throw new IllegalArgumentException(
            "expected a claim's identifier paper/statement, found " + claim.id());
      }
    }
  }
}
