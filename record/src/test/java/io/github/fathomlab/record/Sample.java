package io.github.fathomlab.record;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * Seeded readings that visit every corner of the format, and the order in which the table must give
 * them back.
 */
final class Sample {
  static final Comparator<Reading> ORDER =
      Comparator.comparingLong(Reading::step)
          .thenComparingInt(Reading::replica)
          .thenComparingInt(Reading::layer);

  private static final List<String> QUANTITIES =
      List.of("ledger.dissipation", "separation.log", "it's \"odd\"\\", "größe/β\n", "loss");
  private static final List<String> NAMES =
      List.of("fc0", "relu 1", "bn'2", "schicht \"3\"", "β\t4", "");

  private static final List<Status> REASONS =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Status.OK)));

  private Sample() {}

  /** Readings of one replica in steps that rise; no two have the same quantity, step and layer. */
  static List<Reading> ofReplica(Random random, int replica, int steps) {
    List<Reading> readings = new ArrayList<>();
    long step = random.nextInt(3);
    for (int s = 0; s < steps; s++, step += 1 + random.nextInt(1000)) {
      boolean depthFirst = random.nextBoolean();
      int layers = 1 + random.nextInt(NAMES.size());
      for (int i = 0; i < layers * QUANTITIES.size(); i++) {
        int layer = depthFirst ? i % layers : i / QUANTITIES.size();
        int quantity = depthFirst ? i / layers : i % QUANTITIES.size();
        if (random.nextInt(10) > 0) {
          readings.add(reading(random, QUANTITIES.get(quantity), step, layer, replica));
        }
      }
    }
    return readings;
  }

  private static Reading reading(
      Random random, String quantity, long step, int layer, int replica) {
    if (quantity.equals("loss")) {
      return new Reading(
          quantity, step, layer - 1, "", replica, number(random), Status.OK, Double.NaN);
    }
    boolean measured = random.nextInt(8) > 0;
    Status status = measured ? Status.OK : REASONS.get(random.nextInt(REASONS.size()));
    double value = measured || random.nextBoolean() ? number(random) : Double.NaN;
    double error = random.nextInt(3) == 0 ? Math.abs(number(random)) : Double.NaN;
    return new Reading(quantity, step, layer, NAMES.get(layer), replica, value, status, error);
  }

  private static double number(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> -0.0;
      case 1 -> Double.MIN_VALUE;
      case 2 -> Double.MAX_VALUE;
      case 3 -> Double.NEGATIVE_INFINITY;
      case 4 -> random.nextInt(100);
      case 5, 6 -> finite(random);
      default -> random.nextGaussian();
    };
  }

  private static double finite(Random random) {
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(any) ? any : 1.0;
  }

  /** The readings of one quantity as {@link RecordedReadings#of} must give them. */
  static List<Reading> expected(List<Reading> all, String quantity) {
    return all.stream().filter(r -> r.quantity().equals(quantity)).sorted(ORDER).toList();
  }

  static List<String> quantities(List<Reading> all) {
    return all.stream().map(Reading::quantity).distinct().sorted().toList();
  }
}
