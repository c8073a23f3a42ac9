package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.claims.springblock.ChainSigns.Prediction;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The claims about phase diagrams of networks, with the verdicts documented on the dropout diagram
 * of Fashion-MNIST.
 */
public final class PhaseDiagramClaims {
  private PhaseDiagramClaims() {}

  /** In the order in which they are reported. */
  public static List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    for (LoadMeasure measure : LoadMeasure.values()) {
      boolean byLog = measure == LoadMeasure.LOG;
      claims.add(new ConcaveThenConvex(measure, byLog ? Outcome.UNDECIDED : Outcome.HOLDS));
      claims.add(new ChainSigns(measure, Prediction.MONOTONE, Outcome.HOLDS));
      claims.add(new ChainSigns(measure, Prediction.BOUNDARY, Outcome.HOLDS));
      claims.add(new LinearIsBest(measure, Outcome.UNDECIDED));
    }
    claims.add(new EquiSeparation(Outcome.HOLDS));
    claims.add(new MatchesPublishedCode(Outcome.HOLDS));
    claims.add(new FloatCutTruncates());
    return List.copyOf(claims);
  }
}
