package io.github.fathomlab.claims;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The experiment on which a claim was documented.
 *
 * @param claim identifier {@code paper/statement}
 * @param file name of the experiment, beside the paper's claims
 * @param quick settings, {@code key=value}, of a smaller experiment with the same documented
 *     verdict
 */
public record DocumentedExperiment(String claim, String file, List<String> quick) {
  private static final List<DocumentedExperiment> ALL =
      List.of(
          new DocumentedExperiment(
              "bulk-boundary/ledger-balances",
              "bulkboundary/ledger-balances.yaml",
              List.of("training.steps=60", "replicas=1")),
          new DocumentedExperiment(
              "spring-block/low-noise-concave",
              "springblock/low-noise-concave.yaml",
              List.of("training.epochs=40", "replicas=5")));

  public DocumentedExperiment {
    quick = List.copyOf(quick);
  }

  /** All of them, in the order of the papers. */
  public static List<DocumentedExperiment> all() {
    return ALL;
  }

  /** The paper's part of the identifier. */
  public String paper() {
    return claim.substring(0, claim.indexOf('/'));
  }

  /** The experiment as text. */
  public String text() {
    try (InputStream in =
        Objects.requireNonNull(DocumentedExperiment.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
