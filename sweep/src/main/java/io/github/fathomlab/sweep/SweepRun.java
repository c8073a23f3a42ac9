package io.github.fathomlab.sweep;

import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.experiment.DataFingerprint;
import io.github.fathomlab.experiment.Experiment;
import io.github.fathomlab.experiment.ExperimentException;
import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.experiment.Grid;
import io.github.fathomlab.experiment.Judgement;
import io.github.fathomlab.experiment.RunFiles;
import io.github.fathomlab.experiment.RunReport;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.kernels.Engine;
import io.github.fathomlab.record.Provenance;
import io.github.fathomlab.record.Recorder;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.training.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a grid of experiments: its cells are trained side by side, then gathered into
 * one table, judged and reported.
 *
 * <p>A cell is an ordinary run directory whose name is the hash of its experiment. A killed sweep
 * keeps the cells that were finished, goes on with those that have a checkpoint and begins the
 * others anew; all files are those of a sweep that was not killed, provenance apart.
 */
public final class SweepRun {
  private final Grid grid;
  private final SweepDirectory files;
  private final RunDirectory directory;
  private final @Nullable Recorder recorder;
  private final CellQueue queue;
  private final List<Claim> claims;

  private SweepRun(
      Grid grid,
      RunDirectory directory,
      @Nullable Recorder recorder,
      CellQueue queue,
      List<Claim> claims) {
    this.grid = grid;
    this.directory = directory;
    this.recorder = recorder;
    this.queue = queue;
    this.claims = claims;
    files = new SweepDirectory(directory);
  }

  /**
   * A new sweep.
   *
   * @param claims about such sweeps; those that its readings can speak on are judged
   * @param out where it is written; null for {@code runs/<name>-<hash>}, numbered when that exists
   * @param workers cells that are trained at the same time
   */
  public static SweepRun fresh(
      Grid grid, List<Claim> claims, @Nullable Path out, int workers, List<String> commandLine) {
    Map<DataSource, Split> splits = splits(grid);
    RunDirectory directory =
        RunDirectory.create(
            out == null ? RunDirectory.unused(Path.of("runs", grid.runName())) : out);
    directory.writeAtomically("experiment.yaml", utf8(grid.text()));
    String hashed = "# sha256 of what follows: " + grid.hash() + "\n";
    directory.writeAtomically("resolved.yaml", utf8(hashed + grid.resolvedYaml()));
    new SweepDirectory(directory).writeManifest(grid);
    Recorder recorder = Recorder.start(directory);
    Provenance.begin(
            ExperimentRun.version(),
            Engine.describe(),
            List.of(),
            fingerprint(grid, splits),
            grid.hash(),
            commandLine)
        .write(directory);
    CellQueue queue = new CellQueue(grid, new SweepDirectory(directory), splits, workers);
    return new SweepRun(grid, directory, recorder, queue, claims);
  }

  /** Goes on with a sweep; a finished one is only judged and reported again. */
  public static SweepRun resumed(RunDirectory directory, List<Claim> claims, int workers) {
    Grid grid = Grid.reopen(directory.resolved());
    Provenance before = Provenance.read(directory);
    Map<DataSource, Split> splits = splits(grid);
    if (!fingerprint(grid, splits).equals(before.data())) {
      throw new ExperimentException(
          directory.path()
              + ": the data have changed since this sweep began, so it cannot go on; start a new sweep");
    }
    Recorder recorder = before.ended() == null ? Recorder.resume(directory, 0) : null;
    CellQueue queue = new CellQueue(grid, new SweepDirectory(directory), splits, workers);
    return new SweepRun(grid, directory, recorder, queue, claims);
  }

  /** Loads the data of all cells and tries everything that can be wrong with them. */
  private static Map<DataSource, Split> splits(Grid grid) {
    Map<DataSource, Split> splits = new HashMap<>();
    for (Grid.Cell cell : grid.cells()) {
      Experiment experiment = cell.experiment();
      try {
        experiment.requireSound(splits.computeIfAbsent(experiment.data(), DataSource::load));
      } catch (ExperimentException e) {
        throw new ExperimentException(
            "%s: cell %s: %s".formatted(grid.source(), cell, e.getMessage()));
      }
    }
    return splits;
  }

  /** Of the first cell's data under their own names, of other cells' under the cell's index too. */
  private static Map<String, String> fingerprint(Grid grid, Map<DataSource, Split> splits) {
    Map<String, String> fingerprint = new TreeMap<>();
    Set<DataSource> seen = new HashSet<>();
    for (int i = 0; i < grid.cells().size(); i++) {
      DataSource data = grid.cells().get(i).experiment().data();
      if (seen.add(data)) {
        String prefix = i == 0 ? "" : "cell " + i + ", ";
        DataFingerprint.of(Objects.requireNonNull(splits.get(data)))
            .forEach((part, hash) -> fingerprint.put(prefix + part, hash));
      }
    }
    return fingerprint;
  }

  /** Trains all cells that are left, or until {@link #stop}; then gathers, judges and reports. */
  public SweepOutcome execute() {
    long began = System.nanoTime();
    if (recorder != null) {
      try (recorder) {
        queue.work();
        if (queue.isStopped()) {
          return new SweepOutcome(
              directory, true, grid.cells().size(), List.of(), 0, List.of(), seconds(began));
        }
        gather(recorder);
        recorder.seal();
      }
      RunFiles.writeCost(directory, cost(seconds(began)));
      Provenance.read(directory).end().write(directory);
    }
    List<Verdict> verdicts = Judgement.write(directory, claims);
    RunReport.write(directory);
    return new SweepOutcome(
        directory, false, grid.cells().size(), failures(), diverged(), verdicts, seconds(began));
  }

  /** Takes the moments of all trainings into the sweep's own table. */
  private void gather(Recorder into) {
    CellReadings readings =
        new CellReadings(
            files, grid.keep(), (Reading reading) -> into.lane(reading.replica()).accept(reading));
    int first = 0;
    for (int i = 0; i < grid.cells().size(); i++) {
      Grid.Cell cell = grid.cells().get(i);
      readings.take(cell, i, first);
      first += cell.experiment().replicas();
    }
  }

  /** A sentence for each cell that gave no curve at all. */
  private List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (Grid.Cell cell : grid.cells()) {
      if (files.lost(cell).size() == cell.experiment().replicas()) {
        String why = files.failure(cell).orElse("all replicas diverged");
        failures.add("cell %s: %s".formatted(cell, why));
      }
    }
    return failures;
  }

  private int diverged() {
    return grid.cells().stream()
        .filter(cell -> files.failure(cell).isEmpty())
        .mapToInt(cell -> files.lost(cell).size())
        .sum();
  }

  private SequencedMap<String, String> cost(double seconds) {
    SequencedMap<String, String> cost = new LinkedHashMap<>();
    cost.put("wall time", String.format(Locale.ROOT, "%.1f s", seconds));
    cost.put("trainings", Integer.toString(grid.trainings()));
    cost.put("optimizer steps of this execution", Long.toString(queue.stepsDoneHere()));
    return cost;
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  /** Asks the training to stop after the steps it is in; {@link #execute} then returns. */
  public void stop() {
    queue.stop();
  }

  public RunDirectory directory() {
    return directory;
  }

  public Grid grid() {
    return grid;
  }

  /** How far the cells are. */
  public CellQueue queue() {
    return queue;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
