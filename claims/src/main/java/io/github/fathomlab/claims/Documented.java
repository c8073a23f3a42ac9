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
import io.github.fathomlab.claims.rankcollapse.RankCollapseClaims;
import io.github.fathomlab.claims.renormalization.CouplingClaims;
import io.github.fathomlab.claims.renormalization.KaufmanStudy;
import io.github.fathomlab.claims.renormalization.McrgExponent;
import io.github.fathomlab.claims.renormalization.McrgStudy;
import io.github.fathomlab.claims.renormalization.RbmFlow;
import io.github.fathomlab.claims.renormalization.RbmFlowStudy;
import io.github.fathomlab.claims.renormalization.SquareSectorSelection;
import io.github.fathomlab.claims.renormalization.SquareSectorStudy;
import io.github.fathomlab.claims.renormalization.StackStudy;
import io.github.fathomlab.claims.renormalization.StackedDecimation;
import io.github.fathomlab.claims.renormalization.WolffMatchesKaufman;
import io.github.fathomlab.claims.springblock.ChainTopology;
import io.github.fathomlab.claims.springblock.ChainTopologyStudy;
import io.github.fathomlab.claims.springblock.LinearNetworkRescales;
import io.github.fathomlab.claims.springblock.LowNoiseConcave;
import io.github.fathomlab.claims.springblock.PhaseDiagramClaims;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.kernels.Precision;
import java.util.List;
import java.util.stream.Stream;

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
    return Stream.of(bulkBoundary(), springBlock(), renormalization(), rankCollapse())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Documented> bulkBoundary() {
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
        new DocumentedStudy(new InjectionLaw(), new InjectionStudy()));
  }

  private static List<Documented> springBlock() {
    return List.of(
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
            List.of("training.epochs=8", "replicas=1")));
  }

  private static List<Documented> renormalization() {
    return List.of(
        renormalization(
            CouplingClaims.thermometers(),
            "thermometer",
            "replicas=8",
            "cases={trained: {}, shuffled: {data.shuffle: 1}, no bias: {network.bias: false}, \"0.3 or 1.0, 32-32\": {data.window: 10, network.widths: [32, 32]}, pyramid 8-4-2: {network.widths: [8, 4, 2]}, h = 0.1: {data.field: 0.1}}"),
        renormalization(
            CouplingClaims.environments(),
            "environment",
            "replicas=8",
            "axes=[{key: data.coupling, values: [0.5, 0.8]}, {key: data.window, values: [2, 3, 4, 6]}]"),
        renormalization(
            CouplingClaims.neighbours(),
            "neighbours",
            "replicas=8",
            "axes=[{key: data.window, values: [2, 4]}]"),
        renormalization(
            CouplingClaims.majorities(),
            "majority",
            "replicas=8",
            "axes=[{key: data.window, values: [3, 5]}]"),
        new DocumentedStudy(new StackedDecimation(), new StackStudy()),
        renormalization(
            CouplingClaims.autoencoders(),
            "autoencoder",
            "replicas=8",
            "cases={16 to 4: {}, 16 to 1: {network.widths: [1]}, 8 to 1: {data.window: 8, network.widths: [1]}, \"16 to 4, shuffled\": {data.shuffle: 1}}"),
        renormalization(
            CouplingClaims.nonlinearAutoencoders(), "nonlinear-autoencoder", "replicas=8"),
        renormalization(CouplingClaims.gaussianThermometers(), "gaussian-thermometer"),
        renormalization(
            CouplingClaims.gaussianEnvironments(),
            "gaussian-environment",
            "replicas=8",
            "axes=[{key: data.window, values: [2, 4]}]"),
        renormalization(
            CouplingClaims.quarticFeatures(),
            "quartic-feature",
            "axes=[{key: data.window, values: [2, 4, 8]}]"),
        renormalization(CouplingClaims.quarticEnvironments(), "quartic-environment"),
        renormalization(CouplingClaims.units(), "units"),
        new DocumentedStudy(new RbmFlow(), new RbmFlowStudy()),
        new DocumentedStudy(new WolffMatchesKaufman(), new KaufmanStudy()),
        new DocumentedStudy(new McrgExponent(), new McrgStudy()),
        new DocumentedStudy(new SquareSectorSelection(), new SquareSectorStudy()));
  }

  private static List<Documented> rankCollapse() {
    return List.of(
        rankCollapse(
            RankCollapseClaims.chains(),
            "chains",
            "replicas=5",
            "training.steps=2000",
            "measure.rank.times=4"),
        rankCollapse(
            RankCollapseClaims.positionWise(),
            "position-wise",
            "cases={\"sticky, xi = 1\": {}, \"sticky, xi = 7\": {data.correlation_length: 7}, exact: {data: {kind: markov, family: sticky, states: 16, window: 0, correlation_length: 1, draws: 0}}}"),
        rankCollapse(
            RankCollapseClaims.noise(),
            "noise",
            "training.steps=2000",
            "cases={hier2 at 1: {}, hier2 at 1 exactly: {data.draws: 0}, hier2 at 7 exactly: {data.draws: 0, data.correlation_length: 7}, block2 at 7: {data.family: block, data.correlation_length: 7}, block2 at 7 exactly: {data.family: block, data.correlation_length: 7, data.draws: 0}}"),
        rankCollapse(
            RankCollapseClaims.robustness(),
            "robustness",
            "training.steps=2000",
            "cases={as documented: {}, no final norm: {network.final_norm: false}}"));
  }

  private static Documented rankCollapse(List<Claim> claims, String name, String... quick) {
    return new DocumentedSweep(claims, "rankcollapse/" + name + ".yaml", List.of(quick));
  }

  private static Documented renormalization(List<Claim> claims, String name, String... quick) {
    return new DocumentedSweep(claims, "renormalization/" + name + ".yaml", List.of(quick));
  }
}
