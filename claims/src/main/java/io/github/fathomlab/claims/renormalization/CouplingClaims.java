package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.renormalization.Cells.Cell;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The claims that trained networks read a renormalization quantity, each with the task whose
 * optimum it speaks of.
 *
 * <p>Strong claims are about the number at finite b, which untrained networks miss. The weak one,
 * that couplings renormalize with the block, is true of every feature and no evidence.
 */
public final class CouplingClaims {
  private static final String PAPER =
      "arXiv:2212.00005 says, as far as it could be read (abstract), that at optimal parameters the coupling of a network's"
          + " output is the stable fixed point of the renormalization group of the one-dimensional Ising model; ";
  private static final String FIELDS =
      "arXiv:2606.00157 says, as far as it could be read (abstract), that at optimal parameters the characteristic parameters"
          + " of the feature layer are fixed points of those of the data; ";
  private static final String OURS =
      "the task, its exact optimum and this test are Fathom's, and no reproduction of the proof";
  private static final double NATS = 0.005;
  private static final double SQUARES = 0.005;
  private static final double SHARE = 0.01;

  private CouplingClaims() {}

  /** All, in the order in which they are reported. */
  public static List<Claim> all() {
    return Stream.of(
            thermometers(),
            environments(),
            neighbours(),
            majorities(),
            autoencoders(),
            nonlinearAutoencoders(),
            gaussianThermometers(),
            gaussianEnvironments(),
            quarticFeatures(),
            quarticEnvironments(),
            units())
        .flatMap(List::stream)
        .toList();
  }

  /** Thermometers of Ising chains. */
  public static List<Claim> thermometers() {
    return List.of(thermometer(), inField(), fieldOptimum(), new HiddenLayers());
  }

  /** Predictions of the next spin. */
  public static List<Claim> environments() {
    return List.of(environment(), new DecimationExponent(), correlationLength());
  }

  /** Predictions of both neighbours through one unit. */
  public static List<Claim> neighbours() {
    return List.of(bothNeighbours());
  }

  /** The sign of the sum. */
  public static List<Claim> majorities() {
    return List.of(majority());
  }

  /** Linear autoencoders. */
  public static List<Claim> autoencoders() {
    return List.of(shell());
  }

  /** Autoencoders with a nonlinear encoder and decoder. */
  public static List<Claim> nonlinearAutoencoders() {
    return List.of(nonlinear());
  }

  /** Thermometers of Gaussian chains. */
  public static List<Claim> gaussianThermometers() {
    return List.of(new SectorSwitch());
  }

  /** Predictions of the next site of Gaussian chains. */
  public static List<Claim> gaussianEnvironments() {
    return List.of(gaussianEnvironment());
  }

  /** Linear autoencoders of quartic chains. */
  public static List<Claim> quarticFeatures() {
    return List.of(kurtosis());
  }

  /** Predictions of the next site of quartic chains. */
  public static List<Claim> quarticEnvironments() {
    return List.of(quarticEnvironment());
  }

  /** Units of layers read as spins. */
  public static List<Claim> units() {
    return List.of(new UnitCouplings());
  }

  private static double prediction(Cell cell) {
    return cell.exact("coupling.prediction");
  }

  /** t^b, the correlation of neighbours of the decimated chain. */
  static double decimated(Cell cell) {
    return StrictMath.pow(cell.exact("coupling.contraction"), cell.exact("coupling.window"));
  }

  /** Blocks so narrow that their correlation has not sunk into the error of a training. */
  static boolean resolved(Cell cell) {
    return cell.exact("coupling.window") <= 6;
  }

  /** Trainings whose targets are those of other blocks. */
  static boolean shuffled(Cell cell) {
    return cell.exact("coupling.shuffle") > 0;
  }

  /** Networks of odd functions only, which cannot represent an even optimum. */
  private static boolean odd(Cell cell) {
    return cell.caseName().startsWith("no bias");
  }

  private static Predicate<Cell> task(String task, String law) {
    return cell -> cell.word("coupling.task").equals(task) && cell.word("coupling.law").equals(law);
  }

  /** Trainings of a task on its own targets. */
  static Predicate<Cell> trained(String task, String law) {
    return task(task, law).and(cell -> !shuffled(cell));
  }

  private static Predicate<Cell> foreign(String task, String law) {
    return task(task, law).and(CouplingClaims::shuffled);
  }

  private static boolean hasField(Cell cell) {
    return cell.exact("coupling.field") != 0;
  }

  private static Claim thermometer() {
    Predicate<Cell> task = task("thermometer", "ising").and(cell -> !hasField(cell));
    return new SeedClaim(
        "renormalization/thermometer-fixed-point",
        "A network that tells two temperatures of an Ising chain apart has an output of coupling 0, the stable fixed point, at"
            + " every width of the block.",
        PAPER
            + "that a thermometer is the task, that its optimum has coupling 0 exactly, and this test are Fathom's",
        "coupling.correlation",
        CouplingClaims::prediction,
        task.and(cell -> !shuffled(cell) && !odd(cell)),
        task.and(cell -> shuffled(cell) || odd(cell)),
        0.005,
        NATS,
        Outcome.HOLDS);
  }

  private static Claim inField() {
    return new SeedClaim(
        "renormalization/fixed-point-in-field",
        "In a field too the output of a thermometer has coupling 0 at a finite width of the block.",
        PAPER
            + "with a field its optimum is not even, and that the statement fails there is Fathom's derivation",
        "coupling.correlation",
        cell -> 0,
        trained("thermometer", "ising").and(CouplingClaims::hasField),
        cell -> false,
        0.005,
        NATS,
        Outcome.FAILS);
  }

