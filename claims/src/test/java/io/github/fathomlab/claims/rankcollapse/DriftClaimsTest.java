package io.github.fathomlab.claims.rankcollapse;

import static io.github.fathomlab.claims.rankcollapse.Judged.expect;
import static io.github.fathomlab.claims.rankcollapse.Judged.near;
import static io.github.fathomlab.claims.rankcollapse.Judged.says;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.claims.rankcollapse.SyntheticChains.Chain;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DriftClaimsTest {
  private static final String DRIFT = "drift-concentrated-everywhere";
  private static final String HIERARCHICAL = "drift-concentrated-hierarchical";
  private static final String FIXED = "stream-at-fixed-point";

  private final SyntheticChains sweep = new SyntheticChains();

  /** Three plain chains and one of its own. */
  private void four(UnaryOperator<Chain> last) {
    for (String family : List.of("block2", "heat", "ring")) {
      sweep.chain(family, 1).add();
    }
    last.apply(sweep.chain("sticky", 7)).add();
  }

  private void nulls(double shuffledTop2) {
    sweep.chain("iid", 0).independent().tops(0.4, 0.64).add();
    sweep.chain("db", 1).named("shuffled").shuffled().tops(0.75, shuffledTop2).add();
  }

  @Test
  void driftAtTwoTransitionsHolds() {
    four(UnaryOperator.identity());
    nulls(0.64);
    Verdict verdict = expect(Outcome.HOLDS, sweep, DRIFT);
    near(0.8, verdict, "cell/sticky, xi = 7/plateau");
    near(0.64, verdict, "cell/control: iid/top2");
    near(0.9, verdict, "cell/sticky, xi = 7/top2");
  }

  @Test
  void driftWithoutAPlateauFails() {
    four(chain -> chain.plateaus(0.49));
    says(expect(Outcome.FAILS, sweep, DRIFT), "sticky, xi = 7 (0.90, plateau 0.49)");
  }

  @Test
  void nullsWithTheirDriftAtOnePlaceDecideNothing() {
    four(UnaryOperator.identity());
    nulls(0.92);
    says(
        expect(Outcome.UNDECIDED, sweep, DRIFT),
        "as much, db, xi = 1 (0.92, plateau 0.80): concentration");
  }

  private void hierarchical(double one, double two, double longTwo, double untrained) {
    sweep.chain("hier2", 1).tops(one, two).untrainedTop(untrained).add();
    sweep.chain("hier2", 7).tops(0.6, longTwo).add();
  }

  @Test
  void hierarchicalDriftAtOnePlaceHolds() {
    hierarchical(0.87, 0.94, 0.81, 0.36);
    nulls(0.64);
    Verdict verdict = expect(Outcome.HOLDS, sweep, HIERARCHICAL);
    says(verdict, "0.810 to 0.940 in all 2 chains");
    near(0.36, verdict, "cell/hier2, xi = 1/untrained_top1");
  }

  @Test
  void spreadHierarchicalDriftFails() {
    hierarchical(0.87, 0.94, 0.64, 0.36);
    Verdict verdict = expect(Outcome.FAILS, sweep, HIERARCHICAL);
    assertEquals("FAIL", verdict.evidence().get("cell/hier2, xi = 7/word"));
    SyntheticChains other = new SyntheticChains();
    other.chain("hier2", 1).tops(0.69, 0.94).add().chain("hier2", 7).add();
    says(expect(Outcome.FAILS, other, HIERARCHICAL), "1 of 2 chains");
    SyntheticChains moving = new SyntheticChains();
    moving.chain("hier2", 1).add().chain("hier2", 7).plateaus(0.4).add();
    expect(Outcome.FAILS, moving, HIERARCHICAL);
  }

  @Test
  void hierarchicalDriftOfTheArchitectureDecidesNothing() {
    hierarchical(0.87, 0.94, 0.81, 0.6);
    nulls(0.64);
    says(expect(Outcome.UNDECIDED, sweep, HIERARCHICAL), "untrained networks are as concentrated");
  }

  @Test
  void spreadDriftFails() {
    four(chain -> chain.tops(0.48, 0.64));
    says(expect(Outcome.FAILS, sweep, DRIFT), "sticky, xi = 7 (0.64, plateau 0.80)");
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
    says(verdict, "sticky, xi = 7 (fewer than 5 seeds have a plateau)");
    assertEquals("NO_PLATEAU", verdict.evidence().get("cell/sticky, xi = 7/word"));
    assertEquals(0L, verdict.evidence().get("cell/sticky, xi = 7/with_plateau"));
    assertEquals(6L, verdict.evidence().get("cell/ring, xi = 1/with_plateau"));
    SyntheticChains without = new SyntheticChains();
    without.chain("sticky", 7).withoutPlateau().add();
    expect(Outcome.UNDECIDED, without, FIXED);
  }
}
