package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.ising2d.BatchEstimate;
import java.util.Map;
import java.util.function.Consumer;

/** Readings of the studies on the square lattice, written and read again. */
final class SquareReadings {
  /** How many standard errors a deviation may have, where a criterion has no other number. */
  static final double ERRORS = 3;

  private SquareReadings() {}

  /** Writes {@code ising2d.NAME}. */
  static void emit(
      String name, long step, int replica, BatchEstimate estimate, Consumer<Reading> sink) {
    sink.accept(
        new Reading(
            "ising2d." + name,
            step,
            Reading.WHOLE_NETWORK,
            "",
            replica,
            estimate.value(),
            estimate.status(),
            estimate.error()));
  }

  /** Writes {@code ising2d.NAME}, a number without an error. */
  static void emit(String name, long step, int replica, double value, Consumer<Reading> sink) {
    sink.accept(Reading.ofNetwork("ising2d." + name, step, replica, value));
  }

  /** The usable number at a step of a replica; NaN with error NaN when there is none. */
  static BatchEstimate at(Readings readings, String name, long step, int replica) {
    return readings.of("ising2d." + name).stream()
        .filter(r -> r.step() == step && r.replica() == replica && r.status() == Status.OK)
        .findFirst()
        .map(r -> new BatchEstimate(r.value(), r.standardError(), Status.OK))
        .orElse(new BatchEstimate(Double.NaN, Double.NaN, Status.NOT_APPLICABLE));
  }

  /** The usable numbers of all replicas at step 0, in the order of the replicas; NaN for others. */
  static double[] seeds(Readings readings, String name) {
    return readings.of("ising2d." + name).stream()
        .filter(r -> r.step() == 0)
        .mapToDouble(r -> r.status() == Status.OK ? r.value() : Double.NaN)
        .toArray();
  }

  /** Adds a number to the evidence unless there is none. */
  static void put(Map<String, Object> evidence, String key, double value) {
    if (!Double.isNaN(value)) {
      evidence.put(key, value);
    }
  }
}
