package io.github.fathomlab.claims.renormalization;

import static io.github.fathomlab.claims.renormalization.SyntheticCouplings.LAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class CouplingClaimsTest {
  private static final String ENVIRONMENT = "renormalization/environment-decimation";

  private final SyntheticCouplings sweep = new SyntheticCouplings();

  private static Claim claim(String id) {
    return CouplingClaims.all().stream()
        .filter(claim -> claim.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Verdict judge(String id) {
    Claim claim = claim(id);
    assertTrue(claim.appliesTo(sweep.recorded));
    return claim.judge(sweep.recorded);
  }

  private SyntheticCouplings environment(String name, int seeds) {
    return environment(name, seeds, 4);
  }

  private SyntheticCouplings environment(String name, int seeds, double window) {
    return sweep.cell(name, "environment", "ising", seeds).all("coupling.window", window);
  }

  @Test
  void noClaimSpeaksOnOtherReadings() {
    for (Claim claim : CouplingClaims.all()) {
      assertFalse(claim.appliesTo(new Recorded()), claim.id());
    }
    environment("trained", 8).trained(0.3, 0.001, 0.001);
    List<String> speaking =
        CouplingClaims.all().stream()
            .filter(claim -> claim.appliesTo(sweep.recorded))
            .map(Claim::id)
            .toList();
    assertEquals(List.of(ENVIRONMENT, "renormalization/correlation-length"), speaking);
  }

  @Test
  void trainedNetworksOnTheirNumberHoldIt() {
    environment("trained", 8).trained(0.3, 0.001, 0.001);
    environment("other", 8).trained(0.1, 0.002, 0.001);
    sweep
        .shuffled("shuffled", "environment", "ising", 8)
        .all("coupling.window", 4)
        .trained(0.3, 0.1, 0.5);
    Verdict verdict = judge(ENVIRONMENT);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals("PASS", verdict.evidence().get("cell/trained/word"));
    assertEquals(0.3, verdict.evidence().get("cell/trained/prediction"));
  }

  @Test
  void aMissedNumberFails() {
    environment("trained", 8).trained(0.3, 0.001, 0.001);
    environment("other", 8).trained(0.1, 0.03, 0.001);
    Verdict verdict = judge(ENVIRONMENT);
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("other"), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  @Test
  void offTheOptimumNothingIsSaid() {
    environment("trained", 8).trained(0.3, 0.1, 0.2);
    Verdict verdict = judge(ENVIRONMENT);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertEquals("NOT_CONVERGED", verdict.evidence().get("cell/trained/word"));
    environment("a", 8).trained(0.3, 0.001, 0.001);
    environment("b", 8).trained(0.3, 0.001, 0.001);
    verdict = judge(ENVIRONMENT);
    assertEquals(Outcome.HOLDS, verdict.outcome());
    assertTrue(verdict.sentence().contains("not judged: trained"), verdict.sentence());
  }

  @Test
  void sevenSeedsAreTooFew() {
    environment("trained", 7).trained(0.3, 0.001, 0.001);
    Verdict verdict = judge(ENVIRONMENT);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("fewer than 8 seeds"), verdict.sentence());
  }

  @Test
  void oneSeedCannotBeJudged() {
    environment("trained", 1).trained(0.3, 0.001, 0.001);
    assertEquals(Outcome.UNDECIDED, judge(ENVIRONMENT).outcome());
  }

  @Test
  void aControlThatMeetsThePredictionTakesItsWorth() {
    environment("trained", 8).trained(0.3, 0.001, 0.001);
    sweep
        .shuffled("shuffled", "environment", "ising", 8)
        .all("coupling.window", 4)
        .trained(0.3, 0.001, 0.5);
    Verdict verdict = judge(ENVIRONMENT);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("control"), verdict.sentence());
  }

  @Test
  void whatUntrainedNetworksDoTooIsNoEvidence() {
    environment("trained", 8)
        .trained(0.3, 0.001, 0.001)
        .all("coupling.contraction", Math.sqrt(0.6))
        .each("coupling.lag_ratio", 0, s -> 0.36 + 1e-15 * s)
        .each("coupling.lag_ratio", LAST, s -> 0.36 - 1e-15 * s);
    Verdict verdict = judge("renormalization/correlation-length");
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertFalse(verdict.surprising());
    assertEquals("PASS_NONDISCRIMINATING", verdict.evidence().get("cell/trained/word"));
  }

  @Test
  void theExponentIsReadSeedBySeed() {
    double[] widths = {2, 3, 4, 6};
    for (double width : widths) {
      environment("trained", 8, width)
          .all("coupling.input", 0.5)
          .all("coupling.prediction", Math.exp(-0.7 * width))
          .each("coupling.correlation", 0, s -> 0.1 + 0.05 * s)
          .each("coupling.correlation", LAST, s -> Math.exp(-0.7 * width * (1 + 1e-4 * s)))
          .each("coupling.excess", LAST, s -> 1e-4);
    }
    Verdict verdict = judge("renormalization/decimation-exponent");
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertTrue(verdict.sentence().startsWith("Trained, K = 0.500: y is 1.000"), verdict.sentence());
  }

  @Test
  void anotherExponentFails() {
    for (double width : new double[] {2, 3, 4}) {
      environment("trained", 8, width)
          .all("coupling.input", 0.5)
          .all("coupling.prediction", Math.exp(-0.7 * width))
          .each("coupling.correlation", 0, s -> 0.1 + 0.05 * s)
          .each("coupling.correlation", LAST, s -> Math.exp(-0.7 * Math.pow(width, 1.2)))
          .each("coupling.excess", LAST, s -> 1e-4);
    }
    assertEquals(Outcome.FAILS, judge("renormalization/decimation-exponent").outcome());
  }

  @Test
  void aSloppyExponentIsUndecided() {
    for (double width : new double[] {2, 3, 4}) {
      environment("trained", 8, width)
          .all("coupling.input", 0.5)
          .all("coupling.prediction", Math.exp(-0.7 * width))
          .each("coupling.correlation", 0, s -> 0.1 + 0.05 * s)
          .each("coupling.correlation", LAST, s -> Math.exp(-0.7 * Math.pow(width, 0.7 + 0.08 * s)))
          .each("coupling.excess", LAST, s -> 1e-4);
    }
    assertEquals(Outcome.UNDECIDED, judge("renormalization/decimation-exponent").outcome());
  }

  @Test
  void aNumberThatAnotherRuleHasTooIsUndecided() {
    environment("trained", 8).trained(0.3, 0.001, 0.001);
    sweep.rule("decimation", 0.3).rule("block sum", 0.3004);
    Verdict verdict = judge(ENVIRONMENT);
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("another exact rule"), verdict.sentence());
  }

  @Test
  void aRuleOutsideTheSeedsIsTold() {
    environment("trained", 8).trained(0.3, 0.001, 0.001);
    sweep.rule("decimation", 0.3).rule("block sum", 0.32);
    assertEquals(Outcome.HOLDS, judge(ENVIRONMENT).outcome());
  }

  @Test
  void whatNeverTrainedIsNotJudgedAsTrained() {
    sweep
        .cell("lost", "thermometer", "ising", 8)
        .all("coupling.prediction", 0)
        .all("coupling.input", 1)
        .each("coupling.correlation", 0, s -> 0.1);
    for (int m = 0; m < 3; m++) {
      sweep.layer("coupling.reference", 0, m, s -> 0.5).layer("coupling.layer", 0, m, s -> 0.9);
    }
    assertEquals(Outcome.UNDECIDED, judge("renormalization/hidden-layers-decimate").outcome());
    assertEquals(Outcome.UNDECIDED, judge("renormalization/thermometer-fixed-point").outcome());
  }

  private void thermometer(double first, double ratio) {
    sweep
        .cell("trained", "thermometer", "gaussian", 8)
        .all("coupling.contraction", 0.8)
        .all("coupling.window", 4)
        .all("coupling.prediction", 0.0855)
        .each("coupling.correlation", LAST, s -> 0.08)
        .each("coupling.lag_ratio", 0, s -> 0.4 + 0.001 * s)
        .each("coupling.lag_ratio", LAST, s -> ratio + 0.001 * s)
        .each("coupling.excess", LAST, s -> 0.001)
        .layer("coupling.sector", LAST, 1, s -> first);
  }

  @Test
  void theSecondSectorIsTold() {
    thermometer(1e-5, 0.168);
    assertEquals(Outcome.HOLDS, judge("renormalization/sector-switch").outcome());
  }

  @Test
  void aRestOfTheFirstSectorFails() {
    thermometer(0.01, 0.168);
    assertEquals(Outcome.FAILS, judge("renormalization/sector-switch").outcome());
  }

  @Test
  void theFirstSectorsRatioFails() {
    thermometer(1e-5, 0.35);
    assertEquals(Outcome.FAILS, judge("renormalization/sector-switch").outcome());
  }

  private void deep(double hidden, double wide) {
    sweep
        .cell("pyramid", "thermometer", "ising", 8)
        .trained(0, 1e-5, 0.001)
        .all("coupling.input", 1);
    for (int m = 0; m < 3; m++) {
      int layer = m;
      sweep
          .layer("coupling.reference", 0, m, s -> layer == 0 ? 0.66 : 0.35)
          .layer("coupling.layer", 0, m, s -> 0.9 - 0.02 * s)
          .layer("coupling.layer", LAST, m, s -> (layer == 0 ? hidden : wide) + 1e-3 * s);
    }
  }

  @Test
  void hiddenLayersThatMissTheFlowFail() {
    deep(0.5, 0.1);
    Verdict verdict = judge("renormalization/hidden-layers-decimate");
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertFalse(verdict.surprising());
  }

  @Test
  void hiddenLayersOnTheFlowWouldHold() {
    deep(0.66, 0.35);
    assertEquals(Outcome.HOLDS, judge("renormalization/hidden-layers-decimate").outcome());
  }

  @Test
  void unitsThatAreNoSpinsAreLeftOut() {
    sweep
        .cell("units", "thermometer", "ising", 10)
        .trained(0, 1e-5, 0.001)
        .all("coupling.input", 1);
    sweep
        .layer("coupling.reference", 0, 0, s -> 0.66)
        .layer("coupling.units", 0, 0, s -> 0.7 + 0.02 * s)
        .layer("coupling.units", LAST, 0, s -> 1.04 + 0.01 * s);
    assertEquals(Outcome.FAILS, judge("renormalization/units-as-spins").outcome());
  }

  @Test
  void aRunIsOneCell() {
    environment("trained", 8).trained(0.3, 0.001, 0.001);
    Recorded run =
        sweep.recorded.changed(reading ->
            reading.quantity().startsWith("axis.") || reading.quantity().startsWith("sweep.")
                ? null
                : reading);
    Verdict verdict = claim(ENVIRONMENT).judge(run);
    assertEquals(Outcome.HOLDS, verdict.outcome());
    assertEquals("PASS", verdict.evidence().get("cell/this run/word"));
  }
}
