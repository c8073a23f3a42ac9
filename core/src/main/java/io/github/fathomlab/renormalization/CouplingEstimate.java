package io.github.fathomlab.renormalization;

import io.github.fathomlab.instrument.Status;

/**
 * A coupling read from data, with its standard error.
 *
 * @param value the coupling; NaN when there is none, and only a bound on its size when every pair
 *     of neighbours looked the same
 * @param error standard error of the value, NaN when there is none
 * @param status OK, or why the value must not be used as it stands
 * @param reason one sentence with its numbers; empty when the status is OK
 */
public record CouplingEstimate(double value, double error, Status status, String reason) {

  /** A value that may be used. */
  public static CouplingEstimate measured(double value, double error) {
    return new CouplingEstimate(value, error, Status.OK, "");
  }

  /** A finite number that only bounds the coupling. */
  public static CouplingEstimate bound(double value, double error, Status status, String reason) {
    return new CouplingEstimate(value, error, status, reason);
  }

  /** No value. */
  public static CouplingEstimate none(Status status, String reason) {
    return new CouplingEstimate(Double.NaN, Double.NaN, status, reason);
  }
}
