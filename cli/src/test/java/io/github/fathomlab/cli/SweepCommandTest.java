package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.claims.DocumentedStudy;
import io.github.fathomlab.claims.DocumentedSweep;
import io.github.fathomlab.claims.springblock.ChainSigns;
import io.github.fathomlab.claims.springblock.ChainSigns.Prediction;
import io.github.fathomlab.claims.springblock.LoadMeasure;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.HalvingStudy;
import io.github.fathomlab.instrument.HalvingStudy.Halves;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A grid of networks that train in a moment, from its file to the advice it gives. */
class SweepCommandTest {
  private static final String SMALL = "src/test/resources/small.yaml";
  private static final String DROPOUTS = "axes: [{key: network.dropout, values: [0, 0.2, 0.4]}]\n";

  @TempDir private static Path shared = Path.of("");
  private static Path grid = Path.of("");
  private static Path sweep = Path.of("");
  private static Invocation swept = new Invocation(0, "", "");

  @TempDir private Path folder = Path.of("");

  /** Counts the cells. */
  private record Cells(Outcome documented) implements Claim {
    @Override
    public String id() {
      return "spring-block/cells";
    }

    @Override
    public String statement() {
      return "There are three cells.";
    }

    @Override
    public String source() {
      return "arithmetic";
    }

    @Override
    public boolean appliesTo(Readings readings) {
      return PhaseDiagram.of(readings, "separation.log").isPresent();
    }

    @Override
    public Verdict judge(Readings readings) {
      long cells = PhaseDiagram.of(readings, "separation.log").orElseThrow().cells().size();
      Outcome outcome = cells == 3 ? Outcome.HOLDS : Outcome.FAILS;
      return new Verdict(
          id(), outcome, cells + " cells", documented, Map.of("cells", cells), source());
    }
  }

  private static Path grid(String name, String axes) throws Exception {
    String text = Files.readString(Path.of(SMALL));
    assertTrue(text.contains("widths: [8, 8],"), "the network of the small experiment");
    return Files.writeString(
        shared.resolve(name),
        text.replace("widths: [8, 8],", "widths: [8, 8, 8, 8],")
                .replace("activation: tanh", "activation: relu")
                .replace("kind: heavy_ball", "kind: sgd")
                .replace(", momentum: 0.9", "")
            + axes);
  }

  private static Invocation sweep(Path file, Path out, Object... more) {
    Object[] command = {"sweep", file, "--out", out, "--set", "measure.ledger=false"};
    return Invocation.of(Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray());
  }

  @BeforeAll
  static void trainTheGrid() throws Exception {
    grid = grid("grid.yaml", DROPOUTS);
    sweep = shared.resolve("sweep");
    swept = sweep(grid, sweep, "--set", "replicas=3", "--json").ends(0);
  }

  @Test
  void jsonIsOneDocumentOfTheContract() {
    JsonNode document = swept.json();
    assertEquals(
        List.of(
            "run", "verdicts", "seconds", "report", "interrupted", "cells", "failures", "diverged"),
        List.copyOf(document.propertyNames()));
    assertEquals(sweep.toString(), document.path("run").asString());
    assertEquals(sweep.resolve("report.html").toString(), document.path("report").asString());
    assertTrue(document.path("seconds").isNumber());
    assertFalse(document.path("interrupted").asBoolean(true));
    assertEquals(3, document.path("cells").asInt());
    assertEquals(0, document.path("failures").size());
    assertEquals(0, document.path("diverged").asInt(-1));
    assertFalse(document.path("verdicts").isEmpty());
    for (JsonNode verdict : document.path("verdicts")) {
      assertEquals(
          List.of("claim", "verdict", "expected", "sentence", "evidence", "source"),
          List.copyOf(verdict.propertyNames()));
      assertTrue(verdict.path("claim").asString().startsWith("spring-block/"));
    }
  }

