package io.github.fathomlab.claims.renormalization;

import static io.github.fathomlab.claims.renormalization.WolffMatchesKaufmanTest.evidence;
import static io.github.fathomlab.claims.renormalization.WolffMatchesKaufmanTest.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The verdict on the thermal exponent, on a small study and on readings spoilt on purpose. */
class McrgExponentTest {
  private static final McrgExponent CLAIM = new McrgExponent();
  private static final Recorded STUDY = new Recorded();

  @BeforeAll
  static void perform() {
    McrgStudy.perform(32, 30_000, STUDY::add);
  }

  @Test
  void threeCouplingsSeeTheExponentAndOneDoesNot() {
    assertTrue(CLAIM.appliesTo(STUDY));
    Verdict verdict = CLAIM.judge(STUDY);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals(0.9677, evidence(verdict, "exponent_at_0"), 0.025);
    assertEquals(0.9997, evidence(verdict, "exponent_at_1"), 0.025);
    assertEquals(0.9969, evidence(verdict, "exponent_at_2"), 0.03);
    assertTrue(evidence(verdict, "null_at_2") < 0.97);
    assertEquals(4, STUDY.of("ising2d.blocked_energy").size());
  }

  @Test
  void theFirstBlockingIsShownButNotJudged() {
    Verdict verdict = CLAIM.judge(with(STUDY, "exponent", 0, _ -> 0.5, e -> e));
    assertEquals(Outcome.HOLDS, verdict.outcome());
    assertEquals(0.5, evidence(verdict, "exponent_at_0"));
  }

  @Test
  void anotherExponentAtAnyLaterBlockingFailsIt() {
    for (long k = 1; k <= 2; k++) {
      Verdict verdict = CLAIM.judge(with(STUDY, "exponent", k, y -> y + 0.08, e -> e));
      assertEquals(Outcome.FAILS, verdict.outcome());
      assertTrue(verdict.sentence().startsWith("At blocking " + k), verdict.sentence());
    }
  }

  @Test
  void aTruncationThatIsNotSeenIsUndecided() {
    Verdict verdict = CLAIM.judge(with(STUDY, "exponent_near", 2, _ -> 0.99, e -> e));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("neighbours alone"), verdict.sentence());
  }

  @Test
  void largeErrorsAreUndecided() {
    Verdict verdict = CLAIM.judge(with(STUDY, "exponent", 1, _ -> 1, _ -> 0.02));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("use more lattices"), verdict.sentence());
  }

  @Test
  void missingReadingsAreUndecided() {
    assertFalse(CLAIM.appliesTo(new Recorded()));
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(new Recorded()).outcome());
    Recorded one = STUDY.changed(r -> r.step() > 1 ? null : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(one).outcome());
    Recorded noNull = STUDY.changed(r -> r.quantity().equals("ising2d.exponent_near") ? null : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(noNull).outcome());
  }
}
