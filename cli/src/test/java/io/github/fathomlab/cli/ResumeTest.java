package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final long STEPS = 1500;
  private static final String[] LONG = {
    "--set", "training.steps=" + STEPS, "--set", "checkpoint.every=100"
  };

  @TempDir private static Path whole = Path.of("");
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void runWithoutInterruption() {
    whole = whole.resolve("whole");
    Invocation.smallRun(whole, (Object[]) LONG).ends(0);
  }

  @Test
  void aKilledRunResumesToTheSameBits() throws Exception {
    Path killed = folder.resolve("killed");
    Process process = startRun(killed);
    awaitCheckpoint(process, killed);
    process.destroyForcibly().waitFor();
    assertFalse(Files.exists(killed.resolve("verdicts.json")), "the run was over before the kill");
    Invocation.of("readings", killed).ends(0);
    Invocation.of("report", killed).ends(0);
    Invocation resumed = Invocation.of("resume", killed).ends(0);
    assertTrue(resumed.out().contains("HOLDS"), resumed.out());
    assertSameAsUninterrupted(killed);
  }

  @Test
  void anInterruptedRunEndsInOrderAndResumes() throws Exception {
    Path interrupted = folder.resolve("interrupted");
    Process process = startRun(interrupted);
    awaitCheckpoint(process, interrupted);
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    String said = new String(process.getErrorStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    assertEquals(130, process.exitValue(), said);
    assertTrue(said.contains("go on with: fathom resume " + interrupted), said);
    assertTrue(Files.isRegularFile(interrupted.resolve("report.html")));
    Invocation.of("resume", interrupted).ends(0);
    assertSameAsUninterrupted(interrupted);
  }

  @Test
  void aKilledSweepResumesToTheSameBytes() throws Exception {
    Path grid = folder.resolve("grid.yaml");
    String axes = "axes: [{key: optimizer.learning_rate, values: [0.01, 0.02, 0.05]}]\n";
    Files.writeString(grid, Files.readString(Path.of("src/test/resources/small.yaml")) + axes);
    Path undisturbed = folder.resolve("undisturbed");
    String[] longer = {"--set", "training.steps=300", "--set", "checkpoint.every=50"};
    Invocation.of("sweep", grid, "--out", undisturbed, longer[0], longer[1], longer[2], longer[3])
        .ends(0);
    Path killed = folder.resolve("killed-sweep");
    List<String> command =
        new ArrayList<>(List.of("sweep", grid.toString(), "--out", killed.toString()));
    command.addAll(List.of(longer));
    Process process = start(command);
    await(process, () -> cells(killed).anyMatch(cell -> !cell.startsWith(".")));
    process.destroyForcibly().waitFor();
    assertFalse(
        Files.exists(killed.resolve("verdicts.json")), "the sweep was over before the kill");
    Invocation.of("resume", killed).ends(0);
    assertEquals(RecordedRun.all(undisturbed), RecordedRun.all(killed));
    assertEquals(cells(undisturbed).toList(), cells(killed).toList());
    for (String cell : cells(undisturbed).toList()) {
      for (String file : List.of("resolved.yaml", "readings/part-00000.parquet", "live.ndjson")) {
        String name = "cells/" + cell + "/" + file;
        assertArrayEquals(
            Files.readAllBytes(undisturbed.resolve(name)),
            Files.readAllBytes(killed.resolve(name)),
            name);
      }
    }
  }

  private static Stream<String> cells(Path sweep) {
    String[] names = sweep.resolve("cells").toFile().list();
    return names == null ? Stream.empty() : Stream.of(names).sorted();
  }

  @Test
  void aFinishedRunIsOnlyJudgedAgain() {
    Path run = folder.resolve("run");
    Invocation.smallRun(run).ends(0);
    var before = RecordedRun.all(run);
    Invocation.of("resume", run).ends(0);
    assertEquals(before, RecordedRun.all(run));
  }

  @Test
  void saysWhenThereIsNoRun() {
    Invocation refused = Invocation.of("resume", folder.resolve("nowhere")).ends(2);
    assertTrue(refused.err().contains("does not exist"), refused.err());
  }

  private void assertSameAsUninterrupted(Path run) throws IOException {
    assertEquals(RecordedRun.all(whole), RecordedRun.all(run));
    String last = "checkpoints/step-%09d.safetensors".formatted(STEPS);
    assertArrayEquals(
        Files.readAllBytes(whole.resolve(last)), Files.readAllBytes(run.resolve(last)));
  }

  /**
   * The same run in its own process, whose standard error is read to its end only when it is small.
   */
  private static Process startRun(Path run) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("run", "src/test/resources/small.yaml", "--out", run.toString()));
    arguments.addAll(List.of(LONG));
    return start(arguments);
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + System.getProperty("java.library.path"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).start();
  }

  private static void awaitCheckpoint(Process process, Path run) throws Exception {
    await(process, () -> hasCheckpoint(run));
  }

  private static void await(Process process, Callable<Boolean> moment) throws Exception {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!moment.call()) {
      assertTrue(process.isAlive(), () -> "ended: " + said(process));
      assertTrue(System.nanoTime() < patience, "the moment to kill did not come within a minute");
      Thread.sleep(5);
    }
  }

  private static String said(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean hasCheckpoint(Path run) throws IOException {
    Path checkpoints = run.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.anyMatch(file -> file.toString().endsWith(".safetensors"));
    }
  }
}
