package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts as cards: the word, the sentence, expected against found, the evidence with the null
 * beside the number.
 */
final class VerdictCards {
  private VerdictCards() {}

  static String of(List<Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return "<p class=\"absent\">No verdicts: no claim was put to this run.</p>";
    }
    StringBuilder out = new StringBuilder("<div class=\"verdicts\">");
    verdicts.forEach(verdict -> out.append(card(verdict)));
    return out.append("</div>").toString();
  }

  private static String card(Verdict verdict) {
    String word = verdict.outcome().name();
    String css = verdict.outcome().name().toLowerCase(Locale.ROOT);
    Optional<CellTable> cells = CellTable.of(sorted(verdict.evidence()));
    return "<article class=\"verdict "
        + css
        + (cells.isPresent() ? " wide" : "")
        + "\"><header><span class=\"chip "
        + css
        + "\">"
        + word
        + "</span>"
        + cells
            .map(table -> "<span class=\"finer\">" + Markup.escape(table.words()) + "</span>")
            .orElse("")
        + "<span class=\"claim\">"
        + Markup.escape(verdict.claim())
        + "</span></header>"
        + "<p class=\"sentence\">"
        + Markup.escape(verdict.sentence())
        + "</p>"
        + "<p class=\"expected\">"
        + expectation(verdict)
        + "</p>"
        + cells.map(CellTable::html).orElse("")
        + evidence(verdict.evidence())
        + "<p class=\"source\">"
        + Markup.escape(verdict.source())
        + "</p></article>";
  }

  private static String expectation(Verdict verdict) {
    if (verdict.expected() == null) {
      return "No outcome is documented for this experiment; found <b>"
          + verdict.outcome()
          + "</b>.";
    }
    return "Expected <b>"
        + verdict.expected()
        + "</b>, found <b>"
        + verdict.outcome()
        + "</b>"
        + (verdict.surprising()
            ? ": <strong class=\"surprise\">differs from the documented outcome.</strong>"
            : ", as documented.");
  }

  private static String evidence(Map<String, Object> evidence) {
    Map<String, Object> sorted = new LinkedHashMap<>(sorted(evidence));
    sorted.keySet().removeIf(CellTable::isCell);
    if (sorted.isEmpty()) {
      return "";
    }
    Set<String> nulls = new HashSet<>();
    sorted
        .keySet()
        .forEach(key -> nullsOf(key).stream().filter(sorted::containsKey).forEach(nulls::add));
    StringBuilder rows = new StringBuilder();
    sorted.forEach((key, value) -> {
      if (!nulls.contains(key)) {
        Object beside =
            nullsOf(key).stream()
                .filter(sorted::containsKey)
                .map(sorted::get)
                .findFirst()
                .orElse(null);
        rows.append("<tr><th scope=\"row\">")
            .append(Markup.escape(words(key)))
            .append("</th><td>")
            .append(Markup.escape(show(value)))
            .append("</td>");
        rows.append(
                nulls.isEmpty()
                    ? ""
                    : "<td class=\"null\">"
                        + (beside == null ? "" : Markup.escape(show(beside)))
                        + "</td>")
            .append("</tr>");
      }
    });
    String nullHead = nulls.isEmpty() ? "" : "<th scope=\"col\">null</th>";
    return "<table class=\"evidence\"><thead><tr><th scope=\"col\">evidence</th><th scope=\"col\">found</th>"
        + nullHead
        + "</tr></thead><tbody>"
        + rows
        + "</tbody></table>";
  }

  /**
   * Maps without an order of their own are sorted by key, so that the same verdict gives the same
   * bytes.
   */
  private static Map<String, Object> sorted(Map<String, Object> evidence) {
    return evidence instanceof java.util.SequencedMap<String, Object>
        ? evidence
        : new TreeMap<>(evidence);
  }

  /** The names under which the null of a number may stand. */
  private static List<String> nullsOf(String key) {
    List<String> names = new ArrayList<>();
    for (String separator : new String[] {".", "_", " "}) {
      names.add("null" + separator + key);
      names.add(key + separator + "null");
    }
    return names;
  }

  private static String words(String key) {
    return key.replace('_', ' ');
  }

  private static String show(@Nullable Object value) {
    return switch (value) {
      case null -> "no value";
      case Boolean truth -> truth ? "yes" : "no";
      case Long number -> Numbers.count(number);
      case Integer number -> Numbers.count(number);
      case Number number -> Numbers.show(number.doubleValue(), 5);
      default -> value.toString();
    };
  }
}
