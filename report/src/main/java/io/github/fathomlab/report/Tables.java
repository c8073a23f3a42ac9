package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of a report: what it cost, where it comes from, what was recorded. */
final class Tables {
  private Tables() {}

  /**
   * Names and what they stand for.
   *
   * @param absent what to say when there are none
   */
  static String facts(Map<String, String> facts, String absent) {
    if (facts.isEmpty()) {
      return "<p class=\"absent\">" + absent + "</p>";
    }
    return scrolling(
        facts.entrySet().stream()
            .map(e ->
                "<tr><th scope=\"row\">"
                    + Markup.escape(e.getKey())
                    + "</th><td class=\"wrap\">"
                    + Markup.escape(e.getValue())
                    + "</td></tr>")
            .collect(Collectors.joining("", "<table class=\"facts\"><tbody>", "</tbody></table>")));
  }

  /**
   * Every quantity with its number of readings and those that must not be used, with the reasons.
   */
  static String inventory(Recorded recorded) {
    if (recorded.quantities().isEmpty()) {
      return "<p class=\"absent\">Nothing was recorded.</p>";
    }
    StringBuilder rows = new StringBuilder();
    for (String quantity : recorded.quantities()) {
      List<Reading> readings = recorded.of(quantity);
      Map<Status, Integer> flags = new EnumMap<>(Status.class);
      readings.stream()
          .map(Reading::status)
          .filter(status -> status != Status.OK)
          .forEach(status -> flags.merge(status, 1, Integer::sum));
      String reasons =
          flags.entrySet().stream()
              .map(e ->
                  "<abbr title=\""
                      + Markup.escape(e.getKey().explanation())
                      + "\">"
                      + e.getKey()
                      + "</abbr> "
                      + Numbers.count(e.getValue()))
              .collect(Collectors.joining(", "));
      rows.append("<tr><th scope=\"row\"><code>")
          .append(Markup.escape(quantity))
          .append("</code></th>")
          .append(number(Numbers.count(readings.size())))
          .append(
              number(Numbers.count(readings.stream().mapToLong(Reading::step).distinct().count())))
          .append("<td>")
          .append(reasons.isEmpty() ? "all usable" : reasons)
          .append("</td></tr>");
    }
    return scrolling(
        "<table><thead><tr><th>quantity</th><th class=\"number\">readings</th><th class=\"number\">steps</th><th>not usable</th></tr></thead><tbody>"
            + rows
            + "</tbody></table>");
  }

  private static String number(String text) {
    return "<td class=\"number\">" + text + "</td>";
  }

  private static String scrolling(String table) {
    return "<div class=\"scroll\">" + table + "</div>";
  }
}
