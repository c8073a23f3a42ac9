package io.github.fathomlab.renormalization.field;

import io.github.fathomlab.instrument.Status;

/**
 * What data say about the parameters of a model.
 *
 * @param <T> the parameters
 */
public sealed interface Estimate<T> {

  /** Parameters that the data determine. */
  record Known<T>(T value) implements Estimate<T> {}

  /**
   * Parameters that the data do not determine.
   *
   * @param status never OK
   * @param reason one sentence for people
   */
  record Unknown<T>(Status status, String reason) implements Estimate<T> {}
}
