package io.github.fathomlab.claims.renormalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verdict on the sectors, on made-up readings; and what a tiny study records. */
class SquareSectorSelectionTest {
  private static final SquareSectorSelection CLAIM = new SquareSectorSelection();
  private static final int SEEDS = 8;

  private static Reading reading(String name, int seed, double value, double error) {
    return new Reading(
        "ising2d." + name, 0, Reading.WHOLE_NETWORK, "", seed, value, Status.OK, error);
  }

  /** Seeds whose trained slopes lie at a place, with a little scatter. */
  private static Recorded found(int seeds, double trained, double untrained, double excess) {
    Recorded recorded = new Recorded();
    recorded.add(reading("slope_energy", 0, -2.1, 0.05));
    recorded.add(reading("slope_magnetisation", 0, -0.17, 0.001));
    recorded.add(reading("loss_reference", 0, 0.512, Double.NaN));
    for (int seed = 0; seed < seeds; seed++) {
      double scatter = 0.002 * seed;
      recorded.add(reading("place_trained", seed, trained + scatter, 0.02));
      recorded.add(reading("place_untrained", seed, untrained - scatter, 0.002));
      recorded.add(reading("slope_trained", seed, -2.1 + 1.93 * trained, 0.03));
      recorded.add(reading("slope_trained_even", seed, -2.1, 0.03));
      recorded.add(reading("slope_untrained", seed, -2.1 + 1.93 * untrained, 0.03));
      recorded.add(reading("odd_trained", seed, 0.003, 0));
      recorded.add(reading("loss_trained", seed, 0.512 + excess, Double.NaN));
    }
    return recorded;
  }

  private static Verdict judge(double trained, double untrained, double excess) {
    return CLAIM.judge(found(SEEDS, trained, untrained, excess));
  }

  @Test
  void aSwitchOfSectorHolds() {
    Verdict verdict = judge(0.04, 1, -0.006);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals("PASS", verdict.evidence().get("word"));
    assertTrue(verdict.source().contains("Fathom's extension"));
    assertFalse(verdict.surprising());
  }

  @Test
  void aTrainingThatStaysInItsSectorFails() {
    Verdict verdict = judge(0.6, 1, -0.006);
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("Trained networks"), verdict.sentence());
    assertEquals(Outcome.FAILS, judge(0.1, 1, -0.006).outcome(), "a tenth is the limit");
  }

  @Test
  void anUntrainedNetworkElsewhereFails() {
    Verdict verdict = judge(0.02, 0.8, -0.006);
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("untrained"), verdict.sentence());
  }

  @Test
  void oneUntrainedNetworkWithAnotherOperatorDoesNotDecide() {
    Recorded odd =
        found(SEEDS, 0.04, 1, -0.006)
            .changed(r ->
                r.quantity().equals("ising2d.place_untrained") && r.replica() == 5
                    ? reading("place_untrained", 5, 0.33, 0.24)
                    : r);
    assertEquals(Outcome.HOLDS, CLAIM.judge(odd).outcome());
    Recorded none =
        odd.changed(r ->
            r.quantity().equals("ising2d.place_untrained") && r.replica() == 5
                ? new Reading(
                    r.quantity(), 0, -1, "", 5, Double.NaN, Status.TOO_FEW_SAMPLES, Double.NaN)
                : r);
    assertEquals(Outcome.HOLDS, CLAIM.judge(none).outcome());
  }

  @Test
  void doubts() {
    assertUndecided(found(SEEDS, 0.04, 1, 0.006), "loss lies 0.0060 above");
    assertUndecided(found(5, 0.04, 1, -0.006), "do not set trained networks apart");
    assertUndecided(
        found(SEEDS, 0.04, 1, -0.006)
            .changed(r ->
                r.quantity().equals("ising2d.place_trained")
                    ? reading("place_trained", r.replica(), r.value(), 0.05)
                    : r),
        "use more lattices");
    assertUndecided(
        found(SEEDS, 0.04, 1, -0.006)
            .changed(r ->
                r.quantity().equals("ising2d.slope_energy")
                    ? reading("slope_energy", 0, -0.9, 0.05)
                    : r),
        "apart, expected more than 1");
    assertUndecided(new Recorded(), "at least two seeds");
    assertFalse(CLAIM.appliesTo(new Recorded()));
  }

  private static void assertUndecided(Recorded readings, String because) {
    Verdict verdict = CLAIM.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertTrue(verdict.sentence().contains(because), verdict.sentence());
  }

  @Test
  void missingReadingsAreNeverAPass() {
    Recorded whole = found(SEEDS, 0.04, 1, -0.006);
    for (String name :
        List.of(
            "place_trained",
            "place_untrained",
            "loss_trained",
            "loss_reference",
            "slope_energy",
            "slope_magnetisation")) {
      Recorded without = whole.changed(r -> r.quantity().equals("ising2d." + name) ? null : r);
      assertEquals(Outcome.UNDECIDED, CLAIM.judge(without).outcome(), name);
    }
  }

  @Test
  void aTinyStudyRecordsAllOfItAndTrains() {
    Recorded study = new Recorded();
    SquareSectorStudy.perform(new SquareSectorStudy.Size(2, 12, 200, 64), study::add);
    for (String field : List.of("trained", "untrained")) {
      assertEquals(12, study.of("ising2d.correlation_" + field).size());
      assertEquals(2, study.of("ising2d.place_" + field).size());
      assertEquals(2, study.of("ising2d.odd_" + field).size());
    }
    for (Reading untrained : study.of("ising2d.odd_untrained")) {
      assertEquals(1, untrained.value(), 0.01, "without biases a tanh network is odd");
    }
    for (Reading trained : study.of("ising2d.odd_trained")) {
      assertTrue(trained.value() < 0.5, "training makes it even: " + trained.value());
    }
    for (Reading loss : study.of("ising2d.loss_trained")) {
      assertTrue(loss.value() < 0.6 && loss.value() > 0.4, "below ln 2: " + loss.value());
    }
  }

  @Test
  void theStudyIsAFunctionOfItsSize() {
    SquareSectorStudy.Size size = new SquareSectorStudy.Size(2, 2, 10, 64);
    List<Reading> once = new ArrayList<>();
    SquareSectorStudy.perform(size, once::add);
    List<Reading> again = new ArrayList<>();
    SquareSectorStudy.perform(size, again::add);
    assertEquals(once, again);
  }
}
