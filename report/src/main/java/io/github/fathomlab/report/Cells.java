package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One quantity as a dense block of numbers [step x replica x layer], for sums and differences that
 * need every layer of a step.
 *
 * <p>Cost: O(readings); memory 8 bytes per cell.
 */
final class Cells {
  final long[] steps;
  final int[] replicas;
  final int[] layers;
  private final double[] values; // NaN where there is no number
  private Status reason = Status.OK;

  private Cells(long[] steps, int[] replicas, int[] layers) {
    this.steps = steps;
    this.replicas = replicas;
    this.layers = layers;
    values = new double[steps.length * replicas.length * layers.length];
    Arrays.fill(values, Double.NaN);
  }

  static Cells of(List<Reading> readings) {
    Cells cells =
        new Cells(
            readings.stream().mapToLong(Reading::step).distinct().sorted().toArray(),
            readings.stream().mapToInt(Reading::replica).distinct().sorted().toArray(),
            readings.stream().mapToInt(Reading::layer).distinct().sorted().toArray());
    for (Reading reading : readings) {
      if (Double.isFinite(reading.value())) {
        int step = Arrays.binarySearch(cells.steps, reading.step());
        int replica = Arrays.binarySearch(cells.replicas, reading.replica());
        int layer = Arrays.binarySearch(cells.layers, reading.layer());
        cells.values[cells.slot(step, replica, layer)] = reading.value();
      } else if (cells.reason == Status.OK) {
        cells.reason = reading.status() == Status.OK ? Status.NOT_FINITE : reading.status();
      }
    }
    return cells;
  }

  /** The numbers of single layers. */
  static Cells ofLayers(Recorded recorded, String quantity) {
    return of(recorded.ofLayers(quantity));
  }

  /** The numbers of the whole network: one layer wide. */
  static Cells ofNetwork(Recorded recorded, String quantity) {
    return of(recorded.ofNetwork(quantity));
  }

  private int slot(int step, int replica, int layer) {
    return (step * replicas.length + replica) * layers.length + layer;
  }

  boolean isEmpty() {
    return values.length == 0;
  }

  /** Why the first missing number is missing; OK when none is. */
  Status reason() {
    return reason;
  }

  /** Whether layers 0..M-1 are all there, so that neighbours share a cut. */
  boolean coversDepth() {
    return !isEmpty() && layers[0] == 0 && layers[layers.length - 1] == layers.length - 1;
  }

  double at(int step, int replica, int layer) {
    return values[slot(step, replica, layer)];
  }

  /** All layers of one step and replica, by their recorded numbers; null when one is missing. */
  double @Nullable [] overDepth(long step, int replica) {
    int stepIndex = Arrays.binarySearch(steps, step);
    int replicaIndex = Arrays.binarySearch(replicas, replica);
    if (stepIndex < 0 || replicaIndex < 0) {
      return null;
    }
    int from = slot(stepIndex, replicaIndex, 0);
    double[] row = Arrays.copyOfRange(values, from, from + layers.length);
    return Arrays.stream(row).allMatch(Double::isFinite) ? row : null;
  }

  /** Sum over the layers; NaN when one is missing. */
  double total(long step, int replica) {
    double[] row = overDepth(step, replica);
    return row == null ? Double.NaN : Arrays.stream(row).sum();
  }

  /**
   * Readings of two quantities put together where both are, for the pictures that take readings.
   */
  static List<Reading> combine(
      String name, List<Reading> first, List<Reading> second, DoubleBinaryOperator operator) {
    Cells other = of(second);
    return first.stream()
        .flatMap(a -> {
          int step = Arrays.binarySearch(other.steps, a.step());
          int replica = Arrays.binarySearch(other.replicas, a.replica());
          int layer = Arrays.binarySearch(other.layers, a.layer());
          if (step < 0 || replica < 0 || layer < 0) {
            return Stream.<Reading>empty();
          }
          double value = operator.applyAsDouble(a.value(), other.at(step, replica, layer));
          boolean lost = !Double.isFinite(value) && a.status() == Status.OK;
          Status status = lost ? other.lost() : a.status();
          return Stream.of(
              new Reading(
                  name,
                  a.step(),
                  a.layer(),
                  a.layerName(),
                  a.replica(),
                  value,
                  status,
                  Double.NaN));
        })
        .toList();
  }

  private Status lost() {
    return reason == Status.OK ? Status.NOT_FINITE : reason;
  }
}
