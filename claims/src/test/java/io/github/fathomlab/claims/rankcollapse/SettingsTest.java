package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.Judged.expect;
import static io.github.fathomlab.claims.rankcollapse.Judged.near;
import static io.github.fathomlab.claims.rankcollapse.Judged.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about other settings than the documented one of every chain. */
class SettingsTest {
  private static final String BLIND = "falls-without-learning";
  private static final String NOISE = "noise-makes-it";
  private static final String ROBUST = "robust-selectivity";

  private final SyntheticChains sweep = new SyntheticChains();

  private void blind(double shorter, double longer, double exact) {
    sweep.chain("sticky", 1).named("one").blind().sequence(64).rhoAll(shorter).add();
    sweep.chain("sticky", 7).named("seven").blind().sequence(64).rhoAll(longer).add();
    sweep.chain("sticky", 1).named("exact").blind().draws(0).rhoAll(exact).add();
  }

  @Test
  void noiseAloneLosesRank() {
    blind(0.25, 0.23, 0.82);
    Verdict verdict = expect(Outcome.HOLDS, sweep, BLIND);
    says(verdict, "0.25 ± 0.02 at xi = 1; 0.23 ± 0.02 at xi = 7; 0.82 ± 0.02 at xi = 1 with");
    near(0.002, verdict, "loss above H(pi), one");
    assertEquals("PASS", verdict.evidence().get("cell/exact/word"));
    for (Claim claim : RankCollapseClaims.chains()) {
      assertFalse(claim.appliesTo(sweep.recorded), claim.id());
    }
  }

  @Test
  void onlyPlainMasksAndResidualStacksAreJudged() {
    sweep.chain("sticky", 1).blind().masking("bert", 0.15).add();
    sweep.chain("sticky", 7).blind().withoutResiduals().add();
    sweep.chain("hier2", 1).masking("bert", 0.15).add();
    sweep.chain("hier2", 7).masking("plain", 0.3).add();
    sweep.chain("block2", 1).withoutResiduals().add();
    sweep.chain("block2", 7).withoutResiduals().add();
    for (Claim claim : RankCollapseClaims.all()) {
      assertFalse(claim.appliesTo(sweep.recorded), claim.id());
    }
  }

  @Test
  void aStackThatKeepsItsRankFails() {
    blind(0.4, 0.34, 0.82);
    assertEquals("FAIL", expect(Outcome.FAILS, sweep, BLIND).evidence().get("cell/one/word"));
  }

  @Test
  void lengthsThatDifferFail() {
    blind(0.34, 0.2, 0.82);
    expect(Outcome.FAILS, sweep, BLIND);
  }

  @Test
  void aFallWithoutNoiseFails() {
    blind(0.25, 0.23, 0.4);
    expect(Outcome.FAILS, sweep, BLIND);
  }

  @Test
  void withoutTheExactGradientItIsOpen() {
    sweep.chain("sticky", 1).blind().rhoAll(0.25).add();
    sweep.chain("sticky", 7).blind().rhoAll(0.25).add();
    says(expect(Outcome.UNDECIDED, sweep, BLIND), "exact gradient");
  }

  @Test
  void aLossAboveThatOfKnowingNothingIsOpen() {
    blind(0.25, 0.23, 0.82);
    Recorded worse =
        sweep.recorded.changed(r ->
            r.quantity().equals("information.loss") && r.step() > 0
                ? Reading.ofNetwork(r.quantity(), r.step(), r.replica(), 2.01)
                : r);
    says(expect(Outcome.UNDECIDED, worse, BLIND), "knows nothing but pi");
  }

  private void noise(double hierarchical, double exact, double longer, double block) {
    sweep.chain("hier2", 1).named("h1").rho(hierarchical).add();
    sweep.chain("hier2", 1).named("h1 exact").draws(0).rho(exact).add();
    sweep.chain("hier2", 7).named("h7").rho(0.87).add();
    sweep.chain("hier2", 7).named("h7 exact").draws(0).rho(longer).add();
    sweep.chain("block2", 7).named("b7").rho(0.29).add();
    sweep.chain("block2", 7).named("b7 exact").draws(0).rho(block).add();
    sweep.chain("hier2", 1).named("h1 few").draws(30).rho(0.32).captured(0.9).add();
  }

