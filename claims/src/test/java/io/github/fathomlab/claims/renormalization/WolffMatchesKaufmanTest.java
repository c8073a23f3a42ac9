package io.github.fathomlab.claims.renormalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The verdict on the cluster sampler, on small lattices and on readings spoilt on purpose. */
class WolffMatchesKaufmanTest {
  private static final WolffMatchesKaufman CLAIM = new WolffMatchesKaufman();
  private static final Recorded STUDY = new Recorded();

  @BeforeAll
  static void perform() {
    KaufmanStudy.perform(4000, new int[] {4, 16}, STUDY::add);
  }

  /** The same readings with other numbers of one quantity at one side. */
  static Recorded with(
      Recorded study,
      String quantity,
      long step,
      DoubleUnaryOperator value,
      DoubleUnaryOperator error) {
    return study.changed(r ->
        r.quantity().equals("ising2d." + quantity) && r.step() == step
            ? new Reading(
                r.quantity(),
                step,
                r.layer(),
                r.layerName(),
                r.replica(),
                value.applyAsDouble(r.value()),
                Status.OK,
                error.applyAsDouble(r.standardError()))
            : r);
  }

  static double evidence(Verdict verdict, String key) {
    return (Double) verdict.evidence().getOrDefault(key, Double.NaN);
  }

  @Test
  void theStudyHasTheExactEnergiesAndCatchesTheBias() {
    assertTrue(CLAIM.appliesTo(STUDY));
    Verdict verdict = CLAIM.judge(STUDY);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertFalse(verdict.surprising());
    assertEquals(0.78281, evidence(verdict, "exact_at_4"), 1e-5);
    assertEquals(0.72653, evidence(verdict, "exact_at_16"), 1e-5);
    assertEquals(0.743, evidence(verdict, "null_at_16"), 0.006);
    assertTrue(verdict.source().contains("Fathom's extension"));
  }

  @Test
  void anotherEnergyFailsItAndIsNamed() {
    Verdict verdict = CLAIM.judge(with(STUDY, "energy", 16, u -> u + 0.02, e -> e));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("At L = 16"), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  @Test
  void theBiasedRuleInItsPlaceFailsIt() {
    Recorded biased =
        STUDY.changed(r ->
            r.quantity().equals("ising2d.energy")
                ? STUDY.of("ising2d.energy_null").stream()
                    .filter(n -> n.step() == r.step())
                    .map(n ->
                        new Reading(
                            "ising2d.energy",
                            n.step(),
                            n.layer(),
                            "",
                            0,
                            n.value(),
                            n.status(),
                            n.standardError()))
                    .findFirst()
                    .orElseThrow()
                : r);
    assertEquals(Outcome.FAILS, CLAIM.judge(biased).outcome());
  }

  @Test
  void errorsThatHideTheBiasAreUndecided() {
    Verdict verdict = CLAIM.judge(with(STUDY, "energy_null", 4, u -> u, _ -> 0.05));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("use more lattices"), verdict.sentence());
  }

  @Test
  void missingReadingsAreUndecided() {
    assertFalse(CLAIM.appliesTo(new Recorded()));
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(new Recorded()).outcome());
    for (String quantity : STUDY.quantities()) {
      Recorded without =
          STUDY.changed(r -> r.quantity().equals(quantity) && r.step() == 4 ? null : r);
      Outcome expected =
          quantity.equals("ising2d.energy_exact") ? Outcome.HOLDS : Outcome.UNDECIDED;
      assertEquals(expected, CLAIM.judge(without).outcome(), quantity);
      Recorded none = STUDY.changed(r -> r.quantity().equals(quantity) ? null : r);
      assertEquals(Outcome.UNDECIDED, CLAIM.judge(none).outcome(), quantity);
    }
    Recorded noError = with(STUDY, "energy", 4, u -> u, _ -> Double.NaN);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(noError).outcome());
  }
}
