package io.github.fathomlab.instrument;

/**
 * What a reading is worth: {@link #OK}, or the reason why its value must not be used as it stands.
 *
 * <p>The constants are the words stored in the run directory; they may be added to, never renamed.
 */
public enum Status {
  OK("measured"),
  RANK_DEFICIENT(
      "a scatter matrix has lost a direction that the measure needs (between classes below min(C-1, width), or class"
          + " means outside the range of the within-class scatter); the value covers the directions that are left and must"
          + " not be used for loads"),
  TOO_FEW_SAMPLES("not enough samples for this quantity; use a larger batch or data set"),
  ONE_CLASS(
      "all samples belong to one class, so there is nothing to separate; needs at least two classes"),
  ZERO_VARIANCE("the representation does not vary, so its logarithm does not exist"),
  NOT_FINITE("the tensor contains NaN or infinity"),
  NOT_DECREASING("the separation does not fall with depth, so its loads have no meaning"),
  TOO_FEW_REPLICAS("an interval over seeds needs at least three replicas"),
  PARTIAL(
      "not every step was seen, so a sum over the whole run cannot be given; set the rhythm of this instrument to every step"),
  NOT_CONVERGED("an iteration ended before its tolerance was met, so its number means nothing"),
  REDUCIBLE(
      "the chain has more than one closed set of states, so where it ends depends on where it begins; study each set by itself"),
  NO_DECAY(
      "correlations along the chain do not decay: it is periodic, or nothing that double precision can tell from it"),
  NOT_APPLICABLE("the quantity is not defined for this layer");

  private final String explanation;

  Status(String explanation) {
    this.explanation = explanation;
  }

  /** One sentence for people: the reason, and where there is one, the remedy. */
  public String explanation() {
    return explanation;
  }
}
