package io.github.fathomlab.claims.rankcollapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;

/** The verdict of a claim on a synthetic sweep. */
final class Judged {
  private Judged() {}

  static Claim claim(String name) {
    return RankCollapseClaims.all().stream()
        .filter(claim -> claim.id().equals("rank-collapse/" + name))
        .findFirst()
        .orElseThrow();
  }

  static Verdict expect(Outcome outcome, SyntheticChains sweep, String name) {
    return expect(outcome, sweep.recorded, name);
  }

  static Verdict expect(Outcome outcome, Recorded readings, String name) {
    assertTrue(claim(name).appliesTo(readings), name);
    Verdict verdict = claim(name).judge(readings);
    assertEquals(outcome, verdict.outcome(), verdict.sentence());
    return verdict;
  }

  static void near(double expected, Verdict verdict, String evidence) {
    double found = assertInstanceOf(Double.class, verdict.evidence().get(evidence), evidence);
    assertEquals(expected, found, 1e-9, evidence);
  }

  static void says(Verdict verdict, String part) {
    assertTrue(verdict.sentence().contains(part), verdict.sentence());
  }
}
