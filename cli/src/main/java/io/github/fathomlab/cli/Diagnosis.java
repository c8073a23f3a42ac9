package io.github.fathomlab.cli;

import io.github.fathomlab.data.DataDirectories;
import io.github.fathomlab.data.DataException;
import io.github.fathomlab.data.DownloadableDataset;
import io.github.fathomlab.kernels.Engine;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One thing that Fathom needs or can use.
 *
 * @param needed whether nothing works without it
 * @param remedy what to do; empty when it is sound
 */
record Diagnosis(String subject, boolean needed, boolean sound, String found, String remedy) {
  private static final long LEAST_MEMORY = 1L << 30;
  private static final String VECTOR = "jdk.incubator.vector";

  /** One word for the state. */
  String word() {
    return sound ? "ok" : needed ? "MISSING" : "absent";
  }

  /** Everything, in the order to show. */
  static List<Diagnosis> all() {
    List<Diagnosis> all = new ArrayList<>();
    all.add(java());
    all.add(memory());
    all.add(ok("cores", Integer.toString(Runtime.getRuntime().availableProcessors())));
    all.add(vectors());
    all.add(needed("OpenBLAS", "start with ./fathom, or reinstall the jars", Engine::describe));
    all.add(needed("DuckDB", "free space in the temporary directory", Diagnosis::duckDb));
    all.add(
        place(
            "runs",
            Path.of("").toAbsolutePath(),
            "change to a folder that can be written, or use --out"));
    all.add(
        place(
            "temporary",
            Path.of(property("java.io.tmpdir")),
            "set -Djava.io.tmpdir in FATHOM_JAVA_OPTS"));
    all.add(
        place(
            "cache",
            DataDirectories.standard().cache(),
            "make the folder writable to fetch data sets"));
    all.add(ok("digits", "built in"));
    DownloadableDataset.names().forEach(name -> all.add(data(name)));
    return all;
  }

  /** Something that answers with what it is, or throws. */
  @FunctionalInterface
  private interface Probe {
    String ask() throws IOException;
  }

  private static Diagnosis ok(String subject, String found) {
    return new Diagnosis(subject, true, true, found, "");
  }

  private static Diagnosis needed(String subject, String remedy, Probe probe) {
    try {
      return ok(subject, probe.ask());
    } catch (IOException | RuntimeException | LinkageError e) {
      return new Diagnosis(subject, true, false, String.valueOf(e.getMessage()), remedy);
    }
  }

  private static Diagnosis java() {
    return ok("Java", property("java.runtime.version") + ", " + property("java.home"));
  }

  private static Diagnosis memory() {
    long most = Runtime.getRuntime().maxMemory();
    String found = "%d MB for the JVM".formatted(most >> 20);
    return most >= LEAST_MEMORY
        ? ok("memory", found)
        : new Diagnosis(
            "memory", true, false, found, "give it at least 1 GB: FATHOM_JAVA_OPTS=-Xmx1g");
  }

  private static Diagnosis vectors() {
    return ModuleLayer.boot().findModule(VECTOR).isPresent()
        ? ok("Vector API", VECTOR)
        : new Diagnosis(
            "Vector API",
            true,
            false,
            "the module " + VECTOR + " is not loaded",
            "start with ./fathom, or add --add-modules " + VECTOR);
  }

  /** Starts DuckDB on a run without readings. */
  private static String duckDb() throws IOException {
    Path empty = Files.createTempDirectory("fathom-doctor-");
    RunDirectory run = RunDirectory.create(empty.resolve("run"));
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      return "starts, " + readings.quantities().size() + " quantities in an empty run";
    } finally {
      for (Path directory : List.of(run.readings(), run.checkpoints(), run.path(), empty)) {
        Files.deleteIfExists(directory);
      }
    }
  }

  private static Diagnosis place(String subject, Path directory, String remedy) {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = Objects.requireNonNullElse(existing.getParent(), existing.getRoot());
    }
    boolean writable = Files.isDirectory(existing) && Files.isWritable(existing);
    return new Diagnosis(
        subject,
        true,
        writable,
        directory + (writable ? " can be written" : " cannot be written"),
        writable ? "" : remedy);
  }

  private static Diagnosis data(String name) {
    try {
      return new Diagnosis(name, false, true, DataDirectories.standard().find(name).toString(), "");
    } catch (DataException e) {
      return new Diagnosis(name, false, false, "not on this machine", "fathom data fetch " + name);
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
