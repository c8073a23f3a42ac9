package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.Arrays;
import java.util.List;

/**
 * One quantity over steps and layers, summarised over replicas, on a time axis that is binned when
 * it is long.
 *
 * <p>A column holds {@link #stepsPerColumn} neighbouring recorded steps. Within a column each
 * replica's numbers are reduced to one (mean or largest); the {@link Band} is taken over these.
 * Cost: O(readings).
 */
final class Profile {

  /** How the steps of one column become one number per replica. */
  enum Reduction {
    MEAN,
    LARGEST
  }

  final long[] steps;
  final int[] layers;
  final int replicas;
  final int columns;
  final int stepsPerColumn;
  private final Band[] bands;

  private Profile(List<Reading> readings, int mostColumns, Reduction reduction) {
    steps = readings.stream().mapToLong(Reading::step).distinct().sorted().toArray();
    layers = readings.stream().mapToInt(Reading::layer).distinct().sorted().toArray();
    int[] replicaIds = readings.stream().mapToInt(Reading::replica).distinct().sorted().toArray();
    replicas = replicaIds.length;
    stepsPerColumn = Math.max(1, Math.ceilDiv(steps.length, mostColumns));
    columns = Math.ceilDiv(steps.length, stepsPerColumn);
    Tally tally = new Tally(columns * layers.length, replicas, reduction);
    for (Reading reading : readings) {
      int column = Arrays.binarySearch(steps, reading.step()) / stepsPerColumn;
      int cell = column * layers.length + Arrays.binarySearch(layers, reading.layer());
      tally.add(cell, Arrays.binarySearch(replicaIds, reading.replica()), reading);
    }
    bands = new Band[columns * layers.length];
    Arrays.setAll(bands, tally::band);
  }

  /** One column per recorded step. */
  static Profile of(List<Reading> readings) {
    return new Profile(readings, Integer.MAX_VALUE, Reduction.MEAN);
  }

  /**
   * At most {@code mostColumns} columns, all with the same number of recorded steps except perhaps
   * the last.
   */
  static Profile binned(List<Reading> readings, int mostColumns, Reduction reduction) {
    return new Profile(readings, mostColumns, reduction);
  }

  boolean isEmpty() {
    return bands.length == 0;
  }

  Band at(int column, int layerIndex) {
    return bands[column * layers.length + layerIndex];
  }

  /** The numbers of the whole network, or of the first layer, in one column. */
  Band network(int column) {
    return at(column, 0);
  }

  /** The numbers of one layer over all columns. */
  Band[] overTime(int layerIndex) {
    Band[] out = new Band[columns];
    Arrays.setAll(out, column -> at(column, layerIndex));
    return out;
  }

  /** The numbers of all layers in one column. */
  Band[] overDepth(int column) {
    return Arrays.copyOfRange(bands, column * layers.length, (column + 1) * layers.length);
  }

  long firstStep(int column) {
    return steps[column * stepsPerColumn];
  }

  long lastStep(int column) {
    return steps[Math.min(steps.length, (column + 1) * stepsPerColumn) - 1];
  }

  /** The words for the time axis, such as "steps 140-153" or "step 7". */
  String columnName(int column) {
    return Numbers.steps(firstStep(column), lastStep(column));
  }

  /** One sentence that says what a column is, for captions. */
  String binning(Reduction reduction) {
    if (stepsPerColumn == 1) {
      return columns == 1
          ? "One recorded step."
          : "Every one of the " + Numbers.count(steps.length) + " recorded steps is drawn.";
    }
    int rest = steps.length % stepsPerColumn;
    String last = rest == 0 ? "" : ", the last of " + rest;
    return (reduction == Reduction.MEAN ? "Mean of " : "Largest of ")
        + stepsPerColumn
        + " recorded steps per column"
        + last
        + " ("
        + Numbers.count(steps.length)
        + " steps recorded).";
  }

  /** Who stands behind the band. */
  String ensemble() {
    return replicas == 1
        ? "One replica, so there is no band."
        : "Line: mean, band: smallest to largest of n = " + replicas + " replicas.";
  }
}
