package io.github.fathomlab.claims.renormalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Targets;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The verdict on the stack, on a shorter study and on readings spoilt on purpose. */
class StackedDecimationTest {
  private static final StackedDecimation CLAIM = new StackedDecimation();
  private static final Recorded STUDY = new Recorded();
  private static final int PAIRS = StackCell.ALL.indexOf(StackCell.PAIRS);
  private static final int FOURS = StackCell.ALL.indexOf(StackCell.FOURS);

  @BeforeAll
  static void perform() {
    StackStudy.perform(1 << 18, 700, STUDY::add);
  }

  /** One quantity of one cell and level changed. */
  private static Recorded with(String quantity, int cell, int level, DoubleUnaryOperator change) {
    return STUDY.changed(r ->
        r.quantity().equals(quantity) && r.layer() == cell && r.step() == level
            ? with(r, change.applyAsDouble(r.value()))
            : r);
  }

  private static Reading with(Reading r, double value) {
    return new Reading(
        r.quantity(),
        r.step(),
        r.layer(),
        r.layerName(),
        r.replica(),
        value,
        Double.isNaN(value) ? Status.ZERO_VARIANCE : Status.OK,
        r.standardError());
  }

  private static Object evidence(Verdict verdict, String key) {
    return verdict.evidence().getOrDefault("cell/" + key, "none");
  }

  @Test
  void theStackDecimates() {
    assertTrue(CLAIM.appliesTo(STUDY));
    assertFalse(CLAIM.appliesTo(new Recorded()));
    Verdict verdict = CLAIM.judge(STUDY);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertFalse(verdict.surprising());
    assertEquals("PASS", evidence(verdict, "b = 4, K = 1.2, level 1/word"));
    assertEquals("PASS", evidence(verdict, "b = 4, K = 1.2, level 2/word"));
    assertEquals(16L, evidence(verdict, "b = 4, K = 1.2, level 2/seeds"));
    for (int level = 1; level <= 5; level++) {
      String label = "b = 2, K = 1.5, level " + level;
      assertEquals("PASS_NONDISCRIMINATING", evidence(verdict, label + "/word"));
    }
    assertTrue(verdict.evidence().containsKey("cell/majority of 3, K = 1.5, level 2/word"));
  }

  @Test
  void thePredictionIsTheFlow() {
    double t = Math.tanh(1.2);
    assertArrayEquals(
        new double[] {t, Math.pow(t, 4), Math.pow(t, 16)}, StackCell.FOURS.exact(), 1e-14);
    double pairs = Math.tanh(1.5);
    assertEquals(Math.pow(pairs, 32), StackCell.PAIRS.exact()[5], 1e-14);
    // Key iterated_block_rule of the reference vectors: K = 1.5, b = 3, majority.
    assertArrayEquals(
        new double[] {0.9051482536448665, 0.7489713340183672, 0.4455394782212317},
        StackCell.MAJORITY.exact(),
        1e-12);
  }

  @Test
  void layersLearnWhatTheCellSays() {
    byte[] spins = {1, -1, -1, 1, 1, 1, -1, -1, -1};
    Dataset next = StackCell.PAIRS.windows(spins);
    assertArrayEquals(new double[] {1, -1, -1, 1, 1, 1, -1, -1}, next.inputs());
    assertArrayEquals(new double[] {-1, 1, -1, -1}, ((Targets.Values) next.targets()).values());
    Dataset majority = StackCell.MAJORITY.windows(spins);
    assertArrayEquals(new double[] {1, -1, -1, 1, 1, 1}, majority.inputs());
    assertArrayEquals(new double[] {-1, 1}, ((Targets.Values) majority.targets()).values());
    // Patterns by bits of the spins that are down: (+-), (-+), (++), (--).
    assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, StackCell.PAIRS.frequencies(spins), 0);
    assertEquals(0.7, StackCell.PAIRS.best(0b01, 0.7));
    assertEquals(-0.7, StackCell.PAIRS.best(0b10, 0.7));
    assertEquals(1, StackCell.MAJORITY.best(0b100, 0.7));
    assertEquals(-1, StackCell.MAJORITY.best(0b101, 0.7));
  }

  @Test
  void anotherCouplingFails() {
    assertEquals(
        Outcome.FAILS,
        CLAIM.judge(with("stack.correlation", FOURS, 1, rho -> rho + 0.03)).outcome());
    // Within the tolerance, yet far outside the errors of sampling.
    Verdict shifted = CLAIM.judge(with("stack.correlation", FOURS, 1, rho -> rho + 0.015));
    assertEquals(Outcome.FAILS, shifted.outcome());
    assertTrue(shifted.sentence().contains("combined standard errors"), shifted.sentence());
  }

  @Test
  void aLayerThatHasNotLearntDecidesNothing() {
    Verdict verdict = CLAIM.judge(with("stack.excess", FOURS, 2, excess -> excess + 0.01));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("least error"), verdict.sentence());
  }

  @Test
  void anUntrainedStackThatDecimatesDecidesNothing() {
    double exact = StackCell.FOURS.exact()[1];
    Verdict verdict =
        CLAIM.judge(
            with("stack.untrained_correlation", FOURS, 1, rho -> exact + (rho - exact) / 20));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("untrained"), verdict.sentence());
  }

  @Test
  void theTrapHasToBeSeen() {
    Verdict verdict = CLAIM.judge(with("stack.untrained_correlation", PAIRS, 1, rho -> rho - 0.2));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("not understood"), verdict.sentence());
  }

  @Test
  void missingLevelsDecideNothing() {
    for (int cell : List.of(PAIRS, FOURS)) {
      Recorded without =
          STUDY.changed(r ->
              r.quantity().equals("stack.excess") && r.layer() == cell && r.step() == 2 ? null : r);
      assertEquals(Outcome.UNDECIDED, CLAIM.judge(without).outcome());
    }
    assertEquals(
        Outcome.UNDECIDED,
        CLAIM.judge(with("stack.correlation", FOURS, 2, _ -> Double.NaN)).outcome());
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(new Recorded()).outcome());
  }

  @Test
  void theStudyIsAPureFunction() {
    Recorded one = new Recorded();
    Recorded two = new Recorded();
    StackStudy.perform(1 << 12, 10, one::add);
    StackStudy.perform(1 << 12, 10, two::add);
    for (String quantity : one.quantities()) {
      assertEquals(one.of(quantity), two.of(quantity));
    }
    assertEquals(STUDY.quantities(), one.quantities());
  }
}
