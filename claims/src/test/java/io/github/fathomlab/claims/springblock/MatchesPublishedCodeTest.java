package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchesPublishedCodeTest {
  private static final String MEASURE = "separation.trace_ratio";

  private final MatchesPublishedCode claim = new MatchesPublishedCode(Outcome.HOLDS);

  private static SyntheticSweep sweep() {
    return SyntheticSweep.of(LoadMeasure.TRACE_RATIO);
  }

  /** The curves of the table, with the seeds of the sweep. */
  private static Recorded published(SyntheticSweep sweep) {
    for (PublishedCode cell : PublishedCode.CELLS) {
      sweep.cell(cell.slope(), cell.dropout(), new double[9], cell.traceRatios(), cell.accuracy());
    }
    return sweep.readings();
  }

  /** The table with something added to one representation at the end of some replicas. */
  private static Recorded moved(Recorded readings, int first, int end, int layer, double by) {
    return readings.changed(r ->
        r.quantity().equals(MEASURE)
                && r.step() > 0
                && r.layer() == layer
                && r.replica() >= first
                && r.replica() < end
            ? new Reading(
                MEASURE,
                r.step(),
                layer,
                r.layerName(),
                r.replica(),
                r.value() + by,
                r.status(),
                r.standardError())
            : r);
  }

  private static double number(Verdict verdict, String key) {
    return verdict.evidence().get(key) instanceof Double value ? value : Double.NaN;
  }

  @Test
  void theTableMatchesItselfAndNoOtherCell() {
    Recorded readings = sweep().cell(0.4, 0.2, new double[9], new double[9], 0.1).readings();
    assertFalse(claim.appliesTo(readings), "no cell of the table");
    Verdict verdict = claim.judge(published(sweep()));
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals(6L, verdict.evidence().get("cells"));
    assertEquals(6L, verdict.evidence().get("same_curve"));
    assertEquals(6L, verdict.evidence().get("same_accuracy"));
    assertEquals(6L, verdict.evidence().get("same_sign_of_tilt"));
    assertEquals(0L, verdict.evidence().get("same_curve_as_another_cell"));
    assertTrue(number(verdict, "largest_difference_over_bound") < 0.1);
    assertEquals(0, number(verdict, "accuracy_difference_slope_0.4_dropout_0.1"), 0.2);
    assertTrue(verdict.sentence().contains("0 of 30 pairs of different cells"));
  }

  /** The fourth representation of the first cell may differ by 0.1 + 3 0.0939/sqrt(3) = 0.2626. */
  @Test
  void aCurveMayDifferByItsBoundAndNoMore() {
    Recorded exact = published(sweep().seeds(3, 0, 0));
    double bound = 0.1 + 3 * 0.0939 / Math.sqrt(3);
    Verdict within = claim.judge(moved(exact, 0, 3, 3, 0.99 * bound));
    assertEquals(Outcome.HOLDS, within.outcome(), within.sentence());
    assertEquals(0.99, number(within, "largest_difference_over_bound"), 1e-9);
    Verdict beyond = claim.judge(moved(exact, 0, 3, 3, 1.01 * bound));
    assertEquals(Outcome.FAILS, beyond.outcome(), beyond.sentence());
    assertEquals(5L, beyond.evidence().get("same_curve"));
    assertEquals(1.01, number(beyond, "largest_difference_over_bound"), 1e-9);
  }

  @Test
  void anotherAccuracyFails() {
    PublishedCode cell = PublishedCode.CELLS.getFirst();
    for (double difference : new double[] {-0.011, 0.009, 0.011}) {
      Verdict verdict =
          claim.judge(
              sweep()
                  .seeds(3, 0, 0)
                  .cell(0, 0, new double[9], cell.traceRatios(), cell.accuracy() + difference)
                  .readings());
      boolean same = Math.abs(difference) < 0.01;
      assertEquals(same ? Outcome.HOLDS : Outcome.FAILS, verdict.outcome(), verdict.sentence());
      assertEquals(
          100 * difference, number(verdict, "accuracy_difference_slope_0.0_dropout_0.0"), 1e-9);
    }
  }

  @Test
  void seedsThatScatterSoMuchThatEveryTableMatchesAreUndecided() {
    Recorded exact = published(sweep().seeds(3, 0, 0));
    Recorded scattered = exact;
    for (int layer = 1; layer < 9; layer++) {
      for (int replica = 0; replica < 18; replica++) {
        scattered = moved(scattered, replica, replica + 1, layer, 3 * (replica % 3 - 1));
      }
    }
    Verdict verdict = claim.judge(scattered);
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertEquals(6L, verdict.evidence().get("same_curve"));
    assertEquals(30L, verdict.evidence().get("same_curve_as_another_cell"));
  }

  @Test
  void unusableNumbersAreUndecided() {
    Recorded readings = SyntheticSweep.unusable(published(sweep()), MEASURE, 3, Status.NOT_FINITE);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertEquals(5L, verdict.evidence().get("same_curve"));
    assertEquals(
        Outcome.FAILS, claim.judge(moved(readings, 5, 10, 4, 1)).outcome(), "another cell fails");
  }

  @Test
  void appliesToTheSameInputsAlone() {
    Recorded readings = published(sweep());
    assertTrue(claim.appliesTo(readings));
    assertFalse(claim.appliesTo(new Recorded()));
    assertFalse(claim.appliesTo(SyntheticSweep.noSweep(readings)));
    assertFalse(claim.appliesTo(moved(readings, 0, 30, 0, 0.1)), "other inputs");
    assertFalse(claim.appliesTo(published(sweep().seeds(2, 0, 0))), "two seeds");
    assertFalse(claim.appliesTo(published(sweep().over("optimizer.learning_rate"))));
    Recorded shallower =
        readings.changed(r -> r.quantity().equals(MEASURE) && r.layer() == 8 ? null : r);
    assertFalse(claim.appliesTo(shallower));
    assertFalse(
        claim.appliesTo(readings.changed(r -> r.quantity().equals("accuracy.test") ? null : r)));
  }

  @Test
  void theTableIsWhole() {
    List<PublishedCode> cells = PublishedCode.CELLS;
    assertEquals(6, cells.stream().map(c -> c.slope() + " " + c.dropout()).distinct().count());
    for (PublishedCode cell : cells) {
      assertEquals(9, cell.traceRatios().length);
      assertEquals(9, cell.deviations().length);
    }
  }
}
