package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.claims.springblock.ChainSigns.Prediction;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import org.junit.jupiter.api.Test;

/** Both predictions of the chain, on diagrams of given tilts. */
class ChainSignsTest {
  private static final double[] NOISES = {0, 0.1, 0.2, 0.3, 0.4};

  private final ChainSigns falls =
      new ChainSigns(LoadMeasure.TRACE_RATIO, Prediction.MONOTONE, Outcome.HOLDS);
  private final ChainSigns moves =
      new ChainSigns(LoadMeasure.TRACE_RATIO, Prediction.BOUNDARY, Outcome.HOLDS);

  private static SyntheticSweep sweep() {
    return SyntheticSweep.of(LoadMeasure.TRACE_RATIO);
  }

  private static void assertFound(Verdict verdict, Outcome outcome, long agreeing, long against) {
    assertEquals(outcome, verdict.outcome(), verdict.sentence());
    assertEquals(agreeing, verdict.evidence().get("agreeing"), verdict.sentence());
    assertEquals(against, verdict.evidence().get("against"), verdict.sentence());
  }

  /** Without scatter the zeros are those of the secants: 0.1 + 0.1 0.3/0.4 and 0.1 0.2/0.8. */
  private static Recorded asPredicted() {
    return sweep()
        .seeds(3, 0, 0)
        .row(0, NOISES, 0.6, 0.3, -0.1, -0.4, -0.6)
        .row(0.4, NOISES, 0.2, -0.6, -0.7, -0.8, -0.9)
        .row(1, NOISES, -0.9, -0.5, 0.1, 0.2, 0.3)
        .readings();
  }

  @Test
  void theTiltFallsInEveryNonlinearRow() {
    Verdict verdict = falls.judge(asPredicted());
    assertFound(verdict, Outcome.HOLDS, 8, 0);
    assertEquals(0L, verdict.evidence().get("agreeing_null"));
    assertEquals(0L, verdict.evidence().get("against_null"));
    assertEquals("HOLDS", verdict.evidence().get("one_sign_change"));
    assertEquals("spring-block/monotone-in-noise", verdict.claim());
  }

  @Test
  void theZeroLiesAtMoreNoiseInTheMoreNonlinearRow() {
    Verdict verdict = moves.judge(asPredicted());
    assertFound(verdict, Outcome.HOLDS, 1, 0);
    assertEquals(0.175, number(verdict, "zero_at_slope_0.0"), 1e-12);
    assertEquals(0.025, number(verdict, "zero_at_slope_0.4"), 1e-12);
    assertFalse(verdict.evidence().containsKey("zero_at_slope_1.0"), "of linear networks none");
    assertEquals("spring-block/boundary-moves", verdict.claim());
  }

  private static double number(Verdict verdict, String key) {
    return verdict.evidence().get(key) instanceof Double value ? value : Double.NaN;
  }

  @Test
  void seedsThatScatterDoNotChangeTheVerdicts() {
    Recorded readings =
        sweep()
            .row(0, NOISES, 0.6, 0.3, -0.1, -0.4, -0.6)
            .row(0.4, NOISES, 0.2, -0.6, -0.7, -0.8, -0.9)
            .readings();
    assertFound(falls.judge(readings), Outcome.HOLDS, 8, 0);
    assertFound(moves.judge(readings), Outcome.HOLDS, 1, 0);
  }

  @Test
  void theOtherWayRoundFails() {
    Recorded readings =
        sweep()
            .row(0, NOISES, -0.2, -0.1, 0.1, 0.2, 0.3)
            .row(0.4, NOISES, -0.3, -0.1, 0.1, 0.2, 0.3)
            .readings();
    assertFound(falls.judge(readings), Outcome.FAILS, 0, 8);
    Recorded swapped =
        sweep()
            .row(0, NOISES, 0.2, -0.6, -0.7, -0.8, -0.9)
            .row(0.4, NOISES, 0.6, 0.3, -0.1, -0.4, -0.6)
            .readings();
    assertFound(moves.judge(swapped), Outcome.FAILS, 0, 1);
  }

  @Test
  void oneRiseInSixAndZerosAtOnePlaceAreUndecided() {
    Recorded readings =
        sweep()
            .seeds(3, 0, 0)
            .row(0, NOISES, 0.6, 0.3, -0.1, -0.4, -0.2)
            .row(0.4, NOISES, 0.6, 0.3, -0.1, -0.1, -0.1)
            .readings();
    Verdict verdict = falls.judge(readings);
    assertFound(verdict, Outcome.UNDECIDED, 5, 1);
    assertTrue(verdict.sentence().contains("does neither within two standard errors in 2"));
    assertFound(moves.judge(readings), Outcome.UNDECIDED, 0, 0);
  }

  @Test
  void untrainedNetworksWithTheSamePatternLeaveNothingToExplain() {
    Recorded readings =
        sweep()
            .rowOfUntrained(0, NOISES, 0.6, 0.3, -0.1, -0.4, -0.6)
            .rowOfUntrained(0.4, NOISES, 0.2, -0.6, -0.7, -0.8, -0.9)
            .readings();
    assertFound(falls.judge(readings), Outcome.UNDECIDED, 8, 0);
    assertEquals(8L, falls.judge(readings).evidence().get("agreeing_null"));
    assertFound(moves.judge(readings), Outcome.UNDECIDED, 1, 0);
    assertEquals(1L, moves.judge(readings).evidence().get("agreeing_null"));
  }

  @Test
  void withoutANullThereIsNoVerdict() {
    Recorded readings = SyntheticSweep.withoutNull(asPredicted());
    assertFound(falls.judge(readings), Outcome.UNDECIDED, 8, 0);
    assertFound(moves.judge(readings), Outcome.UNDECIDED, 1, 0);
  }

  @Test
  void oneCellIsNoRowAndOneRowHasNoBoundaryThatMoves() {
    Recorded one =
        sweep().row(0, NOISES, 0.6, 0.3, 0, -0.4, -0.6).row(1, NOISES, 0, 0, 0, 0, 0).readings();
    assertTrue(falls.appliesTo(one));
    assertFalse(moves.appliesTo(one), "linear networks are no row");
    assertTrue(moves.appliesTo(asPredicted()));
    Recorded column = sweep().row(0, new double[] {0}, 0).row(0.4, new double[] {0}, 0).readings();
    assertFalse(falls.appliesTo(column));
    assertFalse(moves.appliesTo(column));
    assertFalse(falls.appliesTo(sweep().row(1, NOISES, 0, 0, 0, 0, 0).readings()));
    assertFalse(falls.appliesTo(SyntheticSweep.noSweep(one)));
    assertFalse(falls.appliesTo(new Recorded()));
  }
}
