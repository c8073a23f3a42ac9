package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a study measured of one quantity.
 *
 * @param unusable how many readings have no usable number
 * @param values the usable numbers, sorted
 * @param perCase the largest usable number of every case, a pair of step and replica, sorted
 */
record Measured(String quantity, long unusable, List<Double> values, List<Double> perCase) {

  static Measured of(Readings readings, String quantity) {
    List<Reading> all = readings.of(quantity);
    List<Reading> usable = all.stream().filter(r -> r.status() == Status.OK).toList();
    Map<String, Double> cases = new TreeMap<>();
    for (Reading reading : usable) {
      cases.merge(reading.step() + "/" + reading.replica(), reading.value(), Math::max);
    }
    return new Measured(
        quantity,
        all.size() - usable.size(),
        usable.stream().map(Reading::value).sorted().toList(),
        cases.values().stream().sorted().toList());
  }

  /** Whether there is a number, and no reading without one. */
  boolean complete() {
    return unusable == 0 && !values.isEmpty();
  }

  double largest() {
    return values.isEmpty() ? Double.NaN : values.getLast();
  }

  double smallest() {
    return values.isEmpty() ? Double.NaN : values.getFirst();
  }

  /** The median over cases of the largest number of a case. */
  double typical() {
    return perCase.isEmpty() ? Double.NaN : perCase.get(perCase.size() / 2);
  }

  /** Adds a number to the evidence unless there is none. */
  static void put(Map<String, Object> evidence, String key, double value) {
    if (!Double.isNaN(value)) {
      evidence.put(key, value);
    }
  }

  /** The name of the first quantity that is not complete, or nothing. */
  static String missing(Measured... needed) {
    return Arrays.stream(needed)
        .filter(measured -> !measured.complete())
        .map(Measured::quantity)
        .findFirst()
        .orElse("");
  }
}
