package io.github.fathomlab.renormalization.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.renormalization.block.SeedVerdict.Criterion;
import io.github.fathomlab.renormalization.block.SeedVerdict.Word;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;

class SeedVerdictTest {
  private static final Criterion CRITERION = new Criterion(0.02, 0.005);

  private static double[] spread(int seeds, double size) {
    double[] values = new double[seeds];
    for (int s = 0; s < seeds; s++) {
      values[s] = size * ((s % 2 == 0 ? 1 : -1) * (1 + s / (10.0 * seeds)));
    }
    return values;
  }

  private static double[] same(int seeds, double value) {
    double[] values = new double[seeds];
    Arrays.fill(values, value);
    return values;
  }

  private static SeedVerdict judge(double[] trained, double[] untrained, double excess) {
    return SeedVerdict.of(CRITERION, trained, untrained, same(trained.length, excess));
  }

  @Test
  void aHitThatTheNullMissesPasses() {
    SeedVerdict verdict = judge(spread(10, 0.002), spread(10, 0.1), 0.001);
    assertEquals(Word.PASS, verdict.word());
    assertEquals(Outcome.HOLDS, verdict.word().outcome());
    assertEquals(50, verdict.ratio(), 1e-9);
    assertEquals(1.0 / 184756, verdict.p(), 1e-18);
    assertEquals(10, verdict.seeds());
    assertEquals(0.001, verdict.worstExcess());
  }

  @Test
  void theOtherWords() {
    SeedVerdict weak = judge(spread(10, 0.002), spread(10, 0.003), 0.001);
    assertEquals(Word.PASS_NONDISCRIMINATING, weak.word());
    assertEquals(Outcome.UNDECIDED, weak.word().outcome());
    SeedVerdict missed = judge(spread(10, 0.03), spread(10, 0.5), 0.001);
    assertEquals(Word.FAIL, missed.word());
    assertEquals(Outcome.FAILS, missed.word().outcome());
    SeedVerdict early = judge(spread(10, 0.03), spread(10, 0.5), 0.006);
    assertEquals(Word.NOT_CONVERGED, early.word());
    assertEquals(Outcome.UNDECIDED, early.word().outcome());
    double[] oneLate = same(10, 0.001);
    oneLate[4] = 0.02;
    SeedVerdict late = SeedVerdict.of(CRITERION, spread(10, 0.002), spread(10, 0.1), oneLate);
    assertEquals(Word.NOT_CONVERGED, late.word());
    double[] lost = spread(10, 0.002);
    lost[3] = Double.NaN;
    assertEquals(Word.NOT_CONVERGED, judge(lost, spread(10, 0.1), 0.001).word());
    assertEquals(Word.NOT_CONVERGED, judge(spread(10, 0.002), spread(10, 0.1), Double.NaN).word());
  }

  @Test
  void theMeanOfTheNullDoesNotCountItsScatterDoes() {
    double[] scattered = spread(10, 0.15);
    assertTrue(Math.abs(Arrays.stream(scattered).average().orElseThrow()) < 0.02);
    assertEquals(Word.FAIL, judge(scattered, scattered, 0.001).word());
  }

  @Test
  void equivalenceAsksForMoreThanTheRootMeanSquare() {
    double[] beside = same(10, 0.0195);
    beside[0] = 0.01;
    SeedVerdict verdict = judge(beside, spread(10, 0.5), 0.001);
    assertTrue(verdict.rms() <= 0.02);
    assertTrue(verdict.equivalenceBound() >= 0.02);
    assertEquals(Word.FAIL, verdict.word());
    Criterion without = new Criterion(0.02, 0.005, false, 1);
    SeedVerdict accepted = SeedVerdict.of(without, beside, spread(10, 0.5), same(10, 0.001));
    assertEquals(Word.PASS, accepted.word());
    // t_.95 with 9 degrees of freedom
    double bound = Math.abs(verdict.meanDeviation()) + 1.8331129326562374 * verdict.standardError();
    assertEquals(bound, verdict.equivalenceBound(), 1e-12);
  }

