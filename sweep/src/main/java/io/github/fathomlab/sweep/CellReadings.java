package io.github.fathomlab.sweep;

import io.github.fathomlab.experiment.Grid;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a sweep keeps of a cell in its own table: every training as one replica, as it was before
 * its first step and after its last, or at all its moments.
 *
 * <p>Quantities: {@code axis.KEY} (the value on that axis), {@code axis.case} (index of the case,
 * its name in place of a layer's) and {@code sweep.cell} (index of the cell), for every training of
 * the grid; and all that was measured. A replica that diverged has its first moment alone, so that
 * whoever looks for the end of a training does not take another moment for it.
 */
final class CellReadings {
  private final SweepDirectory directory;
  private final Grid.Keep keep;
  private final Consumer<Reading> sink;

  CellReadings(SweepDirectory directory, Grid.Keep keep, Consumer<Reading> sink) {
    this.directory = directory;
    this.keep = keep;
    this.sink = sink;
  }

  /**
   * Takes over a finished cell.
   *
   * @param index of the cell in its grid
   * @param first replica of the sweep that the cell's first replica becomes
   */
  void take(Grid.Cell cell, int index, int first) {
    int replicas = cell.experiment().replicas();
    for (int r = first; r < first + replicas; r++) {
      for (Map.Entry<String, Double> axis : cell.coordinates().entrySet()) {
        sink.accept(Reading.ofNetwork("axis." + axis.getKey(), 0, r, axis.getValue()));
      }
      if (cell.variant() != null) {
        sink.accept(ofCase(cell.variant(), r));
      }
      sink.accept(Reading.ofNetwork("sweep.cell", 0, r, index));
    }
    if (directory.failure(cell).isPresent()) {
      return;
    }
    RunDirectory run = RunDirectory.open(directory.cell(cell));
    Set<Integer> lost = directory.lost(cell);
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      for (String quantity : readings.quantities()) {
        takeMoments(readings.of(quantity), lost, first);
      }
    }
  }

  private static Reading ofCase(Grid.Case variant, int replica) {
    return new Reading(
        "axis.case",
        0,
        Reading.WHOLE_NETWORK,
        variant.name(),
        replica,
        variant.index(),
        Status.OK,
        Double.NaN);
  }

  private void takeMoments(List<Reading> readings, Set<Integer> lost, int first) {
    Map<Integer, Long> ends = new HashMap<>();
    readings.forEach(reading -> ends.merge(reading.replica(), reading.step(), Math::max));
    for (Reading reading : readings) {
      boolean wanted =
          keep == Grid.Keep.ALL || reading.step() == ends.getOrDefault(reading.replica(), 0L);
      if (reading.step() == 0 || (wanted && !lost.contains(reading.replica()))) {
        sink.accept(
            new Reading(
                reading.quantity(),
                reading.step(),
                reading.layer(),
                reading.layerName(),
                first + reading.replica(),
                reading.value(),
                reading.status(),
                reading.standardError()));
      }
    }
  }
}
