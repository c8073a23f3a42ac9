package io.github.fathomlab.experiment;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One block of keys of a valid experiment whose defaults are filled in. */
record Block(ObjectNode node, KeyPath path) {

  boolean has(String key) {
    return node.has(key);
  }

  JsonNode value(String key) {
    return Objects.requireNonNull(node.get(key), () -> path.key(key).text());
  }

  Block block(String key) {
    return new Block((ObjectNode) value(key), path.key(key));
  }

  /** A block, or null where {@code false} switches it off. */
  @Nullable Block blockUnlessFalse(String key) {
    return value(key).isBoolean() ? null : block(key);
  }

  /** The word of a choice: the value itself, or the {@code kind} of its block. */
  String choice(String key) {
    return value(key).isObject() ? block(key).text("kind") : text(key);
  }

  String text(String key) {
    return value(key).stringValue();
  }

  @Nullable String textOrNull(String key) {
    return has(key) ? text(key) : null;
  }

  boolean flag(String key) {
    return value(key).booleanValue();
  }

  int integer(String key) {
    return value(key).intValue();
  }

  @Nullable Integer integerOrNull(String key) {
    return has(key) ? integer(key) : null;
  }

  List<Integer> integers(String key) {
    return value(key).valueStream().map(JsonNode::intValue).toList();
  }

  long count(String key) {
    return value(key).longValue();
  }

  /** A number; -0 becomes 0 so that equal experiments are equal records. */
  double number(String key) {
    return value(key).doubleValue() + 0.0;
  }
}
