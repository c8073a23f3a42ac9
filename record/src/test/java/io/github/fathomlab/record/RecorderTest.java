package io.github.fathomlab.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderTest {
  @TempDir Path directory;

  static void assertHolds(RunDirectory run, List<Reading> expected) {
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      assertEquals(Sample.quantities(expected), readings.quantities());
      for (String quantity : Sample.quantities(expected)) {
        assertEquals(Sample.expected(expected, quantity), readings.of(quantity), quantity);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void givesBackWhatItTookHoweverItWasSealedAndFlushed(long seed) {
    Random random = new Random(seed);
    RunDirectory run = RunDirectory.create(directory.resolve("a [1] run's*?"));
    List<Reading> taken = new ArrayList<>();
    int parts = 0;
    try (Recorder recorder = Recorder.start(run)) {
      int replicas = 1 + random.nextInt(4);
      List<List<Reading>> waiting = new ArrayList<>();
      for (int replica = 0; replica < replicas; replica++) {
        waiting.add(new ArrayList<>(Sample.ofReplica(random, replica, 5 + random.nextInt(20))));
      }
      while (waiting.stream().anyMatch(w -> !w.isEmpty())) {
        List<Reading> leg = waiting.get(random.nextInt(replicas));
        int count = Math.min(leg.size(), 1 + random.nextInt(150));
        leg.subList(0, count).forEach(recorder.lane(leg.isEmpty() ? 0 : leg.getFirst().replica()));
        taken.addAll(leg.subList(0, count));
        leg.subList(0, count).clear();
        if (random.nextInt(6) == 0) {
          parts = recorder.seal();
        } else if (random.nextInt(3) == 0) {
          recorder.flush();
          assertHolds(run, taken);
        }
      }
      if (random.nextBoolean()) {
        parts = recorder.seal();
        assertEquals(parts, recorder.seal(), "nothing new, no part");
      }
    }
    assertEquals(parts, Parts.list(run).size());
    assertHolds(run, taken);
  }

  @Test
  void givesTheSamePartHoweverLanesInterleave() throws IOException {
    List<Reading> first = Sample.ofReplica(new Random(7), 0, 30);
    List<Reading> second = Sample.ofReplica(new Random(8), 1, 30);
    List<byte[]> parts = new ArrayList<>();
    for (int order = 0; order < 3; order++) {
      RunDirectory run = RunDirectory.create(directory.resolve("run" + order));
      try (Recorder recorder = Recorder.start(run)) {
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
          List<Reading> one = order == 1 ? second : first;
          List<Reading> other = order == 1 ? first : second;
          feed(recorder, one, i);
          if (order == 2 && i % 17 == 0) {
            recorder.flush();
          }
          feed(recorder, other, i);
        }
        assertEquals(1, recorder.seal());
      }
      parts.add(Files.readAllBytes(Parts.path(run, 0)));
    }
    assertArrayEquals(parts.get(0), parts.get(1));
    assertArrayEquals(parts.get(0), parts.get(2));
  }

  private static void feed(Recorder recorder, List<Reading> readings, int i) {
    if (i < readings.size()) {
      recorder.lane(readings.get(i).replica()).accept(readings.get(i));
    }
  }

  @Test
  void takesLanesFromManyThreadsAtOnce() throws Exception {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    List<Reading> taken = new ArrayList<>();
    try (Recorder recorder = Recorder.start(run);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<List<Reading>> replicas = new ArrayList<>();
      for (int replica = 0; replica < 8; replica++) {
        replicas.add(Sample.ofReplica(new Random(replica), replica, 300));
        taken.addAll(replicas.getLast());
      }
      for (int leg = 0; leg < 4; leg++) {
        int quarter = leg;
        List<Future<?>> work = new ArrayList<>();
        for (List<Reading> readings : replicas) {
          int size = readings.size();
          List<Reading> part = readings.subList(size * quarter / 4, size * (quarter + 1) / 4);
          work.add(threads.submit(() -> part.forEach(recorder.lane(part.getFirst().replica()))));
        }
        for (Future<?> done : work) {
          done.get();
        }
        if (leg % 2 == 0) {
          recorder.seal();
        }
      }
    }
    assertHolds(run, taken);
  }

  @Test
  void queriesByLayerReplicaAndStep() {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    List<Reading> all = new ArrayList<>();
    try (Recorder recorder = Recorder.start(run)) {
      for (int replica = 0; replica < 3; replica++) {
        List<Reading> readings = Sample.ofReplica(new Random(replica), replica, 20);
        readings.forEach(recorder.lane(replica));
        all.addAll(readings);
        if (replica < 2) {
          recorder.seal();
        }
      }
    }
    List<Reading> expected = Sample.expected(all, "separation.log");
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      ReadingsQuery query = ReadingsQuery.of("separation.log");
      assertEquals(expected, readings.query(query));
      assertEquals(
          expected.stream()
              .filter(
                  r -> r.layer() == 2 && r.replica() == 1 && r.step() >= 500 && r.step() <= 5000)
              .toList(),
          readings.query(query.atLayer(2).ofReplica(1).between(500, 5000)));
      assertEquals(List.of(), readings.of("not recorded"));
    }
  }

  @Test
  void resumesFromTheCheckpointedParts() {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    List<Reading> readings = Sample.ofReplica(new Random(3), 0, 40);
    List<List<Reading>> legs = new ArrayList<>();
    for (int leg = 0; leg < 4; leg++) {
      legs.add(readings.subList(leg * readings.size() / 4, (leg + 1) * readings.size() / 4));
    }
    try (Recorder recorder = Recorder.start(run)) {
      for (List<Reading> leg : legs.subList(0, 3)) {
        leg.forEach(recorder.lane(0));
        recorder.seal();
      }
      legs.get(3).forEach(recorder.lane(0));
    }
    try (Recorder recorder = Recorder.resume(run, 1)) {
      assertHolds(run, legs.getFirst());
      for (List<Reading> leg : legs.subList(1, 4)) {
        leg.forEach(recorder.lane(0));
      }
      assertEquals(2, recorder.seal());
    }
    assertHolds(run, readings);
    RecordException missing = assertThrows(RecordException.class, () -> Recorder.resume(run, 3));
    assertTrue(
        String.valueOf(missing.getMessage()).contains("stands on 3 sealed parts"),
        missing.getMessage());
    RecordException again = assertThrows(RecordException.class, () -> Recorder.start(run));
    assertTrue(
        String.valueOf(again.getMessage()).contains("has readings already"), again.getMessage());
  }

  @Test
  void refusesASecondWriterAndAReadingOfAnotherReplica() {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    try (Recorder recorder = Recorder.start(run)) {
      RecordException e = assertThrows(RecordException.class, () -> Recorder.resume(run, 0));
      assertTrue(
          String.valueOf(e.getMessage())
              .contains("is being written by process " + ProcessHandle.current().pid()),
          e.getMessage());
      Reading stranger = Reading.ofNetwork("loss", 1, 5, 0.5);
      assertThrows(IllegalArgumentException.class, () -> recorder.lane(4).accept(stranger));
    }
    Recorder.resume(run, 0).close();
  }

  @Test
  void writesOneShortLineForAllLayers() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    try (Recorder recorder = Recorder.start(run)) {
      for (int step = 1; step <= 2; step++) {
        for (int layer = 0; layer < 2; layer++) {
          Status status = step == 1 ? Status.OK : Status.ONE_CLASS;
          double value = step == 1 ? 0.25 * layer : Double.NaN;
          recorder
              .lane(3)
              .accept(
                  new Reading(
                      "q",
                      step,
                      layer,
                      "fc" + layer,
                      3,
                      value,
                      status,
                      step == 1 ? Double.NaN : 1));
        }
      }
    }
    assertEquals(
        """
        {"part":0}
        {"a":0,"l":[0,1],"n":["fc0","fc1"]}
        {"q":"q","s":1,"r":3,"a":0,"v":[0.0,0.25]}
        {"q":"q","s":2,"r":3,"a":0,"v":[null,null],"t":["ONE_CLASS","ONE_CLASS"],"e":[1.0,1.0]}
        """,
        Files.readString(run.liveTail()));
  }

  @Test
  void keepsWhatFitsWhenTheDiskIsFull() {
    List<Reading> readings = Sample.ofReplica(new Random(5), 0, 60);
    for (long free : new long[] {0, 11, 12, 300, 5_000, 20_000}) {
      RunDirectory run = RunDirectory.create(directory.resolve("run" + free));
      List<Reading> flushed = new ArrayList<>();
      List<Reading> taken = new ArrayList<>();
      RecordException full =
          assertThrows(
              RecordException.class,
              () -> {
                try (Recorder recorder =
                    Recorder.start(run.through(new RehearsedStorage(free, () -> {})))) {
                  for (Reading reading : readings) {
                    recorder.lane(0).accept(reading);
                    taken.add(reading);
                    if (taken.size() % 10 == 0) {
                      recorder.flush();
                      flushed.addAll(taken.subList(flushed.size(), taken.size()));
                    }
                  }
                }
              });
      String sentence = String.valueOf(full.getMessage());
      assertTrue(sentence.startsWith("the disk is full at "), sentence);
      if (!flushed.isEmpty()) {
        assertTrue(
            sentence.contains("up to step " + flushed.getLast().step() + " is kept"), sentence);
        assertTrue(sentence.endsWith("`fathom resume " + run.path() + "`"), sentence);
      }
      assertHolds(run, flushed);
    }
  }

  @Test
  void keepsTheTailWhenThePartDoesNotFit() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    List<Reading> readings = Sample.ofReplica(new Random(6), 0, 10);
    try (Recorder recorder = Recorder.start(run)) {
      readings.forEach(recorder.lane(0));
      Path full = Path.of("/dev/full");
      assumeTrue(Files.exists(full), "this system has no /dev/full");
      Files.createSymbolicLink(Storage.temporary(Parts.path(run, 0)), full);
      RecordException e = assertThrows(RecordException.class, recorder::seal);
      assertTrue(String.valueOf(e.getMessage()).startsWith("the disk is full at "), e.getMessage());
      recorder.lane(1).accept(Reading.ofNetwork("loss", 1, 1, 0.5));
      assertEquals(
          e.getMessage(), assertThrows(RecordException.class, recorder::flush).getMessage());
    }
    assertFalse(Files.exists(Parts.path(run, 0)));
    assertHolds(run, readings);
    try (Recorder recorder = Recorder.resume(run, 0)) {
      readings.forEach(recorder.lane(0));
      assertEquals(1, recorder.seal());
    }
    assertHolds(run, readings);
  }
}
