package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class SweepFiguresTest {
  private static final double[] SLOPES = {0, 0.2, 0.4, 0.6, 0.8, 1};
  private static final double[] NOISES = {
    0, .02, .04, .06, .08, .1, .12, .14, .16, .18, .2, .22, .24, .26, .28, .3
  };

  private static SyntheticRun large() {
    return SyntheticSweep.of(SLOPES, NOISES, 5);
  }

  private static SyntheticRun small() {
    return SyntheticSweep.of(new double[] {0}, new double[] {0, 0.2, 0.4}, 3);
  }

  private static Figure only(SyntheticRun run, String id) {
    return new Figures(run.input(), run).named(id).orElseThrow();
  }

  private static ReportInput input(
      SyntheticRun run, List<String> advice, @Nullable ChainCompanion companion) {
    ReportInput plain = run.input();
    return new ReportInput(
        "phase-dropout-0a1b2c",
        "Made-up sweep, for the layout only",
        plain.resolvedYaml(),
        plain.provenance(),
        plain.cost(),
        plain.bibtex(),
        plain.layerNames(),
        plain.parameterCounts(),
        plain.memoryless(),
        plain.auditTolerance(),
        plain.closingTolerance(),
        null,
        advice,
        companion);
  }

  private static void wellFormed(Figure figure) throws Exception {
    String svg = figure.standalone();
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertFalse(svg.contains("var(--"), figure.id());
    assertFalse(figure.body().matches("(?s).*=\"[^\"]*(NaN|Infinity).*"), figure.id());
    for (String text : List.of(" x=\"-", " y=\"-", "width=\"-", "height=\"-")) {
      assertFalse(figure.body().contains(text), figure.id() + " has" + text);
    }
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }

  @Test
  void aSweepHasItsOwnFiguresAndNoneOfATraining() throws Exception {
    for (SyntheticRun run : List.of(large(), small())) {
      List<Figure> figures = new Figures(run.input(), run).all();
      assertEquals(
          List.of("phase-map", "phase-map-accuracy", "phase-map-chain"),
          figures.stream().map(Figure::id).toList());
      for (Figure figure : figures) {
        wellFormed(figure);
      }
    }
  }

  @Test
  void everyCellIsDrawnOncePerMeasureWithItsPhase() {
    Figure map = only(large(), "phase-map");
    assertEquals(3 * 96, count(map.body(), "class=\"box "));
    assertTrue(map.body().contains("slope 0, network.dropout 0: CONCAVE"));
    assertTrue(map.body().contains("slope 0.4, network.dropout 0.3: CONVEX"));
    assertTrue(map.body().contains("network.dropout 0.16: LINEAR"));
    assertTrue(map.body().contains("overlay open") && map.body().contains("UNDECIDED"));
    assertTrue(map.body().contains("slope 1, network.dropout 0: UNDEFINED"));
    assertTrue(map.body().contains("does not fall with depth"));
    assertTrue(map.body().contains("4 replicas, 1 lost"));
    assertEquals(3 * 6 + 1, count(map.body(), "class=\"best\""), "one per row, one in the legend");
    assertTrue(map.body().contains("more nonlinear") && map.body().contains(">linear<"));
  }

  @Test
  void concaveAndConvexLieOnTheTwoSidesOfTheColours() {
    TiltColour colours = new TiltColour(0.5);
    assertEquals("d12", colours.css(0));
    assertEquals("d24", colours.css(0.5));
    assertEquals("d0", colours.css(-3));
    assertEquals("blank", colours.css(Double.NaN));
    for (String cell : only(large(), "phase-map").body().split("<title>", -1)) {
      boolean concave = cell.contains(": CONCAVE\n");
      if (concave || cell.contains(": CONVEX\n")) {
        int from = cell.indexOf("class=\"box d") + 12;
        int level = Integer.parseInt(cell.substring(from, cell.indexOf('"', from)));
        assertTrue(concave ? level > 12 : level < 12, cell);
      }
    }
  }

  /** A measure that grows with separation is turned round before its loads are taken. */
  @Test
  void measuresThatGrowAndFallAgreeOnTheSameNetworks() {
    SyntheticRun run = small();
    Sweep sweep = Sweep.of(new Recorded(run, List.of()));
    assertEquals(3, sweep.views.size());
    for (int column = 0; column < 3; column++) {
      double ratio =
          sweep.views.get(0).diagram().rows().getFirst().get(column).phase().relativeTilt();
      double invariant =
          sweep.views.get(2).diagram().rows().getFirst().get(column).phase().relativeTilt();
      assertEquals(ratio, invariant, 1e-12);
    }
  }

  @Test
  void aCellWithoutAnyCurveIsCrossedAndSaysSo() {
    SyntheticRun run = SyntheticRun.empty();
    for (int replica = 0; replica < 2; replica++) {
      run.add("axis.training.batch", 0, -1, replica, replica == 0 ? 10 : 100, Status.OK);
      for (int l = 0; l < 6; l++) {
        run.add("separation.log", 0, l, replica, 3, Status.OK);
      }
    }
    for (int l = 0; l < 6; l++) {
      run.add("separation.log", 9, l, 0, 3 - 0.5 * l, Status.OK);
    }
    Figure map = only(run, "phase-map");
    assertTrue(map.body().contains("overlay cross") && map.body().contains("no curve\n0 replicas"));
    assertTrue(map.body().indexOf("batch 100") < map.body().indexOf("batch 10:"));
    assertTrue(new Figures(run.input(), run).named("phase-map-accuracy").isEmpty());
  }

  @Test
  void theChainIsComputedInLessThanASecond() throws Exception {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    Figure chain = ChainMap.figure();
    double seconds = (clock.getCurrentThreadCpuTime() - start) * 1e-9;
    assertTrue(seconds < 1, "took " + seconds + " s");
    wellFormed(chain);
    assertEquals(48, count(chain.body(), "class=\"box "));
    assertTrue(chain.body().contains("friction 0.08, noise 0.01: CONCAVE"));
    assertTrue(chain.body().contains("curvature c = \u22120.261"));
    assertTrue(chain.body().contains("friction 0.08, noise 0.64: CONVEX"));
    assertEquals(chain, ChainMap.figure());
  }

  @Test
  void theReportOfASweepShowsItsMapsCellsAndAdvice() throws IOException {
    SyntheticRun run = large();
    ReportInput input =
        input(run, List.of("Lower the dropout from 0.2 to about 0.155 <slope 0>."), null);
    List<Verdict> verdicts = SyntheticRun.verdicts();
    String html = Report.ofSweep(input, run, verdicts);
    Files.writeString(Path.of("target", "synthetic-sweep.html"), html);
    assertEquals(html, Report.ofSweep(input, run, verdicts));
    assertTrue(html.contains("6 \u00d7 16 cells \u00b7 480 trainings, 1 lost"));
    assertTrue(
        html.contains("<p class=\"advice\">Lower the dropout from 0.2 to about 0.155 &lt;s"));
    assertTrue(html.contains("spring-block/low-noise-concave"));
    assertEquals(96, count(html, "</td></tr>\n"));
    assertFalse(html.contains("Loss and accuracy") || html.contains("Do the books balance"));
    SyntheticRun few = small();
    Files.writeString(
        Path.of("target", "synthetic-sweep-small.html"),
        Report.ofSweep(input(few, List.of(), null), few, List.of()));
  }

  @Test
  void aSweepWithoutAPhaseDiagramSaysSo() {
    SyntheticRun run = SyntheticRun.empty().add("axis.training.epochs", 0, -1, 0, 3, Status.OK);
    String html = Report.ofSweep(run.input(), run, List.of());
    assertTrue(html.contains("No phase diagram: it needs one axis of noise"));
    SyntheticRun cases = SyntheticSweep.of(new double[] {0, 1}, new double[] {0, 0.2}, 3);
    for (int replica = 0; replica < 12; replica++) {
      cases.add("axis.case", 0, -1, replica, replica % 2, Status.OK);
    }
    String mixed = Report.ofSweep(cases.input(), cases, List.of());
    assertTrue(mixed.contains("No phase diagram: it needs one axis of noise"));
  }

  @Test
  void theRulerHasOneSegmentPerLayerAndFoldsNegativeLoadsBack() throws Exception {
    SyntheticRun run = SyntheticRun.empty();
    for (int step : new int[] {0, 10}) {
      double[] separations = step == 0 ? new double[] {3, 3.5, 3} : new double[] {3, 2, 0};
      for (int l = 0; l < 3; l++) {
        run.add("separation.log", step, l, 0, separations[l], Status.OK);
      }
    }
    Figure ruler = only(run, "folding-ruler");
    wellFormed(ruler);
    assertEquals(4, count(ruler.body(), "class=\"segment "));
    assertEquals(1, count(ruler.body(), "overlay hatch"));
    assertTrue(ruler.body().contains("step 0, layer 1: load \u22120.5"));
    assertTrue(ruler.body().contains("step 10, layer 2: load 2"));
    assertTrue(ruler.method().contains("No simulated chain was given"));
  }

  @Test
  void theRulerTakesFewStepsInEqualRatiosAndTheCompanionItsOwn() throws Exception {
    SyntheticRun run = new SyntheticRun(8, 3, 1200).withTraining().withSeparation();
    List<Long> steps = ChainCompanion.stepsOf(run);
    assertEquals(List.of(0L, 100L, 200L, 300L, 500L, 800L, 1200L), steps);
    double[][] springs = new double[steps.size()][8];
    for (int i = 0; i < springs.length; i++) {
      for (int l = 0; l < 8; l++) {
        springs[i][l] = 0.02 * (1 + i * l);
      }
    }
    ChainCompanion chain =
        new ChainCompanion(steps, List.of(springs), "A chain made up for this test.");
    ReportInput input = input(run, List.of("Keep the noise: the tilt is 0.02 \u00b1 0.05."), chain);
    Figure ruler = new Figures(input, run).named("folding-ruler").orElseThrow();
    wellFormed(ruler);
    assertTrue(ruler.body().contains("step 1200, spring 8: load 0.86"));
    assertTrue(ruler.method().contains("A chain made up for this test."));
    Files.writeString(
        Path.of("target", "synthetic-ruler.html"),
        Report.html(input, run, SyntheticRun.verdicts()));
    assertThrows(
        IllegalArgumentException.class, () -> new ChainCompanion(List.of(), List.of(), ""));
  }

  @Test
  void theTopologyHasOneMapPerOrder() throws Exception {
    SyntheticRun run = SyntheticRun.empty();
    for (int i = 0; i < 7; i++) {
      run.add("chain.first_friction", i, -1, 0, 0.005 * Math.pow(2, i), Status.OK);
      for (int j = 0; j < 17; j++) {
        double c = 0.1 * (j - 2.0 * i);
        run.add("chain.first_curvature", i, -1, j, c, Status.OK);
        run.add("chain.first_tilt", i, -1, j, -2 * c, Status.OK);
      }
    }
    for (int j = 0; j < 17; j++) {
      run.add("chain.first_noise", 0, -1, j, 0.0025 * Math.pow(2, j / 2.0), Status.OK);
    }
    run.add("chain.first_curvature_sampled", 4, -1, 8, 0.003, Status.OK);
    Figure topology = only(run, "chain-topology");
    wellFormed(topology);
    assertEquals(119, count(topology.body(), "class=\"box "));
    assertTrue(topology.body().contains("friction 0.32, noise 0.0025: CONCAVE"));
    assertTrue(topology.body().contains("LINEAR\ncurvature c = 0\nrelative tilt q = 0\nsimulated"));
    assertTrue(topology.body().indexOf(">0.32<") < topology.body().indexOf(">0.005<"));
    Files.writeString(
        Path.of("target", "synthetic-topology.html"), Report.ofStudy(run.input(), run, List.of()));
  }
}
