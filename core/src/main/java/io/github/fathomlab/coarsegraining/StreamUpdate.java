package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.instrument.Status;

/**
 * How far a layer moves the state itself, not its kernel, relative to the size of the state.
 *
 * <pre>
 *   u = √(Σ_i q_i |h'_i - h_i|²) / √(Σ_i q_i |h_i|²)
 * </pre>
 *
 * <p>Symbols: h_i, h'_i the states of sample i below and above (d numbers), q_i its weight. A
 * plateau of the kernel is not one of the state: a residual stream can grow in place.
 *
 * <p>Source: rank-collapse specification, section 6. Validity: both states of one width, else
 * status NOT_APPLICABLE; NOT_FINITE for numbers that are not or whose squares are not;
 * ZERO_VARIANCE when the state below is 0; the value is then NaN. Cost: O(n d).
 */
public record StreamUpdate(double value, Status status) {

  /**
   * The update from one state to the next.
   *
   * @param below feature-major (d x n)
   * @param above feature-major (d' x n)
   */
  public static StreamUpdate of(double[] below, double[] above, double[] weights) {
    if (below.length != above.length) {
      return new StreamUpdate(Double.NaN, Status.NOT_APPLICABLE);
    }
    double size = 0;
    double move = 0;
    for (int at = 0; at < below.length; at++) {
      double weight = weights[at % weights.length];
      if (weight > 0) {
        double step = above[at] - below[at];
        size += weight * below[at] * below[at];
        move += weight * step * step;
      }
    }
    if (!Double.isFinite(size) || !Double.isFinite(move)) {
      return new StreamUpdate(Double.NaN, Status.NOT_FINITE);
    }
    return size > 0
        ? new StreamUpdate(Math.sqrt(move / size), Status.OK)
        : new StreamUpdate(Double.NaN, Status.ZERO_VARIANCE);
  }
}
