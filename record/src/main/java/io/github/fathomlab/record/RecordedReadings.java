package io.github.fathomlab.record;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The readings of a run directory, from its sealed parts and its tail.
 *
 * <p>Reads finished, killed and live runs, also while another process writes: every call sees all
 * that was flushed before it, each reading once. A half-written last line of the tail is passed
 * over.
 */
public final class RecordedReadings implements Readings, AutoCloseable {
  private static final int ATTEMPTS = 20;

  private final RunDirectory run;
  private final DuckDb database;

  private RecordedReadings(RunDirectory run, DuckDb database) {
    this.run = run;
    this.database = database;
  }

  /** Opens the readings of a run. */
  public static RecordedReadings open(RunDirectory run) {
    try {
      return new RecordedReadings(run, new DuckDb());
    } catch (SQLException e) {
      throw new RecordException("cannot start DuckDB (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public synchronized List<String> quantities() {
    return consistently((parts, tails) -> {
      TreeSet<String> names = new TreeSet<>();
      database.forEach(
          ReadingsTable.quantities(parts, tails),
          row -> {
            String name = row.getString(1);
            if (name != null) {
              names.add(name);
            }
          });
      return List.copyOf(names);
    });
  }

  @Override
  public List<Reading> of(String quantity) {
    return query(ReadingsQuery.of(quantity));
  }

  /**
   * The readings that a query asks for, ordered by step, replica and layer.
   *
   * @throws RecordException when a part or the tail is damaged, naming the file
   */
  public synchronized List<Reading> query(ReadingsQuery query) {
    return consistently((parts, tails) -> {
      Collector collector = new Collector(query.quantity());
      database.forEach(ReadingsTable.selection(parts, tails, query.condition()), collector::take);
      return collector.readings;
    });
  }

  @Override
  public synchronized void close() {
    try {
      database.close();
    } catch (SQLException e) {
      throw new RecordException("cannot close DuckDB (" + e.getMessage() + ")", e);
    }
  }

  /** A question to the files as they are at one moment; there is at most one tail. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(List<Path> parts, List<Path> tails) throws SQLException;
  }

  /**
   * Asks again when the run was sealed meanwhile: the tail's part number is the version of the
   * directory, and it is read before the list of parts so that a reading can be in neither or both
   * only if that number changes.
   */
  private <T> List<T> consistently(Question<List<T>> question) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int version = Tail.part(run);
      List<Path> parts = Parts.list(run);
      List<Path> tails = version >= parts.size() ? List.of(run.liveTail()) : List.of();
      if (version > parts.size()) {
        if (Tail.part(run) == version && Parts.list(run).size() < version) {
          throw new RecordException(
              "expected "
                  + Parts.path(run, version - 1)
                  + ", which is older than the tail, but it is missing; restore it");
        }
        continue;
      }
      if (parts.isEmpty() && tails.isEmpty()) {
        return List.of();
      }
      try {
        List<T> answer = question.ask(parts, tails);
        if (Tail.part(run) == version) {
          return answer;
        }
      } catch (SQLException e) {
        if (Tail.part(run) == version) {
          throw damaged(parts, tails, e);
        }
      }
    }
    throw new RecordException(
        "the run " + run.path() + " is being sealed faster than it can be read; try again");
  }

  /** Finds the file that cannot be read, by asking each alone. */
  private RecordException damaged(List<Path> parts, List<Path> tails, SQLException cause) {
    for (Path part : parts) {
      try {
        database.forEach(ReadingsTable.selection(List.of(part), List.of(), "true"), _ -> {});
      } catch (SQLException e) {
        return new RecordException(
            "the part "
                + part
                + " is damaged and cannot be read; restore it, or remove it and all later parts",
            e);
      }
    }
    Path suspect = tails.isEmpty() ? run.readings() : tails.getFirst();
    return new RecordException("cannot read " + suspect + " (" + cause.getMessage() + ")", cause);
  }

  /** Makes readings of rows. */
  private final class Collector {
    private final String quantity;
    private final List<Reading> readings = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private int damagedLines;

    Collector(String quantity) {
      this.quantity = quantity;
    }

    void take(ResultSet row) throws SQLException {
      if (row.getString(1) == null) {
        if (++damagedLines > 1) {
          throw new RecordException(
              run.liveTail() + " has damaged lines before its last one; remove those lines");
        }
        return;
      }
      String name = row.getString(4);
      String status = row.getString(7);
      if (name == null || status == null) {
        throw new RecordException(
            run.liveTail() + " lacks the line of a depth axis that a later line uses");
      }
      try {
        readings.add(
            new Reading(
                quantity,
                row.getLong(2),
                row.getInt(3),
                names.computeIfAbsent(name, n -> n),
                row.getInt(5),
                orNaN(row, 6),
                Status.valueOf(status),
                orNaN(row, 8)));
      } catch (IllegalArgumentException e) {
        throw new RecordException(
            "cannot understand a row of %s in %s (%s)"
                .formatted(quantity, run.path(), e.getMessage()),
            e);
      }
    }

    private double orNaN(ResultSet row, int column) throws SQLException {
      double value = row.getDouble(column);
      return row.wasNull() ? Double.NaN : value;
    }
  }
}
