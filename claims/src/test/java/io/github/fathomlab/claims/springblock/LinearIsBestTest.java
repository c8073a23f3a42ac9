package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class LinearIsBestTest {
  private static final double[] NOISES = {0, 0.1, 0.2, 0.3};

  /** The zero lies a quarter of the way from 0.1 to 0.2. */
  private static final double[] TILTS = {0.6, 0.1, -0.3, -0.6};

  private final LinearIsBest claim = new LinearIsBest(LoadMeasure.TRACE_RATIO, Outcome.HOLDS);

  private static SyntheticSweep sweep() {
    return SyntheticSweep.of(LoadMeasure.TRACE_RATIO);
  }

  private static SyntheticSweep exact() {
    return sweep().seeds(3, 0, 0);
  }

  private static double number(Verdict verdict, String key) {
    return verdict.evidence().get(key) instanceof Double value ? value : Double.NaN;
  }

  /** Where the loads are equal, 0.79 + 0.01/4. */
  @Test
  void equalLoadsNearTheBestAccuracyHold() {
    Verdict verdict =
        claim.judge(exact().scored(0, NOISES, TILTS, 0.7, 0.79, 0.8, 0.75).readings());
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals("spring-block/linear-is-best", verdict.claim());
    assertEquals(1L, verdict.evidence().get("rows"));
    assertEquals(1L, verdict.evidence().get("rows_agreeing"));
    assertEquals(0.8 - 0.7925, number(verdict, "farthest_below_best"), 1e-12);
    assertEquals(0.8 - 0.7925, number(verdict, "mean_below_best"), 1e-12);
    assertEquals(
        0.8 - (0.7 + 0.79 + 0.8 + 0.75) / 4, number(verdict, "below_best_at_random"), 1e-12);
    assertTrue(
        verdict
            .sentence()
            .contains("slope 0.0: equal at 0.125 with 79.25 %, best at 0.200 with 80.00"),
        verdict.sentence());
  }

  @Test
  void rowsWithoutAZeroAndLinearNetworksDoNotCount() {
    Verdict verdict =
        claim.judge(
            sweep()
                .scored(0, NOISES, TILTS, 0.7, 0.79, 0.8, 0.75)
                .scored(0.4, NOISES, TILTS, 0.75, 0.8, 0.795, 0.7)
                .scored(0.8, NOISES, new double[] {-0.1, -0.2, -0.3, -0.4}, 0.9, 0.8, 0.7, 0.6)
                .scored(1, NOISES, TILTS, 0.7, 0.71, 0.72, 0.9)
                .readings());
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals(2L, verdict.evidence().get("rows"));
    assertEquals(0.003, number(verdict, "mean_below_best"), 0.003);
  }

  @Test
  void aRowThatIsBestElsewhereFails() {
    Verdict verdict =
        claim.judge(
            sweep()
                .scored(0, NOISES, TILTS, 0.7, 0.79, 0.8, 0.75)
                .scored(0.4, NOISES, TILTS, 0.7, 0.79, 0.8, 0.85)
                .readings());
    assertEquals(Outcome.FAILS, verdict.outcome(), verdict.sentence());
    assertEquals(1L, verdict.evidence().get("rows_opposed"));
    assertEquals(0.85 - 0.7925, number(verdict, "farthest_below_best"), 0.003);
  }

  @Test
  void noBetterThanTheLeastNoiseIsUndecided() {
    Verdict flat =
        claim.judge(sweep().scored(0, NOISES, TILTS, 0.795, 0.79, 0.795, 0.7).readings());
    assertEquals(Outcome.UNDECIDED, flat.outcome(), flat.sentence());
    assertEquals(0L, flat.evidence().get("rows_agreeing"));
    assertEquals(0L, flat.evidence().get("rows_opposed"));
    Verdict blurred =
        claim.judge(
            sweep().seeds(5, 0.003, 0.2).scored(0, NOISES, TILTS, 0.7, 0.75, 0.75, 0.7).readings());
    assertEquals(Outcome.UNDECIDED, blurred.outcome(), blurred.sentence());
  }

  /** Half a point below the best, but a random cell of this row lies closer to it. */
  @Test
  void aRandomCellThatIsCloserLeavesItUndecided() {
    double[] noises = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
    double[] tilts = {0.6, 0.1, -0.3, -0.4, -0.5, -0.6, -0.7, -0.8};
    Verdict verdict =
        claim.judge(
            exact()
                .scored(0, noises, tilts, 0.79, 0.795, 0.795, 0.8, 0.8, 0.8, 0.8, 0.8)
                .readings());
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertEquals(1L, verdict.evidence().get("rows_agreeing"));
    assertEquals(0.005, number(verdict, "mean_below_best"), 1e-12);
    assertEquals(0.02 / 8, number(verdict, "below_best_at_random"), 1e-12);
  }

  @Test
  void appliesWhereALineOfEqualLoadsAndAccuraciesWereMeasured() {
    Recorded readings = exact().scored(0, NOISES, TILTS, 0.7, 0.79, 0.8, 0.75).readings();
    assertTrue(claim.appliesTo(readings));
    assertFalse(new LinearIsBest(LoadMeasure.LOG, Outcome.HOLDS).appliesTo(readings));
    assertFalse(claim.appliesTo(new Recorded()));
    assertFalse(claim.appliesTo(SyntheticSweep.noSweep(readings)));
    assertFalse(
        claim.appliesTo(readings.changed(r -> r.quantity().equals("accuracy.test") ? null : r)));
    assertFalse(claim.appliesTo(exact().row(0, NOISES, 0.6, 0.5, 0.4, 0.3).readings()), "no zero");
    assertFalse(claim.appliesTo(exact().row(1, NOISES, TILTS).readings()), "linear networks");
    assertFalse(
        claim.appliesTo(sweep().seeds(1, 0, 0).row(0, NOISES, TILTS).readings()), "no errors");
  }
}
