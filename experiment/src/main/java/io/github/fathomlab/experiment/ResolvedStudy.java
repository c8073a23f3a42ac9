package io.github.fathomlab.experiment;

import io.github.fathomlab.record.RunDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a study's {@code resolved.yaml} says: everything that is needed to perform it again.
 *
 * @param study identifier {@code paper/statement} of its claim
 * @param quick whether it is the smaller one
 * @param fathom version of this program, which the study is a part of
 */
record ResolvedStudy(String study, boolean quick, String fathom) {
  private static final String KEY = "study";

  /** What was performed in a run directory; empty when an experiment was. */
  static Optional<ResolvedStudy> of(RunDirectory run) {
    Path file = run.resolved();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ObjectNode root =
        YamlReader.read(Place.file(file.toString(), run.path()), RunFiles.text(file)).root();
    if (!root.has(KEY)) {
      return Optional.empty();
    }
    JsonNode study = root.path(KEY);
    JsonNode quick = root.path("quick");
    JsonNode fathom = root.path("fathom");
    if (!study.isString() || !quick.isBoolean() || !fathom.isString()) {
      throw new ExperimentException(
          file
              + ": expected study: PAPER/STATEMENT, quick: true or false, and fathom: \"VERSION\", found "
              + root);
    }
    return Optional.of(
        new ResolvedStudy(study.stringValue(), quick.booleanValue(), fathom.stringValue()));
  }

  /** The file, with its hash. */
  void write(RunDirectory run) {
    String text = "# sha256 of what follows: " + hash() + "\n" + yaml();
    run.writeAtomically(
        run.resolved().getFileName().toString(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256 of the content, 64 hexadecimal digits. */
  String hash() {
    return Sha256.of(yaml().getBytes(StandardCharsets.UTF_8));
  }

  /** {@code <paper>-<statement>}, and {@code -quick} for the smaller one. */
  String runName() {
    return study.replace('/', '-') + (quick ? "-quick" : "");
  }

  private String yaml() {
    return "study: %s\nquick: %s\nfathom: \"%s\"\n".formatted(study, quick, fathom);
  }
}