  @Test
  void fewSeedsDoNotPass() {
    for (int seeds = 2; seeds <= 9; seeds++) {
      SeedVerdict verdict = judge(spread(seeds, 1e-4), spread(seeds, 0.1), 0.001);
      Word expected = seeds < 8 ? Word.PASS_NONDISCRIMINATING : Word.PASS;
      assertEquals(expected, verdict.word(), "seeds " + seeds);
    }
    SeedVerdict grid =
        SeedVerdict.of(
            new Criterion(0.02, 0.005, true, 100_000),
            spread(10, 1e-4),
            spread(10, 0.1),
            same(10, 0));
    assertEquals(Word.PASS_NONDISCRIMINATING, grid.word());
  }

  @Test
  void exactHitsAndEqualNullsAreNoDivisionByZero() {
    SeedVerdict exact = judge(same(10, 0), spread(10, 0.1), 0);
    assertEquals(Word.PASS, exact.word());
    SeedVerdict both = judge(same(10, 0), same(10, 0), 0);
    assertEquals(Word.PASS_NONDISCRIMINATING, both.word());
    assertThrows(IllegalArgumentException.class, () -> judge(same(1, 0), same(10, 0), 0));
    assertThrows(IllegalArgumentException.class, () -> judge(same(10, 0), same(1, 0), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> SeedVerdict.of(CRITERION, same(9, 0), same(9, 0), same(8, 0)));
    assertThrows(IllegalArgumentException.class, () -> new Criterion(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Criterion(1, 1, true, 0));
  }

  @Test
  void theRankSumTestCountsOrders() {
    double[] low = {1, 2, 3, 4, 5, 6};
    double[] high = {7, 8, 9, 10, 11, 12};
    assertEquals(1.0 / 924, RankSum.below(low, high), 1e-16);
    assertEquals(1, RankSum.below(high, low), 1e-15);
    SplittableRandom random = new SplittableRandom(9);
    for (int trial = 0; trial < 30; trial++) {
      int n = random.nextInt(1, 5);
      int m = random.nextInt(1, 5);
      double[] all = random.doubles(n + m).toArray();
      double[] x = Arrays.copyOf(all, n);
      double[] y = Arrays.copyOfRange(all, n, n + m);
      assertEquals(byEveryChoice(all, n), RankSum.below(x, y), 1e-15);
    }
  }

  private static double byEveryChoice(double[] all, int n) {
    int observed = pairs(all, (1 << n) - 1);
    int choices = 0;
    int asLow = 0;
    for (int choice = 0; choice < 1 << all.length; choice++) {
      if (Integer.bitCount(choice) == n) {
        choices++;
        asLow += pairs(all, choice) <= observed ? 1 : 0;
      }
    }
    return (double) asLow / choices;
  }

  private static int pairs(double[] all, int choice) {
    int u = 0;
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < all.length; j++) {
        boolean across = (choice >> i & 1) == 1 && (choice >> j & 1) == 0;
        u += across && all[i] > all[j] ? 1 : 0;
      }
    }
    return u;
  }

  @Test
  void theApproximationTakesOverAtTiesAndManySeeds() {
    double[] ties = {1, 1, 2, 3};
    double[] more = {1, 4, 4, 5};
    // by hand: U = 3, tie sizes 3 and 2 -> variance 16/12 (9 - 30/56)
    double z = (3 + 0.5 - 8) / Math.sqrt(16 / 12.0 * (9 - 30 / 56.0));
    double expected = 0.5 * Erf.erfc(-z / Math.sqrt(2));
    assertEquals(expected, RankSum.below(ties, more), 1e-14);
    assertEquals(1, RankSum.below(new double[] {1, 1}, new double[] {1, 1}));
    assertEquals(1, RankSum.below(new double[] {Double.NaN}, new double[] {1}));
    SplittableRandom random = new SplittableRandom(2);
    double[] x = random.doubles(50).toArray();
    double[] y = random.doubles(50, 0.1, 1.1).toArray();
    double exact = RankSum.below(x, y);
    double[] y51 = Arrays.copyOf(y, 51);
    y51[50] = 0.6;
    assertEquals(exact, RankSum.below(x, y51), 0.01);
    assertThrows(IllegalArgumentException.class, () -> RankSum.below(new double[0], x));
  }
}
