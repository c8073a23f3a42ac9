package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts verdicts, figures and tables into one page. */
final class ReportPage {
  private static final String RANKS = "Rank over depth";

  /** What a page is about. */
  enum Kind {
    RUN,
    STUDY,
    SWEEP
  }

  private final ReportInput input;
  private final Recorded recorded;
  private final List<Verdict> verdicts;
  private final Kind kind;
  private final Figures figures;
  private final Map<String, Object> data = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder(1 << 20);

  ReportPage(ReportInput input, Recorded recorded, List<Verdict> verdicts, Kind kind) {
    this.input = input;
    this.recorded = recorded;
    this.verdicts = verdicts;
    this.kind = kind;
    figures = new Figures(input, recorded);
  }

  String render() {
    head();
    out.append(Headline.of(input, recorded, kind));
    section("advice", "What to do next", advice());
    section("verdicts", "Verdicts", VerdictCards.of(verdicts));
    if (kind == Kind.SWEEP) {
      sweep();
    } else {
      measurements();
    }
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
    section("experiment", "The " + noun(), experiment());
    section("cite", "Cite", cite());
    foot();
    return out.toString();
  }

  private String noun() {
    return switch (kind) {
      case RUN -> "experiment";
      case STUDY -> "study";
      case SWEEP -> "sweep";
    };
  }

  private void sweep() {
    Sweep sweep = Sweep.of(recorded);
    String renormalization = renormalization();
    String ranks = ranks();
    if (!(renormalization + ranks).isEmpty() && sweep.views.isEmpty()) {
      section("renormalization", "Renormalization", renormalization);
      section("ranks", RANKS, ranks);
      return;
    }
    section(
        "phases",
        "Noise and nonlinearity",
        figure(
                figures.phaseMap(PhaseMap.Colouring.TILT),
                "No phase diagram: it needs one axis of noise, at most one of slopes, and a measure of separation.")
            + figure(figures.phaseMap(PhaseMap.Colouring.ACCURACY), ""));
    section("chain", "The mechanical chain", figure(figures.chainMap(), ""));
    if (!sweep.views.isEmpty()) {
      section("cells", "All cells", details(sweep.size(), SweepTable.of(sweep)));
    }
    section("renormalization", "Renormalization", renormalization);
    section("ranks", RANKS, ranks);
  }

  private String renormalization() {
    return all(figures.renormalization());
  }

  private String ranks() {
    return all(figures.ranks());
  }

  private String all(List<Figure> drawn) {
    StringBuilder html = new StringBuilder();
    drawn.forEach(figure -> html.append(figure(Optional.of(figure), "")));
    return html.toString();
  }

  private String advice() {
    return input.advice().stream()
        .map(sentence -> "<p class=\"advice\">" + Markup.escape(sentence) + "</p>\n")
        .collect(Collectors.joining());
  }

  /** The sections of a training, or of a study what it has of them. */
  private void measurements() {
    section("training", "Loss and accuracy", training());
    section("depth", "What the layers carry", depth());
    section("energy-section", "Where the energy goes", energy());
    section("data-section", "What the data inject", figure(figures.injection(), ""));
    section("audit-section", "Do the books balance?", books());
    section("edge-section", "The edge of stability", figure(figures.edgeStudy(), ""));
    section("bulk-section", "The bulk before training", figure(figures.randomBulk(), ""));
    section("field-section", "The field over depth", field());
    section("chain-section", "The mechanical chain", figure(figures.chainTopology(), ""));
    section("renormalization", "Renormalization", renormalization());
    section("ranks", RANKS, ranks());
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

  private String training() {
    String absentLoss = "No loss: <code>loss</code> was not recorded.";
    String absentAccuracy =
        "No accuracy: <code>accuracy.train</code> and <code>accuracy.test</code> were not recorded.";
    String pair = figure(figures.loss(), absentLoss) + figure(figures.accuracy(), absentAccuracy);
    return pair(pair);
  }

  private static String pair(String figures) {
    return figures.isEmpty() ? "" : "<div class=\"pair\">" + figures + "</div>";
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
        .append(figure(figures.foldingRuler(), ""))
        .append(pair(figure(figures.tilt(), "")))
        .toString();
  }

  private String energy() {
    return figure(
            figures.dissipation(),
            "No dissipation map: <code>ledger.dissipation</code> was not recorded.")
        + figure(figures.inflow(), "No inflow map: <code>ledger.current</code> was not recorded.")
        + figure(figures.currentProfile(), "")
        + figure(
            figures.layerWork(),
            "No work of single layers and no edge of stability: the secant pass (<code>ledger.work_weights</code>, <code>ledger.curvature</code>) was not recorded.")
        + figure(figures.edge(), "")
        + figure(figures.forms(), "");
  }

  private String books() {
    Optional<Figure> balance = figures.balance();
    String pair = figure(figures.energy(), "") + figure(balance, "");
    String partial = balance.isEmpty() ? BalanceFigure.partial(recorded).strip() : "";
    return figure(figures.audit(), "No audit: <code>ledger.audit_residual</code> was not recorded.")
        + (partial.isEmpty() ? "" : "<p class=\"absent\">" + Markup.escape(partial) + "</p>")
        + pair(pair);
  }

  private String field() {
    StringBuilder html = new StringBuilder();
    for (FieldCollapse.Kind kind : FieldCollapse.Kind.values()) {
      html.append(figure(figures.field(kind), ""));
    }
    return pair(html.toString());
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
    return kind == Kind.STUDY || sentence.isEmpty()
        ? ""
        : "<p class=\"absent\">" + sentence + "</p>";
  }

  private String experiment() {
    return input.resolvedYaml().isBlank()
        ? "<p class=\"absent\">The resolved experiment was not given with this run.</p>"
        : details(
            kind == Kind.STUDY
                ? "What was performed"
                : "Resolved " + noun() + ", every key written out",
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

  /** A section that is left out when there is nothing in it. */
  private void foot() {
    out.append(
            "</main><div id=\"tooltip\" role=\"status\" hidden></div>\n<script type=\"application/json\" id=\"report-data\">")
        .append(Markup.json(data))
        .append("</script>\n<script>\n")
        .append(Markup.resource("report.js"))
        .append("</script></body></html>\n");
  }
}
