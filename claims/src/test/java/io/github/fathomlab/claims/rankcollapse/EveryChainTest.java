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

  private void controls(double iid, double shuffled) {
    sweep.chain("iid", 0).independent().rho(iid).add();
    sweep.chain("block2", 1).named("shuffled").shuffled().rho(shuffled).add();
  }

  @Test
  void theFallHoldsWithItsNumbers() {
    four(chain -> chain.rhoAll(0.4));
    controls(1.2, 1.1);
    Verdict verdict = expect(Outcome.HOLDS, sweep, FALL);
    says(
        verdict,
        "The rank of the last over the first representation is 0.400 to 0.600 in all 4 chains");
    assertEquals("PASS", verdict.evidence().get("cell/sticky, xi = 7/word"));
    near(0.4, verdict, "cell/sticky, xi = 7/collapse");
    near(20.0, verdict, "cell/sticky, xi = 7/first");
    near(8.0, verdict, "cell/sticky, xi = 7/last");
    assertEquals("PASS", verdict.evidence().get("cell/masked control: iid/word"));
    near(1.2, verdict, "cell/masked control: iid/collapse");
    assertFalse(verdict.surprising());
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
  void controlsThatFallDecideNothing() {
    four(UnaryOperator.identity());
    controls(1.0, 1.1);
    says(expect(Outcome.UNDECIDED, sweep, FALL), "independent");
  }

  @Test
  void shuffledTargetsThatFallDecideNothing() {
    four(UnaryOperator.identity());
    controls(1.2, 0.7);
    says(expect(Outcome.UNDECIDED, sweep, FALL), "shuffled targets");
  }

  @Test
  void controlsOfFewSeedsDecideNothing() {
    four(UnaryOperator.identity());
    sweep.chain("iid", 0).seeds(4).independent().rho(1.2).add();
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
    Verdict verdict = expect(Outcome.HOLDS, sweep, FEW);
    says(verdict, "block2, xi = 1; heat, xi = 1");
    sweep.chain("hier2", 7).rising(0.05).add();
    expect(Outcome.HOLDS, sweep, FEW);
    sweep.chain("hier2", 1).rising(0.05).add();
    expect(Outcome.FAILS, sweep, FEW);
  }

  @Test
  void driftAtTwoTransitionsHolds() {
    four(UnaryOperator.identity());
    Verdict verdict = expect(Outcome.HOLDS, sweep, DRIFT);
    near(0.9, verdict, "cell/sticky, xi = 7/top2");
  }

  @Test
  void spreadDriftFails() {
    four(chain -> chain.tops(0.48, 0.64));
    says(expect(Outcome.FAILS, sweep, DRIFT), "sticky, xi = 7 (0.640)");
  }

  @Test
  void shrinkingOtherVarianceWouldBeIntegratedOut() {
    for (String family : List.of("block2", "heat", "ring", "cyc")) {
      sweep.chain(family, 1).other(0.1).add();
    }
    expect(Outcome.HOLDS, sweep, OUT);
    sweep.chain("sticky", 7).other(65).add();
    Verdict verdict = expect(Outcome.FAILS, sweep, OUT);
    near(325.0, verdict, "cell/sticky, xi = 7/other_growth");
  }

  @Test
  void aPlateauAtRestWouldBeAFixedPoint() {
    for (String family : List.of("block2", "heat", "ring", "cyc")) {
      sweep.chain(family, 1).update(0.05).add();
    }
    expect(Outcome.HOLDS, sweep, FIXED);
    sweep.chain("sticky", 7).update(0.4).add();
    Verdict verdict = expect(Outcome.FAILS, sweep, FIXED);
    near(0.4, verdict, "cell/sticky, xi = 7/update");
  }

  @Test
  void withoutAPlateauNothingIsAtRest() {
    four(chain -> chain.withoutPlateau());
    Verdict verdict = expect(Outcome.FAILS, sweep, FIXED);
    says(verdict, "sticky, xi = 7 (no plateau)");
    assertEquals("NO_PLATEAU", verdict.evidence().get("cell/sticky, xi = 7/word"));
    SyntheticChains without = new SyntheticChains();
    without.chain("sticky", 7).withoutPlateau().add();
    expect(Outcome.UNDECIDED, without, FIXED);
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
