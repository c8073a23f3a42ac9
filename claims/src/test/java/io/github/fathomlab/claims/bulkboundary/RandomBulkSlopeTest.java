package io.github.fathomlab.claims.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The verdict on the random bulk, on the small study and on readings spoilt on purpose. */
class RandomBulkSlopeTest {
  private static final RandomBulkSlope CLAIM = new RandomBulkSlope();
  private static final Recorded STUDY = new Recorded();

  @BeforeAll
  static void perform() {
    new RandomBulkStudy().perform(true, STUDY::add);
  }

  private static Recorded with(String quantity, long step, DoubleUnaryOperator change) {
    return STUDY.changed(r ->
        r.quantity().equals(quantity) && r.step() == step
            ? Reading.ofNetwork(quantity, step, r.replica(), change.applyAsDouble(r.value()))
            : r);
  }

  private static Recorded without(String quantity) {
    return STUDY.changed(r -> r.quantity().equals(quantity) ? null : r);
  }

  private static double evidence(Verdict verdict, String key) {
    return (Double) verdict.evidence().getOrDefault(key, Double.NaN);
  }

  @Test
  void theStudyHasTheSlopeOfItsMap() {
    assertTrue(CLAIM.appliesTo(STUDY));
    Verdict verdict = CLAIM.judge(STUDY);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertFalse(verdict.surprising());
    assertEquals(0.702, evidence(verdict, "minus_log_chi1_at_0.80"), 5e-4);
    assertEquals(-0.201, evidence(verdict, "minus_log_chi1_at_1.80"), 5e-4);
    assertEquals(0.70, evidence(verdict, "slope_at_0.80"), 0.05);
    assertEquals(-0.19, evidence(verdict, "slope_at_1.80"), 0.05);
    assertTrue(evidence(verdict, "bend_null") < -0.1, "the null bends");
    assertEquals(8L, verdict.evidence().get("networks_at_1.30"));
  }

  @Test
  void everyLayerOfEveryNetworkIsRecorded() {
    assertEquals(5 * 8 * 24, STUDY.of("bulk.dissipation").size());
    assertTrue(
        STUDY.of("bulk.dissipation").stream()
            .allMatch(reading -> reading.status() == Status.OK && reading.value() > 0));
  }

  @Test
  void anotherSlopeFailsItAndIsNamed() {
    Verdict verdict = CLAIM.judge(with("bulk.slope", 2, slope -> slope + 0.2));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("At sigma_w = 1.30 the slope"), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  @Test
  void anotherMapFailsIt() {
    assertEquals(Outcome.FAILS, CLAIM.judge(with("bulk.chi1", 0, chi -> 1.2 * chi)).outcome());
  }

  @Test
  void aBendFailsItAndIsNamed() {
    Verdict verdict = CLAIM.judge(with("bulk.bend", 1, bend -> bend - 0.4));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("At sigma_w = 1.00 ln D is no line"));
  }

  @Test
  void aNullThatDoesNotBendIsUndecided() {
    Recorded straight =
        STUDY.changed(r ->
            r.quantity().equals("bulk.bend_null")
                ? Reading.ofNetwork(
                    "bulk.bend_null", r.step(), r.replica(), r.replica() % 2 == 0 ? 0.02 : -0.02)
                : r);
    Verdict verdict = CLAIM.judge(straight);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("where sigma_w varies"), verdict.sentence());
  }

  @Test
  void noisyNetworksAreUndecided() {
    Recorded noisy =
        STUDY.changed(r ->
            r.quantity().equals("bulk.slope")
                ? Reading.ofNetwork(
                    "bulk.slope",
                    r.step(),
                    r.replica(),
                    r.value() + (r.replica() % 2 == 0 ? 0.3 : -0.3))
                : r);
    Verdict verdict = CLAIM.judge(noisy);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("use more networks"), verdict.sentence());
  }

  @Test
  void missingReadingsAreUndecided() {
    assertFalse(CLAIM.appliesTo(new Recorded()));
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(new Recorded()).outcome());
    for (String quantity : STUDY.quantities()) {
      if (!quantity.equals("bulk.dissipation") && !quantity.equals("bulk.slope_null")) {
        assertEquals(Outcome.UNDECIDED, CLAIM.judge(without(quantity)).outcome(), quantity);
      }
    }
    Recorded two = STUDY.changed(r -> r.replica() > 1 ? null : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(two).outcome());
    Recorded unusable = with("bulk.slope", 3, _ -> Double.NaN);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(unusable).outcome());
  }
}
