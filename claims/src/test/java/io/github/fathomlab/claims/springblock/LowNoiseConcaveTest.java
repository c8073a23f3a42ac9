package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three verdicts on the shape of the load curve, on curves made for them. */
class LowNoiseConcaveTest {
  private static final String LOG = "separation.log";
  private static final String TRACE_RATIO = "separation.trace_ratio";
  private static final int LAYERS = 7;
  private static final long LAST = 300;

  private final LowNoiseConcave claim = new LowNoiseConcave();

  /**
   * Curves whose loads d_1..d_6 run from (1-q) to (1+q) of the mean load, and the logits, which
   * must not count.
   */
  private static Recorded curves(
      Recorded readings, String quantity, long step, int replicas, double meanLoad, double q) {
    SplittableRandom random = new SplittableRandom(step + replicas);
    for (int replica = 0; replica < replicas; replica++) {
      double separation = 3;
      for (int l = 0; l <= LAYERS; l++) {
        readings.add(quantity, step, l, replica, separation);
        double tilted = l == LAYERS - 1 ? -5 : 1 + q * (2.0 * l / (LAYERS - 2) - 1);
        separation -= meanLoad * (tilted + 0.02 * random.nextGaussian());
      }
    }
    return readings;
  }

  /** Trained and untrained curves, and trace ratios of the same shape. */
  private static Recorded run(int replicas, double q, double qNull) {
    Recorded readings = new Recorded();
    curves(readings, LOG, 0, replicas, 0.3, qNull);
    curves(readings, LOG, 100, replicas, 0.3, -0.9);
    curves(readings, LOG, LAST, replicas, 0.3, q);
    curves(readings, TRACE_RATIO, LAST, replicas, 0.2, -q);
    return readings;
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0, HOLDS, concave, linear",
    "0.5, -0.5, HOLDS, concave, convex",
    "0.9, 0.3, HOLDS, concave, concave",
    "-0.5, 0, FAILS, convex, linear",
    "-0.5, -0.5, FAILS, convex, convex",
    "0, 0, FAILS, linear, linear",
    "0.5, 0.5, UNDECIDED, concave, concave",
    "0.3, 0.9, UNDECIDED, concave, concave",
  })
  void theShapeDecidesAgainstItsNull(
      double q, double qNull, Outcome expected, String phase, String phaseNull) {
    Recorded readings = run(5, q, qNull);
    assertTrue(claim.appliesTo(readings));
    Verdict verdict = claim.judge(readings);
    assertEquals(expected, verdict.outcome(), verdict.sentence());
    assertEquals(phase, verdict.evidence().get("phase"));
    assertEquals(phaseNull, verdict.evidence().get("phase_null"), "the null beside it");
    assertEquals(LAST, verdict.evidence().get("step"));
    assertEquals(5L, verdict.evidence().get("replicas"));
    // The loads run from (1-q) to (1+q) of the mean 0.3 in five steps.
    assertEquals(0.3 * 2 * q / 5, number(verdict, "tilt"), 0.01);
    assertEquals(0.3 * 2 * qNull / 5, number(verdict, "tilt_null"), 0.01);
    assertEquals(q, number(verdict, "relative_tilt"), 0.05);
    assertEquals(qNull, number(verdict, "relative_tilt_null"), 0.05);
    assertTrue(number(verdict, "tilt_low") < number(verdict, "tilt"));
    assertTrue(number(verdict, "tilt") < number(verdict, "tilt_high"));
    assertEquals(0.2 * -2 * q / 5, number(verdict, "tilt_by_trace_ratio"), 0.01);
    assertEquals(expected != Outcome.HOLDS, verdict.surprising());
  }

  private static double number(Verdict verdict, String key) {
    return verdict.evidence().get(key) instanceof Double value ? value : Double.NaN;
  }

  @Test
  void twoReplicasAreTooFew() {
    Verdict verdict = claim.judge(run(2, 0.5, 0));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("three replicas"), verdict.sentence());
  }

  @Test
  void aLostDirectionIsUndecided() {
    Recorded readings = run(5, 0.5, 0);
    readings.add(LOG, LAST, 4, 3, 1.5, Status.RANK_DEFICIENT);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertEquals("undefined", verdict.evidence().get("phase"));
    assertTrue(verdict.sentence().contains("replica 3"), verdict.sentence());
  }

  @Test
  void separationThatGrowsWithDepthIsUndecided() {
    Recorded readings = curves(new Recorded(), LOG, 0, 4, 0.3, 0);
    curves(readings, LOG, LAST, 4, -0.3, 0.5);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertFalse(verdict.evidence().containsKey("relative_tilt"));
  }

  @Test
  void anUntrainedNetworkWithoutLoadsIsANull() {
    Recorded readings = curves(new Recorded(), LOG, 0, 4, -0.3, 0);
    curves(readings, LOG, LAST, 4, 0.3, 0.5);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.HOLDS, verdict.outcome());
    assertEquals("undefined", verdict.evidence().get("phase_null"));
  }

  @Test
  void withoutANullThereIsNoVerdict() {
    Verdict verdict = claim.judge(curves(new Recorded(), LOG, LAST, 4, 0.3, 0.5));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertEquals("concave", verdict.evidence().get("phase"));
    assertFalse(verdict.evidence().containsKey("tilt_null"));
  }

  @Test
  void anUntrainedNetworkProvesNothing() {
    assertEquals(
        Outcome.UNDECIDED, claim.judge(curves(new Recorded(), LOG, 0, 5, 0.3, 0.5)).outcome());
  }

  @Test
  void replicasThatDidNotReachTheEndDoNotCount() {
    Recorded readings = run(4, 0.5, 0);
    readings.add(LOG, 100, 0, 4, 3).add(LOG, 100, 1, 4, 2);
    readings.add(LOG, LAST, 0, 5, 3).add(LOG, LAST, 1, 5, 2);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals(4L, verdict.evidence().get("replicas"));
  }

  @Test
  void missingAndUnusableNumbersNeverThrow() {
    assertFalse(claim.appliesTo(new Recorded()));
    assertEquals(Outcome.UNDECIDED, claim.judge(new Recorded()).outcome());
    Recorded single = new Recorded().add(LOG, 5, 0, 0, 1);
    assertEquals(Outcome.UNDECIDED, claim.judge(single).outcome());
    Recorded infinite = run(4, 0.5, 0).add(LOG, LAST, 2, 1, Double.NEGATIVE_INFINITY);
    assertEquals(Outcome.UNDECIDED, claim.judge(infinite).outcome());
    Recorded empty = run(4, 0.5, 0).add(LOG, LAST, 2, 1, Double.NaN, Status.NOT_FINITE);
    assertEquals(Outcome.UNDECIDED, claim.judge(empty).outcome());
    Recorded shallow = new Recorded();
    for (int replica = 0; replica < 4; replica++) {
      shallow.add(LOG, 0, 0, replica, 2).add(LOG, 0, 1, replica, 1);
      shallow.add(LOG, 9, 0, replica, 2).add(LOG, 9, 1, replica, 1);
    }
    assertEquals(Outcome.UNDECIDED, claim.judge(shallow).outcome());
  }
}
