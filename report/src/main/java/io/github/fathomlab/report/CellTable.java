package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a claim that is judged over seeds, as a table: what was predicted and found, trained
 * against null, and the finer word of each cell.
 *
 * <p>They are read from evidence named {@code cell/LABEL/field}; a label may hold slashes.
 */
final class CellTable {
  private static final String PREFIX = "cell/";

  /** A column: the field, its heading and what hovering over it says. */
  private record Column(String field, String heading, String meaning) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("seeds", "seeds", "trainings that differ by their seed"),
          new Column("prediction", "prediction", "the exact number of the task's optimum"),
          new Column("mean", "mean", "mean over the trained seeds"),
          new Column("rms", "T", "root mean square distance from the prediction, trained"),
          new Column("null_rms", "T\u2080", "the same before training"),
          new Column("ratio", "T\u2080/T", "at least 5 to tell trained from untrained"),
          new Column("bound", "bound", "equivalence bound |mean d| + t sd/\u221aS, below \u03c4"),
          new Column("tolerance", "\u03c4", "tolerance for T and the bound"),
          new Column("p", "p", "one-sided rank-sum test of trained against untrained distances"),
          new Column("excess", "gate", "the worst seed's excess over the optimum of its task"));

  /** The columns of cells that speak of ranks over depth. */
  private static final List<Column> RANKS =
      List.of(
          new Column("task_rank", "task rank", "effective rank of the exact log-posterior"),
          new Column("captured", "captured", "share of the available information, mean over seeds"),
          new Column("first", "first", "effective rank where the stream begins, trained"),
          new Column("last", "last", "effective rank where the stream ends, trained"),
          new Column("collapse", "\u03c1", "last over first, mean over seeds"),
          new Column("collapse_sd", "sd \u03c1", "its standard deviation over seeds"),
          new Column("untrained", "\u03c1\u2080", "\u03c1 before training, the null"),
          new Column("monotone", "monotone", "seeds whose rank falls at every transition"),
          new Column("top1", "top1", "share of the largest kernel drift, trained"),
          new Column("top2", "top2", "share of the largest two, trained"),
          new Column("untrained_top1", "top1\u2080", "top1 before training, the null"),
          new Column("untrained_top2", "top2\u2080", "top2 before training, the null"),
          new Column("plateau", "plateau", "share of transitions that stand still, trained"),
          new Column("with_plateau", "with plateau", "seeds that have a plateau"),
          new Column("update", "update", "relative update of the states on the plateau"),
          new Column(
              "other_share_first",
              "other first",
              "share of the variance that is outside the task's directions where the stream begins, trained"),
          new Column("other_share_last", "other last", "the same share where the stream ends"),
          new Column(
              "other_growth",
              "other \u00d7",
              "growth of the variance outside the task's directions, last over first"),
          new Column(
              "untrained_other_growth", "other \u00d7\u2080", "the same before training, the null"),
          new Column(
              "relevant_growth",
              "relevant \u00d7",
              "growth of the variance in the task's directions, last over first"));

  private final Map<String, Map<String, Object>> cells = new LinkedHashMap<>();

  private CellTable(Map<String, Object> evidence) {
    evidence.forEach((key, value) -> {
      if (isCell(key)) {
        int end = key.lastIndexOf('/');
        cells
            .computeIfAbsent(key.substring(PREFIX.length(), end), _ -> new LinkedHashMap<>())
            .put(key.substring(end + 1), value);
      }
    });
  }

  /** The cells in this evidence, in its order; empty when there are none. */
  static Optional<CellTable> of(Map<String, Object> evidence) {
    CellTable table = new CellTable(evidence);
    return table.cells.isEmpty() ? Optional.empty() : Optional.of(table);
  }

  /** Whether this name belongs into the table and not into the list of evidence. */
  static boolean isCell(String key) {
    return key.startsWith(PREFIX) && key.lastIndexOf('/') > PREFIX.length();
  }

  /** The finer words of all cells, such as "11 PASS, 1 NOT_CONVERGED". */
  String words() {
    Map<String, Long> counts =
        cells.values().stream()
            .map(CellTable::word)
            .filter(word -> !word.isEmpty())
            .collect(
                Collectors.groupingBy(word -> word, LinkedHashMap::new, Collectors.counting()));
    return counts.size() == 1 && cells.size() == 1
        ? String.join("", counts.keySet())
        : counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }

  String html() {
    List<Column> shown =
        Stream.concat(COLUMNS.stream(), RANKS.stream())
            .filter(column -> cells.values().stream().anyMatch(c -> c.containsKey(column.field)))
            .toList();
    StringBuilder out =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"cells\"><thead><tr><th scope=\"col\">cell</th><th scope=\"col\">word</th>");
    for (Column column : shown) {
      out.append("<th scope=\"col\" class=\"number\"><abbr title=\"")
          .append(Markup.escape(column.meaning))
          .append("\">")
          .append(column.heading)
          .append("</abbr></th>");
    }
    out.append("</tr></thead><tbody>");
    cells.forEach((label, cell) -> {
      out.append("<tr><th scope=\"row\">")
          .append(Markup.escape(label))
          .append("</th><td class=\"word ")
          .append(css(word(cell)))
          .append("\">")
          .append(Markup.escape(word(cell)))
          .append("</td>");
      shown.forEach(column ->
          out.append("<td class=\"number\">")
              .append(Markup.escape(show(cell.get(column.field))))
              .append("</td>"));
      out.append("</tr>\n");
    });
    return out.append("</tbody></table></div>").append(note(shown)).toString();
  }

  private static String note(List<Column> shown) {
    List<String> meanings = new ArrayList<>();
    for (Column column : shown) {
      if (!List.of("seeds", "prediction", "mean").contains(column.field)) {
        meanings.add(column.heading + ": " + Markup.escape(column.meaning));
      }
    }
    String ours =
        shown.stream().anyMatch(RANKS::contains)
            ? "The abstract\u2019s: effective rank and kernel drift. Ours: all else, the rule and its bounds. "
            : "Ours: prediction, T and the rule. ";
    return meanings.isEmpty()
        ? ""
        : "<p class=\"source\">" + ours + String.join("; ", meanings) + ".</p>";
  }

  private static String word(Map<String, Object> cell) {
    return cell.get("word") instanceof String word ? word : "";
  }

  private static String css(String word) {
    return switch (word) {
      case "PASS" -> "holds";
      case "FAIL" -> "fails";
      default -> "open";
    };
  }

  private static String show(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Long number -> Numbers.count(number);
      case Integer number -> Numbers.count(number);
      case Number number -> Numbers.show(number.doubleValue(), 3);
      default -> value.toString();
    };
  }
}
