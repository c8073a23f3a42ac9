package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.record.Lane;
import io.github.fathomlab.record.Recorder;
import io.github.fathomlab.record.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Advice on the layers of a run that has readings of drift over depth. */
class CutAdviceCommandTest {
  private static final List<String> NAMES =
      List.of("input", "embedding", "block 1", "block 2", "block 3", "output");
  private static final double[] DRIFTS = {0.9, 0.2, 0.01, 0.08, 0.7};

  @TempDir private Path folder;
  private Path run = Path.of("");

  @BeforeEach
  void train() {
    run = folder.resolve("run");
    Invocation.smallRun(run, "--set", "measure.separation=false", "--set", "measure.ledger=false")
        .ends(0);
  }

  @Test
  void layersOfTheStreamAreJudgedAndCandidatesNamed() throws IOException {
    record(4, Status.OK);
    String words = Invocation.of("advise", run).ends(0).out();
    List<String> lines = words.lines().toList();
    assertEquals(4, lines.size(), words);
    assertTrue(lines.get(0).startsWith("block 1: does the work: "), words);
    assertTrue(lines.get(1).startsWith("block 2: at a fixed point: "), words);
    assertTrue(lines.get(2).startsWith("block 3: moves the kernel, "), words);
    assertTrue(lines.get(3).startsWith("could be cut: block 2 (at a fixed point in all 2"), words);
    assertTrue(lines.get(3).contains("network.blocks lower by 1"), words);
    JsonNode json = Invocation.of("advise", run, "--json").ends(0).json();
    assertEquals(0, json.path("advice").size());
    assertEquals(lines.get(3), json.path("cut").path("sentence").asString());
    JsonNode second = json.path("layers").path(1);
    assertEquals(3, second.path("layer").asInt());
    assertEquals("block 2", second.path("name").asString());
    assertEquals("at_rest", second.path("role").asString());
    assertEquals(lines.get(1), second.path("sentence").asString());
    assertEquals(0.01, second.path("drift").asDouble(), 1e-12);
    assertEquals(0.01 / 0.29, second.path("share").asDouble(), 1e-12);
    assertEquals(1.0 / 3, second.path("untrained_share").asDouble(), 1e-12);
    assertEquals(0.25, second.path("relative_update").asDouble(), 1e-12);
    assertTrue(second.path("candidate").asBoolean());
    assertFalse(json.path("layers").path(2).path("candidate").asBoolean());
    Invocation.of("report", run).ends(0);
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("<p class=\"advice\">Could be cut: block 2 "), "no advice in report");
  }

  @Test
  void whatWasNotMeasuredIsSaid() throws IOException {
    record(4, Status.ZERO_VARIANCE);
    String dead = Invocation.of("advise", run).ends(0).out().strip();
    assertEquals(
        "no advice on layers: the drift from embedding to the next layer was not measured: "
            + Status.ZERO_VARIANCE.explanation(),
        dead);
    assertEquals(0, Invocation.of("advise", run, "--json").ends(0).json().path("layers").size());
  }

  @Test
  void untrainedNetworksAreNotAdvised() throws IOException {
    record(0, Status.OK);
    assertEquals(
        "no advice on layers: only the untrained networks were measured",
        Invocation.of("advise", run).ends(0).out().strip());
  }

  /** Readings of the untrained networks and, when last is not 0, of trained ones. */
  private void record(long last, Status first) throws IOException {
    RunDirectory directory = RunDirectory.open(run);
    int parts;
    try (Stream<Path> files = Files.list(directory.readings())) {
      parts = (int) files.count();
    }
    try (Recorder recorder = Recorder.resume(directory, parts)) {
      for (int replica = 0; replica < 2; replica++) {
        Lane lane = recorder.lane(replica);
        lane.accept(Reading.ofNetwork("rank.stream_first", 0, replica, 1));
        lane.accept(Reading.ofNetwork("rank.stream_last", 0, replica, 4));
        for (int l = 0; l < NAMES.size(); l++) {
          lane.accept(layer("rank.effective_rank", last, l, replica, 2, Status.OK));
          if (l + 1 < NAMES.size()) {
            if (last > 0) {
              lane.accept(layer("drift.kernel_drift", 0, l, replica, 0.1, Status.OK));
            }
            Status status = l == 1 ? first : Status.OK;
            lane.accept(layer("drift.kernel_drift", last, l, replica, DRIFTS[l], status));
            lane.accept(layer("drift.relative_update", last, l, replica, 0.25, Status.OK));
          }
        }
      }
      recorder.seal();
    }
  }

  private static Reading layer(
      String quantity, long step, int l, int replica, double value, Status status) {
    double measured = status == Status.OK ? value : Double.NaN;
    return new Reading(quantity, step, l, NAMES.get(l), replica, measured, status, Double.NaN);
  }
}
