package io.github.fathomlab.record;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the readings of a running ensemble into its run directory.
 *
 * <p>Each replica has its {@link Lane}. Between legs of training, when no lane is in use, {@link
 * #flush} makes all readings survive a kill of the process, and {@link #seal} turns them into an
 * immutable Parquet part that survives a power cut as well. A checkpoint that stores the part count
 * that {@code seal} returned can be resumed with the same files by {@link #resume}.
 *
 * <p>A write that fails ends the recording: every later flush fails with the same sentence, and
 * everything written before stays readable.
 */
public final class Recorder implements AutoCloseable {
  private final RunDirectory run;
  private final RunLock lock;
  private final Axes axes = new Axes();
  private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
  private final Object writing = new Object();
  private Tail tail;
  private int parts;
  private @Nullable RecordException failure;

  private Recorder(RunDirectory run, RunLock lock, int parts) throws IOException {
    this.run = run;
    this.lock = lock;
    this.parts = parts;
    this.tail = Tail.begin(run, parts);
  }

  /**
   * Begins the recording of a new run.
   *
   * @throws RecordException when the run has readings already or another process writes it
   */
  public static Recorder start(RunDirectory run) {
    RunLock lock = RunLock.take(run);
    try {
      if (!Parts.list(run).isEmpty() || Tail.part(run) != Tail.NONE) {
        throw new RecordException(
            "the run " + run.path() + " has readings already; resume it or start another run");
      }
      return new Recorder(run, lock, 0);
    } catch (IOException | RuntimeException e) {
      throw giveBack(lock, run, e);
    }
  }

  /**
   * Continues the recording of a run from a checkpoint.
   *
   * @param parts how many parts the checkpoint stands on; later parts and the tail are removed,
   *     because the training that is resumed will measure them again
   * @throws RecordException when those parts are not all there or another process writes the run
   */
  public static Recorder resume(RunDirectory run, int parts) {
    RunLock lock = RunLock.take(run);
    try {
      int present = Parts.list(run).size();
      if (present < parts) {
        throw new RecordException(
            "the checkpoint stands on %d sealed parts, but %s has %d; resume from an earlier checkpoint"
                .formatted(parts, run.readings(), present));
      }
      // The new tail comes first: until the last of the later parts is gone it counts as spent.
      Recorder recorder = new Recorder(run, lock, parts);
      Parts.deleteFrom(run, parts);
      return recorder;
    } catch (IOException | RuntimeException e) {
      throw giveBack(lock, run, e);
    }
  }

  private static RecordException giveBack(RunLock lock, RunDirectory run, Exception e) {
    try {
      lock.close();
    } catch (IOException again) {
      e.addSuppressed(again);
    }
    return e instanceof RecordException told
        ? told
        : RecordException.writing(run.path(), e, "the run is as it was", "try again");
  }

  /** The lane of one replica; the same one every time. */
  public Lane lane(int replica) {
    return lanes.computeIfAbsent(replica, r -> new Lane(this, r));
  }

  /** Makes all readings taken so far survive a kill; no lane may be in use. */
  public void flush() {
    for (Lane lane : lanes.values()) {
      lane.flush();
    }
  }

  /**
   * Turns all readings taken so far into the next Parquet part and begins a new tail; no lane may
   * be in use.
   *
   * <p>Killed before the part bears its name, the tail still has everything; killed after it, the
   * tail counts as spent. The rows of the part depend on the readings alone, not on the order in
   * which lanes wrote them.
   *
   * @return the number of parts, for the checkpoint; no part is made when there is nothing new
   */
  public int seal() {
    flush();
    synchronized (writing) {
      refuseAfterFailure();
      if (tail.isEmpty()) {
        return parts;
      }
      Path part = Parts.path(run, parts);
      Path temporary = Storage.temporary(part);
      try {
        try (DuckDb database = new DuckDb()) {
          database.execute(ReadingsTable.compaction(run.liveTail(), temporary));
        }
        run.storage().force(temporary);
        run.storage().publish(temporary, part);
        parts++;
      } catch (IOException | SQLException e) {
        run.storage().discard(temporary, e);
        throw failed(part, e);
      }
      try {
        Tail spent = tail;
        tail = Tail.begin(run, parts);
        spent.close();
      } catch (IOException e) {
        throw failed(run.liveTail(), e);
      }
      axes.clear();
      lanes.values().forEach(Lane::forgetAxes);
      return parts;
    }
  }

  /** Flushes, unless writing has failed before, and lets other processes write the run. */
  @Override
  public void close() {
    try (RunLock _ = lock;
        Tail _ = tail) {
      if (!hasFailed()) {
        flush();
      }
    } catch (IOException e) {
      throw RecordException.writing(run.liveTail(), e, kept(), remedy());
    }
  }

  Axes axes() {
    return axes;
  }

  /** Appends the lines of one lane to the tail, before them the axes that are new. */
  void append(LineBuffer lines) {
    synchronized (writing) {
      refuseAfterFailure();
      try {
        byte[] fresh = axes.drain();
        if (fresh.length > 0) {
          tail.append(fresh, fresh.length);
        }
        tail.append(lines.bytes(), lines.size());
      } catch (IOException e) {
        throw failed(run.liveTail(), e);
      }
    }
  }

  private boolean hasFailed() {
    synchronized (writing) {
      return failure != null;
    }
  }

  private void refuseAfterFailure() {
    if (failure != null) {
      throw new RecordException(String.valueOf(failure.getMessage()), failure);
    }
  }

  private RecordException failed(Path file, Exception cause) {
    failure = RecordException.writing(file, cause, kept(), remedy());
    return failure;
  }

  private String kept() {
    long step = lanes.values().stream().mapToLong(Lane::flushedStep).min().orElse(-1);
    return "what was recorded " + (step < 0 ? "before" : "up to step " + step) + " is kept";
  }

  private String remedy() {
    return "`fathom resume " + run.path() + "`";
  }
}
