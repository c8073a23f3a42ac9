package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Status;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Decides the phase of one cell from the load curves of its replicas.
 *
 * <pre>
 *   [low, high] = mean -+ t_{0.975, R-1} sd / sqrt(R),   over the R replicas, for s and for q
 *   CONCAVE  low(s)  &gt; 0 and q &gt;  0.1
 *   CONVEX   high(s) &lt; 0 and q &lt; -0.1
 *   LINEAR   |q| &lt;= 0.1 and [low(q), high(q)] inside [-0.2, 0.2]
 * </pre>
 *
 * <p>Symbols: s the tilt per layer and q the relative tilt of a replica's loads ({@link
 * LoadStatistics}), both pure numbers; R the number of replicas. Source: arXiv:2407.19353 reads the
 * phase from curves by eye; this criterion is our derivation. Validity: replicas that differ by
 * their seed only, so the interval covers seeds, not the choice of data. Cost: O(R).
 *
 * <p>UNDEFINED when some replica's status is not OK (its D does not fall with depth, or a direction
 * between the classes was lost); UNDECIDED with fewer than 3 replicas or when no line of the table
 * applies. The numbers that do not exist are NaN; {@code reason} says why in one sentence.
 *
 * @param phase the word
 * @param replicas R
 * @param tilt mean of s
 * @param tiltError standard error of that mean over replicas
 * @param tiltLow lower end of the 95 % interval of s
 * @param tiltHigh upper end
 * @param relativeTilt mean of q
 * @param relativeTiltLow lower end of the 95 % interval of q
 * @param relativeTiltHigh upper end
 * @param curvature mean of c, for comparison
 * @param reason the grounds with their numbers, for people
 */
public record CurvePhase(
    Phase phase,
    int replicas,
    double tilt,
    double tiltError,
    double tiltLow,
    double tiltHigh,
    double relativeTilt,
    double relativeTiltLow,
    double relativeTiltHigh,
    double curvature,
    String reason) {

  static final int FEWEST_REPLICAS = 3;
  private static final double CONFIDENCE = 0.95;

  /** Relative tilts up to this are too small to call a curve bent. */
  private static final double BENT = 0.1;

  /** A linear curve's interval of the relative tilt lies within plus or minus this. */
  private static final double STRAIGHT = 0.2;

  /**
   * The phase of a cell.
   *
   * @param replicas statistics of every replica's curve, all with the same number of loads
   * @throws IllegalArgumentException when the numbers of loads differ
   */
  public static CurvePhase of(List<LoadStatistics> replicas) {
    for (LoadStatistics replica : replicas) {
      if (replica.loads() != replicas.getFirst().loads()) {
        throw new IllegalArgumentException(
            "expected replicas with the same number of loads, found %d and %d"
                .formatted(replicas.getFirst().loads(), replica.loads()));
      }
    }
    Interval s = Interval.of(replicas.stream().mapToDouble(LoadStatistics::tilt));
    Interval q = Interval.of(replicas.stream().mapToDouble(LoadStatistics::relativeTilt));
    Interval c = Interval.of(replicas.stream().mapToDouble(LoadStatistics::curvature));
    for (int i = 0; i < replicas.size(); i++) {
      Status status = replicas.get(i).status();
      if (status != Status.OK) {
        String reason = "replica %d has no usable loads: %s".formatted(i, status.explanation());
        return of(Phase.UNDEFINED, s, q, c, reason);
      }
    }
    if (replicas.size() < FEWEST_REPLICAS) {
      String reason =
          "%s, found %d".formatted(Status.TOO_FEW_REPLICAS.explanation(), replicas.size());
      return of(Phase.UNDECIDED, s, q, c, reason);
    }
    Phase phase = decide(s, q);
    return of(phase, s, q, c, reason(phase, s, q));
  }

  private static Phase decide(Interval s, Interval q) {
    if (s.low > 0 && q.mean > BENT) {
      return Phase.CONCAVE;
    }
    if (s.high < 0 && q.mean < -BENT) {
      return Phase.CONVEX;
    }
    boolean straight = Math.abs(q.mean) <= BENT && q.low >= -STRAIGHT && q.high <= STRAIGHT;
    return straight ? Phase.LINEAR : Phase.UNDECIDED;
  }

  private static String reason(Phase phase, Interval s, Interval q) {
    String grounds =
        switch (phase) {
          case CONCAVE -> "the loads grow with depth";
          case CONVEX -> "the loads shrink with depth";
          case LINEAR -> "the loads are equal within a fifth";
          case UNDECIDED, UNDEFINED -> "the intervals allow more than one phase";
        };
    return String.format(
        Locale.ROOT,
        "%s: tilt %.3g in [%.3g, %.3g], relative tilt %.3g in [%.3g, %.3g] over %d replicas",
        grounds,
        s.mean,
        s.low,
        s.high,
        q.mean,
        q.low,
        q.high,
        s.count);
  }

  private static CurvePhase of(Phase phase, Interval s, Interval q, Interval c, String reason) {
    return new CurvePhase(
        phase, s.count, s.mean, s.error, s.low, s.high, q.mean, q.low, q.high, c.mean, reason);
  }

  /** Mean over replicas with its standard error and 95 % interval, NaN where there is none. */
  private record Interval(int count, double mean, double error, double low, double high) {

    static Interval of(DoubleStream stream) {
      double[] values = stream.toArray();
      int count = values.length;
      double mean = DoubleStream.of(values).sum() / count;
      if (count < 2) {
        return new Interval(count, mean, Double.NaN, Double.NaN, Double.NaN);
      }
      double squares = DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
      double error = Math.sqrt(squares / (count - 1) / count);
      double t = new TDistribution(count - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
      return new Interval(count, mean, error, mean - t * error, mean + t * error);
    }
  }
}
