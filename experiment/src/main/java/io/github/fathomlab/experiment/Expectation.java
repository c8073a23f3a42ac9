package io.github.fathomlab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a subschema allows, in words: {@code "full" or an integer >= 1}. */
final class Expectation {
  /** Bounds that are there for memory alone and would only distract. */
  private static final double REMARKABLE = 1e6;

  private Expectation() {}

  static String of(SchemaNode schema) {
    List<String> alternatives = alternatives(schema).distinct().toList();
    if (alternatives.size() == 1) {
      return alternatives.getFirst();
    }
    return String.join(", ", alternatives.subList(0, alternatives.size() - 1))
        + " or "
        + alternatives.getLast();
  }

  private static Stream<String> alternatives(SchemaNode schema) {
    if (!schema.choices().isEmpty()) {
      return schema.choices().stream().flatMap(Expectation::alternatives);
    }
    JsonNode constant = schema.keyword("const");
    if (constant != null) {
      return Stream.of(word(constant));
    }
    JsonNode words = schema.keyword("enum");
    return words == null ? Stream.of(type(schema)) : words.valueStream().map(Expectation::word);
  }

  private static String word(JsonNode word) {
    return word.isBoolean() ? word.toString() : '"' + word.asString() + '"';
  }

  private static String type(SchemaNode schema) {
    JsonNode type = schema.keyword("type");
    return switch (type == null ? "" : type.stringValue()) {
      case "boolean" -> "true or false";
      case "integer" ->
          (schema.keyword("not") == null ? "an integer" : "an odd integer") + bounds(schema);
      case "number" -> "a number" + bounds(schema);
      case "string" ->
          schema.keyword("pattern") == null
              ? "a text"
              : "a name of letters, digits, '.', '_' and '-'";
      case "array" -> "a list" + length(schema) + ", each " + of(schema.step("items"));
      case "object" -> block(schema);
      default -> throw new IllegalArgumentException("no words for " + schema.json());
    };
  }

  /** A value as the user will know it again. */
  static String found(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "nothing";
    }
    if (value.isObject()) {
      return "keys (" + String.join(", ", value.propertyNames()) + ")";
    }
    return value.isArray() ? "a list of " + value.size() : value.toString();
  }

  private static String block(SchemaNode schema) {
    String kind = schema.kind();
    if (kind != null) {
      return "{kind: " + kind + ", ...}";
    }
    if (schema.properties().isEmpty()) {
      return "keys";
    }
    return schema.properties().keySet().stream()
        .map(key -> key + ": ...")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String length(SchemaNode schema) {
    JsonNode least = schema.keyword("minItems");
    if (least == null) {
      return "";
    }
    return (least.equals(schema.keyword("maxItems")) ? " of " : " of at least ") + least;
  }

  private static String bounds(SchemaNode schema) {
    List<String> bounds = new ArrayList<>();
    add(bounds, ">= ", schema.keyword("minimum"));
    add(bounds, "> ", schema.keyword("exclusiveMinimum"));
    add(bounds, "<= ", schema.keyword("maximum"));
    add(bounds, "< ", schema.keyword("exclusiveMaximum"));
    return bounds.isEmpty() ? "" : " " + String.join(" and ", bounds);
  }

  private static void add(List<String> bounds, String sign, @Nullable JsonNode bound) {
    if (bound != null && bound.doubleValue() < REMARKABLE) {
      bounds.add(sign + bound);
    }
  }
}
