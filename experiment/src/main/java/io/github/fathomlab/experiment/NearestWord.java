package io.github.fathomlab.experiment;

import java.util.Collection;
import java.util.Locale;

/** The valid word that a mistyped one was meant to be. */
public final class NearestWord {

  private NearestWord() {}

  /**
   * {@code ; did you mean "width"?}, or nothing where less than half of the letters are right and
   * no word has these initials or begins so.
   */
  public static String hint(String typed, Collection<String> words) {
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String word : words) {
      boolean shortened = typed.equals(initials(word)) || begins(word, typed);
      int distance = shortened ? 0 : distance(lower(typed), lower(word));
      if (distance < least) {
        least = distance;
        nearest = word;
      }
    }
    boolean near = 2L * least < Math.max(typed.length(), nearest.length());
    return near ? "; did you mean \"" + nearest + "\"?" : "";
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** {@code conv} of {@code convolution}; fewer letters say too little. */
  private static boolean begins(String word, String typed) {
    return typed.length() >= 3 && lower(word).startsWith(lower(typed));
  }

  /** {@code lr} of {@code learning_rate}. */
  private static String initials(String word) {
    return word.replaceAll("([^_])[^_]*_?", "$1");
  }

  /**
   * The number of insertions, deletions, replacements and swaps of neighbours between two words.
   *
   * <p>Levenshtein's distance with the swaps of Damerau, in its restricted form. Cost: O(|a||b|).
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
