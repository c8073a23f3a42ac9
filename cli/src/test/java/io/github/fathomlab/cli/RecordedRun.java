package io.github.fathomlab.cli;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a run has recorded. */
final class RecordedRun {
  private RecordedRun() {}

  static Map<String, List<Reading>> all(Path run) {
    Map<String, List<Reading>> all = new TreeMap<>();
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(run))) {
      readings.quantities().forEach(quantity -> all.put(quantity, readings.of(quantity)));
    }
    return all;
  }
}
