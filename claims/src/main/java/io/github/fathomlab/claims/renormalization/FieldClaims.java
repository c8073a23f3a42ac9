package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.function.Predicate;

/** Claims about networks that read blocks of continuous chains, arXiv:2606.00157. */
final class FieldClaims {
  private static final String FIELDS =
      "arXiv:2606.00157 says, as far as it could be read (abstract), that at optimal parameters the characteristic parameters"
          + " of the feature layer are fixed points of those of the data; ";
  private static final String OURS =
      "the task, its exact optimum and this test are Fathom's, and no reproduction of the proof";
  private static final double SQUARES = 0.005;
  private static final double SHARE = 0.01;

  private FieldClaims() {}

  static Claim shell() {
    Predicate<Cell> waves =
        CellKinds.trained("reconstruction", "gaussian")
            .or(CellKinds.trained("reconstruction", "ising"));
    return new SeedClaim(
        "renormalization/autoencoder-momentum-shell",
        "The bottleneck of a linear autoencoder keeps the lowest momenta of the block, a momentum shell, and has its coupling"
            + " atanh(t R^2).",
        FIELDS
            + "that linear autoencoders keep principal modes is Baldi and Hornik 1989, that these are momenta Kac, Murdock and"
            + " Szego 1953; the coupling and this test are Fathom's",
        "coupling.correlation",
        CellKinds::prediction,
        waves.and(CellKinds::linear),
        CellKinds.foreign("reconstruction", "gaussian").and(CellKinds::linear),
        0.01,
        SHARE,
        Outcome.HOLDS);
  }

  static Claim gaussianEnvironment() {
    return new SeedClaim(
        "renormalization/gaussian-environment",
        "A network that predicts the next site of a Gaussian chain has an output with the correlations of the decimated chain,"
            + " phi' = phi^b.",
        FIELDS + OURS,
        "coupling.correlation",
        CellKinds::prediction,
        CellKinds.trained("environment", "gaussian"),
        CellKinds.foreign("environment", "gaussian"),
        0.02,
        SQUARES,
        Outcome.HOLDS);
  }

  static Claim kurtosis() {
    return new SeedClaim(
        "renormalization/quartic-feature",
        "The feature of a linear autoencoder on blocks of the quartic chain has the kurtosis, and so the characteristic"
            + " parameters, of the chain's principal mode, on the way to the Gaussian fixed point (1/2, 0).",
        FIELDS
            + "that even polynomials are its class is a second-hand hint; the fit by two moments, the exact mode and this test"
            + " are Fathom's",
        "coupling.kurtosis",
        cell -> cell.exact("coupling.kurtosis_prediction"),
        CellKinds.trained("reconstruction", "quartic").and(CellKinds::linear),
        CellKinds.foreign("reconstruction", "quartic").and(CellKinds::linear),
        0.02,
        SHARE,
        Outcome.HOLDS);
  }

  static Claim quarticEnvironment() {
    return new SeedClaim(
        "renormalization/quartic-environment",
        "A network that predicts the next site of a quartic chain has an output with the correlations of the decimated chain.",
        FIELDS + OURS,
        "coupling.correlation",
        CellKinds::prediction,
        CellKinds.trained("environment", "quartic"),
        CellKinds.foreign("environment", "quartic"),
        0.02,
        SQUARES,
        Outcome.HOLDS);
  }

  static Claim nonlinear() {
    return new SeedClaim(
        "renormalization/nonlinear-autoencoder-shell",
        "The bottleneck of a tanh autoencoder on Ising blocks has the coupling of the momentum shell.",
        FIELDS
            + "that it might hold for nonlinear autoencoders is nobody's theorem; Fathom tests it because the slogan would have"
            + " it so",
        "coupling.correlation",
        CellKinds::prediction,
        CellKinds.trained("reconstruction", "ising").and(Predicate.not(CellKinds::linear)),
        cell -> false,
        0.01,
        SHARE,
        Outcome.FAILS);
  }
}
