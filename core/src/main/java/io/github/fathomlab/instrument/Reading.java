package io.github.fathomlab.instrument;

/**
 * One measured number: a row of the run directory's table.
 *
 * @param quantity dotted name, such as {@code ledger.dissipation} or {@code separation.log}
 * @param step optimizer steps done when it was measured
 * @param layer depth index m, or {@link #WHOLE_NETWORK}
 * @param layerName name of the layer, empty for the whole network
 * @param replica index of the replica within the ensemble
 * @param value the number; NaN exactly when the status says that there is none
 * @param status whether the value may be used
 * @param standardError standard error of the value, NaN when unknown
 */
public record Reading(
    String quantity,
    long step,
    int layer,
    String layerName,
    int replica,
    double value,
    Status status,
    double standardError) {

  /** The layer index of quantities that belong to no single layer. */
  public static final int WHOLE_NETWORK = -1;

  public Reading {
    if (Double.isNaN(value) && status == Status.OK) {
      throw new IllegalArgumentException(
          "reading "
              + quantity
              + " at step "
              + step
              + ", layer "
              + layer
              + " is NaN but claims status OK");
    }
  }

  /** A number of the whole network, such as the loss. */
  public static Reading ofNetwork(String quantity, long step, int replica, double value) {
    return new Reading(
        quantity,
        step,
        WHOLE_NETWORK,
        "",
        replica,
        Double.isFinite(value) ? value : Double.NaN,
        Double.isFinite(value) ? Status.OK : Status.NOT_FINITE,
        Double.NaN);
  }
}