  @Test
  void withoutNoiseTheRankFallsLess() {
    noise(0.39, 0.77, 1.15, 0.48);
    Verdict verdict = expect(Outcome.HOLDS, sweep, NOISE);
    says(
        verdict,
        "0.39 with noise and 0.77 without (hier2, xi = 1), 0.29 and 0.48 (block2, xi = 7)");
    says(verdict, "keeps 1.15 at xi = 7, 0.38 more");
    near(0.38, verdict, "selectivity without noise, hier2");
    assertEquals("MEASURED", verdict.evidence().get("cell/h7/word"));
    assertEquals("NOT_CONVERGED", verdict.evidence().get("cell/h1 few/word"));
  }

  @Test
  void eachOfThreeDifferencesCanFail() {
    for (double[] numbers :
        List.of(
            new double[] {0.39, 0.5, 1.15, 0.48},
            new double[] {0.39, 0.77, 0.9, 0.48},
            new double[] {0.39, 0.77, 1.15, 0.33})) {
      SettingsTest other = new SettingsTest();
      other.noise(numbers[0], numbers[1], numbers[2], numbers[3]);
      expect(Outcome.FAILS, other.sweep, NOISE);
    }
  }

  @Test
  void noiseNeedsAllItsCells() {
    sweep.chain("hier2", 1).named("h1").rho(0.39).add();
    assertFalse(Judged.claim(NOISE).appliesTo(sweep.recorded));
    sweep.chain("hier2", 1).named("h1 exact").draws(0).rho(0.77).add();
    says(expect(Outcome.UNDECIDED, sweep, NOISE), "needed");
  }

  @Test
  void noiseNeedsFiveSeeds() {
    noise(0.39, 0.77, 1.15, 0.48);
    Recorded five = sweep.recorded.changed(r -> r.replica() % 6 == 0 ? null : r);
    expect(Outcome.HOLDS, five, NOISE);
    Recorded four = sweep.recorded.changed(r -> r.replica() % 6 < 2 ? null : r);
    says(expect(Outcome.UNDECIDED, four, NOISE), "Fewer than 5");
  }

  private void variant(String name, double shorter, double longer, double captured) {
    sweep.chain("hier2", 1).named(name).onAxis().rho(shorter).captured(captured).add();
    sweep.chain("hier2", 7).named(name).onAxis().rho(longer).add();
  }

  @Test
  void aSelectivityOfAllVariantsWouldHold() {
    variant("relu", 0.44, 0.93, 0.98);
    assertFalse(Judged.claim(ROBUST).appliesTo(sweep.recorded));
    variant("tanh", 0.33, 0.73, 0.98);
    Verdict verdict = expect(Outcome.HOLDS, sweep, ROBUST);
    near(0.40, verdict, "difference, tanh");
    assertEquals("PASS", verdict.evidence().get("cell/tanh, xi = 7/word"));
  }

  @Test
  void oneVariantFailsIt() {
    variant("relu", 0.44, 0.93, 0.98);
    variant("no final norm", 0.71, 0.79, 0.98);
    Verdict verdict = expect(Outcome.FAILS, sweep, ROBUST);
    says(
        verdict,
        "weaker than 0.25 in: no final norm (0.08 ± 0.01); it is at least that in 1 other variant (");
    assertEquals(1L, verdict.evidence().get("variants_passing"));
  }

  @Test
  void aVariantThatDidNotLearnIsNamed() {
    variant("relu", 0.44, 0.93, 0.98);
    variant("momentum", 0.7, 0.7, 0.8);
    says(expect(Outcome.UNDECIDED, sweep, ROBUST), "momentum, xi = 1 (not converged)");
    variant("tanh", 0.33, 0.73, 0.98);
    says(expect(Outcome.HOLDS, sweep, ROBUST), "momentum, xi = 1 (not converged)");
  }
}
