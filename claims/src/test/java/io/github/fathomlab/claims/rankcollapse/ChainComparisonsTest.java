package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.Judged.expect;
import static io.github.fathomlab.claims.rankcollapse.Judged.near;
import static io.github.fathomlab.claims.rankcollapse.Judged.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class ChainComparisonsTest {
  private static final String SELECTIVE = "selectivity-hierarchical";
  private static final String LENGTH = "correlation-length-decides";
  private static final String TASK = "task-rank-decides";

  private final SyntheticChains sweep = new SyntheticChains();

  private void pair(String family, double shorter, double longer) {
    sweep.chain(family, 1).rho(shorter).add().chain(family, 7).rho(longer).add();
  }

  @Test
  void collapseAtOneLengthIsSelective() {
    pair("hier2", 0.39, 0.87);
    Verdict verdict = expect(Outcome.HOLDS, sweep, SELECTIVE);
    says(verdict, "0.39 ± 0.02 at xi = 1");
    near(0.48, verdict, "least_difference");
    assertEquals(6L, verdict.evidence().get("same_seeds"));
    assertFalse(Judged.claim("selectivity-sticky").appliesTo(sweep.recorded));
  }

  @Test
  void anyOfThreeNumbersCanFailSelectivity() {
    pair("hier2", 0.52, 0.95);
    expect(Outcome.FAILS, sweep, SELECTIVE);
    pair("sticky", 0.4, 0.72);
    expect(Outcome.FAILS, sweep, "selectivity-sticky");
    sweep.chain("ring", 1).rho(s -> s == 3 ? 0.6 : 0.3).add().chain("ring", 7).rho(0.8).add();
    says(expect(Outcome.FAILS, sweep, "selectivity-ring"), "at least 0.21");
  }

  @Test
  void selectivityNeedsLearnedNetworksInEqualNumbers() {
    sweep.chain("hier2", 1).captured(0.94).rho(0.39).add().chain("hier2", 7).rho(0.87).add();
    says(expect(Outcome.UNDECIDED, sweep, SELECTIVE), "not learned");
    sweep.chain("heat", 1).seeds(7).rho(0.39).add().chain("heat", 7).rho(0.87).add();
    says(expect(Outcome.UNDECIDED, sweep, "selectivity-heat"), "different numbers of seeds");
    sweep.chain("cyc", 1).seeds(4).rho(0.39).add().chain("cyc", 7).seeds(4).rho(0.87).add();
    says(expect(Outcome.UNDECIDED, sweep, "selectivity-cyclic"), "Fewer than 5");
  }

  @Test
  void selectivityIsOfWindowsWithNoise() {
    pair("block2", 0.3, 0.3);
    sweep.chain("heat", 1).draws(0).add().chain("heat", 7).draws(0).add();
    sweep.chain("ring", 1).sequence(64).add().chain("ring", 7).sequence(64).add();
    assertTrue(Judged.claim("selectivity-two-blocks").appliesTo(sweep.recorded));
    assertFalse(Judged.claim("selectivity-heat").appliesTo(sweep.recorded));
    assertFalse(Judged.claim("selectivity-ring").appliesTo(sweep.recorded));
  }

  @Test
  void aDoubleDissociationFailsTheLength() {
    pair("block2", 0.27, 0.29);
    pair("sticky", 0.97, 0.95);
    Verdict verdict = expect(Outcome.FAILS, sweep, LENGTH);
    says(verdict, "length 7 in block2, xi = 7 (0.29)");
    near(-0.02, verdict, "difference, sticky");
    assertEquals("PASS", verdict.evidence().get("cell/block2, xi = 1/word"));
    assertEquals("FAIL", verdict.evidence().get("cell/block2, xi = 7/word"));
  }

  @Test
  void halfADissociationDecidesNothing() {
    pair("block2", 0.27, 0.29);
    pair("hier2", 0.39, 0.87);
    expect(Outcome.UNDECIDED, sweep, LENGTH);
  }

  @Test
  void twoSelectiveFamiliesWouldHoldTheLength() {
    pair("hier2", 0.39, 0.87);
    expect(Outcome.UNDECIDED, sweep, LENGTH);
    pair("heat", 0.45, 0.80);
    expect(Outcome.HOLDS, sweep, LENGTH);
    pair("ring", 0.6, 0.80);
    Verdict verdict = expect(Outcome.UNDECIDED, sweep, LENGTH);
    assertEquals("MEASURED", verdict.evidence().get("cell/ring, xi = 1/word"));
  }

  @Test
  void chainsOffTheGateDoNotDissociate() {
    sweep.chain("block2", 7).rho(0.29).captured(0.5).add().chain("sticky", 1).rho(0.97).add();
    says(expect(Outcome.UNDECIDED, sweep, LENGTH), "not converged");
  }

  private void law(int chains, boolean byRank) {
    for (int i = 0; i < chains; i++) {
      double rank = 1 + i * 3 % 8;
      sweep
          .chain("family" + i, i + 1)
          .taskRank(rank)
          .rho(byRank ? 0.2 + 0.1 * rank : 0.2 + 0.1 * i)
          .add();
    }
  }

  @Test
  void aLawByTaskRankHolds() {
    law(8, true);
    Verdict verdict = expect(Outcome.HOLDS, sweep, TASK);
    near(1.0, verdict, "spearman_task_rank");
    near(1.0, verdict, "spearman_task_rank_lower");
    near(0.1, verdict, "slope");
    near(0.2, verdict, "intercept");
    near(1.0, verdict, "r_squared");
    assertEquals(8L, verdict.evidence().get("chains"));
    assertEquals("MEASURED", verdict.evidence().get("cell/family0, xi = 1/word"));
  }

  @Test
  void aLawByTheLengthFails() {
    law(8, false);
    expect(Outcome.FAILS, sweep, TASK);
  }

  @Test
  void sevenChainsMakeNoLaw() {
    law(7, true);
    says(expect(Outcome.UNDECIDED, sweep, TASK), "7 chains");
    sweep.chain("sticky", 7).captured(0.9).add();
    says(expect(Outcome.UNDECIDED, sweep, TASK), "sticky, xi = 7 (not converged)");
  }

  @Test
  void equalTaskRanksMakeNoLaw() {
    for (int i = 0; i < 8; i++) {
      sweep.chain("family" + i, i + 1).taskRank(7 + 1e-14 * i).rho(0.3 + 0.05 * i).add();
    }
    says(expect(Outcome.UNDECIDED, sweep, TASK), "nothing correlates");
  }
}
