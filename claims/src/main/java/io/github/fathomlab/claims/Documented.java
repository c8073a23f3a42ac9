package io.github.fathomlab.claims;

import io.github.fathomlab.claims.bulkboundary.BooksClose;
import io.github.fathomlab.claims.bulkboundary.Continuity;
import io.github.fathomlab.claims.bulkboundary.ContinuityStudy;
import io.github.fathomlab.claims.bulkboundary.EdgeOfStability;
import io.github.fathomlab.claims.bulkboundary.EdgeStudy;
import io.github.fathomlab.claims.bulkboundary.FieldCollapse;
import io.github.fathomlab.claims.bulkboundary.FieldCollapseStudy;
import io.github.fathomlab.claims.bulkboundary.InjectionLaw;
import io.github.fathomlab.claims.bulkboundary.InjectionStudy;
import io.github.fathomlab.claims.bulkboundary.LedgerBalances;
import io.github.fathomlab.claims.bulkboundary.RandomBulkSlope;
import io.github.fathomlab.claims.bulkboundary.RandomBulkStudy;
import io.github.fathomlab.claims.bulkboundary.SplitExact;
import io.github.fathomlab.claims.bulkboundary.SplitStudy;
import io.github.fathomlab.claims.renormalization.KaufmanStudy;
import io.github.fathomlab.claims.renormalization.McrgExponent;
import io.github.fathomlab.claims.renormalization.McrgStudy;
import io.github.fathomlab.claims.renormalization.SquareSectorSelection;
import io.github.fathomlab.claims.renormalization.SquareSectorStudy;
import io.github.fathomlab.claims.renormalization.WolffMatchesKaufman;
import io.github.fathomlab.claims.springblock.ChainTopology;
import io.github.fathomlab.claims.springblock.ChainTopologyStudy;
import io.github.fathomlab.claims.springblock.LinearNetworkRescales;
import io.github.fathomlab.claims.springblock.LowNoiseConcave;
import io.github.fathomlab.claims.springblock.PhaseDiagramClaims;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.kernels.Precision;
import java.util.List;

/**
 * What has to be done to judge claims whose verdicts are documented. Each claim stands once in the
 * list of all.
 */
public sealed interface Documented permits DocumentedExperiment, DocumentedStudy, DocumentedSweep {

  /** The claims that are judged on it, at least one. */
  List<Claim> claims();

  /** What it is, in one word. */
  String kind();

  /** The paper's part of an identifier {@code paper/statement}. */
  static String paper(Claim claim) {
    return claim.id().substring(0, claim.id().indexOf('/'));
  }

  /** All that is documented, in the order of the papers. */
  static List<Documented> all() {
    return List.of(
        new DocumentedStudy(new SplitExact(), new SplitStudy()),
        new DocumentedStudy(new Continuity(), new ContinuityStudy()),
        new DocumentedExperiment(
            List.of(new LedgerBalances(Precision.FLOAT64), new BooksClose(Precision.FLOAT64)),
            "bulkboundary/ledger-balances.yaml",
            List.of("training.steps=60", "replicas=1")),
        new DocumentedStudy(new FieldCollapse(), new FieldCollapseStudy()),
        new DocumentedStudy(new RandomBulkSlope(), new RandomBulkStudy()),
        new DocumentedStudy(new EdgeOfStability(), new EdgeStudy()),
        new DocumentedStudy(new InjectionLaw(), new InjectionStudy()),
        new DocumentedExperiment(
            List.of(new LowNoiseConcave()),
            "springblock/low-noise-concave.yaml",
            List.of("training.epochs=40", "replicas=5")),
        new DocumentedStudy(new ChainTopology(), new ChainTopologyStudy()),
        new DocumentedSweep(
            PhaseDiagramClaims.all(),
            "springblock/phase-dropout.yaml",
            List.of(
                "axes=[{key: network.activation.slope, values: [0, 0.4, 0.8, 1]}, {key: network.dropout, values: [0, 0.04, 0.1, 0.16, 0.3]}]")),
        new DocumentedExperiment(
            List.of(new LinearNetworkRescales()),
            "springblock/linear-network.yaml",
            List.of("training.epochs=8", "replicas=1")),
        new DocumentedStudy(new WolffMatchesKaufman(), new KaufmanStudy()),
        new DocumentedStudy(new McrgExponent(), new McrgStudy()),
        new DocumentedStudy(new SquareSectorSelection(), new SquareSectorStudy()));
  }
}
