package io.github.fathomlab.network;

/**
 * How a forward pass treats what differs between training and evaluation.
 *
 * @param batchStatistics batch normalisation uses the batch (true) or the running averages (false)
 * @param updatesStatistics the running averages move
 * @param dropout masks are drawn
 * @param key of the masks; one per replica and step
 */
public record Pass(boolean batchStatistics, boolean updatesStatistics, boolean dropout, long key) {

  /** A pass of a training step. */
  public static Pass training(long key) {
    return new Pass(true, true, true, key);
  }

  /** The same batch statistics and masks once more, nothing remembered. */
  public Pass again() {
    return new Pass(batchStatistics, false, dropout, key);
  }

  /** Evaluation mode: running averages, no masks. */
  public static Pass evaluation() {
    return new Pass(false, false, false, 0);
  }

  /**
   * Statistics of the batch at hand, no masks, nothing remembered: for early training, where
   * running averages lag.
   */
  public static Pass batchStatisticsOnly() {
    return new Pass(true, false, false, 0);
  }
}
