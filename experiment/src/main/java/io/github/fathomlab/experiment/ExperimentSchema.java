package io.github.fathomlab.experiment;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A published schema: it finds what is wrong with a file and supplies the defaults. */
final class ExperimentSchema {
  private final SchemaNode root;
  private final Schema validator;

  /** The schema of experiments. */
  ExperimentSchema() {
    this("experiment.schema.json");
  }

  /** The schema of another kind of file. */
  ExperimentSchema(String name) {
    try (InputStream file =
        Objects.requireNonNull(ExperimentSchema.class.getResourceAsStream(name))) {
      JsonNode json = JsonMapper.shared().readTree(file);
      root = new SchemaNode(json, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    validator =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(root.json());
  }

  /** The schema of experiments, made once: a grid reads its file for every cell. */
  static ExperimentSchema ofExperiments() {
    return Experiments.SCHEMA;
  }

  private static final class Experiments {
    static final ExperimentSchema SCHEMA = new ExperimentSchema();
  }

  SchemaNode root() {
    return root;
  }

  /** Reports every violation in a sentence. */
  void validate(Given given) {
    List<Error> errors = validator.validate(given.root());
    List<Union> unions = new ArrayList<>();
    for (Error error : errors) {
      if (error.getKeyword().equals("oneOf")) {
        SchemaNode union = at(error.getEvaluationPath());
        JsonNode value = valueAt(given.root(), error.getInstanceLocation());
        unions.add(new Union(error.getEvaluationPath(), union, value, union.chosen(value)));
      }
    }
    for (Error error : errors) {
      if (unions.stream().allMatch(union -> union.concerns(error))) {
        report(given, error, unions);
      }
    }
    if (!errors.isEmpty()) {
      given.requireSound();
      throw new IllegalStateException("no words for " + errors);
    }
  }

  /**
   * A value that fits none of several choices; only the errors of the choice that was meant are of
   * interest.
   */
  private record Union(NodePath path, SchemaNode schema, JsonNode value, int chosen) {

    boolean concerns(Error error) {
      NodePath at = error.getEvaluationPath();
      if (!at.startsWith(path)) {
        return true;
      }
      if (at.getNameCount() == path.getNameCount()) {
        return chosen < 0;
      }
      return at.getName(path.getNameCount()).equals(String.valueOf(chosen));
    }
  }

  private void report(Given given, Error error, List<Union> unions) {
    KeyPath path = keyPath(error.getInstanceLocation());
    SchemaNode schema = at(error.getEvaluationPath());
    String property = error.getProperty();
    switch (error.getKeyword()) {
      case "additionalProperties" -> {
        KeyPath key = path.key(property);
        if (!given.isReported(key)) {
          given.report(key, unknownKey(property, schema, error, unions));
        }
      }
      case "required" -> {
        SchemaNode wanted = Objects.requireNonNull(schema.properties().get(property));
        given.report(path.key(property), "missing; expected " + Expectation.of(wanted));
      }
      case "oneOf" ->
          reportUnion(given, path, schema, valueAt(given.root(), error.getInstanceLocation()));
      default -> {
        String rival = rival(error.getEvaluationPath());
        if (rival != null) {
          given.report(path, "cannot stand beside " + rival + "; delete one of the two");
        } else if (!given.isReported(path)) {
          JsonNode value = valueAt(given.root(), error.getInstanceLocation());
          given.report(path, expected(schema, value));
        }
      }
    }
  }

  private static void reportUnion(Given given, KeyPath path, SchemaNode union, JsonNode value) {
    if (given.isReported(path)) {
      return;
    }
    if (!value.isObject() || union.kinds().isEmpty()) {
      given.report(path, expected(union, value));
      return;
    }
    String known = " (known: " + String.join(", ", union.kinds()) + ")";
    JsonNode kind = value.get("kind");
    if (kind == null) {
      given.report(path.key("kind"), "missing" + known);
    } else {
      String hint = NearestWord.hint(kind.asString(), union.kinds());
      given.report(path.key("kind"), "unknown kind " + Expectation.found(kind) + hint + known);
    }
  }

  private static String expected(SchemaNode schema, JsonNode value) {
    List<String> words = new ArrayList<>();
    for (SchemaNode choice : schema.choices().isEmpty() ? List.of(schema) : schema.choices()) {
      JsonNode allowed = choice.keyword("enum");
      if (allowed != null) {
        allowed.forEach(word -> words.add(word.asString()));
      }
      JsonNode constant = choice.keyword("const");
      if (constant != null && constant.isString()) {
        words.add(constant.stringValue());
      }
    }
    String hint = value.isString() ? NearestWord.hint(value.stringValue(), words) : "";
    return "expected " + Expectation.of(schema) + ", found " + Expectation.found(value) + hint;
  }

  private String unknownKey(String key, SchemaNode block, Error error, List<Union> unions) {
    String hint = NearestWord.hint(key, block.properties().keySet());
    for (Union union : unions) {
      if (error.getEvaluationPath().startsWith(union.path()) && hint.isEmpty()) {
        List<String> kinds = new ArrayList<>();
        for (SchemaNode choice : union.schema().choices()) {
          String kind = choice.kind();
          if (kind != null && choice.properties().containsKey(key)) {
            kinds.add(kind);
          }
        }
        hint = kinds.isEmpty() ? "" : "; it belongs to kind " + String.join(", ", kinds);
      }
    }
    if (hint.isEmpty()) {
      hint = elsewhere(key);
    }
    String kind = block.kind() == null ? "" : " of kind " + block.kind();
    String known = String.join(", ", block.properties().keySet());
    return "unknown key" + kind + hint + " (known: " + known + ")";
  }

  /** Names the blocks that know a key which was given in the wrong one. */
  private String elsewhere(String key) {
    List<String> homes = new ArrayList<>();
    root.properties()
        .forEach((name, block) -> {
          boolean inChoice =
              block.choices().stream().anyMatch(c -> c.properties().containsKey(key));
          if (inChoice || block.properties().containsKey(key)) {
            homes.add(name + "." + key);
          }
        });
    if (root.properties().containsKey(key)) {
      homes.add("the outermost level");
    }
    return homes.isEmpty() || key.equals("kind")
        ? ""
        : "; it belongs to " + String.join(" or ", homes);
  }

  private static @Nullable String rival(NodePath path) {
    for (int i = 0; i + 1 < path.getNameCount(); i++) {
      if (path.getName(i).equals("dependentSchemas")) {
        return path.getName(i + 1);
      }
    }
    return null;
  }

  /** The subschema at an evaluation path without the keyword at its end. */
  private SchemaNode at(NodePath path) {
    SchemaNode node = root;
    for (int i = 0; i < path.getNameCount() - 1; i++) {
      node = node.step(path.getName(i));
    }
    return node;
  }

  private static JsonNode valueAt(JsonNode value, NodePath path) {
    JsonNode at = value;
    for (int i = 0; i < path.getNameCount(); i++) {
      at = path.getElement(i) instanceof Integer index ? at.get(index) : at.get(path.getName(i));
    }
    return at;
  }

  private static KeyPath keyPath(NodePath location) {
    KeyPath path = KeyPath.ROOT;
    for (int i = 0; i < location.getNameCount(); i++) {
      path =
          location.getElement(i) instanceof Integer index
              ? path.item(index)
              : path.key(location.getName(i));
    }
    return path;
  }

  /** Adds the default of every key that a valid experiment leaves out. */
  void fill(ObjectNode experiment) {
    fill(experiment, root);
  }

  private static void fill(ObjectNode block, SchemaNode schema) {
    schema
        .properties()
        .forEach((key, wanted) -> {
          JsonNode usual = wanted.keyword("default");
          boolean excluded = schema.rivals(key).stream().anyMatch(block::has);
          if (!block.has(key) && usual != null && !excluded) {
            block.set(key, usual.deepCopy());
          }
          if (block.get(key) instanceof ObjectNode inner) {
            fill(inner, wanted.meant(inner));
          }
        });
  }
}
