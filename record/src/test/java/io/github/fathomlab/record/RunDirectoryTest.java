package io.github.fathomlab.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path directory;

  private static void assertComplains(String part, Executable action) {
    RecordException e = assertThrows(RecordException.class, action);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  @Test
  void isMadeOnceAndOpened() throws IOException {
    Path place = directory.resolve("runs/first");
    RunDirectory made = RunDirectory.create(place);
    assertEquals(made.resolved(), RunDirectory.open(place).resolved());
    assertComplains(place + " already exists", () -> RunDirectory.create(place));
    RunDirectory.create(Files.createDirectory(directory.resolve("empty")));
  }

  @Test
  void saysWhyItCannotBeMadeOrOpened() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertComplains("already exists", () -> RunDirectory.create(file));
    assertComplains(
        "cannot write " + file.resolve("run") + " (",
        () -> RunDirectory.create(file.resolve("run")));
    assertComplains(file + " is a file", () -> RunDirectory.open(file));
    assertComplains("does not exist", () -> RunDirectory.open(directory.resolve("absent")));
    assertComplains("has no readings/ and checkpoints/", () -> RunDirectory.open(directory));
  }

  @Test
  void writesAFileWholeOrNotAtAll() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeAtomically("verdicts.json", "[]".getBytes(StandardCharsets.UTF_8));
    RunDirectory full = run.through(new RehearsedStorage(3, () -> {}));
    assertComplains(
        "the disk is full at ", () -> full.writeAtomically("verdicts.json", new byte[4]));
    assertEquals("[]", Files.readString(run.verdicts()));
    assertFalse(Files.exists(Storage.temporary(run.verdicts())));
    assertThrows(
        IllegalArgumentException.class, () -> run.writeAtomically("../outside", new byte[0]));
  }

  @Test
  void keepsItsProvenance() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    Provenance begun =
        Provenance.begin(
            "0.1",
            "OpenBLAS",
            List.of(1L, 2L),
            Map.of("digits", "ab"),
            "cd",
            List.of("run", "x.yaml"));
    begun.write(run);
    assertEquals(begun, Provenance.read(run));
    begun.end().write(run);
    Provenance read = Provenance.read(run);
    assertEquals(
        read,
        new Provenance(
            begun.fathom(),
            begun.jvm(),
            begun.os(),
            begun.cpu(),
            begun.cores(),
            begun.engine(),
            begun.seeds(),
            begun.data(),
            begun.experiment(),
            begun.commandLine(),
            begun.started(),
            read.ended()));
    assertTrue(Files.readString(run.provenance()).contains("\"command_line\""));
    Files.writeString(run.provenance(), "{");
    assertComplains("expected provenance in " + run.provenance(), () -> Provenance.read(run));
    Path cpuinfo =
        Files.writeString(directory.resolve("cpuinfo"), "processor : 0\nmodel name\t: Model X 3\n");
    assertEquals("Model X 3", Provenance.cpuModel(cpuinfo));
    assertEquals(System.getProperty("os.arch"), Provenance.cpuModel(directory.resolve("absent")));
  }
}
