package io.github.fathomlab.claims.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.claims.bulkboundary.InjectionStudy.Setting;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.training.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The injection of short trainings, and the verdict on readings as the study gives them. */
class InjectionLawTest {
  private static final InjectionLaw CLAIM = new InjectionLaw();
  private static final List<Setting> SETTINGS = InjectionStudy.SETTINGS;
  private static final int FIXED = SETTINGS.size() - 1;

  /** What the study records where the ratio is 1 - slope lr, with errors of 0.01. */
  private static Recorded lawful(double slope) {
    Recorded recorded = new Recorded();
    for (int s = 0; s < SETTINGS.size(); s++) {
      Setting setting = SETTINGS.get(s);
      recorded.add(Reading.ofNetwork("injection.rate", s, 0, setting.rate()));
      recorded.add(Reading.ofNetwork("injection.batch", s, 0, setting.batch()));
      recorded.add(Reading.ofNetwork("injection.momentum", s, 0, setting.momentum()));
      recorded.add(Reading.ofNetwork("injection.samples", s, 0, InjectionStudy.SAMPLES));
      for (int seed = 0; seed < 2; seed++) {
        double expected = setting.rate() / setting.batch();
        double ratio = s == FIXED ? 1e-13 : 1 - slope * setting.rate();
        recorded.add(reading("injection.ratio", s, seed, ratio, 0.01));
        recorded.add(reading("injection.mean", s, seed, ratio * expected, 0.01 * expected));
        recorded.add(reading("injection.expected", s, seed, expected, Double.NaN));
        recorded.add(reading("injection.estimated", s, seed, 1.1 * expected, Double.NaN));
      }
    }
    return recorded;
  }

  private static Reading reading(
      String quantity, long setting, int seed, double value, double error) {
    Status status = Double.isNaN(value) ? Status.NOT_FINITE : Status.OK;
    return new Reading(quantity, setting, -1, "", seed, value, status, error);
  }

  private static Recorded withRatio(int setting, double ratio, double error) {
    return lawful(0.4)
        .changed(r ->
            r.quantity().equals("injection.ratio") && r.step() == setting
                ? reading(r.quantity(), setting, r.replica(), ratio, error)
                : r);
  }

  private static double evidence(Verdict verdict, String key) {
    return (Double) verdict.evidence().getOrDefault(key, Double.NaN);
  }

  @Test
  void switchesOfShortTrainingsInjectTheLaw() {
    Dataset data = InjectionStudy.data(0);
    Matrix settled = InjectionStudy.settled(data, 0);
    for (double momentum : new double[] {0, 0.5}) {
      Setting setting = new Setting(0.04, 16, momentum, 1);
      InjectionSums sums = InjectionStudy.observed(setting, data, settled, 0, 4000);
      assertTrue(sums.ratioError() > 0.003 && sums.ratioError() < 0.06, "" + sums.ratioError());
      assertEquals(1, sums.ratio(), 0.05 + 3 * sums.ratioError());
      assertEquals(1.1, sums.estimated() / sums.expected(), 0.1);
      assertEquals(sums.ratio(), sums.mean() / sums.expected(), 1e-12);
    }
    Setting still = SETTINGS.get(FIXED);
    InjectionSums fixed = InjectionStudy.observed(still, data, settled, 0, 30);
    assertTrue(fixed.expected() > 0);
    assertEquals(0, fixed.ratio(), 1e-10);
  }

  @Test
  void lawfulReadingsHold() {
    Verdict verdict = CLAIM.judge(lawful(0.4));
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertFalse(verdict.surprising());
    assertTrue(CLAIM.appliesTo(lawful(0)));
    assertEquals(1, evidence(verdict, "limit"), 1e-12);
    assertEquals(-0.4, evidence(verdict, "slope"), 1e-10);
    assertEquals(0.25, evidence(verdict, "ratio_null_without_batch_size"), 1e-12);
    assertEquals(0.01 / Math.sqrt(2), evidence(verdict, "ratio_at_0.020_8_error"), 1e-12);
    assertEquals(1.1, evidence(verdict, "ratio_estimated_at_0.020_8_heavy_ball"), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 6, 7})
  void anotherInjectionFailsItAndIsNamed(int setting) {
    Verdict verdict = CLAIM.judge(withRatio(setting, 1.2, 0.01));
    assertEquals(Outcome.FAILS, verdict.outcome(), verdict.sentence());
    assertTrue(verdict.sentence().contains("the injection is 1.200 ± 0.007"), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  /** Every ratio within its tolerance, but they do not tend to 1. */
  @Test
  void aWrongLimitFailsIt() {
    Recorded offset =
        lawful(0)
            .changed(r ->
                r.quantity().equals("injection.ratio") && r.step() != FIXED
                    ? reading(r.quantity(), r.step(), r.replica(), 0.93, 0.01)
                    : r);
    Verdict verdict = CLAIM.judge(offset);
    assertEquals(Outcome.FAILS, verdict.outcome(), verdict.sentence());
    assertTrue(verdict.sentence().contains("For lr -> 0"), verdict.sentence());
  }

  @Test
  void injectionWithoutASwitchFailsIt() {
    assertEquals(Outcome.FAILS, CLAIM.judge(withRatio(FIXED, 0.01, 0.01)).outcome());
  }

  @Test
  void largeErrorsAreUndecided() {
    Verdict verdict = CLAIM.judge(withRatio(3, 1.05, 0.2));
    assertEquals(Outcome.UNDECIDED, verdict.outcome());
    assertTrue(verdict.sentence().contains("lr 0.005, B 4"), verdict.sentence());
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(withRatio(0, 1, Double.NaN)).outcome());
  }

  /** With one batch size the law without 1/B could not be told from the law. */
  @Test
  void oneBatchSizeIsUndecided() {
    Recorded one = lawful(0.4).changed(r -> r.step() == 2 || r.step() == 3 ? null : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(one).outcome());
  }

  @Test
  void missingReadingsAreUndecided() {
    assertFalse(CLAIM.appliesTo(new Recorded()));
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(new Recorded()).outcome());
    for (String quantity :
        List.of(
            "injection.ratio",
            "injection.rate",
            "injection.batch",
            "injection.samples",
            "injection.momentum")) {
      Recorded without = lawful(0.4).changed(r -> r.quantity().equals(quantity) ? null : r);
      assertEquals(Outcome.UNDECIDED, CLAIM.judge(without).outcome(), quantity);
    }
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(withRatio(4, Double.NaN, 0.01)).outcome());
    Recorded unfixed = lawful(0.4).changed(r -> r.step() == FIXED ? null : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(unfixed).outcome());
  }
}
