package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Claim;
import java.util.List;
import java.util.stream.Stream;

/**
 * The claims that trained networks read a renormalization quantity, each with the task whose
 * optimum it speaks of.
 *
 * <p>Strong claims are about the number at finite b, which untrained networks miss. The weak one,
 * that couplings renormalize with the block, is true of every feature and no evidence.
 */
public final class CouplingClaims {

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
    return List.of(
        SpinClaims.thermometer(),
        SpinClaims.inField(),
        SpinClaims.fieldOptimum(),
        new HiddenLayers());
  }

  /** Predictions of the next spin. */
  public static List<Claim> environments() {
    return List.of(
        SpinClaims.environment(), new DecimationExponent(), SpinClaims.correlationLength());
  }

  /** Predictions of both neighbours through one unit. */
  public static List<Claim> neighbours() {
    return List.of(SpinClaims.bothNeighbours());
  }

  /** The sign of the sum. */
  public static List<Claim> majorities() {
    return List.of(SpinClaims.majority());
  }

  /** Linear autoencoders. */
  public static List<Claim> autoencoders() {
    return List.of(FieldClaims.shell());
  }

  /** Autoencoders with a nonlinear encoder and decoder. */
  public static List<Claim> nonlinearAutoencoders() {
    return List.of(FieldClaims.nonlinear());
  }

  /** Thermometers of Gaussian chains. */
  public static List<Claim> gaussianThermometers() {
    return List.of(new SectorSwitch());
  }

  /** Predictions of the next site of Gaussian chains. */
  public static List<Claim> gaussianEnvironments() {
    return List.of(FieldClaims.gaussianEnvironment());
  }

  /** Linear autoencoders of quartic chains. */
  public static List<Claim> quarticFeatures() {
    return List.of(FieldClaims.kurtosis());
  }

  /** Predictions of the next site of quartic chains. */
  public static List<Claim> quarticEnvironments() {
    return List.of(FieldClaims.quarticEnvironment());
  }

  /** Units of layers read as spins. */
  public static List<Claim> units() {
    return List.of(new UnitCouplings());
  }
}
