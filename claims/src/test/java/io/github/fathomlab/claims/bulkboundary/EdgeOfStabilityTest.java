package io.github.fathomlab.claims.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdict on the edge of stability, on a short study and on readings spoilt on purpose. */
class EdgeOfStabilityTest {
  private static final EdgeOfStability CLAIM = new EdgeOfStability();
  private static final Recorded STUDY = new Recorded();
  private static final int WINDOWS = 6;

  @BeforeAll
  static void perform() {
    EdgeStudy.perform(1, WINDOWS, STUDY::add);
  }

  /** One quantity of one replica otherwise, in all windows after a step. */
  private static Recorded with(
      String quantity, int replica, long after, DoubleUnaryOperator change) {
    return STUDY.changed(r ->
        r.quantity().equals(quantity) && r.replica() == replica && r.step() > after
            ? Reading.ofNetwork(quantity, r.step(), replica, change.applyAsDouble(r.value()))
            : r);
  }

  private static double evidence(Verdict verdict, String key) {
    return (Double) verdict.evidence().getOrDefault(key, Double.NaN);
  }

  @Test
  void theStudyReachesTheEdge() {
    assertTrue(CLAIM.appliesTo(STUDY));
    Verdict verdict = CLAIM.judge(STUDY);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertFalse(verdict.surprising());
    assertEquals(1, evidence(verdict, "smallest_ratio"), 0.01);
    assertEquals(1, evidence(verdict, "largest_sharpness"), 0.05);
    assertTrue(evidence(verdict, "largest_ratio_null") < 0.01);
    assertTrue(evidence(verdict, "largest_sharpness_null") < 0.15);
    assertTrue(evidence(verdict, "identity_error") < 1e-13);
    assertTrue(verdict.source().contains("2103.00065"));
  }

  @Test
  void everyWindowIsRecorded() {
    assertEquals(2 * WINDOWS, STUDY.of("edge.ratio").size());
    assertEquals(2 * (WINDOWS + 1), STUDY.of("edge.sharpness").size());
    assertTrue(STUDY.of("edge.dissipation").stream().allMatch(r -> r.value() > 0));
    double early = STUDY.of("edge.ratio").getFirst().value();
    assertTrue(early < 0.5, "before the edge it is far from 1: " + early);
  }

  /** The two rates differ in nothing but the rate: lr λ/2 starts in their proportion. */
  @Test
  void bothRatesStartFromOneNetwork() {
    double large = STUDY.of("edge.sharpness").get(0).value();
    double small = STUDY.of("edge.sharpness").get(1).value();
    assertEquals(0.15 / 0.02, large / small, 1e-9);
  }

  @Test
  void curvatureThatFallsShortFailsItAndIsNamed() {
    Verdict verdict = CLAIM.judge(with("edge.curvature", 0, 1200, q -> 0.93 * q));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("sum Q/sum D is 0.9"), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  @Test
  void anotherSharpnessFailsIt() {
    Verdict verdict = CLAIM.judge(with("edge.sharpness", 0, 0, s -> 0.7 * s));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("not at the edge"), verdict.sentence());
  }

  @Test
  void booksThatDoNotCloseFailIt() {
    Verdict verdict = CLAIM.judge(with("edge.identity", 1, 0, _ -> 1e-6));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("books"), verdict.sentence());
  }

  @Test
  void aNullThatLooksLikeTheEdgeIsUndecided() {
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(with("edge.sharpness", 1, 0, _ -> 0.9)).outcome());
    assertEquals(
        Outcome.UNDECIDED,
        CLAIM
            .judge(
                STUDY.changed(r ->
                    r.quantity().equals("edge.curvature") && r.replica() == 1
                        ? Reading.ofNetwork("edge.curvature", r.step(), 1, 1)
                        : r))
            .outcome());
  }

  @Test
  void aStartAtTheEdgeIsUndecided() {
    Recorded sharp =
        STUDY.changed(r ->
            r.quantity().equals("edge.sharpness") && r.step() == 0
                ? Reading.ofNetwork("edge.sharpness", 0, r.replica(), 0.99)
                : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(sharp).outcome());
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge.curvature", "edge.dissipation", "edge.sharpness", "edge.identity"})
  void missingReadingsAreUndecided(String quantity) {
    Recorded without = STUDY.changed(r -> r.quantity().equals(quantity) ? null : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(without).outcome());
    Recorded unusable = with(quantity, 0, 2000, _ -> Double.NaN);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(unusable).outcome());
  }

  @Test
  void nothingAtAllIsUndecided() {
    assertFalse(CLAIM.appliesTo(new Recorded()));
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(new Recorded()).outcome());
    Recorded largeAlone = STUDY.changed(r -> r.replica() == 1 ? null : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(largeAlone).outcome());
  }
}
