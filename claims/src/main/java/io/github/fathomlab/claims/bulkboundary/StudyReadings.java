package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;

/** Readings of the layers of a study's chains. */
final class StudyReadings {
  private StudyReadings() {}

  /** A number of affine layer m. */
  static Reading ofLayer(String quantity, long step, int m, int replica, double value) {
    boolean finite = Double.isFinite(value);
    return new Reading(
        quantity,
        step,
        m,
        "affine " + m,
        replica,
        finite ? value : Double.NaN,
        finite ? Status.OK : Status.NOT_FINITE,
        Double.NaN);
  }
}
