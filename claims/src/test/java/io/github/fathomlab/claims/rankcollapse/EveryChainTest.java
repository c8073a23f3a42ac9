package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.Judged.expect;
import static io.github.fathomlab.claims.rankcollapse.Judged.near;
import static io.github.fathomlab.claims.rankcollapse.Judged.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.rankcollapse.SyntheticChains.Chain;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EveryChainTest {
  private static final String FALL = "fall-all-positions";
  private static final String MONOTONE = "monotone-everywhere";
  private static final String FEW = "monotone-few-modes";
  private static final String DRIFT = "drift-concentrated-everywhere";
  private static final String OUT = "irrelevant-integrated-out";
  private static final String FIXED = "stream-at-fixed-point";

  private final SyntheticChains sweep = new SyntheticChains();

  /** Three plain chains and one of its own. */
  private void four(UnaryOperator<Chain> last) {
    for (String family : List.of("block2", "heat", "ring")) {
      sweep.chain(family, 1).named(family).add();
    }
    last.apply(sweep.chain("sticky", 7).named("sticky")).add();
  }

  /** Nulls that keep their rank where they predict. */
  private void nulls() {
    nulls(0.95);
  }

  private void nulls(double shuffledRhoAll) {
    sweep.chain("iid", 0).independent().rho(1.2).rhoAll(0.95).add();
    sweep.chain("block2", 1).named("shuffled").shuffled().rho(1.1).rhoAll(shuffledRhoAll).add();
  }

  private void masked(double iid, double shuffled) {
    sweep.chain("iid", 0).independent().rho(iid).add();
    sweep.chain("block2", 1).named("shuffled").shuffled().rho(shuffled).add();
  }

  @Test
  void theFallHoldsWithItsNumbers() {
    four(chain -> chain.rhoAll(0.4));
    nulls();
    Verdict verdict = expect(Outcome.HOLDS, sweep, FALL);
    says(
        verdict,
        "The rank of the last over the first representation is 0.400 to 0.600 in all 4 chains");
    assertEquals("PASS", verdict.evidence().get("cell/sticky, xi = 7/word"));
    near(0.4, verdict, "cell/sticky, xi = 7/collapse");
    near(20.0, verdict, "cell/sticky, xi = 7/first");
    near(8.0, verdict, "cell/sticky, xi = 7/last");
    assertEquals("PASS", verdict.evidence().get("cell/control: iid/word"));
    near(0.95, verdict, "cell/control: iid/collapse");
    assertTrue(verdict.surprising());
  }

  @Test
  void aChainThatKeepsItsRankFails() {
    four(chain -> chain.rhoAll(0.9));
    says(expect(Outcome.FAILS, sweep, FALL), "sticky, xi = 7 (0.900)");
  }

  @Test
  void aFallWithoutTrainingDecidesNothing() {
    four(chain -> chain.untrained(1.3, 0.9));
    says(expect(Outcome.UNDECIDED, sweep, FALL), "untrained");
  }

  @Test
  void nullsThatFallDecideNothing() {
    four(UnaryOperator.identity());
    nulls(0.58);
    Verdict verdict = expect(Outcome.UNDECIDED, sweep, FALL);
    says(verdict, "0.600 in all 4 chains");
    says(verdict, "can learn nothing too, shuffled (0.58 ± 0.02), so the fall");
    assertEquals("FAIL", verdict.evidence().get("cell/control: shuffled/word"));
    assertFalse(verdict.surprising());
  }

  @Test
  void untrainedNetworksThatWereNotReadDecideNothing() {
    four(chain -> chain.untrained(1.3, Double.NaN));
    nulls();
    says(expect(Outcome.UNDECIDED, sweep, FALL), "before training are missing: sticky, xi = 7");
  }

  @Test
  void missingNullsDecideNothing() {
    four(UnaryOperator.identity());
    says(
        expect(Outcome.UNDECIDED, sweep, FALL),
        "no networks on independent tokens and on shuffled targets were trained");
    sweep.chain("iid", 0).independent().rhoAll(0.95).add();
    says(expect(Outcome.UNDECIDED, sweep, FALL), "no networks on shuffled targets were trained");
    sweep.chain("sticky", 1).named("other mask").shuffled().masking("bert", 0.15).add();
    expect(Outcome.UNDECIDED, sweep, FALL);
  }

  @Test
  void nullsThatFallWhereTheyPredictDecideNothing() {
    for (double[] rho : List.of(new double[] {1.04, 1.1}, new double[] {1.2, 0.99})) {
      EveryChainTest other = new EveryChainTest();
      other.four(UnaryOperator.identity());
      other.masked(rho[0], rho[1]);
      says(expect(Outcome.UNDECIDED, other.sweep, MONOTONE), "can learn nothing");
    }
    four(UnaryOperator.identity());
    masked(1.06, 1.01);
    expect(Outcome.HOLDS, sweep, MONOTONE);
  }

  @Test
  void controlsOfFewSeedsDecideNothing() {
    four(UnaryOperator.identity());
    sweep.chain("iid", 0).seeds(4).independent().rhoAll(0.95).add();
    says(expect(Outcome.UNDECIDED, sweep, FALL), "Fewer than 5 seeds cannot be judged: iid");
  }

  @Test
  void threeChainsAreNotEveryChain() {
    sweep.chain("block2", 1).add().chain("heat", 1).add().chain("ring", 7).add();
    says(expect(Outcome.UNDECIDED, sweep, FALL), "3 of 3");
  }

  @Test
  void oneChainCanFailIt() {
    sweep.chain("block2", 1).rhoAll(0.95).add();
    expect(Outcome.FAILS, sweep, FALL);
  }

  @Test
  void chainsOffTheGateAreNamedAndLeftOut() {
    four(chain -> chain.captured(0.94).rhoAll(0.9));
    sweep.chain("cyc", 7).add();
    nulls();
    Verdict verdict = expect(Outcome.HOLDS, sweep, FALL);
    says(verdict, "sticky, xi = 7 (not converged)");
    assertEquals("NOT_CONVERGED", verdict.evidence().get("cell/sticky, xi = 7/word"));
  }

  @Test
  void aChainWithFewSeedsDecidesNothing() {
    four(chain -> chain.seeds(4));
    sweep.chain("cyc", 7).add();
    says(expect(Outcome.UNDECIDED, sweep, FALL), "Fewer than 5 seeds");
  }

  @Test
  void aFailureOutweighsFewSeedsElsewhere() {
    four(chain -> chain.seeds(4));
    sweep.chain("cyc", 7).rhoAll(0.9).add();
    expect(Outcome.FAILS, sweep, FALL);
  }

  @Test
  void aWrongYardstickOutweighsAFailure() {
    four(chain -> chain.rhoAll(0.9));
    sweep.chain("cyc", 7).captured(1.01).add();
    says(expect(Outcome.UNDECIDED, sweep, FALL), "yardstick");
  }

  @Test
  void ranksThatNeverRiseAreMonotone() {
    four(chain -> chain.rising(0.01));
    nulls();
    Verdict verdict = expect(Outcome.HOLDS, sweep, MONOTONE);
    assertTrue(verdict.surprising());
    assertEquals(6L, verdict.evidence().get("cell/sticky, xi = 7/monotone"));
  }

  @Test
  void oneSeedThatRisesFails() {
    four(chain -> chain.rising(0.05));
    Verdict verdict = expect(Outcome.FAILS, sweep, MONOTONE);
    says(verdict, "sticky, xi = 7 (0.500)");
    assertEquals(3L, verdict.evidence().get("cell/sticky, xi = 7/monotone"));
  }

  @Test
  void untrainedStreamsThatDoNotRiseDecideNothing() {
    four(chain -> chain.untrained(1.05, 1.1));
    says(expect(Outcome.UNDECIDED, sweep, MONOTONE), "untrained");
  }

  @Test
  void fewModesAreThoseOfTheirChains() {
    four(chain -> chain.rising(0.05));
    nulls();
    sweep.chain("block2", 7).add().chain("heat", 7).add();
    says(expect(Outcome.UNDECIDED, sweep, FEW), "4 of 4 chains, too few");
    sweep.chain("hier2", 1).add();
    says(
        expect(Outcome.HOLDS, sweep, FEW),
        "is 1.00 in all 5 chains that can be judged: block2; heat");
    sweep.chain("hier2", 7).rising(0.05).add();
    expect(Outcome.HOLDS, sweep, FEW);
    SyntheticChains rising = new SyntheticChains();
    rising.chain("hier2", 1).rising(0.05).add();
    expect(Outcome.FAILS, rising, FEW);
  }

  @Test
  void aShrinkingShareOfOtherVarianceIsIntegratedOut() {
    for (String family : List.of("block2", "heat", "ring", "cyc")) {
      sweep.chain(family, 1).shares(0.6, family.equals("ring") ? 0.001 : 0.3).add();
    }
    expect(Outcome.HOLDS, sweep, OUT);
    sweep.chain("sticky", 7).shares(0.2, 0.3).add();
    Verdict verdict = expect(Outcome.FAILS, sweep, OUT);
    says(verdict, "sticky, xi = 7 (0.100)");
    near(750.0, verdict, "cell/sticky, xi = 7/other_growth");
    near(437.5, verdict, "cell/sticky, xi = 7/relevant_growth");
    near(7.0, verdict, "cell/sticky, xi = 7/untrained_other_growth");
    near(0.2, verdict, "cell/sticky, xi = 7/other_share_first");
    near(0.3, verdict, "cell/sticky, xi = 7/other_share_last");
    assertEquals(24L, verdict.evidence().get("networks whose other variance grows"));
    assertEquals(30L, verdict.evidence().get("networks whose other variance was read"));
  }

  @Test
  void severalSettingsOfAChainAreNoChainsToCompare() {
    four(UnaryOperator.identity());
    sweep.chain("sticky", 7).named("more draws").draws(3000).add();
    for (String name : List.of(FALL, MONOTONE, FEW, DRIFT, OUT, FIXED, "task-rank-decides")) {
      assertFalse(Judged.claim(name).appliesTo(sweep.recorded), name);
    }
  }
}
