package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct remarks of one figure, so that a reason given at a thousand points is stored once.
 */
final class Notes {
  private final Map<String, Integer> indices = new LinkedHashMap<>();

  /** The place of the remark in {@link #all}, or -1 for an empty one. */
  int index(String note) {
    return note.isEmpty() ? -1 : indices.computeIfAbsent(note, _ -> indices.size());
  }

  List<String> all() {
    return new ArrayList<>(indices.keySet());
  }
}
