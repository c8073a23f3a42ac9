package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RunCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void trainsJudgesAndReports() {
    Path run = folder.resolve("run");
    Invocation done = Invocation.smallRun(run).ends(0);
    assertTrue(
        done.out().contains("HOLDS      bulk-boundary/ledger-balances  The ledger balances"),
        done.out());
    assertTrue(done.out().contains("accuracy, test"), done.out());
    assertTrue(done.out().contains("report   " + run.resolve("report.html")), done.out());
    for (String file :
        List.of(
            "experiment.yaml",
            "resolved.yaml",
            "provenance.json",
            "verdicts.json",
            "citations.bib",
            "report.html")) {
      assertTrue(Files.isRegularFile(run.resolve(file)), file);
    }
  }

  @Test
  void jsonIsOneDocumentOfTheContract() {
    Path run = folder.resolve("run");
    JsonNode document = Invocation.smallRun(run, "--json").ends(0).json();
    assertEquals(run.toString(), document.path("run").asString());
    JsonNode verdict = document.path("verdicts").path(0);
    assertEquals("bulk-boundary/ledger-balances", verdict.path("claim").asString());
    assertEquals("HOLDS", verdict.path("verdict").asString());
    assertEquals("HOLDS", verdict.path("expected").asString());
    assertTrue(verdict.path("evidence").path("largest_residual").isNumber());
    assertTrue(document.path("seconds").isNumber());
    assertTrue(document.path("accuracy").path("test").asDouble() > 0.5);
  }

  @Test
  void setsLayOverTheFile() throws Exception {
    Path run = folder.resolve("run");
    Invocation.smallRun(run, "--set", "training.steps=7", "--set", "replicas=1").ends(0);
    assertTrue(Files.readString(run.resolve("resolved.yaml")).contains("steps: 7"));
    assertEquals(
        7, Invocation.of("readings", run, "--quantity", "loss", "--json").ends(0).json().size());
  }

  @Test
  void workersDoNotChangeTheNumbers() {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Invocation.smallRun(one, "--workers", 1).ends(0);
    Invocation.smallRun(two, "--workers", 2).ends(0);
    assertEquals(RecordedRun.all(one), RecordedRun.all(two));
  }

  @Test
  void refusesADirectoryThatIsThere() {
    Path run = folder.resolve("run");
    Invocation.smallRun(run).ends(0);
    Invocation again = Invocation.smallRun(run).ends(2);
    assertTrue(again.err().contains("already exists"), again.err());
  }

  @Test
  void divergenceNamesLayerAndStepAndKeepsWhatWasMeasured() {
    Path run = folder.resolve("run");
    Invocation diverged =
        Invocation.smallRun(
                run, "--set", "optimizer.learning_rate=1e200", "--set", "network.activation=relu")
            .ends(1);
    Matcher where =
        Pattern.compile("replica 0 diverged: .* at step ([0-9]+) in layer ([0-9]+) \\(\\w+")
            .matcher(diverged.err());
    assertTrue(where.find(), diverged.err());
    long step = Long.parseLong(where.group(1));
    assertTrue(step > 0, diverged.err());
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(run))) {
      long last =
          readings.of("loss").stream()
              .filter(reading -> reading.replica() == 0)
              .mapToLong(Reading::step)
              .max()
              .orElse(-1);
      assertTrue(last >= step - 1, "readings up to step " + last + ", diverged at " + step);
    }
    assertTrue(Files.isRegularFile(run.resolve("report.html")));
    assertFalse(diverged.err().contains("\tat "), diverged.err());
  }

  @Test
  void aRunThatCanNoLongerBeWrittenFails() throws Exception {
    Path run = folder.resolve("run");
    CompletableFuture<Invocation> running =
        CompletableFuture.supplyAsync(() ->
            Invocation.smallRun(
                run, "--set", "training.steps=1000000", "--set", "checkpoint.every=50"));
    Path part = run.resolve("readings/part-00000.parquet");
    while (!Files.exists(part)) {
      assertFalse(running.isDone(), "the run ended before its first part");
      Thread.sleep(5);
    }
    Files.move(run.resolve("readings"), run.resolve("elsewhere"));
    Invocation failed = running.get(60, TimeUnit.SECONDS).ends(1);
    assertTrue(failed.err().contains("cannot write"), failed.err());
    assertTrue(failed.err().contains("fathom resume " + run), failed.err());
  }
}
