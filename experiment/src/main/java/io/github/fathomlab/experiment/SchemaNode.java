package io.github.fathomlab.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One subschema of the published schema, with its references followed.
 *
 * @param document the whole schema
 * @param json the subschema
 */
record SchemaNode(JsonNode document, JsonNode json) {
  private static final String REFERENCE = "$ref";

  /** The value of a keyword, here or where the reference points; null where it is absent. */
  @Nullable JsonNode keyword(String keyword) {
    JsonNode own = json.get(keyword);
    if (own != null || !json.has(REFERENCE)) {
      return own;
    }
    return target().keyword(keyword);
  }

  private SchemaNode target() {
    String pointer = json.get(REFERENCE).stringValue().substring(1);
    return new SchemaNode(document, document.at(pointer));
  }

  /** The subschema that a keyword or an index leads to. */
  SchemaNode step(String segment) {
    if (segment.equals(REFERENCE)) {
      return target();
    }
    JsonNode next = json.isArray() ? json.get(Integer.parseInt(segment)) : json.get(segment);
    if (next == null) {
      throw new IllegalArgumentException("the schema has no " + segment + " in " + json);
    }
    return new SchemaNode(document, next);
  }

  SequencedMap<String, SchemaNode> properties() {
    SequencedMap<String, SchemaNode> properties = new LinkedHashMap<>();
    JsonNode declared = keyword("properties");
    if (declared != null) {
      declared
          .properties()
          .forEach(e -> properties.put(e.getKey(), new SchemaNode(document, e.getValue())));
    }
    return properties;
  }

  /** Keys that must be there, of this subschema and of what it refers to. */
  SequencedSet<String> required() {
    SequencedSet<String> required = new LinkedHashSet<>();
    if (json.has(REFERENCE)) {
      required.addAll(target().required());
    }
    if (json.has("required")) {
      json.get("required").forEach(key -> required.add(key.stringValue()));
    }
    return required;
  }

  /** The choices of a union, none for other subschemas. */
  List<SchemaNode> choices() {
    List<SchemaNode> choices = new ArrayList<>();
    JsonNode union = keyword("oneOf");
    if (union != null) {
      union.forEach(choice -> choices.add(new SchemaNode(document, choice)));
    }
    return choices;
  }

  boolean isBlock() {
    JsonNode type = keyword("type");
    return type != null && type.stringValue().equals("object");
  }

  /** The one value of {@code kind} that this block allows; null where it has no kind. */
  @Nullable String kind() {
    SchemaNode kind = properties().get("kind");
    JsonNode constant = kind == null ? null : kind.keyword("const");
    return constant == null ? null : constant.stringValue();
  }

  /** The kinds of the blocks of a union. */
  SequencedSet<String> kinds() {
    SequencedSet<String> kinds = new LinkedHashSet<>();
    for (SchemaNode choice : choices()) {
      String kind = choice.kind();
      if (kind != null) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /**
   * The index of the choice that a block was meant to be: the only block, the one of its kind, or
   * without a kind the one whose required keys are there. -1 where there is no such choice.
   */
  int chosen(JsonNode value) {
    List<SchemaNode> choices = choices();
    List<Integer> blocks = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      if (value.isObject() && choices.get(i).isBlock()) {
        blocks.add(i);
      }
    }
    if (blocks.size() == 1) {
      return blocks.getFirst();
    }
    JsonNode kind = value.get("kind");
    int best = -1;
    int most = -1;
    for (int i : blocks) {
      SchemaNode choice = choices.get(i);
      boolean fits;
      if (kind == null) {
        fits = choice.required().stream().allMatch(value::has);
      } else {
        fits = kind.isString() && kind.stringValue().equals(choice.kind());
      }
      if (fits && choice.required().size() > most) {
        best = i;
        most = choice.required().size();
      }
    }
    return best;
  }

  /** The choice that a block was meant to be, or this subschema where there is none. */
  SchemaNode meant(JsonNode value) {
    int chosen = chosen(value);
    return chosen < 0 ? this : choices().get(chosen);
  }

  /** Keys that a key of this block excludes, in both directions. */
  SequencedSet<String> rivals(String key) {
    SequencedSet<String> rivals = new LinkedHashSet<>();
    JsonNode exclusions = keyword("dependentSchemas");
    if (exclusions != null) {
      for (var exclusion : exclusions.properties()) {
        JsonNode excluded = exclusion.getValue().get("properties");
        if (exclusion.getKey().equals(key)) {
          excluded.properties().forEach(e -> rivals.add(e.getKey()));
        } else if (excluded.has(key)) {
          rivals.add(exclusion.getKey());
        }
      }
    }
    return rivals;
  }
}
