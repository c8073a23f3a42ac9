package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import java.util.stream.Stream;

/**
 * The claims about rank collapse in residual stacks, with the verdicts documented on each grid.
 *
 * <p>What the abstract of arXiv:2606.10324 states stands beside Fathom's controls of it; a claim
 * that is documented to fail is one of them, and one that is documented to be open is met by
 * networks that can learn nothing too.
 */
public final class RankCollapseClaims {
  private RankCollapseClaims() {}

  /** All, in the order in which they are reported. */
  public static List<Claim> all() {
    return Stream.of(chains(), positionWise(), noise(), robustness())
        .flatMap(List::stream)
        .toList();
  }

  /** Chains of all families, seen through a window. */
  public static List<Claim> chains() {
    return List.of(
        StreamClaims.fall(),
        StreamClaims.monotoneEverywhere(),
        StreamClaims.monotoneFewModes(),
        new Selectivity(
            "hierarchical", "hier2", "the hierarchical chain of two groups", Outcome.HOLDS),
        unselective("two-blocks", "block2", "the chain that remembers one of two groups"),
        unselective("four-blocks", "block4", "the chain that remembers one of four groups"),
        unselective("sticky", "sticky", "the chain that stays or forgets everything"),
        unselective("heat", "heat", "diffusion on a ring"),
        unselective("ring", "ring", "steps to neighbours on a ring"),
        unselective("cyclic", "cyc", "the cycle that forgets"),
        unselective("de-bruijn", "db", "the sticky chain of de Bruijn"),
        unselective("dirichlet", "dir", "the sticky chain of random rows"),
        new CorrelationLengthDecides(),
        new TaskRankDecides(),
        DriftClaims.everywhere(),
        DriftClaims.hierarchical(),
        new IrrelevantIntegratedOut(),
        DriftClaims.fixedPoint());
  }

  private static Claim unselective(String name, String family, String about) {
    return new Selectivity(name, family, about, Outcome.FAILS);
  }

  /** Stacks that see one position. */
  public static List<Claim> positionWise() {
    return List.of(new FallsWithoutLearning());
  }

  /** More and less gradient noise. */
  public static List<Claim> noise() {
    return List.of(new NoiseMakesIt());
  }

  /** Other networks and optimizers. */
  public static List<Claim> robustness() {
    return List.of(new RobustSelectivity());
  }
}