  @Test
  void readingsHaveTheAxisOfEveryTraining() {
    JsonNode axis =
        Invocation.of("readings", sweep, "--quantity", "axis.network.dropout", "--json")
            .ends(0)
            .json();
    assertEquals(9, axis.size(), "3 cells of 3 seeds");
    for (int replica = 0; replica < 9; replica++) {
      JsonNode reading = axis.path(replica);
      assertEquals(replica, reading.path("replica").asInt(-1));
      assertEquals(0.2 * (replica / 3), reading.path("value").asDouble(), 1e-12);
      assertEquals(-1, reading.path("layer").asInt());
      assertEquals("OK", reading.path("status").asString());
    }
    String list = Invocation.of("readings", sweep).ends(0).out();
    assertTrue(list.contains("sweep.cell") && list.contains("separation.trace_ratio"), list);
  }

  @Test
  void csvQuotesTheNameOfACase() {
    Path out = folder.resolve("cases");
    String cases = "cases={'plain': {}, 'shuffled, or \"null\"': {data.shuffle_labels: true}}";
    sweep(Path.of(SMALL), out, "--set", cases, "--set", "training.steps=4", "--set", "replicas=1")
        .ends(0);
    assertEquals(
        """
        quantity,step,layer,layer_name,replica,value,status,stderr
        axis.case,0,-1,plain,0,0.0,OK,
        axis.case,0,-1,"shuffled, or ""null""\",1,1.0,OK,
        """,
        Invocation.of("readings", out, "--quantity", "axis.case", "--csv").ends(0).out());
  }

  @Test
  void adviceHasARowForEachMeasure() {
    JsonNode json = Invocation.of("advise", sweep, "--json").ends(0).json();
    JsonNode advice = json.path("advice");
    assertEquals(2, advice.size(), "one row by each of two measures");
    assertEquals(0, json.path("layers").size());
    assertTrue(json.path("cut").isNull(), "there is no drift over depth");
    for (JsonNode each : advice) {
      assertEquals(
          List.of(
              "measure",
              "slope",
              "direction",
              "sentence",
              "limits",
              "noise",
              "low",
              "high",
              "best_noise",
              "best_accuracy",
              "least_accuracy"),
          List.copyOf(each.propertyNames()));
      assertTrue(each.path("slope").isNull(), "there is no axis of slopes");
      assertTrue(
          List.of("raise", "lower", "keep", "none").contains(each.path("direction").asString()));
      assertTrue(each.path("best_accuracy").asDouble() >= each.path("least_accuracy").asDouble());
      assertTrue(each.path("limits").isArray());
    }
    assertEquals("separation.trace_ratio", advice.path(0).path("measure").asString());
    String words = Invocation.of("advise", sweep).ends(0).out();
    assertTrue(words.startsWith("By the trace ratio: "), words);
  }

  @Test
  void aCellIsARunOfItsOwn() throws Exception {
    try (Stream<Path> cells = Files.list(sweep.resolve("cells"))) {
      Path cell = cells.sorted().findFirst().orElseThrow();
      JsonNode advice = Invocation.of("advise", cell, "--json").ends(0).json().path("advice");
      assertEquals(2, advice.size());
      assertTrue(advice.path(0).path("noise").isNull(), "a run has no size");
    }
  }

  @Test
  void reportWritesThePageAnew() throws Exception {
    Path page = sweep.resolve("report.html");
    String before = Files.readString(page);
    Files.delete(page);
    assertEquals(page.toString(), Invocation.of("report", sweep).ends(0).out().strip());
    assertEquals(before, Files.readString(page));
    assertTrue(before.contains("network.dropout"));
  }

  @Test
  void aCellThatDivergesEndsWithFourAndTheOthersAreThere() throws Exception {
    Path rates =
        grid("rates.yaml", "axes: [{key: optimizer.learning_rate, values: [0.01, 0.05, 1e300]}]\n");
    Path out = folder.resolve("poisoned");
    Invocation partial = sweep(rates, out, "--set", "training.steps=20").ends(4);
    String failure = "cell optimizer.learning_rate=1.0E300: all replicas diverged";
    assertTrue(partial.err().contains("sweeping "), partial.err());
    assertTrue(partial.err().contains("fathom: " + failure), partial.err());
    assertTrue(partial.out().contains("cells    3, failed 1, diverged trainings 2"), partial.out());
    assertTrue(partial.out().contains("report   " + out.resolve("report.html")), partial.out());
    assertTrue(Files.isRegularFile(out.resolve("report.html")));
    JsonNode ends =
        Invocation.of("readings", out, "--quantity", "accuracy.test", "--from", 1, "--json")
            .ends(0)
            .json();
    assertEquals(
        List.of(0, 1, 2, 3),
        ends.valueStream().map(reading -> reading.path("replica").asInt()).toList());
    Invocation.of("advise", out).ends(0);
    JsonNode again = Invocation.of("resume", out, "--json").ends(4).json();
    assertEquals(3, again.path("cells").asInt());
    assertEquals(2, again.path("diverged").asInt());
    assertEquals(1, again.path("failures").size());
    assertEquals(failure, again.path("failures").path(0).asString());
  }

