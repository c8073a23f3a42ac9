package io.github.fathomlab.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds docs/run-directory.md to its word: its queries run, its lines of the tail are understood.
 */
class RunDirectoryDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "run-directory.md");

  @TempDir Path directory;

  private static List<String> blocks(String language) throws Exception {
    List<String> blocks = new ArrayList<>();
    Matcher fences =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    while (fences.find()) {
      blocks.add(fences.group(1));
    }
    return blocks;
  }

  @Test
  void itsQueriesRun() throws Exception {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    try (Recorder recorder = Recorder.start(run)) {
      for (int step = 0; step < 3; step++) {
        for (int replica = 0; replica < 2; replica++) {
          recorder
              .lane(replica)
              .accept(
                  new Reading(
                      "ledger.dissipation",
                      step,
                      0,
                      "fc",
                      replica,
                      step + replica,
                      Status.OK,
                      Double.NaN));
        }
        if (step == 1) {
          recorder.seal();
        }
      }
    }
    List<Integer> rows = new ArrayList<>();
    try (DuckDb database = new DuckDb()) {
      for (String query : blocks("sql")) {
        int[] count = {0};
        database.forEach(query.replace("RUN", run.path().toString()), _ -> count[0]++);
        rows.add(count[0]);
      }
    }
    assertEquals(List.of(2, 2), rows);
  }

  @Test
  void itsTailIsRead() throws Exception {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    Files.writeString(
        run.liveTail(), blocks("json").getFirst().replace("{\"part\":3}", "{\"part\":0}"));
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      assertEquals(
          List.of(
              new Reading("ledger.dissipation", 120, 0, "linear 0", 3, 0.25, Status.OK, 0.01),
              new Reading(
                  "ledger.dissipation", 120, 1, "linear 1", 3, 1.5E-3, Status.OK, Double.NaN),
              new Reading(
                  "ledger.dissipation",
                  120,
                  2,
                  "linear 2",
                  3,
                  Double.NaN,
                  Status.NOT_FINITE,
                  Double.NaN)),
          readings.of("ledger.dissipation"));
    }
  }
}
