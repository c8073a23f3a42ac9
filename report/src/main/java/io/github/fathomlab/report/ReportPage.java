package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts verdicts, figures and tables into one page. */
final class ReportPage {
  private final ReportInput input;
  private final Recorded recorded;
  private final List<Verdict> verdicts;
  private final boolean study;
  private final Figures figures;
  private final Map<String, Object> data = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder(1 << 20);

  ReportPage(ReportInput input, Recorded recorded, List<Verdict> verdicts, boolean study) {
    this.input = input;
    this.recorded = recorded;
    this.verdicts = verdicts;
    this.study = study;
    figures = new Figures(recorded, input.auditTolerance());
  }

  String render() {
    head();
    headline();
    section("verdicts", "Verdicts", VerdictCards.of(verdicts));
    section("training", "Loss and accuracy", training());
    section("depth", "What the layers carry", depth());
    section("energy", "Where the energy goes", energy());
    section(
        "audit-section",
        "Do the books balance?",
        figure(figures.audit(), "No audit: <code>ledger.audit_residual</code> was not recorded."));
    section("cost", "What it cost", Tables.facts(input.cost(), "No costs: the run has not ended."));
    section(
        "provenance",
        "Where these numbers come from",
        Tables.facts(input.provenance(), "No provenance was given with this run."));
    section(
        "recorded",
        "Everything recorded",
        details(
            "All quantities, with the readings that must not be used", Tables.inventory(recorded)));
    section("experiment", study ? "The study" : "The experiment", experiment());
    section("cite", "Cite", cite());
    foot();
    return out.toString();
  }

  private void head() {
    out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">")
        .append("<link rel=\"icon\" href=\"data:,\"><title>")
        .append(Markup.escape(input.title()))
        .append(" \u2013 Fathom</title>\n<style>\n")
        .append(Palette.css())
        .append(Markup.resource("report.css"))
        .append("</style>\n<style id=\"figure-style\">\n")
        .append(Figure.styleSheet())
        .append("</style></head>\n<body><main>\n");
  }

  private void headline() {
    out.append("<header class=\"headline\"><p class=\"eyebrow\">Fathom report</p><h1>")
        .append(Markup.escape(input.title()))
        .append("</h1><p class=\"run\"><code>")
        .append(Markup.escape(input.name()))
        .append("</code></p>")
        .append("<p class=\"facts-line\">")
        .append(facts())
        .append("</p></header>\n");
    ReportInput.Diverged diverged = input.diverged();
    if (diverged != null) {
      String layer =
          diverged.layer() < 0
              ? "the network"
              : "layer "
                  + diverged.layer()
                  + (diverged.layerName().isBlank() ? "" : " (" + diverged.layerName() + ")");
      out.append("<p class=\"banner\" role=\"alert\"><strong>This run diverged.</strong> Replica ")
          .append(diverged.replica())
          .append(" stopped being finite in ")
          .append(Markup.escape(layer))
          .append(" at step ")
          .append(Numbers.count(diverged.step()))
          .append(". What was recorded before is below.</p>\n");
    }
  }

  private String facts() {
    long readings = 0;
    long replicas = 0;
    long last = -1;
    for (String quantity : recorded.quantities()) {
      List<Reading> rows = recorded.of(quantity);
      readings += rows.size();
      for (Reading row : rows) {
        replicas = Math.max(replicas, row.replica() + 1L);
        last = Math.max(last, row.step());
      }
    }
    if (last < 0) {
      return "No readings.";
    }
    return (input.layerNames().isEmpty() ? "" : input.layerNames().size() + " layers \u00b7 ")
        + Numbers.count(replicas)
        + (replicas == 1 ? " replica" : " replicas")
        + " \u00b7 "
        + (study ? "" : Numbers.count(last) + " steps \u00b7 ")
        + Numbers.count(readings)
        + " readings";
  }

  private String training() {
    String absentLoss = "No loss: <code>loss</code> was not recorded.";
    String absentAccuracy =
        "No accuracy: <code>accuracy.train</code> and <code>accuracy.test</code> were not recorded.";
    String pair = figure(figures.loss(), absentLoss) + figure(figures.accuracy(), absentAccuracy);
    return pair.isEmpty() ? "" : "<div class=\"pair\">" + pair + "</div>";
  }

  private String depth() {
    List<Figure> curves = figures.loadCurves();
    if (curves.isEmpty()) {
      return absent(
          "No load curve: none of <code>separation.log</code>, <code>separation.trace_ratio</code>, <code>separation.invariant</code> was recorded.");
    }
    StringBuilder html = new StringBuilder("<div class=\"choices\" data-choices=\"measure\">");
    curves.forEach(curve -> html.append(figure(Optional.of(curve), "")));
    return html.append("</div>")
        .append(
            figure(
                figures.loads(),
                "No loads: they need <code>separation.log</code> at two neighbouring representations."))
        .toString();
  }

  private String energy() {
    return figure(
            figures.dissipation(),
            "No dissipation map: <code>ledger.dissipation</code> was not recorded.")
        + figure(figures.inflow(), "No inflow map: <code>ledger.current</code> was not recorded.");
  }

  private String figure(Optional<Figure> found, String absent) {
    if (found.isEmpty()) {
      return absent(absent);
    }
    Figure figure = found.get();
    data.put(figure.id(), figure.data());
    String size = figure.width() > Figure.HALF ? "wide" : "half";
    return "<figure id=\""
        + figure.id()
        + "\" class=\""
        + size
        + "\"><h3>"
        + Markup.escape(figure.title())
        + "</h3><div class=\"stage\">"
        + figure.inline()
        + "</div><figcaption><p>"
        + Markup.escape(figure.shows())
        + "</p><p class=\"limit\"><b>Not shown:</b> "
        + Markup.escape(figure.showsNot())
        + "</p><p class=\"method\">"
        + Markup.escape(figure.method())
        + "</p></figcaption></figure>\n";
  }

  /** A training says which of its figures are missing; a study was never to have them. */
  private String absent(String sentence) {
    return study ? "" : "<p class=\"absent\">" + sentence + "</p>";
  }

  private String experiment() {
    return input.resolvedYaml().isBlank()
        ? "<p class=\"absent\">The resolved experiment was not given with this run.</p>"
        : details(
            study ? "What was performed" : "Resolved experiment, every key written out",
            "<pre>" + Markup.escape(input.resolvedYaml()) + "</pre>");
  }

  private String cite() {
    return input.bibtex().isBlank()
        ? "<p class=\"absent\">No works to cite were given with this run.</p>"
        : "<div class=\"copyable\"><pre id=\"bibtex\">"
            + Markup.escape(input.bibtex())
            + "</pre></div>";
  }

  private static String details(String summary, String content) {
    return "<details><summary>" + summary + "</summary>" + content + "</details>";
  }

  private void section(String id, String heading, String content) {
    if (content.isEmpty()) {
      return;
    }
    out.append("<section id=\"")
        .append(id)
        .append("\"><h2>")
        .append(heading)
        .append("</h2>\n")
        .append(content)
        .append("</section>\n");
  }

  private void foot() {
    out.append(
            "</main><div id=\"tooltip\" role=\"status\" hidden></div>\n<script type=\"application/json\" id=\"report-data\">")
        .append(Markup.json(data))
        .append("</script>\n<script>\n")
        .append(Markup.resource("report.js"))
        .append("</script></body></html>\n");
  }
}
