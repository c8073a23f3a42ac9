package io.github.fathomlab.claims.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.kernels.Precision;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The verdicts on the books of a whole run, on readings made for them. */
class BooksCloseTest {
  private static final int NETWORK = Reading.WHOLE_NETWORK;

  private final BooksClose claim = new BooksClose(Precision.FLOAT64);

  /** Two replicas, three steps, two layers; each gives back 0.1 per step and layer of E_0 = 2. */
  private static Recorded books(double error, double residual) {
    Recorded readings = new Recorded();
    for (int replica = 0; replica < 2; replica++) {
      for (long step = 0; step < 3; step++) {
        readings.add("ledger.balance", step, NETWORK, replica, error * step);
        readings.add("ledger.energy", step, NETWORK, replica, 2 - 0.1 * step);
        readings.add("ledger.secant_residual", step, NETWORK, replica, residual);
        for (int layer = 0; layer < 2; layer++) {
          readings.add("ledger.curvature", step, layer, replica, 0.1);
        }
      }
    }
    return readings;
  }

  @Test
  void closedBooksHoldBesideTheirNull() {
    Verdict verdict = claim.judge(books(1e-15, 3e-15));
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals(2e-15, verdict.evidence().get("largest_closing_error"));
    assertEquals(
        0.3, (double) Objects.requireNonNull(verdict.evidence().get("closing_error_null")), 1e-15);
    assertFalse(verdict.surprising());
  }

  @Test
  void anErrorInEitherFails() {
    assertEquals(Outcome.FAILS, claim.judge(books(1e-9, 3e-15)).outcome());
    Verdict verdict = claim.judge(books(1e-15, 3e-9));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("3.0e-09"), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  @Test
  void partialBooksAreUndecidedAndSayWhatToDo() {
    Recorded readings = books(1e-15, 3e-15);
    readings.add("ledger.balance", 9, NETWORK, 0, Double.NaN, Status.PARTIAL);
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("measure.ledger.secant"), verdict.sentence());
  }

  @Test
  void withoutAForwardPassNothingIsDecided() {
    Recorded readings = new Recorded();
    readings.add("ledger.balance", 0, NETWORK, 0, 1e-16);
    assertTrue(claim.appliesTo(readings));
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("ledger.secant_residual"), verdict.sentence());
    assertFalse(claim.appliesTo(new Recorded()));
  }

  @Test
  void floatsHaveTheirOwnTolerance() {
    assertEquals(
        Outcome.HOLDS, new BooksClose(Precision.FLOAT32).judge(books(1e-7, 1e-7)).outcome());
  }
}
