package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.List;

/** A number with its standard error, NaN where unknown. */
record Estimate(double value, double error) {
  static final double ERRORS = 3;
  static final Estimate NONE = new Estimate(Double.NaN, Double.NaN);

  /** Whether it is further from a value than a tolerance and three standard errors explain. */
  boolean beyond(double expected, double tolerance) {
    return Math.abs(value - expected) > tolerance + ERRORS * error;
  }

  /** The mean over seeds; its error the larger of what the seeds state and of their scatter. */
  static Estimate mean(List<Reading> readings) {
    int n = readings.size();
    double sum = 0;
    double stated = 0;
    for (Reading reading : readings) {
      if (reading.status() != Status.OK) {
        return NONE;
      }
      sum += reading.value();
      stated += reading.standardError() * reading.standardError();
    }
    double scatter = 0;
    for (Reading reading : readings) {
      scatter += Math.pow(reading.value() - sum / n, 2);
    }
    double error = Math.sqrt(n < 3 ? stated : Math.max(stated, scatter * n / (n - 1))) / n;
    return new Estimate(n == 0 ? Double.NaN : sum / n, n == 0 ? Double.NaN : error);
  }
}