  @Test
  void theOtherCommandIsNamed() {
    Path out = folder.resolve("none");
    String run = Invocation.of("run", grid, "--out", out).ends(2).err();
    assertTrue(run.contains("grid.yaml") && run.contains("with: fathom sweep "), run);
    String one = Invocation.of("sweep", SMALL, "--out", out).ends(2).err();
    assertTrue(one.contains("a sweep needs axes") && one.contains("with: fathom run"), one);
    assertFalse(Files.exists(out));
  }

  @Test
  void adviceNeedsLoadCurves() {
    Path study = folder.resolve("study");
    List<Documented> halves =
        List.of(
            new DocumentedStudy(
                new Halves("bulk-boundary/halves", Outcome.HOLDS), new HalvingStudy()));
    Invocation.with(halves, "reproduce", "all", "--quick", "--out", study).ends(0);
    Path run = folder.resolve("run");
    Invocation.smallRun(run, "--set", "measure.separation=false", "--set", "measure.ledger=false")
        .ends(0);
    for (Path without : List.of(study.resolve("bulk-boundary-halves"), run)) {
      Invocation refused = Invocation.of("advise", without).ends(2);
      assertTrue(
          refused.err().contains(without + ": no load curve of trained networks was found"),
          refused.err());
      assertEquals("", refused.out());
      assertTrue(Invocation.of("advise", without, "--json").ends(2).json().has("error"));
    }
    String nowhere = Invocation.of("advise", folder.resolve("nowhere")).ends(2).err();
    assertTrue(nowhere.contains("does not exist"), nowhere);
  }

  /** The small experiment lies at the root of the class path, its axes come with the settings. */
  private static List<Documented> documented(Claim... claims) {
    return List.of(
        new DocumentedSweep(
            List.of(claims),
            "/small.yaml",
            List.of(
                DROPOUTS.strip().replace("axes: ", "axes="),
                "training.steps=4",
                "checkpoint.every=4",
                "measure.ledger=false")));
  }

  @Test
  void reproduceTrainsADocumentedSweep() {
    List<Documented> holds = documented(new Cells(Outcome.HOLDS));
    JsonNode document =
        Invocation.with(holds, "reproduce", "all", "--quick", "--json", "--out", folder)
            .ends(0)
            .json();
    Path run = folder.resolve("spring-block-cells");
    assertEquals(run.toString(), document.path("run").asString());
    JsonNode verdict = document.path("verdicts").path(0);
    assertEquals("HOLDS", verdict.path("verdict").asString());
    assertEquals(3, verdict.path("evidence").path("cells").asInt());
    Invocation.with(holds, "resume", run).ends(0);
    JsonNode listed =
        Invocation.with(holds, "reproduce", "--list", "--json").ends(0).json().path("claims");
    assertEquals("sweep", listed.path(0).path("kind").asString());
  }

  @Test
  void reproduceEndsWithThreeWhereAVerdictDiffersAndOneWhereThereIsNone() {
    Invocation differs =
        Invocation.with(
                documented(new Cells(Outcome.FAILS)),
                "reproduce",
                "spring-block/cells",
                "--quick",
                "--out",
                folder)
            .ends(3);
    assertTrue(differs.out().contains("differs from the documented FAILS"), differs.out());
    Claim boundary = new ChainSigns(LoadMeasure.LOG, Prediction.BOUNDARY, Outcome.HOLDS);
    Invocation silent =
        Invocation.with(documented(boundary), "reproduce", "all", "--quick", "--out", folder)
            .ends(1);
    assertTrue(silent.err().contains(boundary.id() + " was not judged"), silent.err());
  }
}
