package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class LinearNetworkRescalesTest {
  private static final String INVARIANT = "separation.invariant";
  private static final String TRACE_RATIO = "separation.trace_ratio";
  private static final int LOGITS = 5;

  private final LinearNetworkRescales claim = new LinearNetworkRescales();

  /**
   * Two replicas at two steps; the invariant separation differs between moments, as it may, and
   * over layers by the spread, in the second replica at the end.
   */
  private static Recorded run(double spread, double move) {
    Recorded readings = new Recorded();
    for (long step : new long[] {0, 50}) {
      for (int replica = 0; replica < 2; replica++) {
        for (int l = 0; l <= LOGITS; l++) {
          boolean moved = step == 50 && replica == 1;
          double at = l == LOGITS ? 7 : (moved ? spread : 0) * l / (LOGITS - 1);
          readings.add(INVARIANT, step, l, replica, step + replica + at);
          readings.add(TRACE_RATIO, step, l, replica, moved ? -move * l / (LOGITS - 1) : 0);
        }
      }
    }
    return readings;
  }

  private static double number(Verdict verdict, String key) {
    return verdict.evidence().get(key) instanceof Double value ? value : Double.NaN;
  }

  @Test
  void aConstantInvariantBesideAFallingTraceRatioHolds() {
    Verdict verdict = claim.judge(run(1.9e-3, 0.5));
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals(1.9e-3, number(verdict, "invariant_spread"), 1e-12);
    assertEquals(0.5, number(verdict, "trace_ratio_spread"), 1e-12);
    assertEquals(0L, verdict.evidence().get("rank_deficient"));
  }

  @Test
  void aLayerThatDoesMoreThanRescaleFails() {
    assertEquals(Outcome.FAILS, claim.judge(run(2.1e-3, 0.5)).outcome());
    assertEquals(Outcome.FAILS, claim.judge(run(1, 0)).outcome(), "whatever the trace ratio does");
  }

  @Test
  void aTraceRatioThatDoesNotMoveLeavesNothingToExplain() {
    Verdict verdict = claim.judge(run(0, 0.09));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().startsWith("There is nothing to explain"), verdict.sentence());
    Recorded alone = run(0, 1).changed(r -> r.quantity().equals(TRACE_RATIO) ? null : r);
    assertEquals(Outcome.UNDECIDED, claim.judge(alone).outcome());
  }

  @Test
  void aLostDirectionIsUndecided() {
    Recorded readings = run(0, 0.5).add(INVARIANT, 50, 2, 2, 51, Status.RANK_DEFICIENT);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertEquals(1L, verdict.evidence().get("rank_deficient"));
    Recorded missing = run(0, 0.5).add(INVARIANT, 50, 2, 2, Double.NaN, Status.NOT_FINITE);
    assertEquals(Outcome.UNDECIDED, claim.judge(missing).outcome());
  }

  @Test
  void theLogitsDoNotCount() {
    Recorded readings = run(0, 0.5).add(INVARIANT, 50, LOGITS, 2, 51, Status.RANK_DEFICIENT);
    assertEquals(Outcome.HOLDS, claim.judge(readings).outcome());
  }

  @Test
  void appliesWhereTheInvariantSeparationWasMeasured() {
    assertTrue(claim.appliesTo(run(0, 0.5)));
    assertFalse(claim.appliesTo(new Recorded().add(TRACE_RATIO, 0, 0, 0, 1)));
  }
}