  private static Claim fieldOptimum() {
    return new SeedClaim(
        "renormalization/field-optimum",
        "In a field the output of a thermometer has the coupling of the exact optimum, which is not 0.",
        PAPER + OURS,
        "coupling.correlation",
        CouplingClaims::prediction,
        trained("thermometer", "ising").and(CouplingClaims::hasField),
        cell -> false,
        0.02,
        NATS,
        Outcome.HOLDS);
  }

  private static Claim environment() {
    return new SeedClaim(
        "renormalization/environment-decimation",
        "A network that predicts the next spin of an Ising chain from a block of b (up to 6) has an output with the correlations"
            + " of the decimated chain, tanh K' = (tanh K)^b.",
        PAPER + OURS,
        "coupling.correlation",
        CouplingClaims::prediction,
        trained("environment", "ising").and(CouplingClaims::resolved),
        foreign("environment", "ising").and(CouplingClaims::resolved),
        0.02,
        SQUARES,
        Outcome.HOLDS);
  }

  private static Claim correlationLength() {
    return new SeedClaim(
        "renormalization/correlation-length",
        "The correlation length of the outputs is renormalized, rho_2/rho_1 = (tanh K)^b, by training (weak claim).",
        PAPER
            + "Fathom's theorem on blocks says that every function of a block has this ratio, trained or not, so that meeting it"
            + " is no evidence",
        "coupling.lag_ratio",
        CouplingClaims::decimated,
        trained("environment", "ising"),
        cell -> false,
        0.02,
        SQUARES,
        Outcome.UNDECIDED);
  }

  private static Claim bothNeighbours() {
    return new SeedClaim(
        "renormalization/bottleneck-averages-edges",
        "One linear unit from which both neighbours of a block are predicted averages its two edge spins:"
            + " rho = t(1 + t^(b-1))/2, which is no fixed point and tends to t/2.",
        PAPER + OURS,
        "coupling.correlation",
        CouplingClaims::prediction,
        trained("neighbours", "ising"),
        foreign("neighbours", "ising"),
        0.02,
        SQUARES,
        Outcome.HOLDS);
  }

  private static Claim majority() {
    return new SeedClaim(
        "renormalization/majority-rule",
        "A network trained on the majority of a block has the correlations of the majority rule, by exact enumeration.",
        PAPER + OURS,
        "coupling.correlation",
        CouplingClaims::prediction,
        trained("majority", "ising"),
        foreign("majority", "ising"),
        0.02,
        SQUARES,
        Outcome.HOLDS);
  }

  private static Predicate<Cell> linear() {
    return cell -> !Double.isNaN(cell.trained("coupling.overlap")[0]);
  }

  private static Claim shell() {
    Predicate<Cell> waves =
        trained("reconstruction", "gaussian").or(trained("reconstruction", "ising"));
    return new SeedClaim(
        "renormalization/autoencoder-momentum-shell",
        "The bottleneck of a linear autoencoder keeps the lowest momenta of the block, a momentum shell, and has its coupling"
            + " atanh(t R^2).",
        FIELDS
            + "that linear autoencoders keep principal modes is Baldi and Hornik 1989, that these are momenta Kac, Murdock and"
            + " Szego 1953; the coupling and this test are Fathom's",
        "coupling.correlation",
        CouplingClaims::prediction,
        waves.and(linear()),
        foreign("reconstruction", "gaussian").and(linear()),
        0.01,
        SHARE,
        Outcome.HOLDS);
  }

  private static Claim nonlinear() {
    return new SeedClaim(
        "renormalization/nonlinear-autoencoder-shell",
        "The bottleneck of a tanh autoencoder on Ising blocks has the coupling of the momentum shell.",
        FIELDS
            + "that it might hold for nonlinear autoencoders is nobody's theorem; Fathom tests it because the slogan would have"
            + " it so",
        "coupling.correlation",
        CouplingClaims::prediction,
        trained("reconstruction", "ising").and(Predicate.not(linear())),
        cell -> false,
        0.01,
        SHARE,
        Outcome.FAILS);
  }

  private static Claim gaussianEnvironment() {
    return new SeedClaim(
        "renormalization/gaussian-environment",
        "A network that predicts the next site of a Gaussian chain has an output with the correlations of the decimated chain,"
            + " phi' = phi^b.",
        FIELDS + OURS,
        "coupling.correlation",
        CouplingClaims::prediction,
        trained("environment", "gaussian"),
        foreign("environment", "gaussian"),
        0.02,
        SQUARES,
        Outcome.HOLDS);
  }

  private static Claim kurtosis() {
    return new SeedClaim(
        "renormalization/quartic-feature",
        "The feature of a linear autoencoder on blocks of the quartic chain has the kurtosis, and so the characteristic"
            + " parameters, of the chain's principal mode, on the way to the Gaussian fixed point (1/2, 0).",
        FIELDS
            + "that even polynomials are its class is a second-hand hint; the fit by two moments, the exact mode and this test"
            + " are Fathom's",
        "coupling.kurtosis",
        cell -> cell.exact("coupling.kurtosis_prediction"),
        trained("reconstruction", "quartic").and(linear()),
        foreign("reconstruction", "quartic").and(linear()),
        0.02,
        SHARE,
        Outcome.HOLDS);
  }

  private static Claim quarticEnvironment() {
    return new SeedClaim(
        "renormalization/quartic-environment",
        "A network that predicts the next site of a quartic chain has an output with the correlations of the decimated chain.",
        FIELDS + OURS,
        "coupling.correlation",
        CouplingClaims::prediction,
        trained("environment", "quartic"),
        foreign("environment", "quartic"),
        0.02,
        SQUARES,
        Outcome.HOLDS);
  }
}
