package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatCutTruncatesTest {
  private static final String EXACT = "separation.log";
  private static final String COMPATIBLE = "separation.log_compatible";
  private static final double[] NOISES = {0, 0.3};

  private final FloatCutTruncates claim = new FloatCutTruncates();

  /** Slopes 0 and 1, two noises, three seeds: the noisiest linear networks are 9, 10 and 11. */
  private static Recorded sweep() {
    Recorded readings =
        SyntheticSweep.of(LoadMeasure.LOG)
            .seeds(3, 0, 0)
            .row(0, NOISES, 0, 0)
            .row(1, NOISES, 0, 0)
            .readings();
    List<Reading> exact = readings.of(EXACT);
    for (Reading r : exact) {
      readings.add(COMPATIBLE, r.step(), r.layer(), r.replica(), r.value());
    }
    return readings;
  }

  /** One representation at the end of a replica loses a direction. */
  private static Recorded cut(Recorded readings, String quantity, int replica) {
    return SyntheticSweep.unusable(readings, quantity, replica, Status.RANK_DEFICIENT);
  }

  @Test
  void aDirectionLostInTheNoisiestLinearNetworksHolds() {
    Verdict verdict = claim.judge(cut(cut(sweep(), COMPATIBLE, 9), COMPATIBLE, 11));
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals(3L, verdict.evidence().get("trainings"));
    assertEquals(2L, verdict.evidence().get("truncated_in_float32"));
    assertEquals(0L, verdict.evidence().get("truncated_in_float64"));
  }

  @Test
  void directionsLostElsewhereDoNotCount() {
    Recorded readings = sweep();
    for (int replica = 0; replica < 9; replica++) {
      readings = cut(readings, COMPATIBLE, replica);
    }
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.FAILS, verdict.outcome(), verdict.sentence());
    assertEquals(0L, verdict.evidence().get("truncated_in_float32"));
    Recorded before = sweep().add(COMPATIBLE, 0, 8, 9, 1, Status.RANK_DEFICIENT);
    assertEquals(Outcome.FAILS, claim.judge(before).outcome(), "nor before the training");
  }

  @Test
  void directionsThatAreLostInFloat64TooAreUndecided() {
    Verdict verdict = claim.judge(cut(cut(sweep(), COMPATIBLE, 9), EXACT, 10));
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), verdict.sentence());
    assertEquals(1L, verdict.evidence().get("truncated_in_float64"));
  }

  @Test
  void trainingsWithoutAnEndAreNoTrainings() {
    Recorded readings = cut(sweep(), COMPATIBLE, 9);
    Recorded lost = readings.changed(r -> r.step() > 0 && r.replica() == 10 ? null : r);
    assertEquals(2L, claim.judge(lost).evidence().get("trainings"));
    assertFalse(claim.appliesTo(readings.changed(r -> r.step() > 0 && r.replica() > 8 ? null : r)));
  }

  @Test
  void appliesToSweepsOverDropoutWithLinearNetworks() {
    Recorded readings = sweep();
    assertTrue(claim.appliesTo(readings));
    assertFalse(claim.appliesTo(new Recorded()));
    assertFalse(claim.appliesTo(SyntheticSweep.noSweep(readings)));
    assertFalse(claim.appliesTo(readings.changed(r -> r.quantity().equals(COMPATIBLE) ? null : r)));
    assertFalse(claim.appliesTo(readings.changed(r -> r.quantity().equals(EXACT) ? null : r)));
    assertFalse(claim.appliesTo(readings.changed(r -> r.replica() >= 6 ? null : r)), "nonlinear");
  }

  /** A sweep that keeps every moment: only the end of a training counts. */
  @Test
  void momentsBeforeTheEndDoNotCount() {
    Recorded readings = sweep();
    long end = readings.of(EXACT).stream().mapToLong(Reading::step).max().orElseThrow();
    for (int layer = 0; layer < 3; layer++) {
      readings.add(COMPATIBLE, end - 1, layer, 9, Double.NaN, Status.RANK_DEFICIENT);
    }
    assertEquals(0L, claim.judge(readings).evidence().get("truncated_in_float32"));
    assertEquals(3L, claim.judge(readings).evidence().get("trainings"));
  }

  @Test
  void doesNotMixCases() {
    assertFalse(claim.appliesTo(sweep().add("axis.case", 0, Reading.WHOLE_NETWORK, 9, 1)));
  }
}
