package io.github.fathomlab.claims.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdict on the collapse over depth, on the small study and on readings spoilt on purpose. */
class FieldCollapseTest {
  private static final FieldCollapse CLAIM = new FieldCollapse();
  private static final Recorded STUDY = new Recorded();

  @BeforeAll
  static void perform() {
    new FieldCollapseStudy().perform(true, STUDY::add);
  }

  private static double evidence(Verdict verdict, String key) {
    return (Double) verdict.evidence().getOrDefault(key, Double.NaN);
  }

  /** One quantity of one replica with another value. */
  private static Recorded with(String quantity, int replica, double value) {
    return STUDY.changed(r ->
        r.quantity().equals(quantity) && r.replica() == replica
            ? new Reading(
                quantity,
                r.step(),
                r.layer(),
                r.layerName(),
                replica,
                value,
                Double.isNaN(value) ? Status.NOT_FINITE : Status.OK,
                r.standardError())
            : r);
  }

  @Test
  void theStudyCollapses() {
    assertTrue(CLAIM.appliesTo(STUDY));
    Verdict verdict = CLAIM.judge(STUDY);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals("bulk-boundary/field-collapse", verdict.claim());
    assertFalse(verdict.surprising());
    for (String part : List.of("energy", "current", "loss", "output")) {
      assertEquals(1.05, evidence(verdict, "order_" + part), 0.1, part);
      assertEquals(2.05, evidence(verdict, "midpoint_order_" + part), 0.1, part);
    }
    assertEquals(0.5, evidence(verdict, "order_energy_null"), 0.2);
    assertEquals(0.5, evidence(verdict, "order_current_null"), 0.25);
    assertTrue(evidence(verdict, "roughness") < 0.01);
    assertEquals(2, evidence(verdict, "roughness_null"), 0.5);
  }

  @Test
  void curvesOfAllDepthsAreRecorded() {
    for (String quantity : List.of("field.energy", "field.current")) {
      int cuts = quantity.equals("field.current") ? 1 : 0;
      assertEquals(2 * (16 + 32 + 64 + 3 * cuts), STUDY.of(quantity).size());
    }
    assertTrue(
        STUDY.of("field.current").stream()
            .filter(reading -> reading.layer() == 0)
            .allMatch(reading -> reading.value() == 0));
    assertEquals(6, STUDY.of("field.roughness").size());
  }

  @Test
  void theStudyIsAPureFunction() {
    Recorded again = new Recorded();
    new FieldCollapseStudy().perform(true, again::add);
    assertEquals(STUDY.quantities(), again.quantities());
    for (String quantity : STUDY.quantities()) {
      assertEquals(STUDY.of(quantity), again.of(quantity));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "field.order_energy",
        "field.order_current",
        "field.order_loss",
        "field.midpoint_order_energy",
        "field.midpoint_order_output"
      })
  void anotherOrderFailsItAndIsNamed(String quantity) {
    Verdict verdict = CLAIM.judge(with(quantity, 0, 0.55));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains(quantity + " is 0.55"), verdict.sentence());
    assertTrue(verdict.surprising());
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(with(quantity, 0, Double.NaN)).outcome());
  }

  /** A rough field that collapses like a smooth one would say that the test sees nothing. */
  @Test
  void aNullThatCollapsesIsUndecided() {
    Verdict verdict = CLAIM.judge(with("field.order_current", 1, 0.97));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("0.97"), verdict.sentence());
  }

  @Test
  void missingReadingsAreUndecided() {
    assertFalse(CLAIM.appliesTo(new Recorded()));
    Verdict empty = CLAIM.judge(new Recorded());
    assertEquals(Outcome.UNDECIDED, empty.outcome());
    assertEquals(1, empty.evidence().size());
    assertEquals(
        Outcome.UNDECIDED, CLAIM.judge(STUDY.changed(r -> r.replica() == 1 ? null : r)).outcome());
    assertEquals(
        Outcome.UNDECIDED,
        CLAIM.judge(STUDY.changed(r -> r.quantity().contains("midpoint") ? null : r)).outcome());
  }
}
