package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LedgerFiguresTest {

  private static Optional<Figure> figure(SyntheticRun run, String id, boolean memoryless) {
    return new Figures(run.input(memoryless), run).named(id);
  }

  private static Figure figure(SyntheticRun run, String id) {
    return figure(run, id, true).orElseThrow();
  }

  private static JsonNode series(Figure figure, int index) {
    return JsonMapper.shared().readTree(Markup.json(figure.data())).get("series").get(index);
  }

  @Test
  void theEdgeOfTheSyntheticLedgerIsItsClosedForm() {
    SyntheticRun run = new SyntheticRun(4, 3, 300).withLedger();
    Figure edge = figure(run, "edge");
    JsonNode ratio = series(edge, 0);
    assertEquals(30, ratio.get("mean").size());
    for (int window = 0; window < 30; window++) {
      assertEquals(
          run.edge(10 * window, 0), ratio.get("low").get(window).asDouble(), 1e-5, "" + window);
      assertEquals(run.edge(10 * window, 1), ratio.get("mean").get(window).asDouble(), 1e-5);
      assertEquals(run.edge(10 * window, 2), ratio.get("high").get(window).asDouble(), 1e-5);
    }
    assertEquals("steps 10\u201319", ratio.get("places").get(1).asString());
    assertTrue(edge.method().startsWith("Windows of 10 recorded steps."), edge.method());
    assertTrue(edge.method().contains("Check: the ratio equals 1 + "), edge.method());
  }

  @Test
  void withMemoryTheBookedDissipationIsTheDenominator() {
    SyntheticRun run = new SyntheticRun(3, 1, 40).withLedger();
    double curvature = 0;
    double dissipation = 0;
    for (Reading reading : run.of("ledger.curvature")) {
      curvature += reading.step() < 10 ? reading.value() : 0;
    }
    for (Reading reading : run.of("ledger.dissipation")) {
      dissipation += reading.step() < 10 ? reading.value() : 0;
    }
    Figure edge = figure(run, "edge", false).orElseThrow();
    double drawn = series(edge, 0).get("mean").get(0).asDouble();
    assertEquals(curvature / dissipation, drawn, 1e-5);
    assertFalse(edge.method().contains("Check"), edge.method());
  }

  @Test
  void onlyStepsWithCurvatureEnterBothSums() {
    SyntheticRun run = SyntheticRun.empty();
    for (int step = 0; step < 10; step++) {
      for (int m = 0; m < 2; m++) {
        run.add("ledger.dissipation", step, m, 0, step % 5 == 0 ? 2 : 1000, Status.OK);
        if (step % 5 == 0) {
          run.add("ledger.curvature", step, m, 0, 1, Status.OK);
        }
      }
    }
    run.add("ledger.curvature", 7, 0, 0, 50, Status.OK)
        .add("ledger.curvature", 7, 1, 0, Double.NaN, Status.NOT_FINITE);
    Figure edge = figure(run, "edge", false).orElseThrow();
    assertEquals(0.5, series(edge, 0).get("mean").get(0).asDouble());
    assertTrue(edge.method().contains("left out of both"));
    assertTrue(figure(run, "edge", true).isEmpty());
  }

  @Test
  void theProfileSharesWhatTheLayersTake() {
    SyntheticRun run = SyntheticRun.empty();
    for (int step = 0; step < 20; step++) {
      double[] inflow = step < 2 ? new double[] {1, 2, 4} : new double[] {3, 3, 4};
      for (int m = 0; m < 3; m++) {
        run.add("ledger.current", step, m, 0, -inflow[m], Status.OK);
      }
    }
    Figure profile = figure(run, "current-profile");
    JsonNode last = series(profile, 0).get("mean");
    JsonNode first = series(profile, 1).get("mean");
    assertEquals(List.of(75.0, 0.0, 25.0), numbers(last));
    assertEquals(List.of(25.0, 25.0, 50.0), numbers(first));
    assertEquals(List.of(3.0, 3.0, 4.0), numbers(series(profile, 2).get("mean")));
    assertFalse(profile.body().contains("overlay hatch"));
    assertTrue(profile.method().contains("steps 18\u201319"), profile.method());
  }

  private static List<Double> numbers(JsonNode array) {
    return array.valueStream().map(JsonNode::asDouble).toList();
  }

  @Test
  void energyThatALayerGivesBackIsHatched() {
    SyntheticRun run = SyntheticRun.empty();
    for (int m = 0; m < 4; m++) {
      run.add("ledger.current", 0, m, 0, new double[] {0.5, -1, -3, -2}[m], Status.OK);
    }
    Figure profile = figure(run, "current-profile");
    assertTrue(profile.body().contains("flow back") && profile.body().contains("overlay hatch"));
    assertTrue(profile.method().contains("flows the other way"));
    assertEquals(List.of(-10.0, 30.0, 40.0, -20.0), numbers(series(profile, 0).get("mean")));
    SyntheticRun holes = SyntheticRun.empty().add("ledger.current", 0, 3, 0, -1, Status.OK);
    assertTrue(figure(holes, "current-profile", true).isEmpty());
  }

  /** Feet are as wide as what a layer takes, on the scale of the band, whatever the signs. */
  @Test
  void feetOfTheFlowKeepTheirWidth() {
    Random random = new Random(11);
    for (int trial = 0; trial < 200; trial++) {
      int depth = 1 + random.nextInt(12);
      double[] flow = new double[depth + 1];
      for (int m = 1; m <= depth; m++) {
        flow[m] = random.nextGaussian() * Math.exp(3 * random.nextGaussian());
      }
      FlowBand band = new FlowBand(flow, 40, 64, 780.0 / depth);
      double scale = (band.above() + band.below()) / (max(flow) - min(flow));
      Svg svg = new Svg();
      band.draw(svg, new Marks("f"));
      double wide = 0;
      double exchanged = 0;
      String bottom = "," + Numbers.coordinate(band.bottom()) + "L";
      for (String part : svg.toString().split("class=\"overlay", -1)[0].split("Z", -1)) {
        int at = part.indexOf(bottom);
        if (at >= 0) {
          double from = Double.parseDouble(part.substring(part.lastIndexOf('L', at) + 1, at));
          String rest = part.substring(at + bottom.length());
          wide += Math.abs(Double.parseDouble(rest.substring(0, rest.indexOf(','))) - from);
        }
      }
      for (int m = 0; m < depth; m++) {
        exchanged += Math.abs(flow[m + 1] - flow[m]);
      }
      assertEquals(scale * exchanged, wide, 0.03 * depth, "trial " + trial);
      assertTrue(band.above() + band.below() <= 120 + 1e-9);
    }
  }

  private static double max(double[] flow) {
    return Math.max(0, java.util.Arrays.stream(flow).max().orElseThrow());
  }

  private static double min(double[] flow) {
    return Math.min(0, java.util.Arrays.stream(flow).min().orElseThrow());
  }

  @Test
  void workOfWeightsAndBiasesIsAddedWithItsSign() {
    SyntheticRun run =
        SyntheticRun.empty()
            .add("ledger.work_weights", 0, 0, 0, -3, Status.OK)
            .add("ledger.work_weights", 0, 1, 0, 0.5, Status.OK)
            .add("ledger.work_weights", 0, 2, 0, -1, Status.OK)
            .add("ledger.work_biases", 0, 0, 0, -1, Status.OK)
            .add("ledger.work_biases", 0, 1, 0, 0.5, Status.OK)
            .add("ledger.work_biases", 0, 2, 0, Double.NaN, Status.NOT_APPLICABLE);
    Figure work = figure(run, "layer-work");
    String data = Markup.json(work.data());
    assertTrue(data.contains("\"values\":[[4],[-1],[null]]"), data);
    assertTrue(data.contains("NOT_APPLICABLE in 1 of 1 reading"), data);
    assertTrue(work.method().contains("Hatched: the step of this layer raised the loss"));
    assertTrue(work.body().contains("share back") && work.body().contains("\u221220 %"));
  }

  @Test
  void sharesStandBesideTheSharesOfParameters() {
    SyntheticRun run = new SyntheticRun(3, 1, 5);
    for (int m = 0; m < 3; m++) {
      run.add("ledger.dissipation", 0, m, 0, new double[] {1, 3, 6}[m], Status.OK);
    }
    String method = figure(run, "dissipation").method();
    assertTrue(
        method.contains(
            "Boundary layer m = 0: 10 % of the dissipation with 37 % of the parameters; bulk m \u2265 1: 90 % with 63 %."),
        method);
    SyntheticRun unknown = SyntheticRun.empty();
    unknown
        .add("ledger.dissipation", 0, 0, 0, 1, Status.OK)
        .add("ledger.dissipation", 0, 1, 0, 1, Status.OK);
    String without = figure(unknown, "dissipation").method();
    assertTrue(without.contains("the shares have no null"), without);
  }

  @Test
  void injectionsHaveStandardErrorsAndAMissingLawIsSaid() {
    SyntheticRun run = SyntheticRun.empty();
    for (int step = 0; step < 10; step++) {
      for (int r = 0; r < 4; r++) {
        double value = r + (step % 2 == 0 ? 0.25 : -0.25);
        run.add("ledger.injection", step, -1, r, value, Status.OK);
      }
    }
    Figure injection = figure(run, "injection");
    JsonNode measured = series(injection, 0);
    double error = Math.sqrt(5.0 / 3 / 4); // of the means 0, 1, 2, 3
    assertEquals(1.5, measured.get("mean").get(0).asDouble(), 1e-12);
    assertEquals(1.5 + error, measured.get("high").get(0).asDouble(), 1e-5);
    assertTrue(injection.method().contains("SGD and heavy-ball only"), injection.method());
    run.add("ledger.injection_expected", 0, -1, 0, Double.NaN, Status.NOT_APPLICABLE);
    assertTrue(figure(run, "injection").method().contains("No expectation: NOT_APPLICABLE"));
    run.add("ledger.injection_expected", 1, -1, 0, 3, Status.OK);
    assertTrue(figure(run, "injection").method().contains("ratio 0.417"));
  }

  @Test
  void aPartialBalanceIsASentenceAndNoNumber() {
    SyntheticRun run = SyntheticRun.empty().add("ledger.dissipation", 0, 0, 0, 1, Status.OK);
    for (int step = 0; step < 5; step++) {
      run.add("ledger.balance", step, -1, 0, Double.NaN, Status.PARTIAL);
    }
    assertTrue(figure(run, "balance", true).isEmpty());
    String sentence = "The closing error of the whole run is not given: not every step was seen";
    assertTrue(Report.html(run.input(), run, List.of()).contains(sentence));
    run.add("ledger.secant_residual", 4, -1, 0, 1e-16, Status.OK);
    Figure balance = figure(run, "balance");
    assertTrue(balance.method().contains(sentence), balance.method());
    assertEquals("secant residual", series(balance, 0).get("name").asString());
  }

  @Test
  void aBrokenBalanceLiesAboveTheTolerance() {
    SyntheticRun run =
        SyntheticRun.empty()
            .add("ledger.balance", 0, -1, 0, -1e-3, Status.OK)
            .add("ledger.balance", 0, -1, 1, 1e-9, Status.OK);
    Figure balance = figure(run, "balance");
    assertEquals(1e-3, series(balance, 0).get("mean").get(0).asDouble());
    assertTrue(balance.method().contains("Worst of n = 2 replicas."));
    assertTrue(balance.body().contains("tolerance 1\u00d710\u207b\u2075"));
  }

  @Test
  void bothFormsAreAveragedOverTheStepsTheyShare() {
    SyntheticRun run =
        SyntheticRun.empty()
            .add("ledger.dissipation", 0, 0, 0, 2, Status.OK)
            .add("ledger.dissipation", 1, 0, 0, 100, Status.OK)
            .add("ledger.dissipation", 2, 0, 0, 4, Status.OK)
            .add("midpoint.dissipation", 0, 0, 0, 1, Status.OK)
            .add("midpoint.dissipation", 2, 0, 0, 2, Status.OK);
    Figure forms = figure(run, "forms");
    assertEquals(3, series(forms, 0).get("mean").get(0).asDouble());
    assertEquals(1.5, series(forms, 1).get("mean").get(0).asDouble());
    assertTrue(forms.method().startsWith("Mean over 2 steps"));
  }

  @Test
  void theEdgeStudyKeepsLargeAndSmallRatesApart() {
    SyntheticRun run = new SyntheticRun(0, 0, 0).withStudies();
    Figure edge = figure(run, "edge-study");
    for (int i = 0; i < 4; i++) {
      double expected = (i < 2 ? 1 - Math.exp(-4) : 0.04) * (i % 2 == 0 ? 1.01 : 1);
      assertEquals(expected, series(edge, i).get("mean").get(3).asDouble(), 1e-6);
    }
    assertTrue(edge.method().startsWith("Mean over n = 3 seeds"), edge.method());
    assertTrue(figure(SyntheticRun.empty(), "edge-study", true).isEmpty());
  }

  @Test
  void depthsShareOneAxisAndKindsOfStartAreApart() {
    SyntheticRun run = new SyntheticRun(0, 0, 0).withStudies();
    Figure energy = figure(run, "field-collapse-energy");
    assertEquals("M = 32", series(energy, 1).get("name").asString());
    assertEquals(32, series(energy, 1).get("x").size());
    assertEquals(1.0 / 32, series(energy, 1).get("x").get(1).asDouble(), 1e-7);
    JsonNode current = series(figure(run, "field-rough-current"), 2);
    assertEquals(0, current.get("x").get(0).asDouble());
    assertEquals(0, current.get("mean").get(0).asDouble());
    assertEquals(1, current.get("x").get(64).asDouble());
    Figure bulk = figure(run, "random-bulk");
    assertTrue(bulk.method().contains("expected 0.699."), bulk.method());
    assertEquals("\u03c7\u2081 = 0.497", series(bulk, 0).get("name").asString());
    SyntheticRun dead = SyntheticRun.empty().add("bulk.dissipation", 0, 1, 0, 0, Status.OK);
    assertFalse(series(figure(dead, "random-bulk"), 0).get("mean").get(0).isNumber());
  }
}
