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

  /** The quantities {@code cost.*}: the last recorded number of each, over replicas. */
  static String cost(Recorded recorded) {
    StringBuilder rows = new StringBuilder();
    for (String quantity : recorded.quantities()) {
      if (quantity.startsWith("cost.") && !recorded.of(quantity).isEmpty()) {
        Profile profile = Profile.of(recorded.of(quantity));
        for (int layer = 0; layer < profile.layers.length; layer++) {
          rows.append(costRow(quantity, profile, layer, recorded));
        }
      }
    }
    if (rows.isEmpty()) {
      return "<p class=\"absent\">No costs: no quantity <code>cost.*</code> was recorded.</p>";
    }
    return scrolling(
        "<table><thead><tr><th>quantity</th><th>where</th><th>at step</th><th class=\"number\">mean</th><th class=\"number\">smallest</th><th class=\"number\">largest</th><th class=\"number\">n</th></tr></thead><tbody>"
            + rows
            + "</tbody></table>");
  }

  private static String costRow(String quantity, Profile profile, int layer, Recorded recorded) {
    int column = profile.columns - 1;
    Band band = profile.at(column, layer);
    String where =
        profile.layers[layer] < 0 ? "whole network" : recorded.layerName(profile.layers[layer]);
    return "<tr><th scope=\"row\"><code>"
        + Markup.escape(quantity)
        + "</code></th><td>"
        + Markup.escape(where)
        + "</td><td>"
        + Numbers.count(profile.lastStep(column))
        + "</td>"
        + number(Numbers.show(band.mean()))
        + number(Numbers.show(band.low()))
        + number(Numbers.show(band.high()))
        + number(Integer.toString(band.replicas()))
        + "</tr>";
  }

  static String provenance(Map<String, String> provenance) {
    if (provenance.isEmpty()) {
      return "<p class=\"absent\">No provenance was given with this run.</p>";
    }
    return scrolling(
        provenance.entrySet().stream()
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
