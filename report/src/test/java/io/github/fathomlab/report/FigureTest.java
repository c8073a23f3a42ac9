package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FigureTest {
  private static final Set<String> WHOLE_NETWORK =
      Set.of(
          "loss",
          "ledger.loss_change",
          "ledger.injection",
          "ledger.injection_expected",
          "ledger.energy",
          "ledger.balance",
          "ledger.secant_residual",
          "bulk.slope",
          "bulk.chi1");

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Figure> figures(SyntheticRun run) {
    return new Figures(run.input(), run).all();
  }

  private static Figure only(SyntheticRun run, String id) {
    return new Figures(run.input(), run).named(id).orElseThrow();
  }

  @Test
  void everyFigureIsWellFormedWithTitleAndFiniteCoordinates() throws Exception {
    SyntheticRun run = new SyntheticRun(8, 4, 300).withAll();
    List<Figure> figures = figures(run);
    assertEquals(
        List.of(
            "loss",
            "accuracy",
            "load-curve-log",
            "load-curve-trace-ratio",
            "load-curve-invariant",
            "loads",
            "tilt",
            "folding-ruler",
            "dissipation",
            "inflow",
            "current-profile",
            "layer-work",
            "forms",
            "edge",
            "injection",
            "audit",
            "energy",
            "balance"),
        figures.stream().map(Figure::id).toList());
    for (Figure figure : figures) {
      Document document = parse(figure.standalone());
      assertEquals(1, document.getElementsByTagName("desc").getLength());
      assertFalse(figure.standalone().contains("var(--"), figure.id());
      assertFalse(figure.body().matches("(?s).*=\"[^\"]*(NaN|Infinity).*"), figure.id());
      parse(figure.inline());
    }
  }

  @Test
  void awkwardRunsAreDrawn() throws Exception {
    SyntheticRun allMissing = SyntheticRun.empty();
    SyntheticRun extreme = SyntheticRun.empty();
    for (String quantity :
        List.of(
            "loss",
            "separation.log",
            "ledger.dissipation",
            "ledger.current",
            "ledger.audit_residual",
            "ledger.audit_control",
            "ledger.external",
            "ledger.kinetic",
            "ledger.curvature",
            "ledger.work_weights",
            "ledger.work_biases",
            "ledger.loss_change",
            "ledger.injection",
            "ledger.injection_expected",
            "ledger.energy",
            "ledger.balance",
            "ledger.secant_residual",
            "midpoint.kinetic",
            "midpoint.dissipation",
            "field.energy",
            "field.current",
            "bulk.dissipation",
            "bulk.slope",
            "bulk.chi1")) {
      int layer = WHOLE_NETWORK.contains(quantity) ? -1 : 0;
      for (int step = 0; step < 3; step++) {
        allMissing.add(quantity, step, layer, 0, Double.NaN, Status.NOT_FINITE);
        allMissing.add(quantity, step, layer + 1, 0, Double.NaN, Status.NOT_FINITE);
        extreme.add(quantity, step, layer, 0, step == 1 ? 1e308 : -1e308, Status.OK);
        extreme.add(quantity, step, layer + 1, 0, step == 1 ? Double.MIN_VALUE : 0, Status.OK);
      }
    }
    SyntheticRun single = new SyntheticRun(1, 1, 1).withAll().withStudies();
    for (SyntheticRun run : List.of(allMissing, extreme, single)) {
      assertTrue(figures(run).size() >= 5);
      for (Figure figure : figures(run)) {
        parse(figure.standalone());
        assertFalse(figure.body().matches("(?s).*=\"[^\"]*(NaN|Infinity).*"), figure.id());
        assertFalse(
            Markup.json(figure.data()).matches("(?s).*[\\[,:]\"?(NaN|-?Infinity).*"), figure.id());
      }
    }
  }

  @Test
  void aGapBreaksTheLineAndKeepsItsReason() {
    SyntheticRun run = SyntheticRun.empty();
    for (int step = 0; step < 7; step++) {
      run.add(
          "loss",
          step,
          -1,
          0,
          step == 3 ? Double.NaN : 1 + step,
          step == 3 ? Status.NOT_FINITE : Status.OK);
    }
    String body = only(run, "loss").body();
    String line = body.substring(body.indexOf("class=\"line\" d=\"M"));
    line = line.substring(0, line.indexOf("/>"));
    assertEquals(2, line.chars().filter(c -> c == 'M').count());
    assertTrue(body.contains("mark none") && body.contains("NOT_FINITE in 1 of 1 reading"));
  }

  @Test
  void flaggedValuesAreHollowAndValuesBelowALogAxisAreMarked() {
    SyntheticRun flagged = SyntheticRun.empty();
    flagged
        .add("separation.log", 0, 0, 0, 3, Status.OK)
        .add("separation.log", 0, 1, 0, 2, Status.RANK_DEFICIENT);
    assertTrue(only(flagged, "load-curve-log").body().contains("mark hollow"));
    SyntheticRun zero = SyntheticRun.empty();
    zero.add("loss", 0, -1, 0, 100, Status.OK)
        .add("loss", 1, -1, 0, 1, Status.OK)
        .add("loss", 2, -1, 0, 0, Status.OK);
    assertTrue(only(zero, "loss").body().contains("lies below a logarithmic axis"));
    SyntheticRun negative = SyntheticRun.empty();
    negative
        .add("ledger.dissipation", 0, 0, 0, 1e-3, Status.OK)
        .add("ledger.dissipation", 1, 0, 0, -1e-4, Status.OK);
    Figure map = only(negative, "dissipation");
    assertTrue(map.body().contains("overlay hatch") && map.method().contains("Hatched"));
  }

  @Test
  void theUntrainedNetworkIsTheNullAndItsAbsenceIsSaid() {
    SyntheticRun with = new SyntheticRun(4, 3, 60).withSeparation();
    assertTrue(only(with, "load-curve-log").body().contains("untrained (null)"));
    SyntheticRun without = SyntheticRun.empty();
    without
        .add("separation.log", 9, 0, 0, 3, Status.OK)
        .add("separation.log", 9, 1, 0, 2, Status.OK);
    Figure figure = only(without, "load-curve-log");
    assertFalse(figure.body().contains("untrained (null)"));
    assertTrue(figure.method().contains("the null is missing"));
  }

  @Test
  void theAuditSeparatesBalancedFromBrokenAndChecksItsControl() {
    SyntheticRun run = SyntheticRun.empty();
    for (int m = 0; m < 3; m++) {
      run.add("ledger.audit_residual", 0, m, 0, m == 1 ? 1e-6 : 9.9e-7, Status.OK);
      run.add("ledger.audit_control", 0, m, 0, 1e-9, Status.OK);
    }
    Figure figure = only(run, "audit");
    assertTrue(figure.body().contains("cell pass") && figure.body().contains("cell fail"));
    assertTrue(figure.method().contains("caught in 0 of 1 columns: the audit cannot fail"));
  }

  @Test
  void loadsAreDifferencesOfNeighbours() {
    SyntheticRun run = SyntheticRun.empty();
    double[] separation = {5, 4, 2, -1};
    for (int l = 0; l < separation.length; l++) {
      run.add("separation.log", 0, l, 0, separation[l], Status.OK);
    }
    String data = Markup.json(only(run, "loads").data());
    assertTrue(data.contains("\"mean\":[1,2,3]"), data);
  }
}
