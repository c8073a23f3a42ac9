package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;

/**
 * How well one representation separates the classes, by the measures of {@link DataSeparation}.
 *
 * @param log D = log Tr(Sigma_W Sigma_B^+), small when separated
 * @param compatibleLog D as the authors' float32 code truncates it, for comparison only
 * @param traceRatio log Tr Sigma_W - log Tr Sigma_B
 * @param invariant log Tr(Sigma_B Sigma_W^+), large when separated
 * @param classes number of classes C that have samples
 * @param expectedRank min(C-1, width), the rank that Sigma_B has when no direction is lost
 * @param betweenRank numerical rank of Sigma_B in float64
 * @param compatibleRank rank of Sigma_B that is left by the authors' float32 cut
 * @param conditionBetween smallest over largest of the expectedRank singular values of the class
 *     means, s_{C-1}/s_1; NaN when there are none
 * @param withinRank numerical rank of Sigma_W with all features scaled to unit variance
 */
public record Separation(
    Measure log,
    Measure compatibleLog,
    Measure traceRatio,
    Measure invariant,
    int classes,
    int expectedRank,
    int betweenRank,
    int compatibleRank,
    double conditionBetween,
    int withinRank) {

  /**
   * A number and what it is worth.
   *
   * @param value finite, or NaN when there is no number; never NaN with status OK
   * @param status OK, or why the number is missing or must not be used for loads
   */
  public record Measure(double value, Status status) {

    public Measure {
      if (Double.isInfinite(value) || (Double.isNaN(value) && status == Status.OK)) {
        throw new IllegalArgumentException(
            "expected a finite measure or a reason, found " + value + " with status " + status);
      }
    }

    /** As it was recorded. */
    static Measure of(Reading reading) {
      boolean finite = Double.isFinite(reading.value());
      return new Measure(
          finite ? reading.value() : Double.NaN,
          finite || reading.status() != Status.OK ? reading.status() : Status.NOT_FINITE);
    }

    /** The same with its sign turned. */
    Measure negated() {
      return new Measure(-value, status);
    }

    /** Why there is no number. */
    static Measure missing(Status reason) {
      return new Measure(Double.NaN, reason);
    }
  }

  /** Nothing could be measured. */
  static Separation missing(Status reason, int classes, int expectedRank) {
    Measure none = Measure.missing(reason);
    return new Separation(none, none, none, none, classes, expectedRank, 0, 0, Double.NaN, 0);
  }
}
