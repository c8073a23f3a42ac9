package io.github.fathomlab.claims.renormalization;

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

/**
 * The verdict on the flow of reconstructions, on a small study and on readings spoilt on purpose.
 */
class RbmFlowTest {
  private static final RbmFlow CLAIM = new RbmFlow();
  private static final Recorded STUDY = new Recorded();
  private static final int TRAININGS = 3;

  /**
   * Three trainings, shorter than those of the study and still within its gate, each counted three
   * times: enough for what the verdict does with its seeds.
   */
  @BeforeAll
  static void perform() {
    RbmFlowStudy.perform(
        TRAININGS,
        7000,
        500,
        reading -> {
          for (int copy = 0; copy < 3; copy++) {
            STUDY.add(
                new Reading(
                    reading.quantity(),
                    reading.step(),
                    reading.layer(),
                    reading.layerName(),
                    reading.replica() + TRAININGS * copy,
                    reading.value(),
                    reading.status(),
                    reading.standardError()));
          }
        });
  }

  private static Recorded with(String quantity, DoubleUnaryOperator change) {
    return STUDY.changed(r ->
        r.quantity().equals(quantity)
            ? Reading.ofNetwork(quantity, r.step(), r.replica(), change.applyAsDouble(r.value()))
            : r);
  }

  @Test
  void theFlowEndsAtTheCouplingOfTheTraining() {
    assertTrue(CLAIM.appliesTo(STUDY));
    assertFalse(CLAIM.appliesTo(new Recorded()));
    Verdict verdict = CLAIM.judge(STUDY);
    assertEquals(Outcome.FAILS, verdict.outcome(), verdict.sentence());
    assertFalse(verdict.surprising());
    for (String start : new String[] {"below", "above"}) {
      assertEquals("FAIL", verdict.evidence().get("cell/from " + start + ", to 0/word"));
      assertEquals("PASS", verdict.evidence().get("cell/from " + start + ", to K/word"));
    }
    assertTrue(verdict.sentence().contains("this is the coupling of the training"));
  }

  @Test
  void theFlowComesFromBothSides() {
    for (int seed = 0; seed < TRAININGS; seed++) {
      assertTrue(value("rbm.below", 1, seed) < value("rbm.below", 10, seed));
      assertTrue(value("rbm.above", 1, seed) > value("rbm.above", 10, seed));
      assertTrue(value("rbm.signs", 1, seed) > RbmFlowStudy.TRAINED + 0.1);
      assertTrue(
          value("rbm.divergence", 0, seed) < 0.01 * value("rbm.untrained_divergence", 0, seed));
    }
    assertEquals(RbmFlowStudy.BELOW, value("rbm.below", 0, 0), 0.05);
  }

  private static double value(String quantity, long step, int seed) {
    return STUDY.of(quantity).stream()
        .filter(r -> r.step() == step && r.replica() == seed)
        .mapToDouble(Reading::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneStartAtZeroDoesNotSaveTheClaim() {
    Verdict verdict = CLAIM.judge(with("rbm.below", k -> 0.01 * k));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("nor is this"), verdict.sentence());
  }

  @Test
  void aFlowToZeroThatUntrainedMachinesShareDecidesNothing() {
    Recorded zero =
        STUDY.changed(r ->
            r.quantity().equals("rbm.below") || r.quantity().equals("rbm.above")
                ? Reading.ofNetwork(r.quantity(), r.step(), r.replica(), 0.001)
                : r);
    Verdict verdict = CLAIM.judge(zero);
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  @Test
  void withoutTrainingOrNullNothingIsDecided() {
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(with("rbm.divergence", d -> d + 0.05)).outcome());
    assertEquals(
        Outcome.UNDECIDED, CLAIM.judge(with("rbm.untrained_above", k -> k + 0.2)).outcome());
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(with("rbm.above", _ -> Double.NaN)).outcome());
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(new Recorded()).outcome());
  }
}
