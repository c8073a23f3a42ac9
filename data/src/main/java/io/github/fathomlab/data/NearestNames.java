package io.github.fathomlab.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The few names that differ least from a mistyped one. */
final class NearestNames {
  private static final int SHOWN = 5;

  private NearestNames() {}

  /** Up to five names by edit distance, nearest first. */
  static String of(String typed, Collection<String> names) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> distance(typed, name)))
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }

  /**
   * Levenshtein distance without regard to case, by the row-wise recursion of Wagner and Fischer.
   */
  private static int distance(String typed, String name) {
    String a = typed.toLowerCase(Locale.ROOT);
    String b = name.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
