package io.github.fathomlab.record;

import org.jspecify.annotations.Nullable;

/**
 * Which recorded readings are wanted.
 *
 * @param quantity its exact name
 * @param layer depth index, or null for all
 * @param replica index, or null for all
 * @param firstStep the first step, inclusive
 * @param lastStep the last step, inclusive
 */
public record ReadingsQuery(
    String quantity,
    @Nullable Integer layer,
    @Nullable Integer replica,
    long firstStep,
    long lastStep) {

  /** Every reading of one quantity. */
  public static ReadingsQuery of(String quantity) {
    return new ReadingsQuery(quantity, null, null, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The same for one layer. */
  public ReadingsQuery atLayer(int only) {
    return new ReadingsQuery(quantity, only, replica, firstStep, lastStep);
  }

  /** The same for one replica. */
  public ReadingsQuery ofReplica(int only) {
    return new ReadingsQuery(quantity, layer, only, firstStep, lastStep);
  }

  /** The same between two steps, both included. */
  public ReadingsQuery between(long first, long last) {
    return new ReadingsQuery(quantity, layer, replica, first, last);
  }

  String condition() {
    StringBuilder sql = new StringBuilder("quantity = ").append(DuckDb.literal(quantity));
    if (layer != null) {
      sql.append(" AND layer = ").append(layer);
    }
    if (replica != null) {
      sql.append(" AND replica = ").append(replica);
    }
    if (firstStep != Long.MIN_VALUE) {
      sql.append(" AND step >= ").append(firstStep);
    }
    if (lastStep != Long.MAX_VALUE) {
      sql.append(" AND step <= ").append(lastStep);
    }
    return sql.toString();
  }
}
