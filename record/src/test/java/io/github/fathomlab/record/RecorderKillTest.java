package io.github.fathomlab.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderKillTest {
  @TempDir Path directory;

  @Test
  void losesAndDoublesNothingWhereverSealingIsKilled() {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    List<Reading> readings = Sample.ofReplica(new Random(1), 0, 12);
    int half = readings.size() / 2;
    List<Path> copies = new ArrayList<>();
    boolean[] sealing = {false};
    Runnable copy =
        () -> {
          if (sealing[0]) {
            copies.add(copyOf(run, "copy" + copies.size()));
          }
        };
    try (Recorder recorder =
        Recorder.start(run.through(new RehearsedStorage(Long.MAX_VALUE, copy)))) {
      readings.subList(0, half).forEach(recorder.lane(0));
      recorder.seal();
      readings.subList(half, readings.size()).forEach(recorder.lane(0));
      recorder.flush();
      sealing[0] = true;
      recorder.seal();
      copy.run();
    }
    assertTrue(copies.size() >= 6, "moments of a seal: " + copies.size());
    for (Path killed : copies) {
      RecorderTest.assertHolds(RunDirectory.open(killed), readings);
      try (Recorder recorder = Recorder.resume(RunDirectory.open(killed), 1)) {
        readings.subList(half, readings.size()).forEach(recorder.lane(0));
        assertEquals(2, recorder.seal());
      }
      RecorderTest.assertHolds(RunDirectory.open(killed), readings);
    }
  }

  @Test
  void canBeResumedAgainWhereverResumingIsKilled() {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    List<Reading> readings = Sample.ofReplica(new Random(2), 0, 12);
    int third = readings.size() / 3;
    try (Recorder recorder = Recorder.start(run)) {
      for (int leg = 0; leg < 3; leg++) {
        readings.subList(leg * third, (leg + 1) * third).forEach(recorder.lane(0));
        recorder.seal();
      }
    }
    List<Path> copies = new ArrayList<>();
    Runnable copy = () -> copies.add(copyOf(run, "copy" + copies.size()));
    Recorder.resume(run.through(new RehearsedStorage(Long.MAX_VALUE, copy)), 1).close();
    assertTrue(copies.size() >= 6, "moments of a resume: " + copies.size());
    for (Path killed : copies) {
      Recorder.resume(RunDirectory.open(killed), 1).close();
      RecorderTest.assertHolds(RunDirectory.open(killed), readings.subList(0, third));
    }
  }

  @Test
  void readsTheWholeLinesOfATailCutAnywhere() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    List<Reading> readings = new ArrayList<>();
    try (Recorder recorder = Recorder.start(run)) {
      for (int step = 0; step < 6; step++) {
        if (step == 2) {
          recorder.seal();
        }
        for (int layer = 0; layer < 2; layer++) {
          readings.add(
              new Reading(
                  "q", step, layer, "größe" + layer, 0, step + layer, Status.OK, Double.NaN));
          recorder.lane(0).accept(readings.getLast());
        }
      }
    }
    byte[] tail = Files.readAllBytes(run.liveTail());
    try (RecordedReadings recorded = RecordedReadings.open(run)) {
      for (int length = 0; length <= tail.length; length++) {
        Files.write(run.liveTail(), Arrays.copyOf(tail, length));
        // A line that lacks only its line feed is whole.
        String text = new String(tail, 0, length, StandardCharsets.UTF_8);
        long whole =
            text.lines().filter(line -> line.startsWith("{\"q\"") && line.endsWith("]}")).count();
        assertEquals(
            readings.subList(0, 4 + 2 * (int) whole), recorded.of("q"), "cut at " + length);
      }
    }
  }

  @Test
  void keepsWhatAKilledProcessHadFlushed() throws Exception {
    Path place = directory.resolve("run");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.library.path=" + System.getProperty("java.library.path"),
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            place.toString());
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    long flushed = -1;
    try (var told = child.inputReader(StandardCharsets.UTF_8)) {
      while (flushed < 40_000) {
        String line = told.readLine();
        if (line == null) {
          break;
        }
        flushed = Long.parseLong(line);
      }
      RecordException locked =
          assertThrows(RecordException.class, () -> Recorder.resume(RunDirectory.open(place), 0));
      assertTrue(
          String.valueOf(locked.getMessage()).contains("written by process " + child.pid()),
          locked.getMessage());
      // Not Process.destroyForcibly, which would close the pipe with what the child told last.
      assertTrue(child.toHandle().destroyForcibly());
      assertTrue(child.waitFor(10, TimeUnit.SECONDS));
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        flushed = Math.max(flushed, line.isEmpty() ? 0 : Long.parseLong(line));
      }
    }
    assertTrue(flushed >= 40_000, "flushed up to step " + flushed);
    RunDirectory run = RunDirectory.open(place);
    try (RecordedReadings recorded = RecordedReadings.open(run)) {
      for (int replica = 0; replica < KilledWriter.REPLICAS; replica++) {
        List<Reading> readings = recorded.query(ReadingsQuery.of("loss").ofReplica(replica));
        assertTrue(
            readings.size() > flushed,
            readings.size() + " readings, flushed up to step " + flushed);
        for (int step = 0; step < readings.size(); step++) {
          assertEquals(
              Reading.ofNetwork("loss", step, replica, 1.0 / (step + 1)), readings.get(step));
        }
      }
    }
    Recorder.resume(run, 1).close();
  }

  private Path copyOf(RunDirectory run, String name) {
    Path copy = directory.resolve(name);
    try (Stream<Path> files = Files.walk(run.path())) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            copy.resolve(run.path().relativize(file).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
