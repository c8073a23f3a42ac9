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
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RankFiguresTest {
  private static final SyntheticRun SWEEP = SyntheticRanks.sweep();
  private static final SyntheticRun RUN = SyntheticRanks.run(6);
  private static final SyntheticRun DIGITS = SyntheticRanks.perceptron(4, 3);
  private static final SyntheticRun FEW = SyntheticRanks.sweep(4);
  private static final SyntheticRun ONE_SEED = SyntheticRanks.run(1);
  private static final SyntheticRun ONE_TRANSITION = SyntheticRanks.perceptron(1, 1);
  private static final SyntheticRun DEEP = SyntheticRanks.perceptron(60, 3);
  private static final Map<String, SyntheticRun> RUNS =
      new TreeMap<>(
          Map.of(
              "sweep", SWEEP,
              "few", FEW,
              "run", RUN,
              "one-seed", ONE_SEED,
              "digits", DIGITS,
              "one-transition", ONE_TRANSITION,
              "two-transitions", SyntheticRanks.perceptron(2, 3),
              "deep", DEEP));

  private static List<Figure> ranks(Readings readings) {
    return new Figures(SyntheticRun.empty().input(), readings).ranks();
  }

  static Figure only(Readings readings, String id) {
    return ranks(readings).stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  static List<String> ids(Readings readings) {
    return ranks(readings).stream().map(Figure::id).toList();
  }

  /** The same readings, each changed. */
  static SyntheticRun changed(SyntheticRun run, UnaryOperator<Reading> change) {
    SyntheticRun out = SyntheticRun.empty();
    run.quantities().forEach(q -> run.of(q).forEach(r -> out.add(change.apply(r))));
    return out;
  }

  private static SyntheticRun without(SyntheticRun run, String quantity) {
    return among(run, r -> !r.quantity().equals(quantity));
  }

  static SyntheticRun among(SyntheticRun run, Predicate<Reading> kept) {
    SyntheticRun out = SyntheticRun.empty();
    run.quantities().forEach(q -> run.of(q).stream().filter(kept).forEach(out::add));
    return out;
  }

  static Reading with(Reading r, String name, double value, Status status) {
    return new Reading(
        r.quantity(), r.step(), r.layer(), name, r.replica(), value, status, Double.NaN);
  }

  static void wellFormed(Figure figure) {
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
  void everyNetworkHasItsFiguresAndEveryFigureSaysWhatItIsWorth() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "ranks"));
    for (Map.Entry<String, SyntheticRun> run : RUNS.entrySet()) {
      List<String> expected =
          switch (run.getKey()) {
            case "sweep", "few" ->
                List.of(
                    "information-captured", "rank-depth", "task-rank", "kernel-drift", "relevance");
            case "run", "one-seed" ->
                List.of("information-captured", "rank-depth", "kernel-drift", "relevance");
            default -> List.of("rank-depth", "kernel-drift");
          };
      assertEquals(expected, ids(run.getValue()), run.getKey());
      for (Figure figure : ranks(run.getValue())) {
        wellFormed(figure);
        assertTrue(figure.body().contains("arXiv:2606.10324"), figure.id());
        assertTrue(figure.method().contains("Ours: "), figure.id());
        assertEquals(figure, only(run.getValue(), figure.id()));
        Files.writeString(
            folder.resolve(run.getKey() + "-" + figure.id() + ".svg"), figure.standalone());
      }
    }
  }

  @Test
  void onlyTheStreamIsDrawnFromItsBeginning() {
    String ranks = only(RUN, "rank-depth").body();
    assertTrue(ranks.contains("<title>embedding (depth 0)\ntrained: 14."), ranks);
    assertTrue(ranks.contains("<title>block 6 (depth 6)\nuntrained (null): "));
    assertFalse(ranks.contains("<title>input") || ranks.contains("<title>output"));
    String drift = only(RUN, "kernel-drift").body();
    assertTrue(drift.contains("<title>embedding \u2192 block 1, drift 0.1"), drift);
    assertFalse(drift.contains("input \u2192") || drift.contains("\u2192 output"));
    String digits = only(DIGITS, "kernel-drift").body();
    assertTrue(digits.contains("layer 2 (hidden 3) \u2192 layer 3 (hidden 4), drift "), digits);
    Readings without = changed(RUN, r -> r.layer() >= 0 ? with(r, "", r.value(), r.status()) : r);
    assertTrue(only(without, "rank-depth").body().contains("<title>representation 1 (depth 0)"));
  }

  @Test
  void everyViewThatWasRecordedHasAPanel() {
    assertEquals(
        List.of("masked positions", "all positions", "mean over positions"),
        headings(only(RUN, "rank-depth")));
    assertEquals(
        List.of("training samples", "held-out samples", "mean over positions"),
        headings(only(DIGITS, "rank-depth")));
    String body = only(RUN, "rank-depth").body();
    assertTrue(body.contains("effective rank, masked positions"));
    assertTrue(body.matches("(?s).*>\u03c1 = 0\\.3\\d*, untrained 1\\.3\\d*<.*"), body);
    assertFalse(body.contains("\u03be"), "a run has one length, and the usual colours");
  }

  @Test
  void chainsStandByFamilyThenNullsThenOtherNetworks() {
    assertEquals(
        List.of(
            "hier2",
            "block2",
            "sticky",
            "heat",
            "block4",
            "db",
            "ring",
            "dir",
            "cyc",
            "nothing to learn",
            "position-wise",
            "no final norm"),
        headings(only(SWEEP, "rank-depth")));
    List<RankPanel> panels = RankPanel.of(RankCell.of(new Recorded(SWEEP, List.of())));
    assertEquals(
        List.of(
            "\u03be = 0.5",
            "\u03be = 1",
            "\u03be = 2",
            "\u03be = 3.5",
            "\u03be = 7",
            "\u03be = 14"),
        panels.getFirst().cells().stream().map(panels.getFirst()::entry).toList());
    assertEquals(
        List.of(
            Series.Look.SHORTEST,
            Series.Look.SHORTER,
            Series.Look.SHORT,
            Series.Look.LONG,
            Series.Look.LONGER,
            Series.Look.LONGEST),
        panels.getFirst().looks(panels));
    for (RankPanel panel : panels) {
      for (int i = 0; i < panel.cells().size(); i++) {
        if (panel.cells().get(i).length() == 7) {
          assertEquals(Series.Look.LONGER, panel.looks(panels).get(i), panel.heading());
        }
      }
    }
    assertEquals(Series.Look.LONGEST, Series.Look.ofLength(1, 2));
    assertEquals(3, panels.get(9).cells().size(), "iid and shuffled targets");
    String body = only(SWEEP, "rank-depth").body();
    assertEquals(1, count(body, "effective rank, all positions"), "nothing else sees no neighbour");
    assertEquals(11, count(body, "effective rank, masked positions"));
  }

  /** A sweep of networks without chains: one panel for each cell. */
  @Test
  void cellsWithoutAChainHaveTheUsualColours() {
    SyntheticRun sweep = SyntheticRun.empty();
    for (String quantity : DIGITS.quantities()) {
      DIGITS.of(quantity).forEach(sweep::add);
    }
    for (int replica = 0; replica < 3; replica++) {
      sweep.add("axis.network.width", 0, -1, replica, replica == 0 ? 30 : 60, Status.OK);
    }
    Figure figure = only(sweep, "rank-depth");
    assertEquals(List.of("width = 30", "width = 60"), headings(figure));
    assertTrue(
        figure.body().contains("class=\"series c1\"") && !figure.body().contains("series x"));
    assertTrue(figure.method().contains("for this network nothing is claimed"));
    assertEquals(List.of("rank-depth", "kernel-drift"), ids(sweep));
    assertEquals(List.of("width = 30", "width = 60"), headings(only(sweep, "kernel-drift")));
  }

  @Test
  void sharesAddUpToOneAndAReplicaThatLacksOneHasNone() {
    for (SyntheticRun run : List.of(RUN, DIGITS, SyntheticRanks.perceptron(60, 1))) {
      RankCell cell = RankCell.of(new Recorded(run, List.of())).getFirst();
      DriftBars bars = DriftBars.of(cell, cell.group().lastStep(DriftBars.DRIFT));
      assertEquals(cell.last() - cell.first(), bars.shares().size());
      assertEquals(1, bars.shares().stream().mapToDouble(Band::mean).sum(), 1e-12);
    }
    SyntheticRun broken =
        changed(
            RUN,
            r ->
                r.quantity().equals(DriftBars.DRIFT) && r.layer() == 3 && r.replica() == 2
                    ? with(r, r.layerName(), Double.NaN, Status.ZERO_VARIANCE)
                    : r);
    RankCell cell = RankCell.of(new Recorded(broken, List.of())).getFirst();
    DriftBars bars = DriftBars.of(cell, 3000);
    assertEquals(5, bars.shares().getFirst().replicas());
    assertEquals(1, bars.shares().stream().mapToDouble(Band::mean).sum(), 1e-12);
    assertEquals(6, bars.drifts().getFirst().replicas(), "the drifts themselves stay");
    String body = only(broken, "kernel-drift").body();
    assertTrue(body.contains("ZERO_VARIANCE in 1 of 6 readings"), body);
  }

  @Test
  void concentrationStandsBesideBothNulls() {
    String body = only(RUN, "kernel-drift").body();
    assertTrue(
        body.matches("(?s).*>top1 0\\.8\\d \\(untrained 0\\.\\d\\d, chance 0\\.41\\)<.*"), body);
    assertTrue(body.contains(">plateau 0.") && body.contains(">top2 0."));
    assertTrue(body.contains("share of the drift, masked positions"));
    Readings wise =
        changed(RUN, r -> r.quantity().equals("tokens.window") ? with(r, "", 0, Status.OK) : r);
    String all = only(wise, "kernel-drift").body();
    assertTrue(all.contains("share of the drift, all positions") && all.contains(">top1 0."));
    assertEquals(
        List.of("all positions", "mean over positions"), headings(only(wise, "rank-depth")));
    String one = only(ONE_TRANSITION, "kernel-drift").body();
    assertFalse(one.contains("top1"), "one transition is not concentrated");
  }

  @Test
  void otherVarianceStandsBesideRelevantWithItsGrowth() {
    Figure figure = only(RUN, "relevance");
    assertTrue(
        figure
            .body()
            .matches("(?s).*>other: \u00d7\\d+ over the stream \\(untrained \u00d71\\..*"));
    assertTrue(figure.showsNot().contains("\u201cintegrated out\u201d would need"));
    assertEquals(
        List.of("hier2, \u03be = 0.5", "hier2, \u03be = 1", "hier2, \u03be = 2"),
        headings(only(SWEEP, "relevance")).subList(0, 3));
    assertEquals(6, headings(only(SWEEP, "relevance")).size(), "the hierarchical ones alone");
  }

  @Test
  void whatWasNotRecordedGivesNoFigureAndNoException() {
    RUNS.forEach((name, run) -> {
      for (String quantity : run.quantities()) {
        ranks(without(run, quantity)).forEach(RankFiguresTest::wellFormed);
      }
    });
    assertEquals(
        List.of("information-captured", "task-rank"), ids(without(SWEEP, "rank.stream_first")));
    assertFalse(ids(without(SWEEP, "tokens.task_rank")).contains("task-rank"));
    assertFalse(ids(without(RUN, DriftBars.DRIFT)).contains("kernel-drift"));
    assertFalse(ids(without(RUN, RankCell.RANK)).contains("rank-depth"));
    assertEquals(List.of(), ids(SyntheticRun.empty().add("loss", 0, -1, 0, 1, Status.OK)));
    assertEquals(List.of(), ids(new SyntheticRun(4, 2, 40).withAll()));
  }

  @Test
  void unusableAndExtremeNumbersAreSurvived() {
    for (SyntheticRun run : List.of(FEW, RUN, DIGITS, ONE_TRANSITION, ONE_SEED)) {
      for (String quantity : run.quantities()) {
        for (double value : new double[] {Double.NaN, 0, -1e300, 1e300, 1e-300, -0.5}) {
          Status status = Double.isNaN(value) ? Status.NOT_CONVERGED : Status.OK;
          Readings broken =
              changed(
                  run,
                  r -> r.quantity().equals(quantity) ? with(r, r.layerName(), value, status) : r);
          ranks(broken).forEach(RankFiguresTest::wellFormed);
        }
      }
      Readings lost = changed(run, r -> with(r, r.layerName(), Double.NaN, Status.NOT_FINITE));
      assertEquals(List.of(), ids(lost));
    }
  }

  /** The last replica's readings are flagged: hollow marks, no exception. */
  @Test
  void onlyUntrainedNetworksAreDrawnAsSuch() {
    SyntheticRun before = SyntheticRun.empty();
    RUN.quantities()
        .forEach(q -> RUN.of(q).stream().filter(r -> r.step() == 0).forEach(before::add));
    for (Figure figure : ranks(before)) {
      wellFormed(figure);
      assertFalse(figure.body().contains("trained: ") && !figure.body().contains("untrained"));
    }
    assertTrue(ids(before).containsAll(List.of("rank-depth", "kernel-drift", "relevance")));
  }

  @Test
  void namesAreEscaped() {
    Readings named =
        changed(
            SWEEP,
            r ->
                r.quantity().equals("axis.case") || r.layer() >= 0
                    ? with(r, "<b>&\"" + r.layerName(), r.value(), r.status())
                    : r);
    for (Figure figure : ranks(named)) {
      wellFormed(figure);
      assertFalse(figure.body().contains("<b>"), figure.id());
    }
    assertTrue(only(named, "rank-depth").body().contains("&lt;b&gt;&amp;"));
  }

  @Test
  void noFigureCaresWhichSeedComesFirst() {
    Readings turned =
        changed(
            RUN,
            r ->
                new Reading(
                    r.quantity(),
                    r.step(),
                    r.layer(),
                    r.layerName(),
                    5 - r.replica(),
                    r.value(),
                    r.status(),
                    Double.NaN));
    for (Figure figure : ranks(RUN)) {
      assertEquals(figure.body(), only(turned, figure.id()).body());
    }
  }

  /** Names of families and of transitions keep off each other. */
  @Test
  void labelsDoNotCollide() {
    Pattern names =
        Pattern.compile("x=\"([0-9.]+)\" y=\"([0-9.]+)\" class=\"tick middle[^\"]*\">([^<]+)<");
    for (Figure figure : List.of(only(SWEEP, "task-rank"), only(DEEP, "kernel-drift"))) {
      List<MatchResult> texts = names.matcher(figure.body()).results().toList();
      assertTrue(texts.size() > 10, figure.id());
      for (MatchResult one : texts) {
        for (MatchResult other : texts) {
          double dx = Math.abs(number(one, 1) - number(other, 1));
          double dy = Math.abs(number(one, 2) - number(other, 2));
          double room = 3 * (one.group(3).length() + other.group(3).length());
          assertTrue(one == other || dx > room || dy > 11, one.group() + " meets " + other.group());
        }
      }
    }
    assertEquals("a name that is cut\u2026", Labels.within(133, "a name that is cut off"));
  }

  @Test
  void pagesOfRunsAndSweepsHaveTheRanks() throws IOException {
    String html = Report.html(RUN.input(), RUN, List.of());
    assertTrue(html.contains("<h2>Rank over depth</h2>") && html.contains("id=\"rank-depth\""));
    String page = Report.ofSweep(SWEEP.input(), SWEEP, CellTableTest.rankVerdicts());
    assertTrue(page.contains("id=\"task-rank\"") && page.contains("id=\"information-captured\""));
    assertFalse(page.contains("No phase diagram") || page.contains("phase-map-chain"));
    assertEquals(page, Report.ofSweep(SWEEP.input(), SWEEP, CellTableTest.rankVerdicts()));
    Files.writeString(Path.of("target", "synthetic-ranks.html"), page);
    Files.writeString(Path.of("target", "synthetic-ranks-run.html"), html);
    SyntheticRun plain = new SyntheticRun(4, 2, 40).withAll();
    assertFalse(Report.html(plain.input(), plain, List.of()).contains("Rank over depth"));
  }

  private static double number(MatchResult match, int group) {
    return Double.parseDouble(match.group(group));
  }

  private static List<String> headings(Figure figure) {
    return Pattern.compile("class=\"heading\">([^<]*)<")
        .matcher(figure.body())
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }
}
