package io.github.fathomlab.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.regex.Pattern;

/** The sealed parts of a run: {@code readings/part-00000.parquet} and so on without a gap. */
final class Parts {
  private static final Pattern NAME = Pattern.compile("part-(\\d{5,9})\\.parquet");

  private static final Pattern UNFINISHED = Pattern.compile(NAME + "\\.tmp");

  private Parts() {}

  static Path path(RunDirectory run, int index) {
    return run.readings().resolve("part-%05d.parquet".formatted(index));
  }

  /**
   * All parts in order.
   *
   * @throws RecordException when one is missing, because the readings would silently have a hole
   */
  static List<Path> list(RunDirectory run) {
    NavigableMap<Long, Path> found = NumberedFiles.list(run.readings(), NAME);
    int expected = 0;
    for (long index : found.keySet()) {
      if (index != expected) {
        throw new RecordException(
            "expected "
                + path(run, expected)
                + ", but it is missing while later parts exist; restore it");
      }
      expected++;
    }
    return new ArrayList<>(found.values());
  }

  /**
   * Removes unfinished parts and those from index {@code from} on, the last first, so that a kill
   * leaves no gap.
   */
  static void deleteFrom(RunDirectory run, int from) throws IOException {
    for (Path unfinished : NumberedFiles.list(run.readings(), UNFINISHED).values()) {
      run.storage().delete(unfinished);
    }
    List<Path> parts = list(run);
    for (int i = parts.size() - 1; i >= from; i--) {
      run.storage().delete(parts.get(i));
    }
  }
}
