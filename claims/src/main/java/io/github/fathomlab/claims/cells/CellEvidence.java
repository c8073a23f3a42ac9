package io.github.fathomlab.claims.cells;

import java.util.Map;

/**
 * The numbers of one cell among the evidence of a verdict, under {@code cell/LABEL/field}, which a
 * report shows as one row of a table.
 *
 * @param evidence of the verdict, added to
 * @param label of the cell, such as {@code K = 0.8, b = 4}
 */
public record CellEvidence(Map<String, Object> evidence, String label) {

  /** Adds a word. */
  public CellEvidence word(String field, String word) {
    evidence.put(key(field), word);
    return this;
  }

  /** Adds a count. */
  public CellEvidence count(String field, long count) {
    evidence.put(key(field), count);
    return this;
  }

  /** Adds a number where there is one. */
  public CellEvidence number(String field, double value) {
    finite(evidence, key(field), value);
    return this;
  }

  private String key(String field) {
    return "cell/" + label + "/" + field;
  }

  /** Adds a number to any evidence where there is one. */
  public static void finite(Map<String, Object> evidence, String key, double value) {
    if (Double.isFinite(value)) {
      evidence.put(key, value);
    }
  }
}
