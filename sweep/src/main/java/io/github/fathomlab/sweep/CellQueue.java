package io.github.fathomlab.sweep;

import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.experiment.Experiment;
import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.experiment.Grid;
import io.github.fathomlab.record.RecordException;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The cells of a sweep that are left to be trained, and the workers that train them: each takes one
 * cell after the other, the costly ones first, and trains its replicas one by one.
 *
 * <p>A cell that cannot be trained is recorded as such and does not stop the others; a file that
 * cannot be written stops all.
 */
public final class CellQueue {
  /** Samples whose pass costs about as much as the rest of a step. */
  private static final double STEP_OVERHEAD = 50;

  private final Grid grid;
  private final SweepDirectory files;
  private final Map<DataSource, Split> splits;
  private final int workers;
  private final List<Grid.Cell> left = new ArrayList<>();
  private final Map<Grid.Cell, ExperimentRun> running = new ConcurrentHashMap<>();
  private final DoubleAdder effortDone = new DoubleAdder();
  private final LongAdder stepsDone = new LongAdder();
  private final AtomicInteger finished = new AtomicInteger();
  private volatile boolean stopped;

  CellQueue(Grid grid, SweepDirectory files, Map<DataSource, Split> splits, int workers) {
    this.grid = grid;
    this.files = files;
    this.splits = splits;
    this.workers = workers;
    for (Grid.Cell cell : grid.cells()) {
      if (files.isFinished(cell)) {
        count(cell);
      } else {
        left.add(cell);
      }
    }
    left.sort(Comparator.comparingDouble(this::effort).reversed());
  }

  private void count(Grid.Cell cell) {
    finished.incrementAndGet();
    effortDone.add(effort(cell));
  }

  private double effort(Grid.Cell cell) {
    Experiment experiment = cell.experiment();
    Split split = split(cell);
    int samples = split.train().size();
    int batch = experiment.training().batch();
    boolean full = batch == 0 || (split.population() == null && batch > samples);
    double perStep = (full ? samples : batch) + STEP_OVERHEAD;
    return perStep * steps(cell);
  }

  private long steps(Grid.Cell cell) {
    Experiment experiment = cell.experiment();
    return experiment.plan(split(cell).train().size()).steps() * experiment.replicas();
  }

  private Split split(Grid.Cell cell) {
    return Objects.requireNonNull(splits.get(cell.experiment().data()));
  }

  /** Trains until nothing is left or {@link #stop}. */
  void work() {
    if (left.isEmpty()) {
      return;
    }
    AtomicInteger next = new AtomicInteger();
    int hands = Math.min(workers, left.size());
    Workers.run(Collections.nCopies(hands, () -> work(next)), this::stop);
  }

  private void work(AtomicInteger next) {
    int i;
    while (!stopped && (i = next.getAndIncrement()) < left.size()) {
      train(left.get(i));
    }
  }

  private void train(Grid.Cell cell) {
    try {
      ExperimentRun run = begin(cell);
      running.put(cell, run);
      long before = run.stepsDone();
      try {
        if (stopped) {
          run.stop();
        }
        run.train();
      } finally {
        running.remove(cell);
        stepsDone.add(run.stepsDone() - before);
      }
      if (run.isStopped()) {
        return;
      }
      files.finish(cell);
    } catch (RecordException e) {
      throw e;
    } catch (RuntimeException e) {
      files.fail(cell, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
    count(cell);
  }

  private ExperimentRun begin(Grid.Cell cell) {
    if (files.canGoOn(cell)) {
      return ExperimentRun.resumed(files.unfinished(cell), split(cell), 1);
    }
    files.discard(cell);
    List<String> commandLine = List.of("cell", cell.toString());
    return ExperimentRun.fresh(cell.file(), split(cell), files.unfinished(cell), 1, commandLine);
  }

  /** Asks all workers to return after the step they are in. */
  void stop() {
    stopped = true;
    running.values().forEach(ExperimentRun::stop);
  }

  boolean isStopped() {
    return stopped;
  }

  /** Cells that are finished, those of earlier executions included. */
  public int finished() {
    return finished.get();
  }

  /** Steps done in this execution. */
  public long stepsDoneHere() {
    return stepsDone.sum();
  }

  /** Share of the work of the whole grid that is done, between 0 and 1. */
  public double share() {
    double all = grid.cells().stream().mapToDouble(this::effort).sum();
    double done = effortDone.sum();
    for (Map.Entry<Grid.Cell, ExperimentRun> entry : running.entrySet()) {
      ExperimentRun run = entry.getValue();
      done += effort(entry.getKey()) * run.stepsDone() / Math.max(1, run.stepsTotal());
    }
    return all == 0 ? 1 : Math.min(1, done / all);
  }
}
