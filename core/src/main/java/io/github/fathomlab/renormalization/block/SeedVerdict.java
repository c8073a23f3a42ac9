package io.github.fathomlab.renormalization.block;

import io.github.fathomlab.instrument.Verdict;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Whether networks trained from several seeds hit a predicted number that untrained ones miss.
 *
 * <pre>
 *   d_s = rho_s - prediction (trained),  n_s the same for the null
 *   T = sqrt(mean d^2),  T_0 = sqrt(mean n^2)
 *   accurate        T &lt;= tau,  and |mean d| + t_(.95, S-1) sd(d)/sqrt(S) &lt; tau
 *   discriminating  T_0/T &gt;= 5,  Mann-Whitney p of |d| below |n| &lt; 1e-3 and C p &lt; 0.05
 * </pre>
 *
 * <p>Symbols: S seeds, tau the tolerance, C the number of cells judged together, t the quantile of
 * Student's distribution. The gate comes first: theorems speak of optima, so every seed's excess
 * over the optimum of what it was trained on must lie below the bound. The root mean square is
 * judged, never the mean: the mean of the null lies near many predictions.
 *
 * <p>Source: our own rule (two one-sided tests for equivalence, rank-sum test against the null).
 * Valid from 2 seeds; below {@value #FEWEST_SEEDS} none passes.
 *
 * @param word the result
 * @param seeds S
 * @param rms T
 * @param nullRms T_0
 * @param meanDeviation mean d
 * @param deviation sd(d), with S - 1
 * @param equivalenceBound |mean d| + t sd/sqrt(S)
 * @param ratio T_0/T
 * @param p of the rank-sum test
 * @param worstExcess the largest excess of a seed; NaN when one is not a number
 */
public record SeedVerdict(
    Word word,
    int seeds,
    double rms,
    double nullRms,
    double meanDeviation,
    double deviation,
    double equivalenceBound,
    double ratio,
    double p,
    double worstExcess) {

  /** Fewer seeds cannot pass. */
  public static final int FEWEST_SEEDS = 8;

  private static final double RATIO = 5;
  private static final double SINGLE_LEVEL = 1e-3;
  private static final double FAMILY_LEVEL = 0.05;

  /** The finer words of a verdict. */
  public enum Word {
    /** The prediction is hit, and the null misses it. */
    PASS(Verdict.Outcome.HOLDS),
    /** The prediction is hit, but that does not set it apart from the null. */
    PASS_NONDISCRIMINATING(Verdict.Outcome.UNDECIDED),
    /** The prediction is missed at the optimum. */
    FAIL(Verdict.Outcome.FAILS),
    /** A seed did not reach the optimum that the prediction speaks of. */
    NOT_CONVERGED(Verdict.Outcome.UNDECIDED);

    private final Verdict.Outcome outcome;

    Word(Verdict.Outcome outcome) {
      this.outcome = outcome;
    }

    /** The word of a verdict that it stands for. */
    public Verdict.Outcome outcome() {
      return outcome;
    }
  }

  /**
   * What is asked.
   *
   * @param tolerance tau
   * @param excessBound what every seed's excess must stay below
   * @param equivalence whether the interval of the mean is asked for beside T
   * @param cells C, number of verdicts of which this is one
   */
  public record Criterion(double tolerance, double excessBound, boolean equivalence, int cells) {
    public Criterion {
      if (!(tolerance > 0) || !(excessBound > 0) || cells < 1) {
        throw new IllegalArgumentException(
            "expected a positive tolerance and bound and at least one cell, found %s, %s and %d"
                .formatted(tolerance, excessBound, cells));
      }
    }

    /** One cell, with the test of equivalence. */
    public Criterion(double tolerance, double excessBound) {
      this(tolerance, excessBound, true, 1);
    }
  }

  /**
   * Judges the seeds.
   *
   * @param deviations d_s of every seed; one that is not finite did not converge
   * @param nullDeviations n_s of the null
   * @param excess of every seed over its optimum, such as L - L* or 1 - overlap
   */
  public static SeedVerdict of(
      Criterion criterion, double[] deviations, double[] nullDeviations, double[] excess) {
    int seeds = deviations.length;
    if (seeds < 2 || excess.length != seeds || nullDeviations.length < 2) {
      throw new IllegalArgumentException(
          "a verdict needs at least 2 seeds, as many excesses and at least 2 seeds of the null, found %d, %d and %d"
              .formatted(seeds, excess.length, nullDeviations.length));
    }
    double mean = Arrays.stream(deviations).sum() / seeds;
    double squares = 0;
    for (double d : deviations) {
      squares += (d - mean) * (d - mean);
    }
    double sd = Math.sqrt(squares / (seeds - 1));
    double t = new TDistribution(seeds - 1).inverseCumulativeProbability(0.95);
    double bound = Math.abs(mean) + t * sd / Math.sqrt(seeds);
    double rms = rms(deviations);
    double nullRms = rms(nullDeviations);
    double ratio = nullRms / rms;
    double p = RankSum.below(absolute(deviations), absolute(nullDeviations));
    double worst = Arrays.stream(excess).reduce(Double.NEGATIVE_INFINITY, Math::max);

    boolean converged = worst < criterion.excessBound() && Double.isFinite(rms);
    boolean accurate =
        rms <= criterion.tolerance() && (!criterion.equivalence() || bound < criterion.tolerance());
    boolean discriminating =
        ratio >= RATIO && p < SINGLE_LEVEL && criterion.cells() * p < FAMILY_LEVEL;
    Word word =
        !converged
            ? Word.NOT_CONVERGED
            : !accurate
                ? Word.FAIL
                : discriminating && seeds >= FEWEST_SEEDS ? Word.PASS : Word.PASS_NONDISCRIMINATING;
    return new SeedVerdict(word, seeds, rms, nullRms, mean, sd, bound, ratio, p, worst);
  }

  /** sd(d)/sqrt(S). */
  public double standardError() {
    return deviation / Math.sqrt(seeds);
  }

  private static double rms(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum() / values.length);
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
