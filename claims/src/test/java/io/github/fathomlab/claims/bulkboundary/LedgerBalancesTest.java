package io.github.fathomlab.claims.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.kernels.Precision;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three verdicts on the ledger's balance, on readings made for them. */
class LedgerBalancesTest {
  private static final String RESIDUAL = "ledger.audit_residual";
  private static final String CONTROL = "ledger.audit_control";
  private static final String DISSIPATION = "ledger.dissipation";

  private final LedgerBalances claim = new LedgerBalances(Precision.FLOAT64);

  /** Three audits of two replicas with three layers, layer 1 moved too far in the control. */
  private static Recorded audits(double residual, double control) {
    Recorded readings = new Recorded();
    for (long step = 0; step <= 20; step += 10) {
      for (int replica = 0; replica < 2; replica++) {
        for (int layer = 0; layer < 3; layer++) {
          readings.add(RESIDUAL, step, layer, replica, residual / (1 + layer + step));
          readings.add(
              CONTROL, step, layer, replica, layer == 1 ? control : residual / (1 + layer));
          readings.add(DISSIPATION, step, layer, replica, 1e-3 * (1 + layer + step));
        }
      }
    }
    return readings;
  }

  @Test
  void aBalancedLedgerHolds() {
    Recorded readings = audits(3e-16, 4e-4);
    assertTrue(claim.appliesTo(readings));
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals("bulk-boundary/ledger-balances", verdict.claim());
    assertEquals(3e-16, verdict.evidence().get("largest_residual"));
    assertEquals(4e-4, verdict.evidence().get("largest_residual_null"), "the null beside it");
    assertEquals(1e-3, verdict.evidence().get("smallest_dissipation"));
    assertEquals(6L, verdict.evidence().get("audits"));
    assertEquals(0L, verdict.evidence().get("blind_audits"));
    assertTrue(verdict.sentence().contains("3.0e-16, below 1e-13"), verdict.sentence());
    assertTrue(verdict.sentence().contains("4.0e-04"), verdict.sentence());
    assertFalse(verdict.surprising());
  }

  @Test
  void oneRedLayerFailsItAndIsNamed() {
    Recorded readings = audits(3e-16, 4e-4).add(RESIDUAL, 15, 2, 1, 2.5e-9);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(
        verdict.sentence().contains("2.5e-09 at step 15 in layer 2 (layer 2) of replica 1"),
        verdict.sentence());
    assertEquals(2.5e-9, verdict.evidence().get("largest_residual"));
    assertTrue(verdict.surprising());
  }

  @Test
  void aResidualAtTheToleranceFails() {
    assertEquals(Outcome.FAILS, claim.judge(audits(1e-13, 1e-3)).outcome());
    assertEquals(Outcome.HOLDS, claim.judge(audits(Math.nextDown(1e-13), 1e-3)).outcome());
  }

  @Test
  void theToleranceIsThatOfThePrecision() {
    Recorded readings = audits(1e-8, 1e-3);
    assertEquals(Outcome.FAILS, claim.judge(readings).outcome());
    assertEquals(Outcome.HOLDS, new LedgerBalances(Precision.FLOAT32).judge(readings).outcome());
  }

  @Test
  void negativeDissipationFailsItAndIsNamed() {
    Verdict verdict = claim.judge(audits(3e-16, 4e-4).add(DISSIPATION, 13, 1, 0, -1e-9));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(
        verdict.sentence().contains("dissipation is negative, -1.0e-09 at step 13 in layer 1"),
        verdict.sentence());
    assertEquals(-1e-9, verdict.evidence().get("smallest_dissipation"));
  }

  @Test
  void nothingAuditedIsUndecided() {
    Recorded readings = new Recorded().add(DISSIPATION, 0, 0, 0, 1);
    assertFalse(claim.appliesTo(readings));
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertEquals(
        Set.of("tolerance", "audits", "blind_audits", "smallest_dissipation"),
        verdict.evidence().keySet());
    assertEquals(Outcome.UNDECIDED, claim.judge(new Recorded()).outcome());
  }

  @Test
  void aBlindControlIsUndecided() {
    Verdict verdict = claim.judge(audits(3e-16, 9e-14));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertEquals(6L, verdict.evidence().get("blind_audits"));
    assertTrue(verdict.sentence().contains("0 of 6 audits"), verdict.sentence());
  }

  /** Of n audits, how many may be blind. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 9})
  void halfOfTheAuditsMustSee(int audits) {
    for (int blind = 0; blind <= audits; blind++) {
      Recorded readings = new Recorded();
      for (int step = 0; step < audits; step++) {
        readings
            .add(RESIDUAL, step, 0, 0, 1e-17)
            .add(CONTROL, step, 0, 0, step < blind ? 1e-16 : 1e-3);
      }
      Outcome expected = 2 * blind > audits ? Outcome.UNDECIDED : Outcome.HOLDS;
      assertEquals(expected, claim.judge(readings).outcome(), blind + " of " + audits);
    }
  }

  @Test
  void aMissingControlIsUndecided() {
    Verdict verdict = claim.judge(new Recorded().add(RESIDUAL, 0, 0, 0, 1e-17));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertFalse(verdict.evidence().containsKey("largest_residual_null"));
  }

  @Test
  void aControlThatIsNoNumberSawNothing() {
    Recorded readings = new Recorded().add(RESIDUAL, 0, 0, 0, 1e-17);
    readings.add(CONTROL, 0, 0, 0, Double.NaN, Status.NOT_FINITE);
    assertEquals(Outcome.UNDECIDED, claim.judge(readings).outcome());
  }

  @Test
  void aResidualThatIsNoNumberIsUndecidedUnlessAnotherFails() {
    Recorded readings = audits(3e-16, 4e-4).add(RESIDUAL, 20, 5, 0, Double.NaN, Status.NOT_FINITE);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("at step 20 in layer 5"), verdict.sentence());
    assertTrue(verdict.sentence().contains(Status.NOT_FINITE.explanation()), verdict.sentence());
    assertEquals(Outcome.FAILS, claim.judge(readings.add(RESIDUAL, 30, 0, 0, 1e-3)).outcome());
    Recorded alone = new Recorded().add(RESIDUAL, 0, 0, 0, Double.NaN, Status.NOT_FINITE);
    assertEquals(Outcome.UNDECIDED, claim.judge(alone).outcome());
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void numbersAreWrittenTheSameWayEverywhere(Outcome outcome) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      Recorded readings =
          switch (outcome) {
            case HOLDS -> audits(3.1e-16, 4e-4);
            case FAILS -> audits(3.1e-9, 4e-4);
            case UNDECIDED -> audits(3.1e-16, 2e-15);
          };
      Verdict verdict = claim.judge(readings);
      assertEquals(outcome, verdict.outcome());
      assertTrue(verdict.sentence().contains("3.1e-"), verdict.sentence());
    } finally {
      Locale.setDefault(before);
    }
  }
}
