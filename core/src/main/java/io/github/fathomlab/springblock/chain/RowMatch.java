package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.Phase;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Three numbers of a chain for one whole row of a measured phase diagram.
 *
 * <pre>
 *   (μ̄/k, δ/k, gain) = argmin Σ_j (q_chain(ε̄ = gain · u_j) - q_j)² / σ²
 * </pre>
 *
 * <p>Symbols: q_j the mean relative tilt of cell j and σ the root mean square of their standard
 * errors; u_j its noise, one over the batch for {@code training.batch}; q_chain that of the
 * first-order mean field with k = 1, y = 1, damping 1 and one block per hidden layer after the
 * duration 100, the last spring left out as the logits are. Source: our derivation for
 * arXiv:2407.19353. Validity: the duration is fixed, so that the numbers compare rows and not
 * trainings; no single cell can be matched, and a fit is worth what its residual is below that of a
 * constant. Cost: a mean field with its slopes per cell and trial, seconds for a long row.
 *
 * @param status OK, or NOT_APPLICABLE with too few cells or where the chain fits no better than a
 *     constant
 * @param reason one sentence for people
 * @param estimates of each number; all unknown without OK
 * @param noises of the usable cells, in the units of the axis
 * @param measured q of those cells
 * @param predicted q of the chain; empty with too few cells
 * @param rms root mean square residual
 * @param constantRms the null: that of the mean of the measured q
 */
public record RowMatch(
    Status status,
    String reason,
    Map<Parameter, Estimate> estimates,
    double[] noises,
    double[] measured,
    double[] predicted,
    OptionalDouble rms,
    OptionalDouble constantRms) {
  static final double DURATION = 100;
  private static final int FEWEST_CELLS = 4;
  private static final double LEAST_ERROR = 1e-3;

  /** What is matched. */
  public enum Parameter {
    /** μ̄/k, per length of the pull. */
    FRICTION,
    /** δ/k, per length of the pull. */
    SKEW,
    /** ε̄ over the noise of the axis. */
    GAIN
  }

  /**
   * Matches a row.
   *
   * @param row index into the rows of the diagram
   * @throws IllegalArgumentException when there is no such row
   */
  public static RowMatch of(PhaseDiagram diagram, int row) {
    if (row < 0 || row >= diagram.rows().size()) {
      throw new IllegalArgumentException(
          "expected a row of the diagram, 0 to %d, found %d"
              .formatted(diagram.rows().size() - 1, row));
    }
    List<PhaseDiagram.Cell> cells =
        diagram.rows().get(row).stream().filter(RowMatch::isUsable).toList();
    double[] noises = cells.stream().mapToDouble(PhaseDiagram.Cell::noise).toArray();
    double[] strengths = Arrays.stream(noises).map(diagram::strength).toArray();
    double[] measured = cells.stream().mapToDouble(c -> c.phase().relativeTilt()).toArray();
    double most = Arrays.stream(strengths).max().orElse(0);
    if (cells.size() < FEWEST_CELLS || most <= 0) {
      return refused(noises, measured);
    }
    int blocks = cells.getFirst().curves().getFirst().loads().length - 1;
    double error =
        Math.sqrt(cells.stream().mapToDouble(RowMatch::squaredError).average().orElseThrow());
    TiltModel model =
        new TiltModel(blocks, strengths, measured, Math.max(LEAST_ERROR, error), most);
    double[] residuals = ProfileFit.best(model.problem(), model.starts()).response().residuals();
    double[] predicted = new double[measured.length];
    for (int j = 0; j < predicted.length; j++) {
      predicted[j] = measured[j] + model.error() * residuals[j];
    }
    return matched(model, noises, measured, predicted);
  }

  private static boolean isUsable(PhaseDiagram.Cell cell) {
    CurvePhase phase = cell.phase();
    return phase.phase() != Phase.UNDEFINED
        && phase.replicas() > 1
        && Double.isFinite(phase.relativeTilt());
  }

  private static double squaredError(PhaseDiagram.Cell cell) {
    CurvePhase phase = cell.phase();
    double t = new TDistribution(phase.replicas() - 1).inverseCumulativeProbability(0.975);
    double error = (phase.relativeTiltHigh() - phase.relativeTiltLow()) / (2 * t);
    return error * error;
  }

  private static RowMatch refused(double[] noises, double[] measured) {
    String reason =
        "three numbers need at least %d cells with usable loads and two replicas, one of them with noise; found %d"
            .formatted(FEWEST_CELLS, noises.length);
    OptionalDouble none = OptionalDouble.empty();
    return new RowMatch(
        Status.NOT_APPLICABLE,
        reason,
        unknown(reason),
        noises,
        measured,
        new double[0],
        none,
        none);
  }

  private static Map<Parameter, Estimate> unknown(String reason) {
    Map<Parameter, Estimate> estimates = new EnumMap<>(Parameter.class);
    for (Parameter parameter : Parameter.values()) {
      estimates.put(parameter, new Estimate.Unknown(Status.NOT_APPLICABLE, reason));
    }
    return estimates;
  }

  /** The numbers too, when the three of them leave less variance than one constant does. */
  private static RowMatch matched(
      TiltModel model, double[] noises, double[] measured, double[] predicted) {
    double[] constant = new double[measured.length];
    Arrays.fill(constant, Arrays.stream(measured).average().orElseThrow());
    double rms = rms(measured, predicted);
    double constantRms = rms(measured, constant);
    int count = measured.length;
    boolean better =
        rms * rms / (count - Parameter.values().length) < constantRms * constantRms / (count - 1);
    String reason =
        String.format(
            Locale.ROOT,
            "the chain misses the relative tilt of %d cells by %.2g, a constant by %.2g",
            count,
            rms,
            constantRms);
    return new RowMatch(
        better ? Status.OK : Status.NOT_APPLICABLE,
        better ? reason : reason + ", so that its numbers mean nothing",
        better ? estimates(model) : unknown(reason),
        noises,
        measured,
        predicted,
        OptionalDouble.of(rms),
        OptionalDouble.of(constantRms));
  }

  private static Map<Parameter, Estimate> estimates(TiltModel model) {
    ProfileFit fit = ProfileFit.of(model.problem(), TiltModel.AXES, 1, model.starts());
    Map<Parameter, Estimate> estimates = new EnumMap<>(Parameter.class);
    for (Parameter parameter : Parameter.values()) {
      estimates.put(parameter, fit.estimate(parameter.ordinal()));
    }
    return estimates;
  }

  private static double rms(double[] measured, double[] predicted) {
    double squares = 0;
    for (int j = 0; j < measured.length; j++) {
      squares += (measured[j] - predicted[j]) * (measured[j] - predicted[j]);
    }
    return Math.sqrt(squares / measured.length);
  }
}
