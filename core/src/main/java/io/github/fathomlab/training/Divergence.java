package io.github.fathomlab.training;

/**
 * Where a training left the finite numbers first.
 *
 * @param step the step whose loss was not finite; nothing of it was applied
 * @param layer depth of the first layer with a non-finite output, or -1 when only the loss itself
 *     is
 */
public record Divergence(int replica, long step, int layer, String layerName) {

  /** One sentence for people. */
  public String sentence() {
    String where = layer < 0 ? "in the loss" : "in layer " + layer + " (" + layerName + ")";
    return "replica %d diverged: the first value that is not finite appeared at step %d %s"
        .formatted(replica, step, where);
  }
}
