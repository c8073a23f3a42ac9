package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.CouplingEstimate;

/**
 * The coupling of any correlated sequence, such as the outputs of a network along one chain.
 *
 * <pre>
 *   ρ_1 = Σ_j (y_j - ȳ)(y_(j+1) - ȳ) / ((n-1) var y),   K = artanh ρ_1,   error = error(ρ_1)/(1 - ρ_1²)
 *   error(ρ_1): the means of d_j = (y_j - ȳ)(y_(j+1) - ȳ)/var y - ρ_1 (y_j - ȳ)²/var y over 64
 *   successive batches, their standard deviation over 8
 * </pre>
 *
 * <p>Symbols: y_j sequence [n] in any unit, ȳ its mean. Source: the estimate is the definition of
 * the coupling of an output in our reading of arXiv:2212.00005; batch means because neighbours are
 * not independent. Validity: batches that are longer than the correlation; at least 129 values, a
 * variance above rounding and |ρ_1| below 1, otherwise no value and the reason. Cost: O(n).
 */
public final class SequenceCoupling {
  private static final int BATCHES = 64;
  private static final int LEAST = 2 * BATCHES + 1;
  private static final double ROUNDING = 1e-14;

  private SequenceCoupling() {}

  /** The estimate from a sequence of spins. */
  public static CouplingEstimate of(byte[] spins) {
    double[] values = new double[spins.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = spins[i];
    }
    return of(values);
  }

  /** The estimate. */
  public static CouplingEstimate of(double[] values) {
    int length = values.length;
    if (length < LEAST) {
      return CouplingEstimate.none(
          Status.TOO_FEW_SAMPLES,
          "%d batches need at least %d values, found %d".formatted(BATCHES, LEAST, length));
    }
    double mean = sum(values) / length;
    if (!Double.isFinite(mean)) {
      return CouplingEstimate.none(Status.NOT_FINITE, "the sequence contains NaN or infinity");
    }
    double squares = 0;
    double products = 0;
    for (int j = 0; j < length; j++) {
      double here = values[j] - mean;
      squares += here * here;
      if (j + 1 < length) {
        products += here * (values[j + 1] - mean);
      }
    }
    double variance = squares / length;
    double size = ROUNDING * mean;
    if (!(variance > size * size)) {
      return CouplingEstimate.none(
          Status.ZERO_VARIANCE, "all %d values are equal to rounding".formatted(length));
    }
    double correlation = products / (length - 1) / variance;
    if (!(Math.abs(correlation) < 1)) {
      return CouplingEstimate.none(
          Status.ZERO_VARIANCE,
          "neighbours determine one another: their correlation is %s".formatted(correlation));
    }
    double value = 0.5 * (StrictMath.log1p(correlation) - StrictMath.log1p(-correlation));
    double error = batchError(values, mean, variance, correlation);
    return CouplingEstimate.measured(value, error / (1 - correlation * correlation));
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double batchError(
      double[] values, double mean, double variance, double correlation) {
    int pairs = values.length - 1;
    double[] means = new double[BATCHES];
    for (int batch = 0; batch < BATCHES; batch++) {
      int from = (int) ((long) pairs * batch / BATCHES);
      int to = (int) ((long) pairs * (batch + 1) / BATCHES);
      double sum = 0;
      for (int j = from; j < to; j++) {
        double here = values[j] - mean;
        sum += here * (values[j + 1] - mean - correlation * here);
      }
      means[batch] = sum / (to - from) / variance;
    }
    double centre = sum(means) / BATCHES;
    double squares = 0;
    for (double batch : means) {
      squares += (batch - centre) * (batch - centre);
    }
    return StrictMath.sqrt(squares / (BATCHES - 1) / BATCHES);
  }
}
