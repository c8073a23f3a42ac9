package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.function.Predicate;

/** Claims about networks that read blocks of Ising chains, arXiv:2212.00005. */
final class SpinClaims {
  private static final String PAPER =
      "arXiv:2212.00005 says, as far as it could be read (abstract), that at optimal parameters the coupling of a network's"
          + " output is the stable fixed point of the renormalization group of the one-dimensional Ising model; ";
  private static final String OURS =
      "the task, its exact optimum and this test are Fathom's, and no reproduction of the proof";
  private static final double NATS = 0.005;
  private static final double SQUARES = 0.005;
  private static final double TOLERANCE = 0.02;

  private SpinClaims() {}

  static Claim thermometer() {
    Predicate<Cell> task =
        CellKinds.task("thermometer", "ising").and(cell -> !CellKinds.hasField(cell));
    return new SeedClaim(
        "renormalization/thermometer-fixed-point",
        "A network that tells two temperatures of an Ising chain apart has an output of coupling 0, the stable fixed point, at"
            + " every width of the block.",
        PAPER
            + "that a thermometer is the task, that its optimum has coupling 0 exactly, and this test are Fathom's",
        "coupling.correlation",
        CellKinds::prediction,
        task.and(cell -> !CellKinds.shuffled(cell) && !CellKinds.odd(cell)),
        task.and(cell -> CellKinds.shuffled(cell) || CellKinds.odd(cell)),
        0.005,
        NATS,
        Outcome.HOLDS);
  }

  static Claim inField() {
    return new SeedClaim(
        "renormalization/fixed-point-in-field",
        "In a field too the output of a thermometer has coupling 0 at a finite width of the block.",
        PAPER
            + "with a field its optimum is not even, and that the statement fails there is Fathom's derivation",
        "coupling.correlation",
        cell -> 0,
        CellKinds.trained("thermometer", "ising").and(CellKinds::hasField),
        cell -> false,
        0.005,
        NATS,
        Outcome.FAILS);
  }

  static Claim fieldOptimum() {
    return new SeedClaim(
        "renormalization/field-optimum",
        "In a field the output of a thermometer has the coupling of the exact optimum, which is not 0.",
        PAPER + OURS,
        "coupling.correlation",
        CellKinds::prediction,
        CellKinds.trained("thermometer", "ising").and(CellKinds::hasField),
        cell -> false,
        TOLERANCE,
        NATS,
        Outcome.HOLDS);
  }

  static Claim environment() {
    return new SeedClaim(
        "renormalization/environment-decimation",
        "A network that predicts the next spin of an Ising chain from a block of b has an output with the correlations"
            + " of the decimated chain, tanh K' = (tanh K)^b.",
        PAPER + OURS,
        "coupling.correlation",
        CellKinds::prediction,
        CellKinds.trained("environment", "ising").and(CellKinds.resolved(TOLERANCE)),
        CellKinds.foreign("environment", "ising").and(CellKinds.resolved(TOLERANCE)),
        TOLERANCE,
        SQUARES,
        Outcome.HOLDS);
  }

  static Claim correlationLength() {
    return new SeedClaim(
        "renormalization/correlation-length",
        "The correlation length of the outputs is renormalized, rho_2/rho_1 = (tanh K)^b, by training (weak claim).",
        PAPER
            + "Fathom's theorem on blocks says that every function of a block has this ratio, trained or not, so that meeting it"
            + " is no evidence; judged on blocks of up to 4, where both lags are summed over all spins of three blocks",
        "coupling.lag_ratio",
        CellKinds::decimated,
        CellKinds.trained("environment", "ising").and(cell -> cell.exact("coupling.window") <= 4),
        cell -> false,
        TOLERANCE,
        SQUARES,
        Outcome.UNDECIDED);
  }

  static Claim bothNeighbours() {
    return new SeedClaim(
        "renormalization/bottleneck-averages-edges",
        "One linear unit from which both neighbours of a block are predicted averages its two edge spins:"
            + " rho = t(1 + t^(b-1))/2, which is no fixed point and tends to t/2.",
        PAPER + OURS,
        "coupling.correlation",
        CellKinds::prediction,
        CellKinds.trained("neighbours", "ising"),
        CellKinds.foreign("neighbours", "ising"),
        TOLERANCE,
        SQUARES,
        Outcome.HOLDS);
  }

  static Claim majority() {
    return new SeedClaim(
        "renormalization/majority-rule",
        "A network trained on the majority of a block has the correlations of the majority rule, by exact enumeration.",
        PAPER + OURS,
        "coupling.correlation",
        CellKinds::prediction,
        CellKinds.trained("majority", "ising"),
        CellKinds.foreign("majority", "ising"),
        TOLERANCE,
        SQUARES,
        Outcome.HOLDS);
  }
}
