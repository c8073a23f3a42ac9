package io.github.fathomlab.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import tools.jackson.databind.JsonNode;

/** One row of the reference: a key, and the kinds of its block that know it (none where all do). */
record SchemaRow(String key, SequencedSet<String> kinds, SchemaNode schema) {

  /** All keys in the order of the schema; the long form of data is left out. */
  static List<SchemaRow> all(SchemaNode root) {
    List<SchemaRow> rows = new ArrayList<>();
    addProperties("", root, new LinkedHashSet<>(), rows);
    return rows;
  }

  private static void addProperties(
      String path, SchemaNode block, SequencedSet<String> kinds, List<SchemaRow> rows) {
    block
        .properties()
        .forEach(
            (name, schema) -> add(path.isEmpty() ? name : path + "." + name, kinds, schema, rows));
  }

  private static void add(
      String key, SequencedSet<String> kinds, SchemaNode schema, List<SchemaRow> rows) {
    rows.add(new SchemaRow(key, kinds, schema));
    addProperties(key, schema, new LinkedHashSet<>(), rows);
    Map<String, SchemaNode> inner = new LinkedHashMap<>();
    Map<String, SequencedSet<String>> knownTo = new LinkedHashMap<>();
    for (SchemaNode choice : schema.choices()) {
      String kind = choice.kind();
      boolean longForm = schema.kinds().size() > 1 && kind == null;
      if (choice.isBlock() && !longForm) {
        choice
            .properties()
            .forEach((name, value) -> {
              String row = name + value.json();
              inner.put(row, value);
              knownTo
                  .computeIfAbsent(row, _ -> new LinkedHashSet<>(List.of(name)))
                  .add(String.valueOf(kind));
            });
      }
    }
    inner.forEach((row, value) -> {
      SequencedSet<String> known = Objects.requireNonNull(knownTo.get(row));
      String name = known.removeFirst();
      boolean toAll = schema.kinds().size() < 2 || known.equals(schema.kinds());
      add(key + "." + name, toAll ? new LinkedHashSet<>() : known, value, rows);
    });
  }

  private boolean hasKeysOnly() {
    return schema.isBlock()
        || (!schema.choices().isEmpty() && schema.choices().stream().allMatch(SchemaNode::isBlock));
  }

  /** The row of a table in Markdown. */
  String markdown() {
    JsonNode usual = schema.keyword("default");
    return "| `%s` | %s%s | %s | %s |"
        .formatted(
            key,
            Objects.requireNonNull(schema.keyword("description"), key).stringValue(),
            kinds.isEmpty() || key.endsWith(".kind") ? "" : " (" + String.join(", ", kinds) + ")",
            hasKeysOnly() ? "" : Expectation.of(schema),
            usual == null || usual.isObject() ? "" : "`" + written(usual) + "`");
  }

  private static String written(JsonNode usual) {
    return usual.isArray()
        ? usual.valueStream().map(JsonNode::asString).toList().toString()
        : usual.asString();
  }
}
