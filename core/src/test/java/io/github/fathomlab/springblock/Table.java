package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The table of a sweep in memory, in the order in which a run directory gives it. */
final class Table implements Readings {
  private final List<Reading> all = new ArrayList<>();

  Table add(String quantity, long step, int layer, int replica, double value, Status status) {
    all.add(new Reading(quantity, step, layer, "", replica, value, status, Double.NaN));
    return this;
  }

  /** D_0, D_1, ... of one replica. */
  Table curve(String quantity, long step, int replica, double... separations) {
    for (int l = 0; l < separations.length; l++) {
      add(quantity, step, l, replica, separations[l], Status.OK);
    }
    return this;
  }

  /** A number of the whole network. */
  Table number(String quantity, long step, int replica, double value) {
    return add(quantity, step, Reading.WHOLE_NETWORK, replica, value, Status.OK);
  }

  /** Where a training lies on an axis. */
  Table at(String key, int replica, double value) {
    return number("axis." + key, 0, replica, value);
  }

  @Override
  public List<String> quantities() {
    return all.stream().map(Reading::quantity).distinct().sorted().toList();
  }

  @Override
  public List<Reading> of(String quantity) {
    return all.stream()
        .filter(reading -> reading.quantity().equals(quantity))
        .sorted(
            Comparator.comparingLong(Reading::step)
                .thenComparingInt(Reading::replica)
                .thenComparingInt(Reading::layer))
        .toList();
  }
}
