package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConcaveThenConvexTest {
  private static final double[] NOISES = {0, 0.1, 0.3};

  private final ConcaveThenConvex claim =
      new ConcaveThenConvex(LoadMeasure.TRACE_RATIO, Outcome.HOLDS);

  private static SyntheticSweep sweep() {
    return SyntheticSweep.of(LoadMeasure.TRACE_RATIO);
  }

  @ParameterizedTest
  @EnumSource(LoadMeasure.class)
  void everyStronglyNonlinearRowTurns(LoadMeasure measure) {
    Recorded readings =
        SyntheticSweep.of(measure)
            .row(0, NOISES, 0.5, 0.1, -0.5)
            .row(0.4, NOISES, 0.3, -0.2, -0.6)
            .row(0.8, NOISES, -0.3, -0.4, -0.6)
            .row(1, NOISES, -0.3, 0, 0.3)
            .readings();
    Verdict verdict = new ConcaveThenConvex(measure, Outcome.UNDECIDED).judge(readings);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertTrue(verdict.surprising(), "it was documented otherwise");
    assertEquals(measure.id("concave-then-convex"), verdict.claim());
    assertEquals(2L, verdict.evidence().get("rows"), "weakly nonlinear ones have no such phase");
    assertEquals(2L, verdict.evidence().get("rows_agreeing"));
    assertEquals(0L, verdict.evidence().get("rows_opposed"));
    assertEquals(0L, verdict.evidence().get("rows_agreeing_null"));
    assertEquals("concave, convex", verdict.evidence().get("phases_slope_0.4"));
    assertTrue(
        verdict.sentence().contains("slope 0.0 concave (q 0.50) to convex (q -0.50)"),
        verdict.sentence());
  }

  @ParameterizedTest
  @CsvSource({"-0.5, -0.5", "0.5, 0.5", "-0.5, 0", "0, 0.5"})
  void anEndOfTheOtherPhaseFails(double least, double most) {
    Verdict verdict =
        claim.judge(
            sweep().row(0, NOISES, 0.5, 0, -0.5).row(0.4, NOISES, least, 0, most).readings());
    assertEquals(Outcome.FAILS, verdict.outcome(), verdict.sentence());
    assertEquals(1L, verdict.evidence().get("rows_agreeing"));
    assertEquals(1L, verdict.evidence().get("rows_opposed"));
  }

  @Test
  void anEndWithoutADecidedPhaseIsUndecided() {
    Recorded straight = sweep().row(0, NOISES, 0.5, 0.2, 0).readings();
    assertEquals(Outcome.UNDECIDED, claim.judge(straight).outcome());
    assertEquals("concave, linear", claim.judge(straight).evidence().get("phases_slope_0.0"));
    Recorded turning = sweep().row(0, NOISES, 0.5, 0, -0.5).readings();
    assertEquals(Outcome.HOLDS, claim.judge(turning).outcome());
    Recorded lost =
        SyntheticSweep.unusable(turning, "separation.trace_ratio", 3, Status.RANK_DEFICIENT);
    assertEquals(Outcome.UNDECIDED, claim.judge(lost).outcome());
    assertEquals("undefined, convex", claim.judge(lost).evidence().get("phases_slope_0.0"));
    Recorded few = sweep().seeds(2, 0.003, 0).row(0, NOISES, 0.5, 0, -0.5).readings();
    assertEquals(Outcome.UNDECIDED, claim.judge(few).outcome(), "two seeds");
  }

  @Test
  void untrainedNetworksThatTurnTooLeaveNothingToExplain() {
    Verdict verdict =
        claim.judge(
            sweep()
                .rowOfUntrained(0, NOISES, 0.5, 0, -0.5)
                .row(0.4, NOISES, 0.5, 0, -0.5)
                .readings());
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertEquals(2L, verdict.evidence().get("rows_agreeing"));
    assertEquals(1L, verdict.evidence().get("rows_agreeing_null"));
  }

  @Test
  void withoutANullThereIsNoVerdict() {
    Recorded readings = sweep().row(0, NOISES, 0.5, 0, -0.5).readings();
    assertEquals(Outcome.UNDECIDED, claim.judge(SyntheticSweep.withoutNull(readings)).outcome());
  }

  @Test
  void appliesToSweepsOverNoiseOfNonlinearNetworks() {
    Recorded readings = sweep().row(0.5, NOISES, 0.5, 0, -0.5).readings();
    assertTrue(claim.appliesTo(readings));
    assertFalse(new ConcaveThenConvex(LoadMeasure.LOG, Outcome.HOLDS).appliesTo(readings));
    assertFalse(claim.appliesTo(new Recorded()));
    assertFalse(claim.appliesTo(SyntheticSweep.noSweep(readings)));
    assertFalse(claim.appliesTo(sweep().row(0.6, NOISES, 0.5, 0, -0.5).readings()), "weak");
    assertFalse(claim.appliesTo(sweep().row(0, new double[] {0}, 0.5).readings()), "one column");
    assertFalse(claim.appliesTo(sweep().over(null).row(0, NOISES, 1, 0, -1).readings()));
    assertFalse(
        claim.appliesTo(sweep().over("training.epochs").row(0, NOISES, 1, 0, -1).readings()));
  }
}
