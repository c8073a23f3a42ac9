package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all claims about phase diagrams have in common. */
class PhaseDiagramClaimsTest {
  private static final double[] NOISES = {0, 0.1, 0.3};

  private static final List<Claim> CLAIMS = PhaseDiagramClaims.all();

  /** A whole diagram by both measures. */
  private static Recorded sweep() {
    Recorded readings =
        SyntheticSweep.of(LoadMeasure.TRACE_RATIO)
            .row(0, NOISES, 0.6, 0.1, -0.5)
            .row(0.4, NOISES, 0.3, -0.1, -0.6)
            .row(1, NOISES, -0.2, -0.3, -0.4)
            .readings();
    List<Reading> measured = readings.of("separation.trace_ratio");
    for (Reading r : measured) {
      readings.add("separation.log", r.step(), r.layer(), r.replica(), r.value());
      readings.add("separation.log_compatible", r.step(), r.layer(), r.replica(), r.value());
    }
    return readings;
  }

  @Test
  void everyStatementStandsOnce() {
    assertEquals(11, CLAIMS.size());
    assertEquals(11, CLAIMS.stream().map(Claim::id).distinct().count());
    assertEquals(11, CLAIMS.stream().map(Claim::statement).distinct().count());
    for (Claim claim : CLAIMS) {
      assertTrue(claim.id().startsWith("spring-block/"), claim.id());
      assertTrue(claim.source().contains("Fathom's") || claim.id().endsWith("published-code"));
    }
  }

  @Test
  void aSweepIsJudgedByEveryClaimButThatOnThePublishedNetwork() {
    Recorded readings = sweep();
    List<String> silent =
        CLAIMS.stream().filter(claim -> !claim.appliesTo(readings)).map(Claim::id).toList();
    assertEquals(List.of("spring-block/matches-published-code"), silent);
    for (Claim claim : CLAIMS) {
      if (claim.appliesTo(readings)) {
        Verdict verdict = claim.judge(readings);
        assertEquals(claim.id(), verdict.claim());
        assertEquals(claim.source(), verdict.source());
        assertTrue(verdict.expected() != null && !verdict.evidence().isEmpty());
        assertFalse(verdict.sentence().isBlank() || verdict.sentence().contains("\n"));
        for (Object value : verdict.evidence().values()) {
          boolean kept =
              value instanceof Double || value instanceof Long || value instanceof String;
          assertTrue(kept, claim.id() + ": " + value.getClass());
        }
      }
    }
  }

  @Test
  void noneAppliesToATrainingOrASweepOverSomethingElse() {
    Recorded training = SyntheticSweep.noSweep(sweep());
    Recorded depths =
        sweep()
            .changed(r ->
                r.quantity().equals("axis.network.dropout")
                    ? Reading.ofNetwork("axis.network.depth", 0, r.replica(), r.value())
                    : r);
    for (Claim claim : CLAIMS) {
      assertFalse(claim.appliesTo(new Recorded()), claim.id());
      assertFalse(claim.appliesTo(training), claim.id());
      assertFalse(claim.appliesTo(depths), claim.id());
    }
  }

  @Test
  void nothingIsJudgedWhereEverythingDiverged() {
    Recorded diverged = sweep().changed(r -> r.step() > 0 ? null : r);
    for (Claim claim : CLAIMS) {
      if (claim.appliesTo(diverged)) {
        Verdict verdict = claim.judge(diverged);
        assertEquals(Verdict.Outcome.UNDECIDED, verdict.outcome(), claim.id());
        assertFalse(verdict.sentence().contains("NaN"), verdict.sentence());
      }
    }
  }
}
