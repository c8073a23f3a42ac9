package io.github.fathomlab.experiment;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A block of the canonical form: keys in a fixed order, one spelling for a number. */
final class CanonicalKeys {
  private static final double LARGEST_WHOLE = 0x1p53;

  private final SequencedMap<String, Object> map = new LinkedHashMap<>();

  static CanonicalKeys ofKind(String kind) {
    return new CanonicalKeys().put("kind", kind);
  }

  SequencedMap<String, Object> map() {
    return map;
  }

  /** Adds a key; a null is left out. */
  CanonicalKeys put(String key, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Double number -> map.put(key, plain(number));
      case CanonicalKeys block -> map.put(key, block.map);
      default -> map.put(key, value);
    }
    return this;
  }

  private static Object plain(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
    return whole ? (Object) (long) value : (Object) value;
  }
}
