package io.github.fathomlab.claims;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Readings in memory, in the order in which a run directory gives them. */
public final class Recorded implements Readings {
  private final List<Reading> all = new ArrayList<>();

  /** Adds a reading as it is. */
  public Recorded add(Reading reading) {
    all.add(reading);
    return this;
  }

  /** The same readings, each as the change makes it; without those that it makes null. */
  public Recorded changed(Function<Reading, @Nullable Reading> change) {
    Recorded changed = new Recorded();
    for (Reading reading : all) {
      Reading other = change.apply(reading);
      if (other != null) {
        changed.add(other);
      }
    }
    return changed;
  }

  /** Adds a reading of one layer. */
  public Recorded add(
      String quantity, long step, int layer, int replica, double value, Status status) {
    all.add(
        new Reading(quantity, step, layer, "layer " + layer, replica, value, status, Double.NaN));
    return this;
  }

  /** Adds a good reading of one layer. */
  public Recorded add(String quantity, long step, int layer, int replica, double value) {
    return add(quantity, step, layer, replica, value, Status.OK);
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
