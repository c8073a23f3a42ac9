package io.github.fathomlab.record;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of one run: where each of its files lives, and the only way to write the small
 * ones.
 *
 * <p>A file is written under a temporary name and renamed, so that every name in the directory is a
 * whole file. The exception is {@code live.ndjson}, which grows by whole lines.
 */
public final class RunDirectory {
  private final Path path;
  private final Storage storage;

  private RunDirectory(Path path, Storage storage) {
    this.path = path;
    this.storage = storage;
  }

  /**
   * Makes a new run directory; an empty directory may already be there.
   *
   * @throws RecordException when something is there already or the place cannot be written
   */
  public static RunDirectory create(Path path) {
    try {
      if (Files.exists(path) && !isEmptyDirectory(path)) {
        throw new RecordException(
            "expected a new directory for the run, but "
                + path
                + " already exists; name another one or remove it");
      }
      RunDirectory run = new RunDirectory(path, Storage.DISK);
      Files.createDirectories(run.readings());
      Files.createDirectories(run.checkpoints());
      return run;
    } catch (IOException e) {
      throw RecordException.writing(
          path, e, "nothing was begun", "try again, or name another directory");
    }
  }

  /** The wanted path, numbered from 2 when it is taken: {@code runs/digits-2}. */
  public static Path unused(Path wanted) {
    Path candidate = wanted;
    for (int i = 2; Files.exists(candidate); i++) {
      candidate = wanted.resolveSibling(wanted.getFileName() + "-" + i);
    }
    return candidate;
  }

  /**
   * The run that is in this directory, finished, killed or still being written.
   *
   * @throws RecordException when there is no run
   */
  public static RunDirectory open(Path path) {
    RunDirectory run = new RunDirectory(path, Storage.DISK);
    if (!Files.isDirectory(path)) {
      throw new RecordException(
          "expected a run directory, but "
              + path
              + (Files.exists(path) ? " is a file" : " does not exist"));
    }
    if (!Files.isDirectory(run.readings()) || !Files.isDirectory(run.checkpoints())) {
      throw new RecordException(
          "expected a run directory, but "
              + path
              + " has no readings/ and checkpoints/; name the directory of a run");
    }
    return run;
  }

  /** The same directory, written by other means. */
  RunDirectory through(Storage other) {
    return new RunDirectory(path, other);
  }

  private static boolean isEmptyDirectory(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      return !entries.iterator().hasNext();
    }
  }

  /** The directory itself. */
  public Path path() {
    return path;
  }

  /** The experiment as it was given; a study has none. */
  public Path experiment() {
    return path.resolve("experiment.yaml");
  }

  /** The experiment with everything filled in, or the study that was performed. */
  public Path resolved() {
    return path.resolve("resolved.yaml");
  }

  /** Where the numbers come from; see {@link Provenance}. */
  public Path provenance() {
    return path.resolve("provenance.json");
  }

  /** The verdicts on the claims. */
  public Path verdicts() {
    return path.resolve("verdicts.json");
  }

  /** The report, one file. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** The papers behind the run, BibTeX. */
  public Path citations() {
    return path.resolve("citations.bib");
  }

  /** The directory of the sealed Parquet parts. */
  public Path readings() {
    return path.resolve("readings");
  }

  /** Whether some readings are sealed already. */
  public boolean hasParts() {
    return !Parts.list(this).isEmpty();
  }

  /** The directory of the checkpoints; see {@link Checkpoints}. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The readings that are not yet in a part, one group a line. */
  public Path liveTail() {
    return path.resolve("live.ndjson");
  }

  /**
   * Writes one small file of the run: either the new content is there afterwards, or what was there
   * before.
   *
   * @param name file name within the directory, such as {@code verdicts.json}
   */
  public void writeAtomically(String name, byte[] bytes) {
    Path target = path.resolve(name);
    if (!target.normalize().startsWith(path.normalize()) || target.getFileName() == null) {
      throw new IllegalArgumentException(
          "expected the name of a file within the run, found " + name);
    }
    try {
      storage.replace(target, out -> out.write(bytes));
    } catch (IOException e) {
      throw RecordException.writing(target, e, "the run is as it was before", "try again");
    }
  }

  Storage storage() {
    return storage;
  }
}
