package io.github.fathomlab.renormalization.ising2d;

import io.github.fathomlab.instrument.Status;

/**
 * A number read from a Markov chain.
 *
 * @param value the number, NaN when there is none
 * @param error standard error from batches, NaN when there is none
 * @param status OK, or why there is no number
 */
public record BatchEstimate(double value, double error, Status status) {

  /** Whether there is a number. */
  public boolean known() {
    return status == Status.OK;
  }
}
