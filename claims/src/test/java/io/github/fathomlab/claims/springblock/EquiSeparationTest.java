package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class EquiSeparationTest {
  private static final double[] STRAIGHT = SyntheticSweep.tilted(0);

  /** (6-l)^2 over l = 0..6: r = -168 / sqrt(28 1092). */
  private static final double[] PARABOLA = {36, 25, 16, 9, 4, 1, 0, -7};

  private static final double OF_PARABOLA = -168 / Math.sqrt(28 * 1092.0);

  /** All of the load on the first layer: r = -sqrt(3/8). */
  private static final double[] CORNER = {6, 0, 0, 0, 0, 0, 0, -7};

  private final EquiSeparation claim = new EquiSeparation(Outcome.HOLDS);

  private static SyntheticSweep sweep() {
    return SyntheticSweep.of(LoadMeasure.LOG).seeds(3, 0, 0);
  }

  /** A row whose best cell has the given curve, beside a bent and worse one. */
  private static SyntheticSweep row(SyntheticSweep sweep, double slope, double[] best) {
    return sweep
        .cell(slope, 0, SyntheticSweep.UNTRAINED, SyntheticSweep.tilted(0.9), 0.7)
        .cell(slope, 0.1, SyntheticSweep.UNTRAINED, best, 0.8)
        .cell(slope, 0.2, SyntheticSweep.UNTRAINED, CORNER, 0.75);
  }

  private static double number(Verdict verdict, String key) {
    return verdict.evidence().get(key) instanceof Double value ? value : Double.NaN;
  }

  @Test
  void aStraightBestCellHolds() {
    Verdict verdict =
        claim.judge(row(row(row(sweep(), 0, STRAIGHT), 0.4, STRAIGHT), 1, CORNER).readings());
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals(2L, verdict.evidence().get("rows"), "linear networks are no row");
    assertEquals(2L, verdict.evidence().get("rows_with_a_linear_curve"));
    assertEquals(-1, number(verdict, "weakest_correlation"), 1e-12);
    assertTrue(number(verdict, "correlation_of_concave_cells") < -0.9, "bent, and correlated");
  }

  @Test
  void theNullIsTheCorrelationBeforeTheTraining() {
    Verdict verdict = claim.judge(row(sweep(), 0, STRAIGHT).readings());
    double product = -3 * 2 - 2 * 2.4 - 1.9 + 2 + 2 * 2.5 + 3 * 2.1;
    double squares = 4 + 5.76 + 3.61 + 5.29 + 4 + 6.25 + 4.41 - 15.2 * 15.2 / 7;
    assertEquals(
        product / Math.sqrt(28 * squares), number(verdict, "correlation_untrained"), 1e-12);
  }

  @Test
  void theWeakestRowDecides() {
    Verdict between = claim.judge(row(row(sweep(), 0, STRAIGHT), 0.4, PARABOLA).readings());
    assertEquals(Outcome.UNDECIDED, between.outcome(), between.sentence());
    assertEquals(OF_PARABOLA, number(between, "weakest_correlation"), 1e-12);
    assertEquals(1L, between.evidence().get("rows_with_a_linear_curve"));
    Verdict corner = claim.judge(row(row(sweep(), 0, CORNER), 0.4, STRAIGHT).readings());
    assertEquals(Outcome.FAILS, corner.outcome(), corner.sentence());
    assertEquals(-Math.sqrt(3.0 / 8), number(corner, "weakest_correlation"), 1e-12);
  }

  @Test
  void untrainedNetworksThatAreStraightLeaveNothingToExplain() {
    Verdict verdict = claim.judge(sweep().cell(0, 0, STRAIGHT, STRAIGHT, 0.8).readings());
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertEquals(-1, number(verdict, "correlation_untrained"), 1e-12);
  }

  @Test
  void withoutANullThereIsNoVerdict() {
    Recorded readings = SyntheticSweep.withoutNull(row(sweep(), 0, STRAIGHT).readings());
    assertEquals(Outcome.UNDECIDED, claim.judge(readings).outcome());
    assertFalse(claim.judge(readings).evidence().containsKey("correlation_untrained"));
  }

  @Test
  void unusableNumbersAreUndecided() {
    Recorded readings = row(sweep(), 0, STRAIGHT).readings();
    for (Status status : new Status[] {Status.RANK_DEFICIENT, Status.NOT_FINITE}) {
      Recorded unusable = SyntheticSweep.unusable(readings, "separation.log", 4, status);
      assertEquals(Outcome.UNDECIDED, claim.judge(unusable).outcome(), status.name());
    }
    Recorded missing = SyntheticSweep.unusable(readings, "separation.log", 4, Status.NOT_FINITE);
    assertFalse(claim.judge(missing).evidence().containsKey("weakest_correlation"));
    assertFalse(claim.judge(missing).sentence().contains("NaN"));
  }

  @Test
  void appliesToSweepsOfNonlinearNetworksWithAccuracies() {
    Recorded readings = row(sweep(), 0, STRAIGHT).readings();
    assertTrue(claim.appliesTo(readings));
    assertFalse(claim.appliesTo(new Recorded()));
    assertFalse(claim.appliesTo(SyntheticSweep.noSweep(readings)));
    assertFalse(
        claim.appliesTo(readings.changed(r -> r.quantity().equals("accuracy.test") ? null : r)));
    assertFalse(claim.appliesTo(row(sweep(), 1, STRAIGHT).readings()));
    assertFalse(
        claim.appliesTo(row(SyntheticSweep.of(LoadMeasure.TRACE_RATIO), 0, STRAIGHT).readings()));
  }
}
