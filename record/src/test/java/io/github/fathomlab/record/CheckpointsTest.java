package io.github.fathomlab.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path directory;
  private RunDirectory run;
  private Checkpoints checkpoints;

  @BeforeEach
  void threeCheckpoints() {
    run = RunDirectory.create(directory.resolve("run"));
    checkpoints = new Checkpoints(run);
    assertTrue(checkpoints.latest().isEmpty());
    for (long step : new long[] {100, 200, 1200}) {
      write(checkpoints, step);
    }
  }

  private static void write(Checkpoints checkpoints, long step) {
    checkpoints.write(
        step,
        Map.of("w", new Tensor.Doubles(new int[] {2}, new double[] {step, 1})),
        Map.of("parts", "3"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(run.checkpoints())) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private Path newest() {
    return run.checkpoints().resolve("step-000001200.safetensors");
  }

  @Test
  void keepsTheNewestTwo() throws IOException {
    assertEquals(List.of("step-000000200.safetensors", "step-000001200.safetensors"), names());
    Checkpoints.Checkpoint latest = checkpoints.latest().orElseThrow();
    assertEquals(1200, latest.step());
    assertEquals(Map.of("parts", "3"), latest.content().metadata());
    assertEquals(List.of(), latest.damaged());
    Tensor.Doubles w = assertInstanceOf(Tensor.Doubles.class, latest.content().tensors().get("w"));
    assertArrayEquals(new double[] {1200, 1}, w.values());
  }

  @Test
  void removesTheCourseThatWasGivenUp() throws IOException {
    write(checkpoints, 300);
    assertEquals(List.of("step-000000200.safetensors", "step-000000300.safetensors"), names());
  }

  @Test
  void passesOverADamagedNewest() throws IOException {
    byte[] whole = Files.readAllBytes(newest());
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(
          newest(), i % 2 == 0 ? damaged : Arrays.copyOf(whole, random.nextInt(whole.length)));
      Checkpoints.Checkpoint latest = checkpoints.latest().orElseThrow();
      assertEquals(200, latest.step());
      assertTrue(
          latest.damaged().getFirst().contains(newest().toString()), latest.damaged().getFirst());
    }
    Files.write(run.checkpoints().resolve("step-000000200.safetensors"), new byte[9]);
    RecordException e = assertThrows(RecordException.class, checkpoints::latest);
    assertTrue(String.valueOf(e.getMessage()).startsWith("no checkpoint of "), e.getMessage());
  }

  @Test
  void keepsTheOldOnesWhenTheDiskIsFull() throws IOException {
    Checkpoints full = new Checkpoints(run.through(new RehearsedStorage(100, () -> {})));
    RecordException e = assertThrows(RecordException.class, () -> write(full, 1300));
    assertTrue(String.valueOf(e.getMessage()).startsWith("the disk is full at "), e.getMessage());
    assertEquals(List.of("step-000000200.safetensors", "step-000001200.safetensors"), names());
    assertEquals(1200, checkpoints.latest().orElseThrow().step());
  }
}
