package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.instrument.Status;

/** What data say about one parameter. */
public sealed interface Estimate {

  /**
   * A parameter that the data identify.
   *
   * @param value where the likelihood is highest
   * @param error standard error by the observed information
   * @param low lower end of the 95 % interval of the profile likelihood
   * @param high upper end
   */
  record Known(double value, double error, double low, double high) implements Estimate {

    /** Whether the interval holds a value. */
    public boolean holds(double candidate) {
      return low <= candidate && candidate <= high;
    }
  }

  /**
   * A parameter that the data do not identify.
   *
   * @param status never OK
   * @param reason one sentence for people
   */
  record Unknown(Status status, String reason) implements Estimate {}
}
