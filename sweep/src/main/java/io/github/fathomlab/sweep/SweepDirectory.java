package io.github.fathomlab.sweep;

import io.github.fathomlab.experiment.Grid;
import io.github.fathomlab.experiment.RunFiles;
import io.github.fathomlab.record.RecordException;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.training.Divergence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the files of a sweep are: a run directory with a {@code manifest.json} and a directory
 * {@code cells/KEY} for every cell.
 *
 * <p>A cell bears its key when it is finished, for good or ill; while it is trained its name is
 * {@code .KEY}. No sweep ever writes into a finished cell.
 */
public final class SweepDirectory {
  private static final String MANIFEST = "manifest.json";
  private static final String FAILURE = "failure.json";
  private static final String SENTENCE = "sentence";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final RunDirectory run;

  SweepDirectory(RunDirectory run) {
    this.run = run;
  }

  /** Whether a run directory is that of a sweep. */
  public static boolean isIn(RunDirectory run) {
    return Files.exists(run.path().resolve(MANIFEST));
  }

  /** Says which cells there will be, in the order of the grid. */
  void writeManifest(Grid grid) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (Grid.Cell cell : grid.cells()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("key", cell.key());
      if (cell.variant() != null) {
        entry.put("case", cell.variant().name());
      }
      entry.put("at", cell.coordinates());
      entry.put("experiment", cell.experiment().hash());
      cells.add(entry);
    }
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("sweep", grid.hash());
    manifest.put("cells", cells);
    run.writeAtomically(MANIFEST, JSON.writeValueAsBytes(manifest));
  }

  /** The finished cell. */
  public Path cell(Grid.Cell cell) {
    return cells().resolve(cell.key());
  }

  /** The cell while it is trained. */
  Path unfinished(Grid.Cell cell) {
    return cells().resolve("." + cell.key());
  }

  private Path cells() {
    return run.path().resolve("cells");
  }

  boolean isFinished(Grid.Cell cell) {
    return Files.isDirectory(cell(cell));
  }

  /** Why a finished cell has no training; empty when it has one. */
  public Optional<String> failure(Grid.Cell cell) {
    Path file = cell(cell).resolve(FAILURE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode sentence = JSON.readTree(Files.readAllBytes(file)).path(SENTENCE);
      return Optional.of(sentence.asString());
    } catch (IOException | JacksonException e) {
      throw new RecordException(
          "cannot read " + file + " (" + e.getMessage() + "); remove its directory and resume", e);
    }
  }

  /**
   * Replicas of a finished cell without an end: those that diverged, or all when none was trained.
   */
  Set<Integer> lost(Grid.Cell cell) {
    if (failure(cell).isPresent()) {
      return IntStream.range(0, cell.experiment().replicas()).boxed().collect(Collectors.toSet());
    }
    return RunFiles.divergences(RunDirectory.open(cell(cell))).stream()
        .map(Divergence::replica)
        .collect(Collectors.toSet());
  }

  /** Gives a trained cell its name; what only its training needed is removed before. */
  void finish(Grid.Cell cell) {
    Path from = unfinished(cell);
    inFiles(
        from,
        () -> {
          Files.deleteIfExists(from.resolve("lock"));
          for (Path checkpoint : children(from.resolve("checkpoints"))) {
            Files.delete(checkpoint);
          }
          Files.move(from, cell(cell), StandardCopyOption.ATOMIC_MOVE);
        });
  }

  /** Records that a cell cannot be trained, instead of a training. */
  void fail(Grid.Cell cell, String sentence) {
    Path from = unfinished(cell);
    inFiles(
        from,
        () -> {
          discard(cell);
          Files.createDirectories(from);
          Files.write(from.resolve(FAILURE), JSON.writeValueAsBytes(Map.of(SENTENCE, sentence)));
          Files.move(from, cell(cell), StandardCopyOption.ATOMIC_MOVE);
        });
  }

  /** Whether an unfinished cell has a state from which it can go on. */
  boolean canGoOn(Grid.Cell cell) {
    Path checkpoints = unfinished(cell).resolve("checkpoints");
    try {
      return Files.isDirectory(checkpoints)
          && children(checkpoints).stream().anyMatch(f -> f.toString().endsWith(".safetensors"));
    } catch (IOException _) {
      return false;
    }
  }

  /** Removes what there is of an unfinished cell. */
  void discard(Grid.Cell cell) {
    Path from = unfinished(cell);
    inFiles(
        from,
        () -> {
          if (Files.exists(from)) {
            try (Stream<Path> tree = Files.walk(from)) {
              for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
              }
            }
          }
        });
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private interface FileAction {
    void run() throws IOException;
  }

  private void inFiles(Path place, FileAction action) {
    try {
      Files.createDirectories(cells());
      action.run();
    } catch (IOException e) {
      throw new RecordException(
          "cannot write %s (%s); all finished cells are kept; when the cause is mended: fathom resume %s"
              .formatted(place, e, run.path()),
          e);
    }
  }
}
