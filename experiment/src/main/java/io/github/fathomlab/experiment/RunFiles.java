package io.github.fathomlab.experiment;

import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.record.RecordException;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.training.Divergence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The small JSON files of a run directory: verdicts, divergences and what the run cost. */
public final class RunFiles {
  private static final String DIVERGENCE = "divergence.json";
  private static final String COST = "cost.json";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private RunFiles() {}

  /** The verdicts of a run; none when it has not been judged. */
  public static List<Verdict> verdicts(RunDirectory run) {
    return read(run.verdicts(), new TypeReference<List<Verdict>>() {});
  }

  static void writeVerdicts(RunDirectory run, List<Verdict> verdicts) {
    run.writeAtomically(run.verdicts().getFileName().toString(), JSON.writeValueAsBytes(verdicts));
  }

  /** The replicas that left the finite numbers. */
  public static List<Divergence> divergences(RunDirectory run) {
    return read(run.path().resolve(DIVERGENCE), new TypeReference<List<Divergence>>() {});
  }

  static void writeDivergences(RunDirectory run, List<Divergence> divergences) {
    if (!divergences.isEmpty()) {
      run.writeAtomically(DIVERGENCE, JSON.writeValueAsBytes(divergences));
    }
  }

  /** What the run took, in words, by what; empty before it ends. */
  static SequencedMap<String, String> cost(RunDirectory run) {
    String text = text(run.path().resolve(COST));
    try {
      return text.isEmpty()
          ? new LinkedHashMap<>()
          : JSON.readValue(text, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JacksonException e) {
      throw new RecordException(
          "expected a JSON object in "
              + run.path().resolve(COST)
              + ", found: "
              + e.getOriginalMessage());
    }
  }

  /** Writes what the run took, in words, by what. */
  public static void writeCost(RunDirectory run, SequencedMap<String, String> cost) {
    run.writeAtomically(COST, JSON.writeValueAsBytes(cost));
  }

  /** One verdict as the command line's JSON contract shows it. */
  public static Map<String, Object> json(Verdict verdict) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("claim", verdict.claim());
    fields.put("verdict", verdict.outcome().name());
    fields.put("expected", verdict.expected() == null ? null : verdict.expected().name());
    fields.put("sentence", verdict.sentence());
    fields.put("evidence", verdict.evidence());
    fields.put("source", verdict.source());
    return fields;
  }

  /** Text of a file of the run; empty when it is not there. */
  static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new RecordException("cannot read " + file + " (" + e.getMessage() + ")");
    }
  }

  private static <T> List<T> read(Path file, TypeReference<List<T>> type) {
    String text = text(file);
    if (text.isEmpty()) {
      return List.of();
    }
    try {
      return JSON.readValue(text, type);
    } catch (JacksonException e) {
      throw new RecordException(
          "expected a JSON list in " + file + ", found: " + e.getOriginalMessage());
    }
  }
}
