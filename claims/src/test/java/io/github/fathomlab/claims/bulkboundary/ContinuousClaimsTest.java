package io.github.fathomlab.claims.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The claims on continuous time: on their studies, and on readings that were tampered with. */
class ContinuousClaimsTest {
  private static final List<Reading> SPLIT = quick(new SplitStudy());
  private static final List<Reading> CONTINUITY = quick(new ContinuityStudy());

  private static List<Reading> quick(Study study) {
    List<Reading> readings = new ArrayList<>();
    study.perform(true, readings::add);
    return readings;
  }

  private static Claim claim(String quantity) {
    return quantity.startsWith("split") ? new SplitExact() : new Continuity();
  }

  /** The study's readings without those of one quantity. */
  private static Recorded without(String quantity) {
    Recorded recorded = new Recorded();
    for (Reading r : quantity.startsWith("split") ? SPLIT : CONTINUITY) {
      if (!r.quantity().equals(quantity)) {
        recorded.add(r.quantity(), r.step(), r.layer(), r.replica(), r.value(), r.status());
      }
    }
    return recorded;
  }

  @Test
  void theSplitIsExact() {
    Verdict verdict = new SplitExact().judge(without("split.none"));
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertFalse(verdict.surprising());
    assertEquals(0.0, verdict.evidence().get("largest_bulk_response_input"));
    assertEquals(0.0, verdict.evidence().get("largest_bulk_response_target"));
    assertTrue(number(verdict, "median_backpropagation_null_batch_of_two") > 0.1);
    assertTrue(number(verdict, "largest_residual_backpropagation") < 1e-14);
  }

  @Test
  void theContinuityHolds() {
    Verdict verdict = new Continuity().judge(without("continuity.none"));
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertTrue(number(verdict, "largest_residual") < 2e-15, verdict.toString());
    assertTrue(number(verdict, "largest_balance_dop853") < 1e-13, verdict.toString());
    assertTrue(number(verdict, "median_residual_null_velocity") > 1e-5, verdict.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "split.residual_termwise, 1e-12",
    "split.residual_sitewise, 1e-6",
    "split.euler_lagrange, 1e-9",
    "split.backpropagation, 1",
    "split.bias_rate_spread, 1e-3",
    "split.bulk_response_input, 1e-300",
    "split.bulk_response_target, 1e-16",
    "continuity.residual, 1e-13",
    "continuity.balance_dop853, 1e-11",
    "continuity.order_rk4, 3.8",
    "continuity.order_rk4, 4.2",
    "continuity.order_difference, 1"
  })
  void aBadNumberFailsItsClaim(String quantity, double value) {
    Recorded readings = without(quantity).add(quantity, 0, 0, 0, value);
    Verdict verdict = claim(quantity).judge(readings);
    assertEquals(Outcome.FAILS, verdict.outcome(), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "split.residual_sitewise",
        "split.euler_lagrange",
        "split.bulk_response_input",
        "split.boundary_response_target",
        "split.bias_rate_spread_null",
        "split.backpropagation_null",
        "continuity.residual_null_velocity",
        "continuity.order_rk4",
        "continuity.balance_dop853",
        "continuity.balance_dop853_null",
        "continuity.order_difference"
      })
  void aMissingOrUnusableNumberLeavesItUndecided(String quantity) {
    Recorded readings = without(quantity);
    Verdict verdict = claim(quantity).judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertTrue(verdict.sentence().contains(quantity), verdict.sentence());
    readings.add(quantity, 0, 0, 0, Double.NaN, Status.NOT_FINITE);
    assertEquals(Outcome.UNDECIDED, claim(quantity).judge(readings).outcome());
  }

  @ParameterizedTest
  @CsvSource({
    "split.backpropagation_null, 1e-14",
    "split.bias_rate_spread_null, 1e-5",
    "split.boundary_response_input, 0",
    "continuity.residual_null_damping, 1e-15",
    "continuity.balance_dop853_null, 0"
  })
  void aBlindNullLeavesItUndecided(String quantity, double value) {
    Verdict verdict = claim(quantity).judge(without(quantity).add(quantity, 0, 0, 0, value));
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
  }

  @Test
  void withoutReadingsNothingApplies() {
    for (Claim claim : List.of(new SplitExact(), new Continuity())) {
      assertFalse(claim.appliesTo(new Recorded()));
      assertEquals(Outcome.UNDECIDED, claim.judge(new Recorded()).outcome());
      assertTrue(claim.source().contains("2511.02003"));
    }
  }

  @Test
  void theStudiesAreDeterministic() {
    assertEquals(SPLIT, quick(new SplitStudy()));
  }

  private static double number(Verdict verdict, String key) {
    return verdict.evidence().get(key) instanceof Double value ? value : Double.NaN;
  }
}
