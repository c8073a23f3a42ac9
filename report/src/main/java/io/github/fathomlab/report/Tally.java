package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Collects the readings of cells and replicas, and sums each cell up as a {@link Band}. */
final class Tally {
  private final int replicas;
  private final Profile.Reduction reduction;
  private final double[] reduced; // [cell x replica]
  private final int[] counts; // [cell x replica]
  private final int[] readings; // [cell]
  private final Map<Status, int[]> statuses = new EnumMap<>(Status.class); // status -> [cell]

  Tally(int cells, int replicas, Profile.Reduction reduction) {
    this.replicas = replicas;
    this.reduction = reduction;
    reduced = new double[cells * replicas];
    counts = new int[cells * replicas];
    readings = new int[cells];
    for (Status status : Status.values()) {
      statuses.put(status, new int[cells]);
    }
  }

  void add(int cell, int replica, Reading reading) {
    boolean finite = Double.isFinite(reading.value());
    Status status = !finite && reading.status() == Status.OK ? Status.NOT_FINITE : reading.status();
    readings[cell]++;
    Objects.requireNonNull(statuses.get(status))[cell]++;
    if (finite) {
      int slot = cell * replicas + replica;
      int count = ++counts[slot];
      double before = reduced[slot];
      reduced[slot] =
          switch (reduction) {
            case MEAN -> before + (reading.value() - before) / count;
            case LARGEST -> count == 1 ? reading.value() : Math.max(before, reading.value());
          };
    }
  }

  Band band(int cell) {
    int from = cell * replicas;
    int n = (int) Arrays.stream(counts, from, from + replicas).filter(count -> count > 0).count();
    double mean = n == 0 ? Double.NaN : 0;
    double low = n == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
    double high = n == 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
    for (int slot = from; slot < from + replicas; slot++) {
      if (counts[slot] > 0) {
        mean += reduced[slot] / n;
        low = Math.min(low, reduced[slot]);
        high = Math.max(high, reduced[slot]);
      }
    }
    int usable = Objects.requireNonNull(statuses.get(Status.OK))[cell];
    return new Band(
        n, mean, low, high, readings[cell] - usable, readings[cell], mostFrequentFlag(cell));
  }

  private Status mostFrequentFlag(int cell) {
    Status frequent = Status.OK;
    int most = 0;
    for (Map.Entry<Status, int[]> entry : statuses.entrySet()) {
      Status status = entry.getKey();
      int count = entry.getValue()[cell];
      if (status != Status.OK && count > most) {
        most = count;
        frequent = status;
      }
    }
    return frequent;
  }
}
