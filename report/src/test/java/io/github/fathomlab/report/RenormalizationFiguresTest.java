package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RenormalizationFiguresTest {
  private static final SyntheticRun THERMOMETER = SyntheticCouplings.thermometer();
  private static final SyntheticRun THERMOMETERS = SyntheticCouplings.thermometers();
  private static final SyntheticRun ENVIRONMENT = SyntheticCouplings.environment();
  private static final SyntheticRun AUTOENCODERS = SyntheticCouplings.autoencoders();
  private static final SyntheticRun QUARTICS = SyntheticCouplings.quartics();
  private static final Map<String, SyntheticRun> RUNS =
      new TreeMap<>(
          Map.of(
              "thermometer", THERMOMETER,
              "thermometers", THERMOMETERS,
              "environment", ENVIRONMENT,
              "autoencoders", AUTOENCODERS,
              "quartics", QUARTICS));

  private static List<Figure> room(Readings readings) {
    return new Figures(SyntheticRun.empty().input(), readings).renormalization();
  }

  private static Figure only(Readings readings, String id) {
    return room(readings).stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<String> ids(Readings readings) {
    return room(readings).stream().map(Figure::id).toList();
  }

  /** The same readings, each changed. */
  private static Readings changed(SyntheticRun run, UnaryOperator<Reading> change) {
    SyntheticRun out = SyntheticRun.empty();
    run.quantities().forEach(q -> run.of(q).forEach(r -> out.add(change.apply(r))));
    return out;
  }

  private static Readings without(SyntheticRun run, String quantity) {
    SyntheticRun out = SyntheticRun.empty();
    run.quantities().stream()
        .filter(q -> !q.equals(quantity))
        .forEach(q -> run.of(q).forEach(out::add));
    return out;
  }

  private static Reading with(Reading r, int replica, double value, Status status) {
    return new Reading(
        r.quantity(), r.step(), r.layer(), r.layerName(), replica, value, status, Double.NaN);
  }

  private static void wellFormed(Figure figure) {
    String svg = figure.standalone();
    try {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
    } catch (Exception e) {
      throw new AssertionError(figure.id(), e);
    }
    assertFalse(svg.contains("var(--"), figure.id());
    assertFalse(figure.body().matches("(?s).*=\"[^\"]*(NaN|Infinity).*"), figure.id());
    for (String text : List.of("width=\"-", "height=\"-")) {
      assertFalse(figure.body().contains(text), figure.id() + " has " + text);
    }
  }

  @Test
  void eachTaskHasItsFiguresAndEveryFigureSaysWhatItIsWorth() throws IOException {
    Map<String, List<String>> expected =
        Map.of(
            "thermometer",
            List.of("coupling-training", "coupling-depth", "units-as-spins", "flow-diagram"),
            "thermometers",
            List.of("coupling-training", "coupling-depth", "units-as-spins", "flow-diagram"),
            "environment",
            List.of("scaling", "flow-diagram"),
            "autoencoders",
            List.of("coupling-training", "autoencoder-modes", "flow-diagram"),
            "quartics",
            List.of("kurtosis-flow"));
    Path folder = Files.createDirectories(Path.of("target", "room"));
    for (Map.Entry<String, SyntheticRun> run : RUNS.entrySet()) {
      assertEquals(expected.get(run.getKey()), ids(run.getValue()), run.getKey());
      for (Figure figure : room(run.getValue())) {
        wellFormed(figure);
        assertTrue(figure.body().contains("arXiv:2212.00005"), figure.id());
        assertTrue(figure.method().matches("(?s).*(Weak|Strong|Neither strong).*"), figure.id());
        assertTrue(figure.method().matches("(?s).*(Ours: |textbook|Weak claim).*"), figure.id());
        assertEquals(figure, only(run.getValue(), figure.id()));
        Files.writeString(
            folder.resolve(run.getKey() + "-" + figure.id() + ".svg"), figure.standalone());
      }
    }
  }

  @Test
  void noFigureCaresWhichSeedComesFirst() {
    for (SyntheticRun run : List.of(THERMOMETERS, ENVIRONMENT)) {
      Readings turned =
          changed(
              run,
              r -> with(r, r.replica() / 10 * 10 + 9 - r.replica() % 10, r.value(), r.status()));
      for (Figure figure : room(run)) {
        if (!figure.id().equals("scaling")) {
          assertEquals(figure.body(), only(turned, figure.id()).body());
        }
      }
      assertEquals(exponents(run), exponents(turned));
    }
  }

  private static List<String> exponents(Readings readings) {
    return room(readings).stream()
        .filter(figure -> figure.id().equals("scaling"))
        .flatMap(figure -> Pattern.compile("y = [^<]*").matcher(figure.body()).results())
        .map(match -> match.group())
        .toList();
  }

  @Test
  void whatWasNotRecordedGivesNoFigureAndNoException() {
    RUNS.forEach((name, run) -> {
      for (String quantity : run.quantities()) {
        room(without(run, quantity)).forEach(RenormalizationFiguresTest::wellFormed);
      }
    });
    assertFalse(ids(without(ENVIRONMENT, "coupling.window")).contains("scaling"));
    assertFalse(ids(without(ENVIRONMENT, "coupling.prediction")).contains("scaling"));
    assertFalse(ids(without(AUTOENCODERS, "coupling.momentum")).contains("autoencoder-modes"));
    assertFalse(ids(without(THERMOMETER, "coupling.layer")).contains("coupling-depth"));
    assertFalse(ids(without(THERMOMETER, "coupling.input")).contains("flow-diagram"));
    assertEquals(List.of(), ids(without(QUARTICS, "coupling.kurtosis")));
    assertEquals(List.of(), ids(SyntheticRun.empty().add("loss", 0, -1, 0, 1, Status.OK)));
    assertEquals(List.of(), ids(new SyntheticRun(4, 2, 40).withAll()));
  }

  @Test
  void unusableAndExtremeNumbersAreSurvived() {
    RUNS.forEach((name, run) -> {
      for (String quantity : run.quantities()) {
        for (double value : new double[] {Double.NaN, 0, -1e300, 1e300, 1e-300, -0.5}) {
          Status status = Double.isNaN(value) ? Status.NOT_CONVERGED : Status.OK;
          Readings broken =
              changed(
                  run,
                  r -> r.quantity().equals(quantity) ? with(r, r.replica(), value, status) : r);
          room(broken).forEach(RenormalizationFiguresTest::wellFormed);
        }
      }
      Readings lost = changed(run, r -> with(r, r.replica(), Double.NaN, Status.NOT_FINITE));
      assertEquals(List.of(), ids(lost), name);
    });
  }

  @Test
  void distancesAreRootMeanSquaresFromThePredictionAndNotOfTheMean() {
    SyntheticRun run = SyntheticRun.empty();
    for (int step : new int[] {0, 10, 100}) {
      for (int seed = 0; seed < 2; seed++) {
        double away = (step == 0 ? 0.3 : step == 10 ? 0.05 : 0.01) * (seed == 0 ? 1 : -1);
        run.add("coupling.correlation", step, -1, seed, 0.25 + away, Status.OK);
        if (step == 0) {
          run.add("coupling.prediction", 0, -1, seed, 0.25, Status.OK);
        }
      }
    }
    String body = only(run, "coupling-training").body();
    assertTrue(body.contains("T\u2080 = 0.3,  T = 0.01<"), body);
    assertTrue(body.contains("step 10\ntrained: 0.05 (n = 2)<"), body);
    assertTrue(body.contains("step 10\ntrained: 0.25 (0.2 to 0.3, n = 2)"), body);
    Figure bare = only(without(run, "coupling.prediction"), "coupling-training");
    assertFalse(bare.body().contains("T\u2080") || bare.body().contains("exact optimum"));
  }

  @Test
  void nullsStandBesideTheTrainedOfTheirPlaceAndHaveNoPanel() {
    String body = only(THERMOMETERS, "coupling-training").body();
    assertTrue(body.contains("heading\">wide 32-32<"));
    assertFalse(body.contains("heading\">shuffled labels<"));
    assertEquals(1, count(body, "class=\"entry\">shuffled labels<"), "named once in the legend");
    assertTrue(body.contains("step 3000\nshuffled labels: "));
  }

  @Test
  void wrongRulesAreLinesUnlessTheyArePredicted() {
    String body = only(THERMOMETER, "coupling-training").body();
    assertEquals(4, count(body, "class=\"rule\""));
    assertTrue(body.contains(">majority<") && body.contains(">random projection 0.1"));
    Readings predicted =
        changed(
            THERMOMETER,
            r ->
                r.quantity().equals("coupling.prediction")
                    ? with(r, r.replica(), .113, r.status())
                    : r);
    assertEquals(3, count(only(predicted, "coupling-training").body(), "class=\"rule\""));
  }

  @Test
  void theDepthBeginsWithTheInputAndLeavesOutLayersWithoutReference() {
    String body = only(THERMOMETERS, "coupling-depth").body();
    assertEquals(4, count(body, "<title>input\ntrained: 1<"));
    assertTrue(body.contains("reference only: no theorem says a layer follows it"));
    assertEquals(3, count(body, "<title>depth 2\nexact decimation"), "the wide case has none");
    assertFalse(body.contains("mark none"));
    SyntheticRun many = SyntheticRun.empty();
    for (int i = 0; i < 14; i++) {
      many.add("axis.network.depth", 0, -1, i, i, Status.OK);
      many.add("coupling.layer", 0, 0, i, 1, Status.OK)
          .add("coupling.layer", 0, 1, i, 1, Status.OK);
    }
    Figure figure = only(many, "coupling-depth");
    assertEquals(12, count(figure.body(), "class=\"heading\""));
    assertTrue(figure.method().contains("The first 12 of 14 cases are drawn."));
  }

  /** The fit finds the exponent that was put in, 1 for the chain and 2 for a wrong law. */
  @Test
  void theExponentIsTheSlope() {
    for (double power : new double[] {1, 2}) {
      SyntheticRun run = SyntheticRun.empty();
      int replica = 0;
      double t = Math.tanh(1.2);
      for (int window : new int[] {2, 3, 4}) {
        for (int seed = 0; seed < 3; seed++) {
          run.add("axis.data.window", 0, -1, replica, window, Status.OK);
          run.add("coupling.window", 0, -1, replica, window, Status.OK);
          run.add("coupling.contraction", 0, -1, replica, t, Status.OK);
          run.add("coupling.prediction", 0, -1, replica, Math.pow(t, window), Status.OK);
          double found = Math.pow(t, Math.pow(window, power));
          run.add("coupling.correlation", 9, -1, replica, found, Status.OK);
          replica++;
        }
      }
      assertEquals(
          List.of("y = " + (power == 1 ? "1.0000" : "2.0000") + " \u00b1 0.0000 (exact 1)"),
          exponents(run));
    }
  }

  @Test
  void theFitLeavesOutBlocksThatDrownInTheirScatter() {
    List<String> found = exponents(ENVIRONMENT);
    assertEquals(6, found.size(), "three by neighbours, three by lags");
    for (String text : found) {
      Matcher numbers = Pattern.compile("y = ([0-9.]+) \u00b1 ([0-9.]+)").matcher(text);
      assertTrue(numbers.find(), text);
      double y = Double.parseDouble(numbers.group(1));
      assertTrue(Math.abs(y - 1) < 4 * Double.parseDouble(numbers.group(2)) + 1e-4, text);
    }
  }

  @Test
  void theShellEndsBetweenTheLastKeptAndTheFirstLostMode() {
    String body = only(AUTOENCODERS, "autoencoder-modes").body();
    assertTrue(body.contains("<title>shell of 8 modes\nexact momentum shell: 1<"));
    assertTrue(body.contains("<title>shell of 1 mode\nexact momentum shell: 0<"));
    assertTrue(body.contains("(random 0.125)") && body.contains("(exact 7.778)"));
  }

  @Test
  void theFlowToTheGaussianNamesItsBlocksAndNeedsTwo() {
    Figure figure = only(QUARTICS, "kurtosis-flow");
    for (String text :
        List.of(">W = 2<", ">W = 16<", "Gaussian fixed point", "plain block average")) {
      assertTrue(figure.body().contains(text), text);
    }
    Readings one =
        changed(
            QUARTICS,
            r -> r.quantity().equals("coupling.window") ? with(r, r.replica(), 4, Status.OK) : r);
    assertEquals(List.of(), ids(one));
  }

  /** artanh(tanh(1)^8) = 0.1137, from the specification's flow of the chain. */
  @Test
  void theDiagramCarriesTheExactDecimationOfTheInput() {
    String body = only(THERMOMETER, "flow-diagram").body();
    assertTrue(body.contains("<title>K = 1, h = 0\n"));
    assertTrue(body.contains("<title>K = 0.1137, h = 0\n"), body.substring(body.length() - 900));
    assertEquals(1, count(body, "class=\"fixed-line\""));
    assertEquals(1, count(body, "class=\"unstable\""));
  }

  @Test
  void pagesOfRunsAndSweepsHaveTheRoom() throws IOException {
    SyntheticRun run = THERMOMETER;
    String html = Report.html(run.input(), run, List.of());
    assertTrue(html.contains("<h2>Renormalization</h2>") && html.contains("id=\"coupling-depth\""));
    SyntheticRun sweep = THERMOMETERS;
    String page = Report.ofSweep(sweep.input(), sweep, CellTableTest.verdicts());
    assertTrue(page.contains("id=\"coupling-training\"") && page.contains("40 trainings"));
    assertFalse(page.contains("No phase diagram") || page.contains("phase-map-chain"));
    assertEquals(page, Report.ofSweep(sweep.input(), sweep, CellTableTest.verdicts()));
    Files.writeString(Path.of("target", "synthetic-room.html"), page);
    SyntheticRun study = new SyntheticRun(0, 0, 0).withStudies();
    assertFalse(Report.ofStudy(study.input(), study, List.of()).contains(">Renormalization<"));
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }
}
