package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

  private static JsonNode embedded(String html) {
    String start = "id=\"report-data\">";
    int from = html.indexOf(start) + start.length();
    return JsonMapper.shared().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  @Test
  void aWholeReportIsOneSelfContainedFile() throws IOException {
    SyntheticRun run = new SyntheticRun(8, 10, 300).withAll();
    String html = Report.html(run.input(), run, SyntheticRun.verdicts());
    Files.writeString(Path.of("target", "synthetic-report.html"), html);
    assertEquals(html, Report.html(run.input(), run, SyntheticRun.verdicts()));
    assertFalse(html.contains("https://") || html.contains("src=\"http"), "asks for the network");
    assertTrue(html.contains("chip holds\">HOLDS") && html.contains("chip undecided\">UNDECIDED"));
    assertTrue(html.contains("differs from the documented outcome"));
    assertTrue(html.contains("<td class=\"null\">4.1\u00d710\u207b\u2074</td>"));
    JsonNode data = embedded(html);
    assertEquals(18, data.size());
    assertEquals(13, data.get("load-curve-log").get("frames").get("steps").size());
  }

  @Test
  void aMillionReadingsStaySmallAndFast() {
    SyntheticRun run = new SyntheticRun(9, 10, 1000).withAll();
    long readings = run.quantities().stream().mapToLong(q -> run.of(q).size()).sum();
    ThreadMXBean clock = ManagementFactory.getThreadMXBean(); // does not count busy neighbours
    long start = clock.getCurrentThreadCpuTime();
    String html = Report.html(run.input(), run, SyntheticRun.verdicts());
    double seconds = (clock.getCurrentThreadCpuTime() - start) * 1e-9;
    assertTrue(readings > 900_000, "only " + readings);
    assertTrue(
        html.getBytes(StandardCharsets.UTF_8).length < 3_000_000, "too long: " + html.length());
    assertTrue(seconds < 2, "took " + seconds + " s");
  }

  @Test
  void aDivergedRunOfOneReplicaKeepsWhatItHas() throws IOException {
    SyntheticRun run = new SyntheticRun(12, 1, 40).withTraining();
    for (int step = 0; step < 40; step++) {
      for (int m = 0; m < 12; m++) {
        boolean broken = step > 30 && m > 8;
        double value =
            broken ? Double.NaN : 1e-3 * Math.exp(0.2 * m + 0.3 * step) * (m == 4 ? -1 : 1);
        Status status = broken ? Status.NOT_FINITE : m == 2 ? Status.TOO_FEW_SAMPLES : Status.OK;
        if (step != 20) {
          run.add("ledger.dissipation", step, m, 0, value, status);
        }
        if (step != 20 || m < 3) {
          run.add("ledger.current", step, m, 0, value, status);
        }
        if (step % 10 == 0) {
          run.add("ledger.audit_residual", step, m, 0, 1e-16, Status.OK);
        }
      }
    }
    for (int l = 0; l <= 12; l++) {
      double value = l == 7 ? Double.NaN : 4 - 0.3 * l;
      Status status = l == 7 ? Status.ZERO_VARIANCE : l > 9 ? Status.RANK_DEFICIENT : Status.OK;
      run.add("separation.log", 40, l, 0, value, status);
    }
    run.add("loss", 40, -1, 0, Double.NaN, Status.NOT_FINITE);
    ReportInput plain = run.input();
    ReportInput input =
        new ReportInput(
            plain.name(),
            plain.title(),
            plain.resolvedYaml(),
            plain.provenance(),
            plain.cost(),
            plain.bibtex(),
            plain.layerNames(),
            List.of(),
            false,
            1e-13,
            1e-12,
            new ReportInput.Diverged(31, 9, "linear9", 0),
            List.of(),
            null);
    String html = Report.html(input, run, List.of());
    Files.writeString(Path.of("target", "synthetic-diverged.html"), html);
    assertTrue(html.contains("stopped being finite in layer 9 (linear9) at step 31"));
    assertTrue(html.contains("One replica, so there is no band."));
    assertTrue(html.contains("No negative control was recorded"));
    assertTrue(html.contains("the null is missing"));
    assertTrue(html.contains("overlay cross") && html.contains("overlay ruled"));
    Figure map = new Figures(input, run).named("inflow").orElseThrow();
    Files.writeString(Path.of("target", "inflow.svg"), map.standalone());
  }

  @Test
  void aStudyShowsWhatItHasAndMissesNoTraining() {
    SyntheticRun run = SyntheticRun.empty();
    run.add("split.gap", 3, 0, 0, 1e-16, Status.OK);
    String bare = Report.ofStudy(run.input(), run, SyntheticRun.verdicts());
    assertFalse(bare.contains("class=\"absent\""), "something is said to be missing");
    assertFalse(bare.contains("Loss and accuracy") || bare.contains(" steps \u00b7 "));
    assertTrue(bare.contains("The study") && bare.contains("split.gap"));
    assertTrue(bare.contains("bulk-boundary/ledger-balances"));
    run.add("ledger.dissipation", 0, 0, 0, 1, Status.OK);
    run.add("ledger.dissipation", 1, 0, 0, 2, Status.OK);
    String with = Report.ofStudy(run.input(), run, SyntheticRun.verdicts());
    assertTrue(with.contains("id=\"dissipation\""), "the figure it has is not shown");
  }

  @Test
  void whatIsMissingIsSaid() {
    SyntheticRun run = SyntheticRun.empty();
    ReportInput input =
        new ReportInput(
            "r",
            "t",
            "",
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            "",
            List.of(),
            List.of(),
            false,
            1e-13,
            1e-12,
            null,
            List.of(),
            null);
    String html = Report.html(input, run, List.of());
    for (String word :
        List.of(
            "No verdicts",
            "No loss",
            "No accuracy",
            "No load curve",
            "No dissipation map",
            "No inflow map",
            "No work of single layers",
            "No audit",
            "No costs",
            "No provenance",
            "Nothing was recorded",
            "No works to cite")) {
      assertTrue(html.contains(word), word);
    }
    assertEquals(0, embedded(html).size());
  }

  @Test
  void aStudyIsNotAskedForATraining() throws IOException {
    SyntheticRun study = new SyntheticRun(0, 0, 0).withStudies();
    String html = Report.ofStudy(study.input(), study, SyntheticRun.verdicts());
    Files.writeString(Path.of("target", "synthetic-study.html"), html);
    for (String word : List.of("No loss", "No load curve", "No dissipation", "No audit")) {
      assertFalse(html.contains(">" + word), word);
    }
    assertTrue(html.contains("<h2>The field over depth</h2>"));
    assertEquals(6, embedded(html).size());
  }

  @Test
  void aRunWithoutASecantPassSaysItOnce() {
    SyntheticRun run = SyntheticRun.empty().add("ledger.dissipation", 0, 0, 0, 1, Status.OK);
    String html = Report.html(run.input(), run, List.of());
    assertEquals(2, html.split("the secant pass", -1).length);
    assertFalse(html.contains("What the data inject"));
  }

  @Test
  void hostileNamesStayText() {
    String evil = "</script><script>alert(1)</script>&\"'\u0000";
    SyntheticRun run = SyntheticRun.empty();
    run.add("ledger.dissipation", 0, 0, 0, 1, Status.OK).add(evil, 0, -1, 0, 1, Status.OK);
    LinkedHashMap<String, String> provenance = new LinkedHashMap<>(Map.of(evil, evil));
    ReportInput input =
        new ReportInput(
            evil,
            evil,
            evil,
            provenance,
            provenance,
            evil,
            List.of(evil),
            List.of(),
            true,
            1e-13,
            1e-12,
            new ReportInput.Diverged(12345, 0, evil, 2),
            List.of(evil),
            null);
    Verdict verdict =
        new Verdict(evil, Verdict.Outcome.FAILS, evil, null, Map.of(evil, evil), evil);
    String html = Report.html(input, run, List.of(verdict));
    assertFalse(html.contains("<script>alert"));
    assertFalse(html.contains("\u0000"));
    assertEquals(2, html.split("</script>", -1).length - 1);
    assertEquals(
        "layer 0 (" + evil + ")",
        embedded(html).get("dissipation").get("panels").get(0).get("rows").get(0).asString());
    assertTrue(html.contains("This run diverged.") && html.contains("12\u202f345"));
  }
}
