package io.github.fathomlab.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the user gave: values, the place of each, and what was wrong with them so far. */
final class Given {
  private final ObjectNode root;
  private final Place whole;
  private final Map<KeyPath, Place> places = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  Given(Place whole) {
    this.whole = whole;
    root = JsonNodeFactory.instance.objectNode();
  }

  ObjectNode root() {
    return root;
  }

  void locate(KeyPath path, Place place) {
    places.put(path, place);
  }

  /** The place of a value, or of the block it is missing from. */
  Place placeOf(KeyPath path) {
    for (@Nullable KeyPath at = path; at != null; at = at.parent()) {
      Place place = places.get(at);
      if (place != null) {
        return place;
      }
    }
    return whole;
  }

  void report(KeyPath path, String text) {
    problems.add(new Problem(placeOf(path), path, text));
  }

  /** Whether something was wrong with the very value at a path. */
  boolean isReported(KeyPath path) {
    return problems.stream().anyMatch(problem -> problem.path().equals(path));
  }

  /** Throws all problems, if there are any. */
  void requireSound() {
    if (!problems.isEmpty()) {
      throw ExperimentException.of(problems);
    }
  }
}
