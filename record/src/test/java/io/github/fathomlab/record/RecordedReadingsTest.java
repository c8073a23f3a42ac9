package io.github.fathomlab.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedReadingsTest {
  @TempDir Path directory;
  private RunDirectory run;

  @BeforeEach
  void threePartsAndATail() {
    run = RunDirectory.create(directory.resolve("run"));
    try (Recorder recorder = Recorder.start(run)) {
      for (int step = 0; step < 4; step++) {
        recorder.lane(0).accept(Reading.ofNetwork("loss", step, 0, step));
        if (step < 3) {
          recorder.seal();
        }
      }
    }
  }

  private String complaint() {
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      return String.valueOf(
          assertThrows(RecordException.class, () -> readings.of("loss")).getMessage());
    }
  }

  @Test
  void namesThePartThatIsTruncated() throws IOException {
    Path part = Parts.path(run, 1);
    byte[] bytes = Files.readAllBytes(part);
    for (int length : new int[] {0, 3, bytes.length / 2, bytes.length - 1}) {
      Files.write(part, Arrays.copyOf(bytes, length));
      String complaint = complaint();
      assertTrue(complaint.startsWith("the part " + part + " is damaged"), complaint);
    }
  }

  @Test
  void namesThePartThatIsMissing() throws IOException {
    Files.delete(Parts.path(run, 1));
    assertTrue(
        complaint().contains("expected " + Parts.path(run, 1) + ", but it is missing"),
        complaint());
    Files.delete(Parts.path(run, 2));
    assertTrue(complaint().contains("which is older than the tail"), complaint());
  }

  @Test
  void namesTheTailWithDamageBeforeItsEnd() throws IOException {
    byte[] tail = Files.readAllBytes(run.liveTail());
    Files.writeString(
        run.liveTail(), "{\"q\":\"los\n{\"q\":\"loss\",\"s\n", StandardOpenOption.APPEND);
    assertTrue(complaint().contains("live.ndjson has damaged lines"), complaint());
    Files.write(run.liveTail(), tail);
    Files.writeString(
        run.liveTail(),
        "{\"q\":\"loss\",\"s\":9,\"r\":0,\"a\":77,\"v\":[1.0]}\n",
        StandardOpenOption.APPEND);
    assertTrue(complaint().contains("lacks the line of a depth axis"), complaint());
    Files.writeString(run.liveTail(), "something\nelse\n");
    assertTrue(complaint().contains("expected {\"part\":N} in line 1"), complaint());
  }

  @Test
  void readsARunWithoutAnyReadings() {
    RunDirectory empty = RunDirectory.create(directory.resolve("empty"));
    try (RecordedReadings readings = RecordedReadings.open(empty)) {
      assertEquals(List.of(), readings.quantities());
      assertEquals(List.of(), readings.of("loss"));
    }
  }

  @Test
  void seesEachFlushedReadingOnceWhileItIsWritten() throws Exception {
    RunDirectory live = RunDirectory.create(directory.resolve("live"));
    AtomicLong flushed = new AtomicLong(-1);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> {
          try (Recorder recorder = Recorder.start(live)) {
            for (int step = 0; step < 60; step++) {
              recorder.lane(0).accept(Reading.ofNetwork("loss", step, 0, step));
              recorder.flush();
              flushed.set(step);
              if (step % 3 == 0) {
                recorder.seal();
              }
            }
          }
        });
    try (RecordedReadings readings = RecordedReadings.open(live)) {
      boolean last;
      do {
        last = writer.isDone();
        long atLeast = flushed.get();
        List<Reading> seen = readings.of("loss");
        assertTrue(
            seen.size() > atLeast, seen.size() + " readings seen, flushed up to step " + atLeast);
        for (int step = 0; step < seen.size(); step++) {
          assertEquals(Reading.ofNetwork("loss", step, 0, step), seen.get(step));
        }
      } while (!last);
      assertEquals(60, readings.of("loss").size());
    }
    writer.get();
  }

  @Test
  void anUnknownStatusIsNamed() throws IOException {
    Files.writeString(
        run.liveTail(),
        "{\"a\":7,\"l\":[0],\"n\":[\"fc\"]}\n{\"q\":\"loss\",\"s\":9,\"r\":0,\"a\":7,\"v\":[1.0],\"t\":[\"GUESSED\"]}\n",
        StandardOpenOption.APPEND);
    assertTrue(complaint().contains("GUESSED"), complaint());
  }
}
