package io.github.fathomlab.claims;

import io.github.fathomlab.instrument.Claim;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The experiment on which claims were documented; it is trained once for all of them.
 *
 * @param claims judged on its readings
 * @param file name of the experiment, below the folder of all claims
 * @param quick settings, {@code key=value}, of a smaller experiment with the same documented
 *     verdicts
 */
public record DocumentedExperiment(List<Claim> claims, String file, List<String> quick)
    implements Documented {

  public DocumentedExperiment {
    claims = List.copyOf(claims);
    quick = List.copyOf(quick);
    Identifiers.requireSound(claims);
  }

  @Override
  public String kind() {
    return "experiment";
  }

  /** The experiment as text. */
  public String text() {
    return textOf(file);
  }

  /** A file of the claims. */
  static String textOf(String file) {
    try (InputStream in =
        Objects.requireNonNull(DocumentedExperiment.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
